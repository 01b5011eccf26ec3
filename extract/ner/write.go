package ner

import (
	"sort"

	"isnad/extract"
	"isnad/schema"
)

// write settles overlaps and fills the document's Mentions and Offices.
func (s *scan) write() {
	s.settle()
	order := s.live()
	index := make([]int, len(s.units)) // candidate → mention
	for i := range index {
		index[i] = extract.None
	}
	d := s.doc
	d.Mentions = make([]extract.Mention, 0, len(order))
	var open []int // mentions that may hold the next
	for _, id := range order {
		c := &s.units[id]
		for len(open) > 0 && d.Mentions[open[len(open)-1]].Last < c.last {
			open = open[:len(open)-1]
		}
		parent := extract.None
		if len(open) > 0 {
			parent = open[len(open)-1]
		}
		index[id] = len(d.Mentions)
		open = append(open, len(d.Mentions))
		d.Mentions = append(d.Mentions, s.mention(c, parent))
	}
	s.writeOffices(index)
}

func (s *scan) mention(c *candidate, parent int) extract.Mention {
	var kind []string
	noun := s.tokens[c.head].Base
	if c.entry != nil && c.entry.kinds != nil {
		kind = *c.entry.kinds
	} else if c.class == schema.Event {
		s.within(c.sentence)
		if h := s.head(c.head, schema.Event); h != nil {
			noun, kind = h.noun, h.kinds
		}
	}
	land := ""
	if c.entry != nil {
		land = c.entry.place
	}
	name := s.text(c.first, c.last)
	return extract.Mention{
		Span:  extract.Span{Start: s.tokens[c.first].Start, End: s.tokens[c.last-1].End},
		First: c.first, Last: c.last, Sentence: c.sentence,
		Class: c.class, Form: c.form, Name: name, Key: s.key(c.first, c.last), Code: c.code, Land: land,
		Head: c.head, Noun: noun, Kinds: kind, Definite: c.definite, Gender: c.gender, Number: c.number,
		Parent: parent, Office: extract.None, Entity: extract.None,
	}
}

func (s *scan) writeOffices(index []int) {
	at := func(id int) int {
		if id == extract.None {
			return extract.None
		}
		return index[id]
	}
	d := s.doc
	order := make([]int, 0, len(s.offices))
	for i := range s.offices {
		if at(s.offices[i].holder) != extract.None {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return s.offices[order[a]].first < s.offices[order[b]].first })
	d.Offices = make([]extract.Office, 0, len(order))
	for _, i := range order {
		o := &s.offices[i]
		holder := at(o.holder)
		if d.Mentions[holder].Form == extract.Nominal {
			d.Mentions[holder].Office = len(d.Offices)
		}
		d.Offices = append(d.Offices, extract.Office{
			Span:  extract.Span{Start: s.tokens[o.first].Start, End: s.tokens[o.last-1].End},
			First: o.first, Last: o.last, Sentence: o.sentence, Value: o.value,
			Holder: holder, Country: at(o.country), Body: at(o.body),
			Counterpart: o.counterpart, Before: o.before,
		})
	}
}

// settle drops candidates that duplicate or cross a better one.
func (s *scan) settle() {
	for i := range s.units {
		c := &s.units[i]
		if c.dropped {
			continue
		}
		if c.class == schema.Person && c.form == extract.Name {
			continue
		}
		// a person's name beats whatever else its words may be
		if p := s.cover[c.first]; p != extract.None && !s.units[p].dropped {
			if u := &s.units[p]; c.first >= u.first && c.last <= u.last {
				c.dropped = true
				continue
			}
		}
	}
	s.cross()
}

// live returns the candidates that stand, by where they begin, then longest first.
func (s *scan) live() []int {
	order := make([]int, 0, len(s.units))
	for i := range s.units {
		if !s.units[i].dropped && !s.units[i].doubt {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool {
		x, y := &s.units[order[a]], &s.units[order[b]]
		if x.first != y.first {
			return x.first < y.first
		}
		return x.last > y.last
	})
	return order
}

// cross drops, of two candidates that overlap without one holding the other, the
// one that begins later, and of two over the same words the later added.
func (s *scan) cross() {
	order := s.live()
	var open []*candidate
	for _, id := range order {
		c := &s.units[id]
		for len(open) > 0 && open[len(open)-1].last <= c.first {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			o := open[len(open)-1]
			if c.last > o.last || c.first == o.first && c.last == o.last {
				c.dropped = true
				continue
			}
		}
		open = append(open, c)
	}
}
