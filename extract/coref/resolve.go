package coref

import (
	"strings"

	"isnad/extract"
	"isnad/schema"
)

func words(key string) int { return strings.Count(key, " ") + 1 }

// bare drops quotation marks from a key.
func bare(key string) string {
	if !strings.ContainsAny(key, "\"“”«»‘’'()") {
		return key
	}
	return strings.Join(strings.FieldsFunc(key, func(c rune) bool { return strings.ContainsRune("\"“”«»‘’'() ", c) }), " ")
}

// persons joins equal names, then short names with the nearest fuller name that
// holds them.
func (r *run) persons() {
	d := r.doc
	r.byKey(func(m *extract.Mention) string {
		if m.Class == schema.Person && m.Form == extract.Name {
			return squeeze(m.Key)
		}
		return ""
	})
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Class != schema.Person || m.Form != extract.Name {
			continue
		}
		if j := r.fuller(i, m); j != extract.None {
			r.join(i, j)
		}
	}
}

// squeeze makes spellings of compound names alike: عبد الله and عبدالله.
func squeeze(key string) string {
	key = strings.ReplaceAll(key, "عبد ال", "عبدال")
	key = strings.ReplaceAll(key, "-", " ")
	return strings.Join(strings.Fields(key), " ")
}

// fuller returns the nearest mention of a longer name that m can be short for,
// before it if there is one, or None.
func (r *run) fuller(i int, m *extract.Mention) int {
	best := extract.None
	for j := range r.doc.Mentions {
		o := &r.doc.Mentions[j]
		if o.Class != schema.Person || o.Form != extract.Name || j == i || words(o.Key) < words(m.Key) {
			continue
		}
		if !shortFor(squeeze(m.Key), squeeze(o.Key)) {
			continue
		}
		if best == extract.None || j < i {
			best = j
		}
	}
	return best
}

// shortFor reports whether the words of short stand in full in their order, the
// last ones or the first of them, give or take a letter.
func shortFor(short, full string) bool {
	if short == full {
		return false
	}
	s, f := strings.Fields(short), strings.Fields(full)
	if len(s) == len(f) {
		same, near := 0, 0
		for i := range s {
			switch {
			case s[i] == f[i]:
				same++
			case closeTo(s[i], f[i]):
				near++
			}
		}
		return same+near == len(s) && near <= 1 && (same > 0 || len(s) == 1 && len(s[0]) >= 10)
	}
	if len(s) > len(f) {
		return false
	}
	if tail(s, f[len(f)-len(s):]) {
		return len(s) == 1 || !filiation(f[len(f)-len(s)-1]) // not the father's name
	}
	if len(s) == 1 {
		return strings.TrimPrefix(s[0], "ال") == strings.TrimPrefix(f[len(f)-1], "ال") || s[0] == f[0]
	}
	return s[0] == f[0] && inOrder(s, f)
}

func filiation(word string) bool { return word == "بن" || word == "ابن" || word == "بنت" }

func tail(s, f []string) bool {
	for i := range s {
		if s[i] != f[i] && !closeTo(s[i], f[i]) {
			return false
		}
	}
	return true
}

func inOrder(s, f []string) bool {
	at := 0
	for _, w := range f {
		if at < len(s) && s[at] == w {
			at++
		}
	}
	return at == len(s)
}

// closeTo reports whether two words of at least five letters differ by one letter.
func closeTo(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 4 || len(y) < 5 || len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) == len(y) {
		return i < len(x) && string(x[i+1:]) == string(y[i+1:])
	}
	return string(x[i:]) == string(y[i+1:])
}

// nested joins the inner name with the outer one that only adds the kind of thing
// and a nationality: "مدينة أصفهان" and "أصفهان", "صحيفة «أساهي» اليابانية" and "أساهي".
func (r *run) nested() {
	for i := range r.doc.Mentions {
		m := &r.doc.Mentions[i]
		if m.Parent == extract.None || m.Form != extract.Name {
			continue
		}
		p := &r.doc.Mentions[m.Parent]
		if p.Class != m.Class || p.Form != extract.Name || m.Code != "" || words(m.Key) > 3 {
			continue
		}
		if r.only(p.First+1, m.First, false) && r.only(m.Last, p.Last, m.Class == schema.Organization) {
			r.join(i, m.Parent)
		}
	}
}

// only reports whether the tokens [first, last) are quotation marks, or adjectives of
// nationality where those are allowed.
func (r *run) only(first, last int, nationalities bool) bool {
	for i := first; i < last; i++ {
		tok := &r.doc.Tokens[i]
		if tok.Kind != extract.Punct && !(nationalities && tok.Def && tok.Kind == extract.Word) {
			return false
		}
	}
	return true
}

// parts joins a shorter name of a body with the fuller one that holds its words and
// has the same head: "الاتحاد الافريقي" and "الاتحاد الافريقي لكرة القدم".
func (r *run) parts() {
	d := r.doc
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Class != schema.Organization || m.Form != extract.Name || m.Last-m.First < 2 {
			continue
		}
		for j := range d.Mentions {
			o := &d.Mentions[j]
			if o.Class != m.Class || o.Form != extract.Name || words(o.Key) <= words(m.Key) || o.First == m.First {
				continue
			}
			if d.Tokens[o.Head].Base == d.Tokens[m.Head].Base && d.Tokens[o.Head].Def == d.Tokens[m.Head].Def && (m.Code == "" || m.Code == o.Code || j < i && o.Code == "") && strings.HasPrefix(bare(o.Key), bare(m.Key)+" ") {
				r.join(i, j)
				break
			}
		}
	}
}

// aliases joins a name and the one in parentheses behind it.
func (r *run) aliases() {
	d := r.doc
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Form != extract.Name || m.First < 2 || m.Last >= len(d.Tokens) {
			continue
		}
		if d.Tokens[m.First-1].Form != "(" || d.Tokens[m.Last].Form != ")" {
			continue
		}
		for j := range d.Mentions {
			o := &d.Mentions[j]
			if o.Last == m.First-1 && o.Class == m.Class && o.Form == extract.Name && o.Parent == extract.None {
				r.join(i, j)
			}
		}
	}
}
