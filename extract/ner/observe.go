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
	seesInPerson // not its first word
	seesLonger   // the gazetteer name goes on
	seesUnsure   // a gazetteer name that the context does not bear out
)

// What stands around a word anywhere in the document, a bit each.
const (
	behindTitle uint32 = 1 << iota
	behindSpeech
	behindPlaceHead
	behindBodyHead
	behindLocal // a preposition of place
	behindRank
	beforeNisba
	beforeSpeech
	beforeTitle
	inPerson
	behindGiven
	beforeFamily
	twice // occurs more than once
	often // more than three times
	afterComma
	quotedWord
)

// commonWord is the count per million words from which what stands around a word
// elsewhere says nothing.
const commonWord = 60

// survey notes what stands around the rarer words of the document.
func (s *scan) survey() {
	s.global = map[string]uint32{}
	count := map[string]int{}
	s.each(func() {
		for i := s.first; i < s.last; i++ {
			tok := &s.tokens[i]
			if tok.Kind == extract.Word && tok.Count < commonWord {
				s.global[tok.Norm] |= s.around(i)
				count[tok.Norm]++
			}
		}
	})
	for norm, n := range count {
		if n > 1 {
			s.global[norm] |= twice
		}
		if n > 3 {
			s.global[norm] |= often
		}
	}
}

// around returns what stands around token i.
func (s *scan) around(i int) uint32 {
	var bits uint32
	set := func(b uint32, yes bool) {
		if yes {
			bits |= b
		}
	}
	prev, next := i-1, i+1
	if s.proclit(prev, "و") {
		prev--
	}
	set(behindTitle, s.title(i-1) != nil)
	set(behindSpeech, s.is(i-1, speech))
	set(behindPlaceHead, s.head(i-1, schema.Place) != nil)
	set(behindBodyHead, s.head(i-1, schema.Organization) != nil)
	set(behindLocal, s.in(i-1) && (s.proclit(i-1, "ب") || s.word(i-1) && (s.tokens[i-1].Norm == "في" || s.tokens[i-1].Norm == "الي")))
	set(behindRank, s.is(i-1, rank|honorific))
	set(beforeNisba, s.nisba(next) != nil)
	set(beforeSpeech, s.is(next, speech))
	set(beforeTitle, s.title(next) != nil)
	set(inPerson, s.cover[i] != extract.None)
	set(behindGiven, s.is(i-1, given))
	set(beforeFamily, s.is(next, family))
	set(afterComma, s.comma(i-1))
	set(quotedWord, s.quote(i-1))
	return bits
}

// Observe returns the tokens of each sentence as the sequence model sees them, for
// training it.
func (t *Tagger) Observe(d *extract.Document) [][]sequence.Token {
	s := newScan(t.lex, d)
	s.each(s.gazetteer)
	s.settleDoubt()
	s.governments()
	s.each(s.persons)
	s.survey()
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
			if c.last > i+1 {
				lex |= seesLonger
			}
			inside = c.last
		} else if i < inside {
			lex |= seesInside
		}
		if id := s.cover[i]; id != extract.None {
			lex |= seesPerson
			if s.units[id].first < i {
				lex |= seesInPerson
			}
		}
		seen = append(seen, sequence.Token{
			Norm: tok.Norm, Base: tok.Base, Kind: uint8(tok.Kind), Def: tok.Def,
			Verb: len(tok.Verb) > 0, Noun: len(tok.Noun) > 0, Count: tok.Count, Lex: lex, Class: s.class(tok), Doc: s.global[tok.Norm],
		})
	}
	return seen
}

// class returns the class of a token among those that occur alike.
func (s *scan) class(tok *extract.Token) uint16 {
	switch tok.Kind {
	case extract.Number:
		return s.lex.classes["0"]
	case extract.Latin:
		return s.lex.classes["A"]
	}
	return s.lex.classes[tok.Norm]
}

func (s *scan) lexical(i int) uint32 {
	var bits uint32
	if w := s.norm[i]; w != nil {
		bits = uint32(w.roles & (leading - 1))
	}
	if s.at(i) == nil && s.doubtful(i) {
		bits |= seesUnsure
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
			if !h.described {
				bits |= seesEventHead
			}
		}
	}
	return bits
}

// doubtful reports whether token i alone is a name of the gazetteer that needs context.
func (s *scan) doubtful(i int) bool {
	list := s.lex.phrases[s.tokens[i].Norm]
	return len(list) > 0 && len(list[len(list)-1].rest) == 0 && list[len(list)-1].unsure
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
