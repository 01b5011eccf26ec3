package ner

import (
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// likeness says how much a word looks like a part of a person's name.
type likeness int

const (
	no     likeness = iota
	weak            // rare, or a name that is also an ordinary word
	strong          // a name and nothing else
)

// nameLike judges token i by itself.
func (s *scan) nameLike(i int) likeness {
	if !s.word(i) || s.suffixed(i) {
		return no
	}
	tok, w := &s.tokens[i], s.norm[i]
	if w.is(given|family) && !w.is(function) {
		if w.is(ordinary) || !w.is(given) && (tok.Count > 200 || len(tok.Verb) > 0 && tok.Count > 40) {
			return weak
		}
		return strong
	}
	if w.is(function | honorific | rank | speech | counterpart | governing | postname | commonAdjective) {
		return no
	}
	if t := s.title(i); t != nil && !tok.Def && s.in(i+1) && s.filiation(i+1) {
		return strong // مساعد بن محمد
	} else if t != nil {
		if t.construct && tok.Count <= 10 && !tok.Def && strings.HasSuffix(tok.Norm, "ي") {
			return weak // محمد مالكي
		}
		return no
	}
	if b := s.base[i]; b != nil && (len(b.heads) > 0 || b.nisba != nil) {
		return no
	}
	if tok.Def {
		if tok.Count <= 12 && (strings.HasSuffix(tok.Base, "ي") || tok.Count <= 3) && !inflected(tok.Base) {
			return weak
		}
		return no
	}
	if s.rare(i) {
		return weak
	}
	return no
}

// inflected reports whether a folded word has an ending that surnames do not have.
func inflected(base string) bool {
	for _, ending := range []string{"ين", "ون", "ات", "تان", "يه"} {
		if strings.HasSuffix(base, ending) && len(base) > len(ending)+6 {
			return true
		}
	}
	return false
}

// fullName reads a person's name at token i. sure says that a title, honorific or
// the like announces one. It returns where the name ends, or i.
func (s *scan) fullName(i int, sure bool) int {
	start := i
	if s.quote(i) {
		if end, ok := s.quoted(i); ok && sure {
			if inner := s.fullName(i+1, true); inner == end-1 {
				return inner
			}
		}
		return i
	}
	if sure && s.kind(i, extract.Latin) {
		return s.latin(i)
	}
	words, firm := 0, 0
	for words < 9 {
		if next, n := s.joined(i, words); n > 0 {
			i, words, firm = next, words+n, firm+n-1
			continue
		}
		if words > 0 && s.hyphen(i) && s.nameLike(i+1) != no {
			i += 2
			words++
			continue
		}
		l := s.nameLike(i)
		if l == no && (sure && (s.laterName(i, words) || words == 0 && s.foreign(i)) || words > 0 && s.unseen(i, sure)) {
			l = weak
		}
		if l == no || words >= 2 && s.openOffice(i) || s.breaks(i, words) || l == weak && (words >= 4 || words >= 2 && firm == 0 && !sure) {
			break
		}
		if l == strong {
			firm++
		}
		i++
		words++
	}
	if words > 0 && s.is(i, ordinal) && (words == 1 || sure && words <= 2) && s.is(i-1, given) {
		i++
		if s.word(i) && s.tokens[i].Norm == "عشر" {
			i++
		}
	}
	for i > start && s.trailing(i-1) {
		i--
	}
	if sure && s.in(start) && s.cover[start] != extract.None && s.units[s.cover[start]].first == start {
		i = max(i, s.units[s.cover[start]].last) // found already, by its context
	}
	if i == start || firm == 0 && !sure {
		return start
	}
	return i
}

// joined reads a particle at token i and, behind one that always takes a word, that
// word, whatever it is. It returns the end and the number of words, 0 if there is no
// particle.
func (s *scan) joined(i, words int) (end, n int) {
	if words > 0 && s.word(i) && (s.tokens[i].Norm == "الدين" || s.tokens[i].Norm == "الله") && s.is(i-1, given|family) {
		return i + 1, 1
	}
	if !s.particleAt(i, words) || (!s.word(i+1) || s.is(i+1, function)) && !s.particleAt(i+1, words+1) {
		return i, 0
	}
	if s.is(i, binding) && s.word(i+1) && !s.is(i+1, function) && !s.particleAt(i+1, words+1) {
		return i + 2, 2
	}
	return i + 1, 1
}

// trailing reports whether token i cannot end a name.
func (s *scan) trailing(i int) bool { return s.is(i, dangling) }

// particleAt reports whether token i joins words of a name at that place of it.
func (s *scan) particleAt(i, words int) bool {
	if !s.is(i, particle) || s.suffixed(i) {
		return false
	}
	if s.is(i, leading) {
		return true
	}
	return words > 0 && (s.is(i, inner) || !s.is(i, function))
}

func (s *scan) hyphen(i int) bool {
	return s.kind(i, extract.Punct) && s.tokens[i].Form == "-" && s.in(i+1) && (s.tokens[i].Glued || s.tokens[i+1].Glued)
}

// laterName reports whether token i, no name by itself, is one behind a given name:
// a definite word or nationality as a surname.
func (s *scan) laterName(i, words int) bool {
	if words >= 3 && s.filiation(i-2) && s.comma(i+1) {
		return s.word(i) && s.tokens[i].Def && s.norm[i] == nil && s.title(i) == nil && s.head(i, "") == nil // X بن Y المزيد،
	}
	if !s.word(i) || s.suffixed(i) || words != 1 || s.is(i, function|honorific|rank|commonAdjective|postname|speech) || s.title(i) != nil {
		return false
	}
	tok := &s.tokens[i]
	if !s.is(i-1, given) {
		return false
	}
	return (tok.Def || s.nisba(i) != nil && tok.Count < 60) && (s.nisba(i) != nil || tok.Count < 60) && s.head(i, "") == nil
}

// openOffice reports whether token i, though it may be a name, opens an office behind
// one: a title with an adjective, or a definite one with a complement (أبو الغيط | الأمين العام).
func (s *scan) openOffice(i int) bool {
	b := s.base[i]
	if !s.word(i) || b == nil || b.title == nil {
		return false
	}
	if !s.tokens[i].Def {
		return s.is(i+1, titleAdjective) // أمين عام
	}
	return s.is(i+1, commonAdjective) || s.proclit(i+1, "ل") || s.proclit(i+1, "ب")
}

// unseen reports whether token i is a word that news hardly knows, whatever verb or
// noun its letters could be: behind a given name it is a name.
func (s *scan) unseen(i int, sure bool) bool {
	most := 1
	if sure {
		most = 10
	}
	return s.word(i) && s.tokens[i].Count <= most && (s.tokens[i].Count <= 1 || len(s.tokens[i].Verb) == 0) && !s.tokens[i].Def && s.norm[i] == nil && s.is(i-1, given) && !s.suffixed(i) && !s.verbShaped(i)
}

// foreign reports whether token i, in form a verb, is a word that news hardly knows with
// another such word behind it: where a name must stand, it is one (سويلا بريفرمان).
func (s *scan) foreign(i int) bool {
	return s.word(i) && s.tokens[i].Count <= 1 && len(s.tokens[i].Noun) == 0 && !s.tokens[i].Def && s.norm[i] == nil && !s.suffixed(i) && !s.verbShaped(i) && s.rare(i+1)
}

// breaks reports whether a name cannot go on with token i.
func (s *scan) breaks(i, words int) bool {
	if words == 0 || !s.in(i) {
		return false
	}
	if c := s.at(i); c != nil && c.class != schema.Person && c.nisba == nil && !s.is(i, given|family) {
		return true
	}
	tok := &s.tokens[i]
	if tok.Kind == extract.Word && strings.ContainsRune(s.doc.Text[tok.Start:tok.End], tanwin) {
		return true // زيلينسكي ضيفاً
	}
	return !tok.Def && len(tok.Verb) > 0 && tok.Count > 30 && !s.is(i, given|family)
}

// tanwin marks an indefinite accusative, which no part of a name is.
const tanwin = '\u064b'

// person adds the name [first, last), unless it is there, and returns its index.
func (s *scan) person(first, last int) int {
	if id := s.cover[first]; id != extract.None {
		if c := &s.units[id]; c.first == first && c.last >= last {
			return id
		}
		s.units[id].dropped = true
	}
	s.unit[first] = extract.None
	return s.add(candidate{first: first, last: last, class: schema.Person, form: extract.Name, head: first, definite: true})
}

// forget drops a candidate for a person.
func (s *scan) forget(id int) {
	c := &s.units[id]
	c.dropped = true
	for i := c.first; i < c.last; i++ {
		s.cover[i] = extract.None
	}
}

// persons adds the names of the sentence that nothing need announce.
func (s *scan) persons() {
	for i := s.first; i < s.last; i++ {
		if c := s.at(i); c != nil && c.nisba == nil && (c.last > i+1 || !s.is(i, given)) {
			if c.entry != nil {
				i = c.last - 1
			}
			continue
		}
		if s.opensName(i) || s.is(i, given) && s.announced(i) {
			if last := s.fullName(i, s.announced(i)); last > i+1 {
				s.person(i, last)
				i = last - 1
				continue
			}
		}
		if s.is(i, prominent) && !s.is(i, ordinary) && s.at(i) == nil && !s.suffixed(i) && s.title(i) == nil {
			s.person(i, i+1)
		}
	}
}

// announced reports whether the word before token i calls for a person: برئاسة X، بمعية X.
func (s *scan) announced(i int) bool { return s.is(i-1, announcing) }

// opensName reports whether token i, unannounced, begins a person's name: a given
// name with a name behind it.
func (s *scan) opensName(i int) bool {
	if s.is(i, particle) && (s.tokens[i].Norm == "عبد" || s.tokens[i].Norm == "ابو") && s.word(i+1) {
		return s.tokens[i].Norm == "عبد" && s.tokens[i+1].Def || s.is(i+1, given|family)
	}
	if s.constructed(i) || s.suffixed(i) || s.kind(i-1, extract.Number) || s.tokens[i].Norm == "صالح" && s.proclit(i-1, "ل") {
		return false // لصالح: in favour of
	}
	if t := s.title(i); t != nil && t.number == extract.Singular && !s.tokens[i].Def && s.is(i+1, particle) && s.filiation(i+1) && s.is(i+2, given) {
		return true // مساعد بن محمد
	}
	if !s.is(i, given) {
		return false
	}
	if s.is(i+1, particle) && (s.is(i+2, given|family) || s.filiation(i+1) && s.word(i+2)) || s.compound(i) {
		return true
	}
	next := s.nameLike(i + 1)
	if s.breaks(i+1, 1) {
		next = no
	}
	switch s.nameLike(i) {
	case strong:
		return next != no
	case weak:
		return next == strong
	}
	return false
}

// constructed reports whether token i is the definite genitive of the title or head
// noun before it, though it may be a name (وزير العدل، مجلس النواب).
func (s *scan) constructed(i int) bool {
	return s.word(i) && s.tokens[i].Def && s.word(i-1) && !s.tokens[i-1].Def && !s.suffixed(i-1) && (s.title(i-1) != nil || s.head(i-1, "") != nil)
}

// filiation reports whether token i is "son of" or the like.
func (s *scan) filiation(i int) bool {
	if !s.word(i) {
		return false
	}
	switch s.tokens[i].Norm {
	case "بن", "ابن", "بنت", "ولد", "ايت":
		return true
	}
	return false
}

// compound reports whether token i begins a name in -الدين or -الله.
func (s *scan) compound(i int) bool {
	return s.word(i+1) && (s.tokens[i+1].Norm == "الدين" || s.tokens[i+1].Norm == "الله" && s.is(i, given)) && s.is(i, given|family) && s.nameLike(i+2) != no
}

// plausible rejects what an honorific may stand before but is no name.
func (s *scan) plausible(first, last int) bool {
	for i := first; i < last; i++ {
		if s.nameLike(i) == strong || s.is(i, particle) {
			return true
		}
	}
	if id := s.cover[first]; id != extract.None && s.units[id].first == first && s.units[id].last == last && last-first > 1 {
		return true
	}
	return last-first >= 2 && (s.nameLike(first) == weak || s.foreign(first))
}

// styles returns the end of the run of honorifics and ranks at token i.
func (s *scan) styles(i int) int {
	for s.in(i) {
		switch {
		case s.is(i, honorific|rank) && !s.suffixed(i):
		case s.word(i) && s.tokens[i].Def && s.base[i] != nil && s.base[i].title != nil && s.base[i].title.style:
		case s.word(i) && (s.tokens[i].Norm == "صاحب" || s.tokens[i].Norm == "صاحبه") && s.is(i+1, honorific) && s.tokens[i+1].Def:
		case s.word(i) && s.tokens[i].Norm == "ايه" && s.word(i+1) && s.tokens[i+1].Norm == "الله":
			i++ // آية الله
		case s.word(i) && s.tokens[i].Norm == "الملكي" && s.is(i-1, honorific):
		case s.is(i, grade) && s.is(i-1, rank|grade):
		case s.word(i) && s.nisba(i) != nil && s.is(i-1, rank) && s.tokens[i].Def:
		case s.word(i) && s.is(i, postname) && s.tokens[i].Norm == "المتقاعد" && s.is(i-1, rank):
		default:
			return i
		}
		i++
	}
	return i
}
