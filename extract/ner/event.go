package ner

import (
	"isnad/extract"
	"isnad/schema"
)

// longestEvent is how many tokens the phrase of an event has at most.
const longestEvent = 13

// event adds the phrase of an event whose indefinite head h stands at token i: with its
// genitive ("جنازة القائد X", "حرب عام 2006"), or with adjectives and whose it is
// ("جلسة استثنائية للحكومة").
func (s *scan) event(i int, h *head) bool {
	e, ok := s.celebrated(i + 1)
	if !ok && !h.never {
		e, ok = s.dated(i + 1)
	}
	if !ok && !s.indefiniteAdjective(i+1) && !s.is(i+1, telling) {
		e, ok = s.genitive(i+1, 0)
	}
	if !ok {
		end := i + 1
		if s.activity(end) {
			end++
		}
		for end < i+4 && s.indefiniteAdjective(end) {
			end++
		}
		s.describe(i, s.owners(i, end), h.class, false)
		return true
	}
	if h.weak && !e.named {
		return false
	}
	end := e.end
	if d, ok := s.dative(end); ok && d.end < i+longestEvent {
		end = d.end
	}
	s.describe(i, end, h.class, true)
	return true
}

// activity reports whether token i is an indefinite verbal noun that says what an event
// is: "جلسة استماع", "حفل استقبال".
func (s *scan) activity(i int) bool {
	return s.masdar(i) && !s.tokens[i].Def && len(s.tokens[i].Verb) == 0 && !s.suffixed(i) && s.at(i) == nil && s.title(i) == nil
}

// owners returns the end of the phrase of an indefinite event whose head and adjectives are
// the tokens [i, end), with those behind ل whose it is; a verbal noun there says what
// it is for ("اجتماع لبحث الأزمة").
func (s *scan) owners(i, end int) int {
	for n := 0; n < 2; n++ {
		e, ok := s.dative(end)
		if !ok || e.single || s.classOf(end+1) == schema.Person || !s.tokens[end+1].Def && s.masdar(end+1) || e.end >= i+longestEvent {
			break
		}
		end = e.end
	}
	return end
}

// celebrated reads the person, titles and all, whose funeral, visit or killing an event is:
// at token i a title or honorific, and the name behind it.
func (s *scan) celebrated(i int) (extent, bool) {
	at := s.styles(i)
	if t := s.title(at); t != nil && t.number == extract.Singular && !s.suffixed(at) {
		if end, _ := s.titlePhrase(at, t); end > at {
			at = s.styles(end)
		}
	}
	last := s.fullName(at, true)
	if at == i || last == at || !s.plausible(at, last) {
		return extent{end: i}, false
	}
	return extent{end: last, named: true, person: true}, true
}

// dated reads the year or day at token i by which an event is known: "حرب عام 2006",
// "هجوم 7 أكتوبر"; an accusative is not known by it ("عقد اجتماعا عام 2006").
func (s *scan) dated(i int) (extent, bool) {
	if s.accusative(i-1) || !s.kind(i, extract.Number) && !s.kind(i+1, extract.Number) {
		return extent{end: i}, false
	}
	for k := range s.doc.Times {
		if t := &s.doc.Times[k]; t.First == i {
			return extent{end: t.Last, named: true}, !s.word(i) || s.tokens[i].Norm != "يوم"
		}
	}
	return extent{end: i}, false
}
