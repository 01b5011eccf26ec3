package ner

import (
	"isnad/extract"
	"isnad/schema"
)

// shortForms adds the later mentions of persons by a part of a name that the
// document gives in full: the family name, or the last words behind a particle.
func (s *scan) shortForms() {
	short := map[string]bool{} // folded words
	for i := range s.units {
		c := &s.units[i]
		if c.dropped || c.class != schema.Person || c.form != extract.Name || c.last-c.first < 2 {
			continue
		}
		s.within(c.sentence)
		last := c.last - 1
		if s.is(last, ordinal) {
			continue
		}
		for from := last; from > c.first; from-- {
			if from == last && s.tokens[from-1].Norm != "عبد" || s.is(from, particle) {
				short[s.key(from, c.last)] = true
			}
			if !s.is(from-1, particle) {
				break
			}
		}
		if s.tokens[last].Def && s.tokens[last-1].Norm != "عبد" {
			short[s.tokens[last].Base] = true
		}
		short[s.key(c.first, c.last)] = true
	}
	if len(short) == 0 {
		return
	}
	for n := range s.doc.Sentences {
		if s.doc.Sentences[n].Furniture {
			continue
		}
		s.within(n)
		for i := s.first; i < s.last; i++ {
			if !s.word(i) || s.cover[i] != extract.None || s.suffixed(i) {
				continue
			}
			for size := 3; size > 0; size-- {
				if s.in(i+size-1) && s.cover[i+size-1] == extract.None && s.short(i, i+size, short) {
					i = s.units[s.person(i, i+size)].last - 1
					break
				}
			}
		}
	}
}

// short reports whether the tokens are a short form of a known person.
func (s *scan) short(first, last int, short map[string]bool) bool {
	if !short[s.key(first, last)] {
		return false
	}
	if last > first+1 {
		return true
	}
	if c := s.at(first); c != nil && c.nisba == nil && (c.last > last || c.entry != nil) {
		return false
	}
	tok := &s.tokens[first]
	if s.nisba(first) != nil || s.head(first, "") != nil || s.title(first) != nil || s.is(first, function) {
		return false
	}
	return tok.Def && tok.Count < 300 || !tok.Def && tok.Count < 120 || s.nameLike(first) == strong
}
