package coref

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// descriptions links definite nominals to their antecedents, in text order.
func (r *run) descriptions() {
	d := r.doc
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Code != "" || m.Form != extract.Nominal && !commonNoun(m) {
			continue
		}
		j := extract.None
		switch m.Class {
		case schema.Person:
			j = r.holder(i, m)
		case schema.Country:
			j = r.land(i, m)
		default:
			j = r.antecedent(i, m)
		}
		if j != extract.None {
			r.join(i, j)
		}
	}
}

// commonNoun reports whether a body's name is but a definite noun (البرلمان), which
// may also take up one named before.
func commonNoun(m *extract.Mention) bool {
	return m.Class == schema.Organization && m.Form == extract.Name && m.Definite && m.Last == m.First+1 && strings.HasPrefix(m.Key, "ال")
}

// land returns a name of the country that "المملكة" or "البلاد" stands for: of those
// that the noun can describe the one the article mentions most, if it stands out.
func (r *run) land(i int, m *extract.Mention) int {
	d := r.doc
	noun := m.Noun
	count := map[int]int{}
	best, second := extract.None, 0
	for j := range d.Mentions {
		o := &d.Mentions[j]
		if o.Class != schema.Country || o.Code == "" {
			continue
		}
		root := r.find(j)
		count[root]++
		if o.Form == extract.Name && slices.Contains(o.Kinds, noun) && (best == extract.None || j < i) {
			if best == extract.None || r.find(best) != root && count[root] > count[r.find(best)] {
				best = j
			}
		}
	}
	if best == extract.None {
		return extract.None
	}
	for root, n := range count {
		if root != r.find(best) {
			second = max(second, n)
		}
	}
	if noun == "بلاد" && 2*count[r.find(best)] < 3*second {
		return extract.None
	}
	return best
}

// holder returns a person named before or after whose office the nominal repeats:
// "وزير الخارجية الروسي", "الوزير".
func (r *run) holder(i int, m *extract.Mention) int {
	if m.Office == extract.None {
		return extract.None
	}
	d := r.doc
	want := d.Offices[m.Office]
	noun := d.Tokens[want.First].Base
	single := want.Last == want.First+1
	best := extract.None
	if want.Counterpart {
		return extract.None
	}
	for k := range d.Offices {
		o := &d.Offices[k]
		if k == m.Office || o.Holder == extract.None || d.Mentions[o.Holder].Form != extract.Name {
			continue
		}
		if d.Tokens[o.First].Base != noun || !agree(d, &want, o) {
			continue
		}
		if o.Holder > i && best != extract.None {
			break
		}
		if single || overlap(d, &want, o) {
			best = o.Holder
		}
	}
	return best
}

// agree reports whether two offices are not of different countries.
func agree(d *extract.Document, a, b *extract.Office) bool {
	if a.Country == extract.None || b.Country == extract.None {
		return true
	}
	return d.Mentions[a.Country].Code == d.Mentions[b.Country].Code
}

// overlap reports whether the office a says nothing that b does not, but for its country.
func overlap(d *extract.Document, a, b *extract.Office) bool {
	have := map[string]bool{}
	for i := b.First; i < b.Last; i++ {
		have[d.Tokens[i].Base] = true
	}
	for i := a.First; i < a.Last; i++ {
		if c := a.Country; c != extract.None && i >= d.Mentions[c].First && i < d.Mentions[c].Last {
			continue
		}
		if !have[d.Tokens[i].Base] {
			return false
		}
	}
	return true
}

// antecedent returns the nearest mention before that the description can take up:
// of its class and with its head noun, and none of what it adds in conflict.
func (r *run) antecedent(i int, m *extract.Mention) int {
	if !m.Definite && !r.bound(m) {
		return extract.None
	}
	d := r.doc
	noun := m.Noun
	for j := i - 1; j >= 0; j-- {
		o := &d.Mentions[j]
		if o.Class != m.Class || o.First == m.First || o.Last > m.First {
			continue
		}
		if o.Noun == noun && (holds(d, o, m) || !o.Definite && holds(d, m, o)) {
			return j
		}
		near := m.Class != schema.Event || m.Sentence-o.Sentence <= eventReach
		if near && m.Last == m.First+1 && slices.Contains(o.Kinds, noun) {
			return j
		}
	}
	return extract.None
}

// eventReach is how many sentences back an event may stand that another noun takes up.
const eventReach = 2

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

// headline joins the events that the headline names without an article with the ones
// that the body takes up: "قمة استثنائية" with "القمة الإسلامية الاستثنائية".
func (r *run) headline() {
	d := r.doc
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if !d.Sentences[m.Sentence].Title {
			break
		}
		if m.Class != schema.Event {
			continue
		}
		for j := i + 1; j < len(d.Mentions); j++ {
			o := &d.Mentions[j]
			if o.Class != schema.Event || d.Sentences[o.Sentence].Title || o.Noun != m.Noun {
				continue
			}
			if holds(d, o, m) || holds(d, m, o) {
				r.join(i, j)
			}
			break
		}
	}
}
