package ner

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// shortForms adds the later mentions of persons by a part of a name that the
// document gives in full: the family name, or the last words behind a particle.
func (s *scan) shortForms() {
	short := s.shortNames()
	if len(short) == 0 {
		return
	}
	s.each(func() {
		for i := s.first; i < s.last; i++ {
			names := short[s.tokens[i].Norm]
			if len(names) == 0 || !s.word(i) || s.cover[i] != extract.None {
				continue
			}
			for size := 3; size > 0; size-- {
				last := i + size - 1
				if s.in(last) && s.cover[last] == extract.None && !s.suffixed(last) && slices.Contains(names, s.key(i, i+size)) && s.short(i, i+size) {
					i = s.units[s.person(i, i+size)].last - 1
					s.complete(last-size+1, last+1)
					break
				}
			}
		}
	})
}

// complete gives the event whose noun stands before the person's name [first, last) that name:
// محادثات كارتر.
func (s *scan) complete(first, last int) {
	i := first - 1
	if h := s.head(i, schema.Event); h == nil || h.never || s.tokens[i].Def || s.suffixed(i) || s.accusative(i) {
		return
	}
	if c := s.at(i); c == nil {
		s.describe(i, last, schema.Event, true)
	} else if c.class == schema.Event && c.last == first {
		c.last, c.definite = last, true
	}
}

// shortNames returns the folded short forms of the persons found so far, by their
// first word.
func (s *scan) shortNames() map[string][]string {
	short := map[string][]string{}
	keep := func(name string) {
		first, _, _ := strings.Cut(name, " ")
		if !slices.Contains(short[first], name) {
			short[first] = append(short[first], name)
		}
	}
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
				keep(s.key(from, c.last))
			}
			if !s.is(from-1, particle) {
				break
			}
		}
		if s.tokens[last].Def && s.tokens[last-1].Norm != "عبد" {
			keep(s.tokens[last].Base)
		}
		keep(s.key(c.first, c.last))
	}
	return short
}

// short reports whether the tokens, which are a short form of a known person, can be
// that here.
func (s *scan) short(first, last int) bool {
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
