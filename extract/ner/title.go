package ner

import (
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// titlePhrase reads the noun phrase of the office with head t at token i. complement
// says that a genitive or a prepositional complement belongs to it.
func (s *scan) titlePhrase(i int, t *title) (end int, complement bool) {
	end = i + 1
	if s.tokens[i].Def {
		for s.adjective(end) || s.word(end) && s.tokens[end].Def && s.is(end, titleAdjective|commonAdjective) || s.trade(end) {
			end++
		}
	} else {
		for s.is(end, titleAdjective) || s.indefiniteNisba(end) {
			end++
		}
		e, ok := s.titleGenitive(end)
		if ok {
			end, complement = e, true
			if s.is(i, ministerial) || s.ministryIn(i, end) {
				end, _ = s.coordinated(end, true)
			} else if more, _ := s.coordinated(end, false); more > end {
				after := more
				if next, ok := s.titleComplement(i, more, t); ok {
					after = next
				}
				if _, held := s.holderAfter(after); held {
					end = more
				}
			}
			for s.adjective(end) {
				end++
			}
		} else if t.ordinary && end == i+1 {
			return i, false
		}
	}
	for n := 0; n < 4; n++ {
		next, ok := s.titleComplement(i, end, t)
		if !ok {
			break
		}
		end, complement = next, true
	}
	if !s.tokens[i].Def && !complement {
		if end == i+1 && t.loose {
			return i, false
		}
	}
	return end, complement
}

// trade reports whether the definite occupation at token i qualifies the one before it
// (النائب البرلماني).
func (s *scan) trade(i int) bool {
	t := s.title(i)
	return t != nil && t.loose && s.tokens[i].Def && s.lex.adjectives[s.tokens[i].Base] && s.title(i-1) != nil && s.feminine(i) == s.feminine(i-1)
}

func (s *scan) indefiniteNisba(i int) bool {
	c := s.at(i)
	return c != nil && c.nisba != nil && !c.definite
}

// titleGenitive reads what an indefinite head governs: another office (نائب رئيس
// الوزراء) or any definite noun phrase.
func (s *scan) titleGenitive(i int) (int, bool) {
	for s.is(i, honorific) && s.title(i+1) != nil && !s.suffixed(i) {
		i++ // سكرتير سمو ولي العهد
	}
	if t := s.title(i); t != nil && !s.tokens[i].Def && !s.suffixed(i) && !s.is(i, honorific) && (t.number != extract.Dual || strings.HasSuffix(s.tokens[i].Norm, "ي")) {
		end, ok := s.titlePhrase(i, t)
		return end, ok && end > i
	}
	if c := s.at(i); c != nil && c.class == schema.Person {
		return i, false
	}
	e, ok := s.genitive(i, 0)
	if !ok || e.single {
		return i, false
	}
	return e.end, true
}

func (s *scan) ministryIn(first, last int) bool {
	for i := first; i < last; i++ {
		if s.is(i, ministerial) {
			return true
		}
	}
	return false
}

// titleComplement reads one prepositional complement at token end of the office
// that began at token i.
func (s *scan) titleComplement(i, end int, t *title) (int, bool) {
	if !s.in(end) {
		return end, false
	}
	if e, ok := s.dative(end); ok {
		if more, _ := s.coordinated(e.end, false); more > e.end {
			return more, true
		}
		return s.further(e.end), true
	}
	if s.is(end-1, postname) && s.suffixed(end) && !s.verb(end) {
		return end + 2, true // المنتهية ولايته
	}
	if s.participle(end) && s.tokens[end].Def {
		if next, ok := s.titleComplement(i, end+1, t); ok {
			return next, true
		}
		return end, false
	}
	tok := &s.tokens[end]
	at := end + 1
	switch tok.Norm {
	case "ب":
		if tok.Kind != extract.Proclit {
			return end, false
		}
		switch {
		case s.tokens[i].Base == "قايم" && s.word(at) && strings.HasSuffix(s.tokens[at].Norm, "اعمال"):
			return s.duties(at)
		case s.word(at) && s.tokens[at].Norm == "اسم":
			at++
		case s.participle(end - 1):
		default:
			return s.titlePlace(i, at, t)
		}
	case "لدي", "باسم":
	case "الي":
		if !t.place && !s.has(i, end, "وفد") && !s.has(i, end, "بعثه") {
			return end, false
		}
	case "عن", "علي", "من", "مع":
		if !(t.represents && tok.Norm == "عن") && !s.participle(end-1) && !s.participle(end-2) {
			return end, false
		}
	case "في":
		return s.titlePlace(i, at, t)
	default:
		return end, false
	}
	e, ok := s.genitive(at, 0)
	if !ok {
		return end, false
	}
	last := e.end
	if more, _ := s.coordinated(last, false); more > last {
		last = more
	}
	return s.further(last), true
}

// duties reads what one in charge is in charge of at token i: "الأعمال", "أعمال السفارة",
// "أعمال أمين السر".
func (s *scan) duties(i int) (int, bool) {
	if s.tokens[i].Def {
		return i + 1, true
	}
	if next, ok := s.titleGenitive(i + 1); ok {
		return s.further(next), true
	}
	return i - 1, false
}

// participle reports whether token i calls for a preposition: المكلف بـ، المشرف على.
func (s *scan) participle(i int) bool {
	if !s.word(i) {
		return false
	}
	switch s.tokens[i].Base {
	case "مكلف", "مكلفه", "مكلفا", "مسوول", "مسووله", "مسيول", "مسيوله", "مشرف", "مشرفه", "منبثق", "منبثقه", "معني", "معنيه", "مختص", "مختصه", "قايم", "قايمه", "تابع", "تابعه", "مهتم", "مهتمه", "متخصص", "متخصصه":
		return true
	}
	return false
}

func (s *scan) has(first, last int, base string) bool {
	for i := first; i < last; i++ {
		if s.tokens[i].Base == base {
			return true
		}
	}
	return false
}

// titlePlace reads the place or body at token at, behind "في" or "بـ", if it belongs
// to the office: the head calls for it, or the holder's name follows at once.
func (s *scan) titlePlace(i, at int, t *title) (int, bool) {
	c := s.at(at)
	if c == nil || c.class == schema.Event || c.class == schema.Person || c.nisba != nil {
		return at - 1, false
	}
	last := s.further(c.last)
	if end, _ := s.adjectives(last); end > last {
		last = end
	}
	if t.place && !s.tokens[i].Def {
		return last, true
	}
	if c.class == schema.Country && s.behindName(i) {
		return last, true // X، وزير سابق بالمملكة البلجيكية
	}
	if c.class == schema.Organization && (s.behindName(i) || s.title(last) != nil && s.tokens[last].Def) {
		return last, true // X المسؤول الكبير في حماس؛ المستشار بالديوان المشرف على Y
	}
	_, held := s.holderAfter(last)
	if !held && s.inside(last) {
		if end, ok := s.titlePlace(i, last+1, t); ok {
			return end, true // رئيس الجامعة في المدينة بالهند X
		}
	}
	return last, held
}

// behindName reports whether a person's name ends before token i, a comma or words that give
// him the office between, or none.
func (s *scan) behindName(i int) bool {
	if s.is(i-1, holding) {
		return true
	}
	if s.comma(i - 1) {
		i--
	}
	return s.in(i-1) && s.cover[i-1] != extract.None
}

// further reads further places and countries that "و" adds to one.
func (s *scan) further(i int) int {
	for s.proclit(i, "و") {
		c := s.at(i + 1)
		if c == nil || c.nisba != nil || c.class != schema.Country && c.class != schema.Place {
			break
		}
		i = c.last
	}
	return i
}

// part is one of several offices in apposition.
type part struct{ first, last int }

// chain reads further offices in apposition to the one of tokens [first, last): bare,
// after a comma, or after "و" if both are of one holder: of the one named after them or,
// behind a name, of that one. It returns all of them.
func (s *scan) chain(first, last int, behind bool) []part {
	parts := []part{{first, last}}
	for len(parts) < 4 {
		at := last
		joined := s.comma(at) || s.proclit(at, "و")
		if s.comma(at) && s.cover[at-1] != extract.None {
			break // المتحدث باسم X، محامي Y
		}
		if behind && s.comma(at) && s.proclit(at+1, "و") {
			last, at = at+1, at+1
		}
		if joined {
			at++
		}
		t := s.title(at)
		if t == nil || t.number != extract.Singular || t.ordinary || s.suffixed(at) {
			break
		}
		end, complement := s.titlePhrase(at, t)
		if end == at || !complement && (!s.tokens[at].Def || s.styles(at) > at) {
			break
		}
		if joined && (s.proclit(last, "و") && s.tokens[at].Def || (behind && s.proclit(last, "و")) == s.held(s.chain(at, end, false))) {
			break
		}
		if !joined && s.tokens[at].Def && (!complement || !s.tokens[first].Def) {
			break
		}
		parts = append(parts, part{at, end})
		last = end
	}
	return parts
}

// held reports whether a name follows the last of the offices.
func (s *scan) held(parts []part) bool {
	_, ok := s.holderAfter(parts[len(parts)-1].last)
	return ok
}
