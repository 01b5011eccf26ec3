package ner

import (
	"strings"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/schema"
)

// gazetteer adds the gazetteer phrases and nationalities of the sentence, the
// longest first; those in doubt wait for settleDoubt.
func (s *scan) gazetteer() {
	for i := s.first; i < s.last; {
		end := s.phraseAt(i)
		if end == i {
			end = s.nisbaAt(i)
		}
		if end == i {
			end = i + 1
		}
		i = end
	}
}

func (s *scan) phraseAt(i int) int {
	tok := &s.tokens[i]
	if tok.Kind != extract.Word && tok.Kind != extract.Latin {
		return i
	}
	for _, p := range s.lex.phrases[tok.Norm] {
		end, ok := s.match(i, p.rest)
		if !ok {
			continue
		}
		c := candidate{first: i, last: end, class: p.class, code: p.code, entry: p.entry, form: extract.Name, doubt: p.unsure, definite: true}
		if p.nisba != nil {
			c.nisba, c.form, c.gender, c.number, c.definite = p.nisba, extract.Nisba, p.nisba.gender, p.nisba.number, tok.Def
		}
		if p.class == schema.Place {
			c.code = ""
		}
		if s.misleading(i, end, p.entry) {
			continue
		}
		s.add(c)
		if p.class == schema.Place && s.head(i, schema.Place) != nil && s.word(end-1) && s.tokens[end-1].Def {
			s.nisbaAt(end - 1) // الصحراء المغربية
		}
		return end
	}
	return i
}

// misleading reports whether the gazetteer phrase [first, last) is something else
// here: an accusative adverb (أفريقياً), "with enthusiasm", or the portfolio of a
// minister rather than the ministry.
func (s *scan) misleading(first, last int, e *entry) bool {
	tok := &s.tokens[first]
	switch {
	case last == first+1 && strings.HasSuffix(s.doc.Text[tok.Start:tok.End], "\u064b"):
		return true
	case s.lonePronoun(first, last, e):
		return true
	case tok.Norm == "حماس":
		return s.proclit(first-1, "ب")
	case tok.Norm == "الخارجيه":
		return s.title(first-1) != nil
	}
	return false
}

// lonePronoun reports whether a place of one word that ends in ة is written with ه: most
// likely a noun with a pronoun (جده، حديثه).
func (s *scan) lonePronoun(first, last int, e *entry) bool {
	return e.marbuta && last == first+1 && strings.HasSuffix(s.tokens[first].Form, "ه") && s.head(first-1, schema.Place) == nil
}

// match reports where the rest of a phrase, compared by written words, ends if
// token i holds its first word. Quotation marks between words do not matter.
func (s *scan) match(i int, rest []string) (int, bool) {
	at := i + 1
	if s.suffixed(i) {
		return i, false
	}
	open := ""
	for _, want := range rest {
		if s.quote(at) && open == "" {
			open = s.tokens[at].Form
			at++
		}
		end := at
		for s.in(end) && (end == at || s.tokens[end].Glued && s.tokens[end].Kind != extract.Punct && s.tokens[end-1].Kind != extract.Punct) {
			end++
		}
		if end == at {
			return i, false
		}
		got := s.tokens[at].Norm
		if end > at+1 {
			got = arabic.Fold(s.doc.Text[s.tokens[at].Start:s.tokens[end-1].End])
		}
		if got != want {
			return i, false
		}
		at = end
	}
	if open != "" {
		if !s.kind(at, extract.Punct) || !closes(open, s.tokens[at].Form) {
			return i, false
		}
		at++
	}
	return at, true
}

func (s *scan) nisbaAt(i int) int {
	n := s.nisba(i)
	if n == nil {
		return i
	}
	s.add(candidate{
		first: i, last: i + 1, class: schema.Country, code: n.code, form: extract.Nisba, nisba: n,
		gender: n.gender, number: n.number, definite: s.tokens[i].Def, doubt: n.unsure,
	})
	return i + 1
}

// settleDoubt accepts a doubtful name where another name of the same thing is sure,
// or where a preposition or head noun before it asks for a place or country.
func (s *scan) settleDoubt() {
	sure := map[string]bool{}
	for i := range s.units {
		c := &s.units[i]
		if !c.doubt && c.code != "" && (c.nisba == nil || c.definite) {
			sure[c.code] = true
		}
		if !c.doubt && c.entry != nil && c.entry.capital {
			sure[c.entry.code] = true
		}
	}
	for i := range s.units {
		c := &s.units[i]
		if !c.doubt {
			continue
		}
		s.within(c.sentence)
		known := c.code != "" && sure[c.code] && (c.nisba == nil || c.definite)
		asked := c.nisba == nil && c.class != schema.Organization && (s.local(c.first) && !s.adverbial(c) || s.listed(c.first, c.last))
		sent := c.class == schema.Organization && s.title(c.first-1) != nil && s.tokens[c.first-1].Def // المبعوث الأممي
		if known || asked || sent {
			c.doubt = false
		} else {
			c.dropped = true
			s.unit[c.first] = extract.None
		}
	}
}

