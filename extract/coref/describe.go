package coref

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// descriptions links definite nominals to their antecedents, in text order: first those
// of bodies, places, countries and events, on which those of persons may rest ("رئيس
// المجلس"), then these.
func (r *run) descriptions() {
	for _, persons := range []bool{false, true} {
		for i := range r.doc.Mentions {
			m := &r.doc.Mentions[i]
			if (m.Class == schema.Person) != persons || m.Code != "" || m.Form != extract.Nominal && !commonNoun(m) {
				continue
			}
			if j := r.described(i, m); j != extract.None {
				r.join(i, j)
			}
		}
	}
}

// described returns a mention of what the description m takes up, or None.
func (r *run) described(i int, m *extract.Mention) int {
	switch m.Class {
	case schema.Person:
		if r.find(i) != i {
			return extract.None // beside its name
		}
		return r.holder(i, m)
	case schema.Country:
		return r.land(i, m)
	case schema.Event:
		return r.sameEvent(i, m)
	}
	return r.antecedent(i, m)
}

// commonNoun reports whether a body's name is but a definite noun (البرلمان), which
// may also take up one named before.
func commonNoun(m *extract.Mention) bool {
	return m.Class == schema.Organization && m.Form == extract.Name && m.Definite && m.Last == m.First+1 && strings.HasPrefix(m.Key, "ال")
}

// antecedent returns the nearest body or place before that the description can take
// up: with its head noun, and none of what it adds in conflict. "الحكومة" may take up
// a country by that noun ("الحكومة المغربية").
func (r *run) antecedent(i int, m *extract.Mention) int {
	if !m.Definite && !r.bound(m) {
		return extract.None
	}
	d := r.doc
	for j := i - 1; j >= 0; j-- {
		o := &d.Mentions[j]
		if o.First == m.First || o.Last > m.First {
			continue
		}
		if o.Class != m.Class {
			if o.Class == schema.Country && o.Form == extract.Nominal && m.Last == m.First+1 && d.Tokens[o.First].Base == m.Noun && o.Last > o.First+1 {
				return j
			}
			continue
		}
		if o.Noun == m.Noun && (holds(d, o, m) || r.specifies(m, o)) {
			return j
		}
		if m.Last == m.First+1 && slices.Contains(o.Kinds, m.Noun) {
			return j
		}
	}
	return extract.None
}

// specifies reports whether m takes up o, which has no article, and says more of it:
// "اجتماعا", "الاجتماع الوزاري". A construct ("معرض الكتاب") names something new unless it
// stands close by.
func (r *run) specifies(m, o *extract.Mention) bool {
	takesUp := r.doc.Tokens[m.First].Def || r.bound(m) || m.Sentence-o.Sentence <= eventReach
	return !o.Definite && takesUp && holds(r.doc, m, o)
}

// holds reports whether the words of m all stand in o.
func holds(d *extract.Document, o, m *extract.Mention) bool {
	for i := m.First; i < m.Last; i++ {
		found := d.Tokens[i].Kind == extract.Enclit
		for k := o.First; k < o.Last && !found; k++ {
			found = d.Tokens[k].Base == d.Tokens[i].Base || k == o.Head && i == m.Head && o.Noun == m.Noun
		}
		if !found {
			return false
		}
	}
	return true
}
