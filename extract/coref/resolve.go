package coref

import (
	"slices"
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

// reordered puts the words of a key behind the first in order.
func reordered(key string) string {
	list := strings.Fields(bare(key))
	slices.Sort(list[1:])
	return strings.Join(list, " ")
}

// fullName is a distinct name of a person.
type fullName struct {
	key     string // squeezed
	words   []string
	mention int // the first so worded
}

// persons joins equal names, then each with the nearest fuller name that holds it.
func (r *run) persons() {
	names := r.distinctPersons()
	for i := range names {
		if j := fuller(names, i); j != extract.None {
			r.join(names[i].mention, names[j].mention)
		}
	}
}

// distinctPersons joins equal names of persons and returns them in order of first
// mention.
func (r *run) distinctPersons() []fullName {
	var names []fullName
	first := map[string]int{} // by key as written, and squeezed
	for i := range r.doc.Mentions {
		m := &r.doc.Mentions[i]
		if m.Class != schema.Person || m.Form != extract.Name {
			continue
		}
		j, ok := first[m.Key]
		if !ok {
			key := squeeze(m.Key)
			if j, ok = first[key]; !ok {
				j = i
				names = append(names, fullName{key, strings.Fields(key), i})
			}
			first[m.Key], first[key] = j, j
		}
		if j != i {
			r.join(i, j)
		}
	}
	return names
}

// squeeze makes spellings of compound names alike: عبد الله and عبدالله.
func squeeze(key string) string {
	key = strings.ReplaceAll(key, "عبد ال", "عبدال")
	key = strings.ReplaceAll(key, "-", " ")
	return strings.Join(strings.Fields(key), " ")
}

// fuller returns the index of the name that names[i] can be short for, the nearest
// before it if there is one, or None.
func fuller(names []fullName, i int) int {
	best := extract.None
	for j := range names {
		if j == i || len(names[j].words) < len(names[i].words) || best != extract.None && j > i {
			continue
		}
		if shortFor(names[i].words, names[j].words) {
			best = j
		}
	}
	return best
}

// shortFor reports whether the words s, which are not f, stand in f in their order,
// the last ones or the first of them, give or take a letter.
func shortFor(s, f []string) bool {
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
		return !filiation(f[len(f)-len(s)-1]) // not the father's name
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
// and a nationality: "مدينة أصفهان" and "أصفهان", "العاصمة اليونانية أثينا" and "أثينا", "صحيفة «أساهي» اليابانية" and "أساهي".
func (r *run) nested() {
	for i := range r.doc.Mentions {
		m := &r.doc.Mentions[i]
		if m.Parent == extract.None || m.Form != extract.Name {
			continue
		}
		p := &r.doc.Mentions[m.Parent]
		if p.Class != m.Class || p.Form != extract.Name || m.Code != "" || words(m.Key) > 5 || !r.ownName(p, m) {
			continue
		}
		if r.only(p.First+1, m.First, m.Class == schema.Place) && r.only(m.Last, p.Last, m.Class == schema.Organization) {
			r.join(i, m.Parent)
		}
	}
}

// ownName reports whether the name m inside p is that of p itself, not of its owner or
// of where it stands.
func (r *run) ownName(p, m *extract.Mention) bool {
	noun := r.doc.Tokens[p.First].Base
	if m.Class == schema.Place {
		return !r.words.sites[noun]
	}
	return r.words.kinds[noun] || r.doc.Tokens[m.First-1].Kind == extract.Punct
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
	var names []int // first mentions of the distinct names
	var keys []string
	seen := map[string]bool{}
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.Class == schema.Organization && m.Form == extract.Name && !seen[m.Key] {
			seen[m.Key] = true
			names = append(names, i)
			keys = append(keys, bare(m.Key))
		}
	}
	for n, i := range names {
		m := &d.Mentions[i]
		if m.Last-m.First < 2 {
			continue
		}
		prefix := keys[n] + " "
		for k, j := range names {
			o := &d.Mentions[j]
			if o.First != m.First && strings.HasPrefix(keys[k], prefix) && (m.Code == "" || m.Code == o.Code || j < i && o.Code == "") {
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