// adverbial reports whether the doubtful name c, behind ب, is rather the ordinary word
// (بحجة أن).
func (s *scan) adverbial(c *candidate) bool {
	return s.proclit(c.first-1, "ب") && c.last == c.first+1 && s.tokens[c.first].Count > usual
}

// usual is the count per million words from which a doubtful name is an ordinary word.
const usual = 20

// listed reports whether "و" or a comma joins the tokens to a country.
func (s *scan) listed(first, last int) bool {
	joint := func(i int) bool { return s.proclit(i, "و") || s.comma(i) }
	if joint(last) && s.classOf(last+1) == schema.Country {
		return s.at(last+1).nisba == nil
	}
	if !joint(first - 1) {
		return false
	}
	for i := first - 2; i > first-5 && s.in(i); i-- {
		if c := s.at(i); c != nil && c.class == schema.Country && c.nisba == nil && c.last == first-1 {
			return true
		}
	}
	return false
}

// within moves the scan to a sentence.
func (s *scan) within(sentence int) {
	s.sentence = sentence
	s.first, s.last = s.doc.Sentences[sentence].First, s.doc.Sentences[sentence].Last
}

// local reports whether what stands before token i asks for a place or country.
func (s *scan) local(i int) bool {
	if !s.in(i - 1) {
		return false
	}
	if s.is(i-1, toward) || s.proclit(i-1, "ب") {
		return true
	}
	if s.head(i-1, schema.Place) != nil && !s.tokens[i-1].Def {
		return true
	}
	t := s.title(i - 1)
	return t != nil && !t.loose && !s.tokens[i-1].Def
}

// reading is how a capital reads: as a city, as its government, or as either.
type reading int

const (
	city reading = iota
	either
	government
)

// governments turns capitals that speak, decide or deal with one another into
// mentions of their countries. One that reads as either follows the others of its
// name.
func (s *scan) governments() {
	var open []int
	acting := map[*entry]bool{}
	for i := range s.units {
		c := &s.units[i]
		if c.dropped || c.entry == nil || !c.entry.capital {
			continue
		}
		s.within(c.sentence)
		switch s.capital(c.first, c.last) {
		case government:
			acting[c.entry] = true
			c.class, c.code = schema.Country, c.entry.code
		case either:
			open = append(open, i)
		}
	}
	for _, i := range open {
		if c := &s.units[i]; acting[c.entry] {
			c.class, c.code = schema.Country, c.entry.code
		}
	}
}

// capital reads the capital [first, last): as the government unless a preposition of
// place, a noun that has it for its place, or the head of a dateline says otherwise.
func (s *scan) capital(first, last int) reading {
	prev := first - 1
	if s.calledCapital(first, last) {
		return city
	}
	if !s.in(prev) {
		if s.kind(last, extract.Punct) {
			return city
		}
		return government
	}
	switch s.tokens[prev].Norm {
	case "الي", "من":
		if s.is(last, speech) {
			return government
		}
		return either
	case "و":
		return s.joinedTo(prev)
	}
	in := s.is(prev, locative) || s.proclit(prev, "ب")
	switch {
	case s.is(prev, urban), in && !s.is(last, speech):
		return city
	case in:
		return government
	}
	if s.tokens[prev].Kind == extract.Word && s.is(prev, witness) {
		return city
	}
	if s.tokens[prev].Kind == extract.Word && (s.is(prev, speech) || s.verb(prev)) {
		return government
	}
	if s.head(prev, "") != nil || s.title(prev) != nil {
		return city
	}
	return government
}

// calledCapital reports whether the words beside the capital [first, last) call it that:
// العاصمة السنغالية دكار، باماكو عاصمة مالي، عاصمة مالي، باماكو.
func (s *scan) calledCapital(first, last int) bool {
	capital := func(i int) bool {
		return s.word(i) && (s.tokens[i].Norm == "عاصمه" || s.tokens[i].Norm == "العاصمه")
	}
	if capital(last) || s.comma(last) && capital(last+1) {
		return true
	}
	for i := first - 1; i >= first-4; i-- {
		if capital(i) {
			return true
		}
		if !s.comma(i) && s.classOf(i) != schema.Country && (!s.word(i) || !s.tokens[i].Def) {
			return false
		}
	}
	return false
}

// joinedTo reads a capital that "و" at token i joins to another name as that one.
func (s *scan) joinedTo(i int) reading {
	for j := len(s.units) - 1; j >= 0; j-- {
		if o := &s.units[j]; o.last == i && o.entry != nil && !o.dropped {
			if o.class == schema.Country {
				return government
			}
			return city
		}
	}
	return government
}
