package ner

import (
	_ "embed"
	"strings"

	"isnad/extract"
	"isnad/extract/ner/sequence"
	"isnad/schema"
)

// What the sequence model is told of a word besides its parts, a bit each.
const (
	seesTitle uint32 = 1 << (iota + 16)
	seesBodyHead
	seesPlaceHead
	seesEventHead
	seesNisba
	seesCountry
	seesPlace
	seesBody
	seesInside
	seesPerson
)

// Observe returns the tokens of each sentence as the sequence model sees them, for
// training it.
func (t *Tagger) Observe(d *extract.Document) [][]sequence.Token {
	s := newScan(t.lex, d)
	s.each(s.gazetteer)
	s.settleDoubt()
	s.governments()
	s.each(s.persons)
	out := make([][]sequence.Token, len(d.Sentences))
	for i := range d.Sentences {
		s.within(i)
		out[i] = s.observe(nil)
	}
	return out
}

// observe appends the tokens of the sentence under work to seen.
func (s *scan) observe(seen []sequence.Token) []sequence.Token {
	inside := s.first // end of the gazetteer name that the token lies in
	for i := s.first; i < s.last; i++ {
		tok := &s.tokens[i]
		lex := s.lexical(i)
		if c := s.at(i); c != nil && c.entry != nil && i >= inside {
			lex |= gazetteerBit(c.class)
			inside = c.last
		} else if i < inside {
			lex |= seesInside
		}
		if s.cover[i] != extract.None {
			lex |= seesPerson
		}
		seen = append(seen, sequence.Token{
			Norm: tok.Norm, Base: tok.Base, Kind: uint8(tok.Kind), Def: tok.Def,
			Verb: len(tok.Verb) > 0, Noun: len(tok.Noun) > 0, Count: tok.Count, Lex: lex,
		})
	}
	return seen
}

func (s *scan) lexical(i int) uint32 {
	var bits uint32
	if w := s.norm[i]; w != nil {
		bits = uint32(w.roles & (leading - 1))
	}
	w := s.base[i]
	if w == nil {
		return bits
	}
	if w.title != nil {
		bits |= seesTitle
	}
	if w.nisba != nil {
		bits |= seesNisba
	}
	for _, h := range w.heads {
		switch h.class {
		case schema.Organization:
			bits |= seesBodyHead
		case schema.Place:
			bits |= seesPlaceHead
		case schema.Event:
			bits |= seesEventHead
		}
	}
	return bits
}

func gazetteerBit(class schema.Class) uint32 {
	switch class {
	case schema.Country:
		return seesCountry
	case schema.Place:
		return seesPlace
	case schema.Organization:
		return seesBody
	}
	return 0
}

//go:embed data/names.model
var modelFile []byte

// sureMargin is the margin from which a name that only the model sees is taken.
const sureMargin = 600

// learned adds the persons that the model sees by their context where no rule has
// found a name. A single word says too little.
func (s *scan) learned(model *sequence.Model) {
	s.seen = s.observe(s.seen[:0])
	for _, name := range model.Names(s.seen) {
		first, last := s.first+name.First, s.first+name.Last
		if name.Sort != sequence.BeginPerson || name.Margin < sureMargin || last == first+1 || !s.free(first, last) {
			continue
		}
		s.person(first, last)
	}
}

// free reports whether tokens [first, last) are words that may make a person's name and
// that no rule has claimed.
func (s *scan) free(first, last int) bool {
	for i := first; i < last; i++ {
		if s.at(i) != nil || s.cover[i] != extract.None || s.title(i) != nil || s.tokens[i].Kind != extract.Word || s.suffixed(i) {
			return false
		}
		if strings.HasSuffix(s.tokens[i].Norm, "ا") && len(s.tokens[i].Noun) > 0 && !s.is(i, given|family) {
			return false // مخاطبا
		}
		if len(s.tokens[i].Verb) > 0 && s.tokens[i].Count > usualVerb && !s.is(i, given|family) {
			return false
		}
	}
	return true
}

// usualVerb is the count per million words above which a verb form is hardly a name.
const usualVerb = 5
