package ner

import (
	"strings"

	"isnad/extract"
)

// holderAfter returns where the name of the holder of an office that ends at token i
// begins, if one follows.
func (s *scan) holderAfter(i int) (int, bool) {
	at := i
	if end, ok := s.quoted(at); ok {
		if _, held := s.holderAfter(end); held {
			at = end // المتحدث باسم التحالف "تحالف دعم الشرعية" X
		}
	}
	apart := s.comma(at) || s.kind(at, extract.Punct) && s.tokens[at].Form == ":"
	if apart {
		at++
	}
	at = s.styles(at)
	if s.is(at, royal) {
		at = s.styles(at + 1)
	}
	last := s.fullName(at, true)
	if last == at || !s.plausible(at, last) && (apart || last == at+1) {
		return i, false
	}
	return at, true
}

// after attaches the offices that follow a person's name, with or without a comma.
func (s *scan) after(holder int) {
	i := s.aside(s.units[holder].last)
	for n := 0; n < 3; n++ {
		at := i
		apart := s.comma(at)
		if apart {
			at++
		}
		held := false
		if next := s.holds(at); next > at {
			at, apart, held = next, true, true
		}
		t := s.title(at)
		if t == nil || t.number != extract.Singular && !s.accusative(at) || s.suffixed(at) {
			return
		}
		end, complement := s.titlePhrase(at, t)
		if end == at || !complement && !(held && !t.loose) && (!s.tokens[at].Def || !apart && t.loose || s.styles(at) > at) {
			return
		}
		parts := s.chain(at, end, true)
		end = parts[len(parts)-1].last
		if !s.comma(end) && s.held(parts) {
			if apart && t.deputed {
				s.deputy(at, end, t, holder)
			}
			return // the office of the next person
		}
		s.addOffices(parts, holder, false)
		i = end
	}
}

// aside returns the token behind the quotation mark that closes a name before token i, and
// behind the few words in brackets that follow it: "X" (61 عاما).
func (s *scan) aside(i int) int {
	if s.punct(i, ")") || s.kind(i, extract.Punct) && strings.Contains("»”\"", s.tokens[i].Form) {
		i++
	}
	if !s.punct(i, "(") {
		return i
	}
	for k := i + 1; k < i+maxBracket && s.in(k); k++ {
		if s.punct(k, ")") {
			return k + 1
		}
	}
	return i
}

const maxBracket = 7 // tokens

// holds returns the end of the words at token i that say of the person before them that he
// holds the office behind: "وهو", "الذي يشغل منصب".
func (s *scan) holds(i int) int {
	at := i
	if s.proclit(at, "و") || s.word(at) && s.tokens[at].Norm == "من" && s.word(at+1) && s.tokens[at+1].Norm == "منصب" {
		at++
	}
	first := at
	for s.is(at, holding) && at < first+maxHolding {
		at++
	}
	if at == first {
		return i
	}
	return at
}

const maxHolding = 4 // tokens

// deputy adds the office [first, end) of one who acts for the person named behind it,
// and the office of that person, which is the rest of the phrase: "مبعوث الرئيس Y إلى Z".
func (s *scan) deputy(first, end int, t *title, holder int) {
	inner := s.title(first + 1)
	if inner == nil || inner.number != extract.Singular {
		return
	}
	name, _ := s.holderAfter(end)
	principal := s.person(name, s.fullName(name, true))
	s.addOffices([]part{{first + 1, end}}, principal, true)
	last := s.units[principal].last
	if further, ok := s.titleComplement(first, last, t); ok {
		last = further
	}
	s.addOffices([]part{{first, last}}, holder, false)
}

// nameBefore adds a name that no lexicon holds and that stands before the office at
// token i, a comma between or none: two to four words, each of which may be a name.
// It returns extract.None if there is no such name.
func (s *scan) nameBefore(i int) int {
	last := i
	if s.comma(i - 1) {
		last--
	}
	first := last
	for first > s.first && last-first < 4 && s.maybeName(first-1) {
		first--
	}
	for first < last && s.nameLike(first) == no {
		first++
	}
	if last-first < 2 || s.cover[last-1] != extract.None || s.tokens[first].Def && !s.is(first, given) {
		return extract.None
	}
	return s.person(first, last)
}

// maybeName reports whether token i may be part of an unknown name.
func (s *scan) maybeName(i int) bool {
	if !s.word(i) || s.suffixed(i) || s.verb(i) || s.cover[i] != extract.None || s.titled[i] {
		return false
	}
	if s.nameLike(i) != no {
		return true
	}
	tok := &s.tokens[i]
	if !tok.Def && tok.Count <= 10 && len(tok.Verb) == 0 && s.norm[i] == nil {
		return true
	}
	return tok.Def && tok.Count < 20 && s.norm[i] == nil && s.title(i) == nil && s.head(i, "") == nil && s.nisba(i) == nil && !inflected(tok.Base) && !s.adjective(i)
}
