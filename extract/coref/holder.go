package coref

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// post is what an office says of who holds it.
type post struct {
	noun    string   // folded head noun without article
	words   []string // folded words behind it that tell it from others, no nationality
	country string   // code of the country it is tied to, or empty
	body    int      // mention of the body it is tied to, or None
	former  bool
}

// posts reads each office of the document once.
func (r *run) posts() []post {
	out := make([]post, len(r.doc.Offices))
	for k := range r.doc.Offices {
		out[k] = r.readPost(&r.doc.Offices[k])
		if r.doc.Offices[k].Counterpart {
			out[k].noun = ""
		}
	}
	for k := range r.doc.Offices {
		if o := &r.doc.Offices[k]; o.Counterpart && k > 0 && r.doc.Offices[k-1].Sentence == o.Sentence {
			out[k].noun, out[k].words = out[k-1].noun, out[k-1].words // نظيره: the office of the one before
		}
	}
	return out
}

func (r *run) readPost(o *extract.Office) post {
	d := r.doc
	p := post{noun: d.Tokens[o.First].Base, body: o.Body}
	if o.Country != extract.None {
		p.country = d.Mentions[o.Country].Code
	}
	for i := o.First + 1; i < o.Last; i++ {
		tok := &d.Tokens[i]
		switch {
		case tok.Kind != extract.Word || r.words.light[tok.Base]:
		case r.words.former[tok.Base]:
			p.former = true
		case o.Country != extract.None && i >= d.Mentions[o.Country].First && i < d.Mentions[o.Country].Last &&
			(d.Mentions[o.Country].Form != extract.Nominal || i > d.Mentions[o.Country].First):
		default:
			p.words = append(p.words, tok.Base)
		}
	}
	var state string
	p.noun, p.words, state = r.words.canonical(p.noun, p.words)
	if state != "" {
		p.country, p.words = state, nil // خادم الحرمين الشريفين
	}
	return p
}

// How well a post fits a description.
const (
	unfit = iota
	fit   // nothing speaks against it
	same  // it is worded alike, or of the same country
)

// fits reports how well the description want can speak of the holder of have.
func (r *run) fits(want, have *post) int {
	if want.former != have.former || !r.alike(want, have) {
		return unfit
	}
	if want.country != "" && have.country != "" && want.country != have.country {
		return unfit
	}
	if b, h := want.body, have.body; b != extract.None && h != extract.None && r.find(b) != r.find(h) && r.doc.Mentions[b].Form == extract.Name && r.doc.Mentions[h].Form == extract.Name {
		return unfit
	}
	if want.country == have.country && slices.Equal(want.words, have.words) {
		return same
	}
	if want.country != "" && want.country == have.country {
		return same
	}
	return fit
}

// alike reports whether the words of want may stand for those of have: the same noun,
// and the field begun alike ("وزير الخارجية", "وزير الشؤون الخارجية والتعاون").
func (r *run) alike(want, have *post) bool {
	if want.noun != have.noun {
		return false
	}
	if len(want.words) == 0 {
		return len(have.words) == 0 || !r.words.absolute[want.noun] || want.country != "" && have.body == extract.None
	}
	if len(have.words) == 0 || len(want.words) == 1 && want.words[0] != have.words[0] {
		return false
	}
	for _, w := range want.words {
		if !slices.Contains(have.words, w) {
			return false
		}
	}
	return true
}

// candidate is a person whom a description may mean.
type candidate struct {
	root  int
	fit   int
	last  int // the last mention before the description
	count int // mentions so far
}

// holder returns a person named before whose office the nominal repeats ("وزير
// الخارجية الروسي", "الوزير"); in the headline, one named in the text below it.
func (r *run) holder(i int, m *extract.Mention) int {
	if m.Office == extract.None || !r.definite(m) || r.beforeName(m) {
		return extract.None
	}
	want := r.post[m.Office]
	if r.doc.Offices[m.Office].Counterpart {
		return r.counterpart(i, m)
	}
	var found []candidate
	for k := range r.doc.Offices {
		o := &r.doc.Offices[k]
		if k == m.Office || o.Holder == extract.None || r.doc.Mentions[o.Holder].Form != extract.Name || o.Holder == i {
			continue
		}
		level := r.fits(&want, &r.post[k])
		if level == unfit || !r.genderFits(m, r.find(o.Holder)) || !r.compatriot(&want, r.find(o.Holder)) {
			continue
		}
		found = r.candidate(found, r.find(o.Holder), level, i)
	}
	return r.choose(i, m, found)
}

// beforeName reports whether the word behind m is of no use but as a name that no lexicon
// holds ("رئيس الوزراء د. سلام فياض"): the office is that person's.
func (r *run) beforeName(m *extract.Mention) bool {
	if m.Last >= r.doc.Sentences[m.Sentence].Last {
		return false
	}
	tok := &r.doc.Tokens[m.Last]
	if tok.Kind == extract.Latin || tok.Norm == "د" {
		return true
	}
	return tok.Kind == extract.Word && !tok.Def && len(tok.Verb) == 0 && tok.Count < rare &&
		!slices.ContainsFunc(tok.Noun, func(n extract.NounReading) bool { return n.Derivation == extract.Masdar })
}

// rare is the count per million words below which a bare noun behind an office is
// taken for a name.
const rare = 60

