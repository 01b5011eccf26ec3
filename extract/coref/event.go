package coref

import (
	"slices"
	"strconv"

	"isnad/extract"
	"isnad/schema"
)

// eventReach is how many sentences back an event may stand that another noun takes up.
const eventReach = 2

// boundReach is how many sentences back an event without article may stand that
// "اجتماعه" takes up.
const boundReach = 3

// particulars tell one event of a kind from another.
type particulars struct {
	year, ordinal int   // 0 if not said
	place         int   // cluster of the place in its own phrase, or None
	parties       []int // clusters of the persons, bodies and countries named in its phrase
}

// sameEvent returns the nearest event before that the description m takes up: with its
// noun, or close by and with a noun that may stand for it, and nothing in conflict.
func (r *run) sameEvent(i int, m *extract.Mention) int {
	bound := r.bound(m)
	if !m.Definite && !bound {
		return extract.None
	}
	d := r.doc
	mine := r.particulars(m)
	for j := i - 1; j >= 0; j-- {
		o := &d.Mentions[j]
		if o.Class != schema.Event || o.First == m.First || o.Last > m.First {
			continue
		}
		away := m.Sentence - o.Sentence
		if bound && !o.Definite && away > boundReach || !r.takesUp(m, o, away) {
			continue
		}
		if !r.conflict(&mine, r.find(j)) {
			return j
		}
	}
	return extract.None
}

// takesUp reports whether the words of m may take up o, which stands that many sentences before.
func (r *run) takesUp(m, o *extract.Mention, away int) bool {
	d := r.doc
	if o.Noun == m.Noun {
		if holds(d, o, m) || r.specifies(m, o) {
			return true
		}
		return r.partiesOnly(m) && r.sameParties(m, o)
	}
	return away <= eventReach && m.Last == m.First+1 && slices.Contains(o.Kinds, m.Noun)
}

// partiesOnly reports whether m says no more of its event than whose it is: "اجتماع التحالف".
func (r *run) partiesOnly(m *extract.Mention) bool {
	for i := m.First + 1; i < m.Last; i++ {
		tok := &r.doc.Tokens[i]
		if tok.Kind == extract.Proclit || tok.Kind == extract.Punct {
			continue
		}
		if !slices.ContainsFunc(r.doc.Mentions[:], func(in extract.Mention) bool {
			return in.First > m.First && in.Last <= m.Last && in.First <= i && i < in.Last && in.Form != extract.Nisba
		}) {
			return false
		}
	}
	return true
}

// sameParties reports whether all whom m names are named in o, and it names some.
func (r *run) sameParties(m, o *extract.Mention) bool {
	mine, theirs := r.particulars(m).parties, r.particulars(o).parties
	if len(mine) == 0 {
		return false
	}
	for _, p := range mine {
		if !slices.Contains(theirs, p) {
			return false
		}
	}
	return true
}

// conflict reports whether a mention in cluster root has a year, a number or a place
// other than mine.
func (r *run) conflict(mine *particulars, root int) bool {
	if mine.year == 0 && mine.ordinal == 0 && mine.place == extract.None {
		return false
	}
	for j := root; j < len(r.doc.Mentions); j++ {
		o := &r.doc.Mentions[j]
		if r.find(j) != root {
			continue
		}
		has := r.particulars(o)
		if mine.year != 0 && has.year != 0 && mine.year != has.year ||
			mine.ordinal != 0 && has.ordinal != 0 && mine.ordinal != has.ordinal ||
			mine.place != extract.None && has.place != extract.None && mine.place != has.place {
			return true
		}
	}
	return false
}

// particulars reads what the phrase of m, and a place or year directly behind it, say.
func (r *run) particulars(m *extract.Mention) particulars {
	d := r.doc
	p := particulars{place: extract.None}
	end := d.Sentences[m.Sentence].Last
	for i := m.First + 1; i < min(end, m.Last+behind); i++ {
		tok := &d.Tokens[i]
		if i >= m.Last && (tok.Kind == extract.Punct || len(tok.Verb) > 0 && tok.Kind == extract.Word && !tok.Def) {
			break
		}
		if n := r.words.ordinals[tok.Base]; n != 0 && p.ordinal == 0 && i < m.Last+1 {
			p.ordinal = n
		}
		if tok.Kind == extract.Number && p.year == 0 {
			if n, err := strconv.Atoi(tok.Norm); err == nil && n >= 1800 && n < 2100 {
				p.year = n
			}
		}
	}
	for j := range d.Mentions {
		in := &d.Mentions[j]
		if in.First <= m.First || in.Form == extract.Nisba {
			continue
		}
		if in.First > m.Last+1 {
			break
		}
		inside := in.Last <= m.Last
		switch {
		case in.Class == schema.Place && (inside || in.First == m.Last+1 && r.locative(m.Last)):
			if p.place == extract.None {
				p.place = r.find(j)
			}
		case inside && in.Class != schema.Event && in.Class != schema.Place:
			p.parties = append(p.parties, r.find(j))
		}
	}
	return p
}

// behind is how many tokens behind an event's phrase a year may stand.
const behind = 3

func (r *run) locative(i int) bool {
	n := r.doc.Tokens[i].Norm
	return n == "في" || n == "ب"
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
			mine := r.particulars(m)
			if (holds(d, o, m) || (o.Definite || !m.Definite) && holds(d, m, o)) && !r.conflict(&mine, r.find(j)) {
				r.join(i, j)
			}
			break
		}
	}
}
