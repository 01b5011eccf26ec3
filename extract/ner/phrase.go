package ner

import (
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// extent is how far a noun phrase reaches and what it is made of.
type extent struct {
	end    int
	named  bool // it holds a proper name, a quotation or a nationality
	single bool // it is one coined word or several, no common noun
	person bool // it is a person's name with what stands before it
}

// genitive reads the noun phrase at token i that completes an indefinite head:
// definite in the end (by article, name or pronoun), or not one at all. depth
// bounds chains of indefinite nouns.
func (s *scan) genitive(i, depth int) (extent, bool) {
	for s.is(i, honorific) && s.title(i+1) != nil && !s.tokens[i].Def && !s.suffixed(i) {
		i++ // مكتب سمو وزير الدفاع
	}
	none := extent{end: i}
	if !s.in(i) || depth > 3 {
		return none, false
	}
	if c := s.at(i); c != nil && c.nisba == nil {
		end := c.last
		for s.nisba(end) != nil && s.tokens[end].Def && s.agrees(c.first, end) || c.class != schema.Person && s.is(end, commonAdjective) && s.agrees(c.first, end) {
			end++
		}
		return extent{end: end, named: c.form == extract.Name || end > c.last}, true
	}
	if end, ok := s.quoted(i); ok {
		return extent{end: end, named: true}, true
	}
	if s.kind(i, extract.Latin) {
		return extent{end: s.latin(i), named: true}, true
	}
	if c := s.at(i + 1); c != nil && s.punct(i, "(") && s.punct(c.last, ")") {
		return extent{end: c.last + 1, named: true}, true // صندوق (أوبك)
	}
	if !s.word(i) || s.is(i, function|honorific|rank|counterpart) {
		return none, false
	}
	tok := &s.tokens[i]
	if tok.Def {
		if s.nameLike(i) == strong && s.title(i) == nil && s.head(i, "") == nil {
			return none, false
		}
		end, named := s.adjectives(i + 1)
		return extent{end: end, named: named || s.nisba(i) != nil || tok.Count <= 2}, true
	}
	if s.suffixed(i) {
		if s.verb(i) {
			return none, false
		}
		return extent{end: i + 2}, true
	}
	if s.verb(i) {
		return none, false
	}
	if c := s.at(i + 1); c != nil && c.class == schema.Person && s.rare(i) {
		return s.coined(i) // شركة كوديم | أحمد سيف الدين
	}
	if e, ok := s.genitive(i+1, depth+1); ok {
		return e, true
	}
	return s.coined(i)
}

// coined reads a name that no lexicon holds: up to three rare words.
func (s *scan) coined(i int) (extent, bool) {
	end := i
	for end < i+3 && s.rare(end) && !(end > i && s.is(end, given) && s.nameLike(end) == strong) && !s.suffixed(end) && !strings.HasSuffix(s.tokens[end].Norm, "يه") && s.nisba(end) == nil {
		end++
	}
	return extent{end: end, named: true, single: true}, end > i
}

// rare reports whether token i is a word that news hardly ever uses.
func (s *scan) rare(i int) bool {
	if !s.word(i) || s.is(i, function|honorific|rank|speech|counterpart) || s.title(i) != nil || s.head(i, "") != nil {
		return false
	}
	tok := &s.tokens[i]
	return tok.Count <= 4 && len(tok.Verb) == 0 && len(tok.Noun) == 0 && !tok.Def && !s.verbShaped(i)
}

// verbShaped reports whether the letters of token i look like a finite verb's.
func (s *scan) verbShaped(i int) bool {
	n := s.tokens[i].Norm
	switch {
	case strings.HasPrefix(n, "ي") && len(n) >= 8 && len(n) <= 14:
		return !strings.HasPrefix(n, "يو")
	case strings.HasSuffix(n, "وا"), strings.HasSuffix(n, "تم"):
		return true
	case strings.HasPrefix(n, "سي") && len(n) >= 10, strings.HasPrefix(n, "ست") && len(n) >= 10:
		return true
	}
	return false
}

// latin returns the end of the run of Latin words and numbers at token i.
func (s *scan) latin(i int) int {
	end := i
	for s.kind(end, extract.Latin) || end > i && (s.kind(end, extract.Number) || s.kind(end, extract.Punct) && strings.Contains("&.-'", s.tokens[end].Form) && s.kind(end+1, extract.Latin)) {
		end++
	}
	return end
}

// adjectives reads definite adjectives from token i on and reports where they end
// and whether one is of nationality. They stop where gender shows that the adjective
// belongs to a noun further up (وزير الخارجية | الروسي).
func (s *scan) adjectives(i int) (end int, named bool) {
	for end = i; end < i+6; end++ {
		switch {
		case s.is(end, occasional) && s.head(i-1, schema.Event) != nil:
			return end, named
		case s.adjective(end) && s.agrees(i-1, end):
			named = named || s.nisba(end) != nil
		case end > i && s.coordinate(i-1, end):
			end++
		default:
			return end, named
		}
	}
	return end, named
}

// coordinate reports whether "و" at token i adds a further adjective of the noun at
// token of to the one before it (الأولمبية والبارالمبية).
func (s *scan) coordinate(of, i int) bool {
	if !s.proclit(i, "و") || !s.word(i+1) || !s.tokens[i+1].Def || s.at(i+1) != nil || s.title(i+1) != nil || s.head(i+1, "") != nil {
		return false
	}
	rare := s.tokens[i+1].Count <= 3 && s.adjectiveShaped(i+1) && strings.HasSuffix(s.tokens[i+1].Base, "ه")
	return (rare || s.adjective(i+1)) && s.agrees(of, i+1) && s.nisba(i-1) == nil && s.feminine(i-1) == s.feminine(i+1)
}

// agrees reports whether the adjective at token i may qualify the noun at token of:
// a feminine singular takes no masculine.
func (s *scan) agrees(of, i int) bool {
	if !s.in(of) || !s.feminine(of) {
		return true
	}
	if n := s.nisba(of); n != nil && n.number == extract.Plural {
		return true // المغاربة المقيمين
	}
	if n := s.nisba(i); n != nil {
		return n.gender != extract.Masculine
	}
	return s.feminine(i) || s.is(i, postname|feminine)
}

// feminine reports whether token i ends like a feminine singular.
func (s *scan) feminine(i int) bool {
	return s.word(i) && strings.HasSuffix(s.tokens[i].Base, "ه") && len(s.tokens[i].Base) > 6
}

// adjective reports whether token i can be a definite adjective of what stands
// before it, rather than a new noun phrase or a name.
func (s *scan) adjective(i int) bool {
	if !s.word(i) || !s.tokens[i].Def || s.suffixed(i) || s.participle(i) && s.proclit(i+1, "ل") {
		return false
	}
	if s.is(i, commonAdjective|postname) || s.nisba(i) != nil {
		return true
	}
	if c := s.at(i); c != nil {
		return false
	}
	if s.is(i, honorific|rank) {
		return false
	}
	if t := s.title(i); t != nil {
		return s.lex.adjectives[s.tokens[i].Base] && s.word(i-1) && s.tokens[i-1].Def && s.nameLike(i+1) == no // الحزب الحاكم
	}
	if s.head(i, "") != nil && s.qualifies(i) {
		return true
	}
	if s.head(i, "") != nil {
		return false
	}
	if s.is(i, given) || s.is(i, family) && s.nameLike(i) == strong {
		return s.lex.adjectives[s.tokens[i].Base] && s.nameLike(i+1) == no
	}
	if s.lex.adjectives[s.tokens[i].Base] {
		return true
	}
	return s.adjectiveShaped(i) && (s.tokens[i].Count > 3 || s.feminine(i) && s.feminine(i-1))
}

// adjectiveShaped reports whether the letters of token i are those of a nisba or
// participle, the usual adjectives of the news.
func (s *scan) adjectiveShaped(i int) bool {
	b := s.tokens[i].Base
	for _, suffix := range []string{"ي", "يه", "يين", "يون", "يتين"} {
		if strings.HasSuffix(b, suffix) {
			return true
		}
	}
	if strings.HasSuffix(b, "ين") && s.word(i-1) && strings.HasSuffix(s.tokens[i-1].Base, "ين") {
		return true
	}
	return strings.HasPrefix(b, "م") && len(b) >= 8 || strings.HasPrefix(b, "مت")
}

// coordinated reads "و" and a further definite genitive (الشؤون الخارجية والتعاون
// الدولي), as often as they come, from token i on. wide also takes a noun with a
// genitive of its own (وإصلاح الإدارة).
func (s *scan) coordinated(i int, wide bool) (end int, named bool) {
	end = i
	for {
		at := end
		if s.comma(at) && wide && s.word(at+1) && s.tokens[at+1].Def {
			if next, ok := s.series(at + 1); ok {
				end = next
				continue
			}
		}
		if !s.proclit(at, "و") {
			return end, named
		}
		at++
		if !s.word(at) || s.suffixed(at) || s.title(at) != nil || s.is(at, function|honorific|rank|given|speech|counterpart) {
			return end, named
		}
		if c := s.at(at); c != nil && (c.nisba == nil || !wide || c.number != extract.Plural) {
			return end, named
		}
		switch {
		case s.tokens[at].Def:
			if h := s.head(at, ""); h != nil && !wide {
				return end, named
			}
		case wide && !s.verb(at) && s.head(at, "") == nil && s.word(at+1) && s.tokens[at+1].Def && s.tokens[at].Count > 3:
			at++
		default:
			return end, named
		}
		next, more := s.adjectives(at + 1)
		end, named = next, named || more
		end = s.belonging(end)
	}
}

// series reads a definite noun that a comma sets in a list ended by "و" (الفلاحة،
// والصيد البحري has its own و; here: الثقافة، الشباب والرياضة).
func (s *scan) series(i int) (int, bool) {
	if s.title(i) != nil || s.is(i, honorific|rank|given|function) || s.at(i) != nil || s.head(i, "") != nil {
		return i, false
	}
	end, _ := s.adjectives(i + 1)
	return end, s.proclit(end, "و") && s.word(end+1) && s.tokens[end+1].Def && s.title(end+1) == nil
}

// belonging reads "المقيمين بالخارج": a participle's own complement.
func (s *scan) belonging(i int) int {
	if s.proclit(i, "ب") && s.word(i+1) && s.tokens[i+1].Norm == "الخارج" {
		return i + 2
	}
	return i
}

// dative reads "ل" and its genitive at token i (للإحصاء الفلسطيني).
func (s *scan) dative(i int) (extent, bool) {
	if !s.proclit(i, "ل") || !s.in(i+1) || s.kind(i+1, extract.Enclit) {
		return extent{end: i}, false
	}
	if s.suffixed(i + 1) {
		return extent{end: i}, false
	}
	if s.word(i+1) && !s.tokens[i+1].Def && s.at(i+1) == nil && s.head(i+1, "") == nil && s.title(i+1) == nil && s.tokens[i+1].Count == 0 {
		return extent{end: i}, false
	}
	return s.genitive(i+1, 1)
}

// classOf returns the class of the unit at token i, or "".
func (s *scan) classOf(i int) schema.Class {
	if c := s.at(i); c != nil {
		return c.class
	}
	return ""
}