// definite reports whether the office m means a certain one: its head has the article,
// or what is next to it has, or is a name.
func (r *run) definite(m *extract.Mention) bool {
	tok := &r.doc.Tokens[m.First]
	if tok.Def || m.Last == m.First+1 {
		return tok.Def
	}
	next := &r.doc.Tokens[m.First+1]
	if next.Def || next.Kind == extract.Proclit {
		return true
	}
	return slices.ContainsFunc(r.doc.Mentions, func(in extract.Mention) bool { return in.First == m.First+1 }) ||
		m.Last > m.First+2 && r.doc.Tokens[m.First+2].Kind != extract.Proclit
}

// compatriot reports whether no office of the person of cluster root is of another
// country than want, or one is of the same.
func (r *run) compatriot(want *post, root int) bool {
	if want.country == "" {
		return true
	}
	ok := true
	for k := range r.doc.Offices {
		if h := r.doc.Offices[k].Holder; h != extract.None && r.post[k].country != "" && r.find(h) == root {
			if r.post[k].country == want.country {
				return true
			}
			ok = false
		}
	}
	return ok
}

// candidate adds to found the person of cluster root, or raises the fit.
func (r *run) candidate(found []candidate, root, level, i int) []candidate {
	for k := range found {
		if found[k].root == root {
			found[k].fit = max(found[k].fit, level)
			return found
		}
	}
	c := candidate{root: root, fit: level, last: extract.None}
	for j := root; j < i; j++ {
		if r.find(j) == root {
			c.last = j
			c.count++
		}
	}
	return append(found, c)
}

// choose returns the mention of the candidate that stands out by fit, nearness and
// how much is said of him, or None.
func (r *run) choose(i int, m *extract.Mention, found []candidate) int {
	best, score, tie := extract.None, 0, false
	for _, c := range found {
		s := r.score(m, c)
		switch {
		case s > score:
			best, score, tie = c.root, s, false
		case s == score:
			tie = true
		}
	}
	if tie {
		return extract.None
	}
	return best
}

func (r *run) score(m *extract.Mention, c candidate) int {
	if c.last == extract.None {
		if r.doc.Sentences[m.Sentence].Title || c.fit == same && r.doc.Mentions[c.root].Sentence <= m.Sentence+1 {
			return 1 + c.fit
		}
		return 0
	}
	s := 3 * c.fit
	switch d := m.Sentence - r.doc.Mentions[c.last].Sentence; {
	case d <= 1:
		s += 4
	case d <= 3:
		s += 3
	case d <= 6:
		s += 2
	}
	return s + min(c.count, 3)
}

// counterpart returns the person whom "نظيره الروسي" means: one named elsewhere who
// holds for that country an office of the noun that a person before holds.
func (r *run) counterpart(i int, m *extract.Mention) int {
	want := r.post[m.Office]
	if want.country == "" {
		return extract.None
	}
	found := extract.None
	for k := range r.doc.Offices {
		o := &r.doc.Offices[k]
		if !r.held(o) || r.post[k].country != want.country {
			continue
		}
		if want.noun == "" && !r.paired(k) || want.noun != "" && !r.alike(&want, &r.post[k]) {
			continue
		}
		if root := r.find(o.Holder); found != extract.None && found != root {
			return extract.None
		} else {
			found = root
		}
	}
	return found
}

// held reports whether office o is that of somebody named.
func (r *run) held(o *extract.Office) bool {
	return o.Holder != extract.None && r.doc.Mentions[o.Holder].Form == extract.Name
}

// paired reports whether somebody named of another country holds an office like office k.
func (r *run) paired(k int) bool {
	for j := range r.doc.Offices {
		if r.held(&r.doc.Offices[j]) && r.post[j].noun != "" && r.post[j].country != "" && r.post[j].country != r.post[k].country && r.alike(&r.post[j], &r.post[k]) {
			return true
		}
	}
	return false
}

// genderFits reports whether the description m may be of the person of cluster root.
func (r *run) genderFits(m *extract.Mention, root int) bool {
	g := r.gender(root)
	return m.Gender == extract.UnknownGender || g == extract.UnknownGender || m.Gender == g
}

// gender returns the first gender that a name of cluster root shows.
func (r *run) gender(root int) extract.Gender {
	for j := root; j < len(r.doc.Mentions); j++ {
		if m := &r.doc.Mentions[j]; m.Gender != extract.UnknownGender && m.Form == extract.Name && r.find(j) == root {
			return m.Gender
		}
	}
	return extract.UnknownGender
}

// titled joins an office and the short name that it stands beside: "السفير الواصل",
// "عباس، رئيس السلطة،".
func (r *run) titled() {
	d := r.doc
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Class != schema.Person || m.Form != extract.Nominal || m.Office == extract.None || d.Offices[m.Office].Counterpart {
			continue
		}
		for j := i + 1; j < len(d.Mentions) && d.Mentions[j].First <= m.Last; j++ {
			if o := &d.Mentions[j]; o.First == m.Last && o.Class == schema.Person && o.Form == extract.Name && o.Parent == extract.None && r.genderFits(m, r.find(j)) {
				r.join(i, j)
				break
			}
		}
		if r.comma(m.First-1) && (r.comma(m.Last) || m.Last == d.Sentences[m.Sentence].Last) {
			for j := i - 1; j >= 0 && d.Mentions[j].Sentence == m.Sentence; j-- {
				if o := &d.Mentions[j]; o.Last == m.First-1 {
					if o.Class == schema.Person && o.Form == extract.Name && r.genderFits(m, r.find(j)) {
						r.join(i, j)
					}
					break
				}
			}
		}
	}
}

func (r *run) comma(i int) bool {
	if i < 0 || i >= len(r.doc.Tokens) {
		return false
	}
	f := r.doc.Tokens[i].Form
	return f == "،" || f == "," || f == "-" || f == "–"
}
