package ner

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// nominals adds the noun phrases of the sentence that have a head noun: names with a
// complement, definite descriptions without. It works from the end of the sentence,
// so that a complement is already read when its head is reached.
func (s *scan) nominals() {
	for i := s.last - 1; i >= s.first; i-- {
		if c := s.at(i); c != nil && c.entry != nil && c.class == schema.Place && s.is(c.last, epithet) {
			s.another(c) // القدس الشريف
		}
		if s.head(i, "") == nil {
			continue
		}
		if c := s.at(i); c != nil && c.entry != nil && c.last > i+1 {
			s.another(c)
			continue
		}
		s.headedBy(i)
	}
}

// headedBy adds the phrase of the first head at token i that makes one.
func (s *scan) headedBy(i int) {
	for _, list := range [][]head{s.base[i].pairs, s.base[i].heads} {
		for k := range list {
			if h := &list[k]; s.follow(i, h) && s.headed(i, h) {
				return
			}
		}
	}
}

// another gives a name of the gazetteer its epithet or further adjective (المسجد الأقصى |
// المبارك), and replaces a body by the one that its name begins and a field ends
// (الاتحاد الأفريقي | لكرة القدم), unless a verb before it could govern that.
func (s *scan) another(c *candidate) {
	for s.is(c.last, epithet) || c.class == schema.Organization && s.coordinate(c.last-1, c.last) {
		c.last++
		if s.tokens[c.last-1].Kind == extract.Proclit {
			c.last++
		}
		for s.nisba(c.last) != nil && s.tokens[c.last].Def && s.agrees(c.last-1, c.last) {
			c.last++
		}
	}
	if c.class != schema.Organization || s.head(c.first, schema.Organization) == nil {
		return
	}
	sport := s.proclit(c.last, "ل") && s.word(c.last+1) && s.tokens[c.last+1].Norm == "كره"
	if prev := c.first - 1; !sport && (!s.masdar(c.last+1) || !s.in(prev) || len(s.tokens[prev].Verb) > 0 || s.proclit(prev, "و")) {
		return
	}
	if end := s.field(c.last); end > c.last {
		c.dropped = true
		s.add(candidate{first: c.first, last: end, class: c.class, form: extract.Name, definite: true})
	}
}

// masdar reports whether token i can be a verbal noun.
func (s *scan) masdar(i int) bool {
	return s.word(i) && slices.ContainsFunc(s.tokens[i].Noun, func(r extract.NounReading) bool { return r.Derivation == extract.Masdar })
}

// headed adds the phrase with head noun h at token i and reports whether there is one.
func (s *scan) headed(i int, h *head) bool {
	if s.qualifies(i) {
		return false // الشؤون البلدية
	}
	if h.class == schema.Event && s.partyName(i) {
		return false // حزب المؤتمر
	}
	if h.portfolio {
		return s.ministryByPortfolio(i)
	}
	if h.described && !s.indefiniteAdjective(i+1) && !(s.tokens[i].Def && s.adjective(i+1)) {
		return false // فعالية الدواء
	}
	if h.leading && (s.proclit(i-1, "ب") || s.word(i-1) && s.tokens[i-1].Norm == "تحت") {
		return false // برئاسة X
	}
	if h.weak && !s.tokens[i].Def && s.in(i-1) && !s.tokens[i-1].Def && s.head(i-1, schema.Organization) != nil && h.class == schema.Organization {
		return false // مجلس إدارة، وكالة أنباء: the two make one head
	}
	if s.suffixed(i) {
		if h.class == schema.Country || h.never || h.aside {
			return false
		}
		end, _ := s.adjectives(i + 2)
		s.describe(i, end, h.class, true) // هيئته الإدارية
		return true
	}
	if s.tokens[i].Def {
		return s.definiteHead(i, h)
	}
	switch h.class {
	case schema.Country:
		return false
	case schema.Event:
		return s.event(i, h)
	}
	e, ok := s.namesake(i)
	if !ok {
		e, ok = s.genitive(i+1, 0)
	}
	switch {
	case !ok:
		return false
	case h.class == schema.Place:
		return s.placeName(i, h, e)
	case h.class == schema.Organization:
		return s.bodyName(i, h, e)
	}
	return s.otherName(i, h, e)
}

// partyName reports whether token i is the name of the body whose kind stands before it,
// perhaps in quotation marks: حزب «المؤتمر الوطني».
func (s *scan) partyName(i int) bool {
	if s.quote(i - 1) {
		i--
	}
	h := s.head(i-1, schema.Organization)
	return h != nil && h.appositive && !h.weak && !s.tokens[i-1].Def
}

// qualifies reports whether token i, in form a head noun, is an adjective of the
// definite noun before it.
func (s *scan) qualifies(i int) bool {
	return s.tokens[i].Def && strings.HasSuffix(s.tokens[i].Base, "يه") && s.word(i-1) && s.tokens[i-1].Def && !s.suffixed(i)
}

// definiteHead adds "المحكمة الجنائية الدولية", "الجهاز المركزي للإحصاء", "الوزارة".
func (s *scan) definiteHead(i int, h *head) bool {
	end, named := s.adjectives(i + 1)
	for end > i+1 && s.is(end-1, former) && (s.feminine(i) || s.title(i-1) != nil) && !s.feminine(end-1) {
		end-- // رئيس الحكومة | الأسبق
	}
	adjectives := end > i+1
	if h.class == schema.Country {
		if end > i+1 {
			return false
		}
		s.describe(i, end, h.class, true)
		return true
	}
	if s.is(i, governing) && s.nisba(i+1) != nil && end == i+2 {
		s.add(candidate{first: i, last: end, class: schema.Country, code: s.nisba(i + 1).code, form: extract.Nominal, definite: true})
		return true
	}
	if h.class == schema.Place && s.tokens[i].Base == "عاصمه" {
		return s.capitalCity(i, end, named)
	}
	if h.class == schema.Organization || h.class == schema.Event {
		for n := 0; n < 2 && (adjectives || h.class == schema.Event); n++ {
			e, ok := s.dative(end)
			if !ok || s.masdar(end+1) && !h.purpose && h.class == schema.Organization || e.end > i+14 || h.weak && !s.is(end-1, properAdjective) && s.classOf(end+1) == schema.Country {
				break
			}
			end, named = e.end, named || e.named
			if more, _ := s.coordinated(end, false); h.class == schema.Organization {
				end = more
			}
			adjectives = true
		}
	}
	if h.weak && adjectives && !named && h.class == schema.Organization && end == i+2 && !s.is(i+1, properAdjective) {
		s.describe(i, end, h.class, true)
		return true
	}
	if h.never && !named || h.class == schema.Place && h.weak && adjectives {
		return false
	}
	form := extract.Nominal
	if h.class == schema.Organization && adjectives || h.alone && !adjectives {
		form = extract.Name
	}
	if h.class == schema.Place && named && adjectives {
		form = extract.Nominal
	}
	s.add(candidate{first: i, last: end, class: h.class, form: form, definite: true})
	if h.class == schema.Organization && form == extract.Name {
		s.alias(end)
	}
	return true
}

// ministryByPortfolio adds "الخارجية الروسية", "الدفاع التركية": the ministry of that
// nation. Before a masculine nationality the noun is the portfolio itself.
func (s *scan) ministryByPortfolio(i int) bool {
	n := s.nisba(i + 1)
	if n == nil || !s.tokens[i].Def || !s.tokens[i+1].Def || n.gender != extract.Feminine || n.number != extract.Singular {
		return false
	}
	if s.title(i-1) != nil || s.head(i-1, "") != nil || s.tokens[max(i-1, s.first)].Def && s.in(i-1) && !s.verb(i-1) {
		return false
	}
	s.add(candidate{first: i, last: i + 2, class: schema.Organization, form: extract.Name, definite: true})
	return true
}

// capitalCity adds "العاصمة", "العاصمة العمانية مسقط".
func (s *scan) capitalCity(i, end int, named bool) bool {
	if c := s.at(end); c != nil && c.class == schema.Place {
		s.add(candidate{first: i, last: c.last, class: schema.Place, form: extract.Name, definite: true})
		return true
	}
	s.describe(i, end, schema.Place, true)
	return true
}

func (s *scan) describe(first, last int, class schema.Class, definite bool) {
	s.add(candidate{first: first, last: last, class: class, form: extract.Nominal, definite: definite})
}

// indefiniteAdjective reports whether token i can be an indefinite adjective.
func (s *scan) indefiniteAdjective(i int) bool {
	if s.word(i) && !s.tokens[i].Def && s.is(i, titleAdjective) && !s.kind(i+1, extract.Number) {
		return true // إضراب عام
	}
	if !s.word(i) || s.tokens[i].Def || s.suffixed(i) || s.is(i, function|honorific|speech) || s.is(i, telling) || s.at(i) != nil && s.nisba(i) == nil {
		return false
	}
	if s.nisba(i) != nil {
		return true
	}
	if w := s.base[i]; w != nil && (len(w.heads) > 0 || w.title != nil && !s.lex.adjectives[s.tokens[i].Base]) {
		return false
	}
	tok := &s.tokens[i]
	base := strings.TrimSuffix(tok.Base, "ا")
	if s.lex.adjectives[tok.Base] || base != tok.Base && s.lex.adjectives[base] {
		return true
	}
	return len(tok.Verb) == 0 && tok.Count > 0 && s.adjectiveShaped(i) && (strings.HasSuffix(tok.Base, "ي") || strings.HasSuffix(tok.Base, "يه"))
}

// placeName adds "مدينة مراكش". What follows must be a name or a definite noun; a
// country makes a place of a weak head only.
func (s *scan) placeName(i int, h *head, e extent) bool {
	inner := s.at(i + 1)
	if inner != nil && inner.class == schema.Country && (s.tokens[i].Base == "دوله" || s.tokens[i].Base == "جمهوريه") {
		return false
	}
	if inner != nil && s.tokens[i].Base == "عاصمه" {
		return false // عاصمة مالي: what is so called stands beside it
	}
	if inner == nil && h.weak && !e.named {
		return false
	}
	if inner != nil && (inner.class == schema.Person || inner.class == schema.Event) && h.weak {
		return false
	}
	end := e.end
	if inner == nil && !e.single && !e.person && end > i+3 && !s.quote(i+1) {
		end = i + 3 // a definite noun and an adjective, no more
	}
	form := extract.Name
	if inner != nil && (inner.form == extract.Nominal || inner.class == schema.Organization) {
		form = extract.Nominal
	}
	s.add(candidate{first: i, last: end, class: schema.Place, form: form, definite: true})
	if inner == nil && e.single {
		s.add(candidate{first: i + 1, last: end, class: schema.Place, form: extract.Name, definite: true})
	}
	return true
}

// alias adds the short name in parentheses behind the body's name that ends at token
// i: an acronym, or a few coined words.
func (s *scan) alias(i int) {
	if !s.punct(i, "(") {
		return
	}
	end := s.latin(i + 1)
	if end == i+1 {
		if e, ok := s.coined(i + 1); ok {
			end = e.end
		}
	}
	if end > i+1 && s.punct(end, ")") && s.at(i+1) == nil {
		s.add(candidate{first: i + 1, last: end, class: schema.Organization, form: extract.Name, definite: true})
	}
}

// bodyName adds "وزارة الشؤون الخارجية والتعاون", "حزب العدالة والتنمية".
func (s *scan) bodyName(i int, h *head, e extent) bool {
	inner := s.at(i + 1)
	if end, ok := s.unitIn(i, h, e); ok {
		s.add(candidate{first: i, last: end, class: schema.Organization, form: extract.Name, definite: true})
		return true
	}
	if h.weak && !e.named {
		return false
	}
	if inner != nil && inner.class == schema.Person && inner.form == extract.Name && s.is(i, governing) {
		s.add(candidate{first: i, last: inner.last, class: schema.Organization, form: extract.Name, definite: true}) // حكومة X
		return true
	}
	if (inner != nil && inner.class == schema.Person || s.is(i+1, particle)) && !s.is(i, memorial) {
		return false
	}
	if code := s.state(inner); code != "" && s.is(i, governing) {
		s.add(candidate{first: i, last: inner.last, class: schema.Country, code: code, form: extract.Nominal, definite: true})
		return true
	}
	if h.weak && inner != nil && inner.class == schema.Event {
		return false
	}
	end, named := s.bodyEnd(i, h, e)
	form := extract.Name
	if inner != nil && inner.form == extract.Nominal && !s.cabinet(i) || s.suffixed(end-2) && !named {
		form = extract.Nominal
	}
	code := ""
	if inner != nil && inner.class == schema.Organization && h.appositive && s.onlyAdjectives(inner.last, end) {
		code = inner.code
	}
	s.add(candidate{first: i, last: end, class: schema.Organization, form: form, code: code, definite: true})
	s.alias(end)
	if q, ok := s.quoted(i + 1); ok {
		s.add(candidate{first: i + 2, last: q - 1, class: schema.Organization, form: extract.Name, definite: true})
	} else if e.single {
		s.add(candidate{first: i + 1, last: e.end, class: schema.Organization, form: extract.Name, definite: true})
	} else if s.kind(i+1, extract.Latin) {
		s.add(candidate{first: i + 1, last: e.end, class: schema.Organization, form: extract.Name, definite: true})
	}
	return true
}

// bodyEnd returns where the body's name with its head at token i and the complement e ends,
// and whether it holds a proper name.
func (s *scan) bodyEnd(i int, h *head, e extent) (end int, named bool) {
	inner := s.at(i + 1)
	end, named = e.end, e.named
	if inner == nil && !e.single && !s.quote(i+1) {
		wide := s.is(i, ministerial)
		more, n := s.coordinated(end, wide)
		end, named = more, named || n
		if !wide {
			if d, ok := s.dative(end); ok && d.end <= i+14 && (h.purpose || !s.masdar(end+1)) {
				end, _ = s.coordinated(d.end, false)
			}
		}
		for end > i+1 && s.nisba(end) != nil && s.tokens[end].Def && s.agrees(i, end) {
			end++
		}
	}
	if s.quote(i+1) || e.single || s.kind(i+1, extract.Latin) {
		end, _ = s.adjectives(end)
	}
	if inner != nil && inner.form == extract.Name {
		end = s.field(end)
	}
	for end > i+2 && s.is(end-1, former) && s.title(i-1) != nil {
		end-- // رئيس مجلس الوزراء | الأسبق
	}
	return end, named
}

// state returns the code of the country that c names, be it by its capital ("حكومة مدريد").
func (s *scan) state(c *candidate) string {
	switch {
	case c == nil:
		return ""
	case c.class == schema.Country:
		return c.code
	case c.entry != nil && c.entry.capital:
		return c.entry.code
	}
	return ""
}

// unitIn reports whether the body with head h at token i, whose genitive is e, is a unit of the one
// behind ب or في, and where its name ends: "لجنة العدل وحقوق الإنسان | بمجلس النواب",
// "وحدة التوثيق | في مؤسسة الضمير".
func (s *scan) unitIn(i int, h *head, e extent) (int, bool) {
	if !h.purpose || e.named || e.single || e.person {
		return i, false
	}
	end, _ := s.coordinated(e.end, true)
	if !s.inside(end) {
		return i, false
	}
	c := s.at(end + 1)
	return end, c != nil && c.class == schema.Organization && (h.weak || end > e.end)
}

// field reads the field of a body behind its name at token i: "لكرة القدم", "للتنمية".
// What is no name of its own and no person or body can only be that.
func (s *scan) field(i int) int {
	if !s.proclit(i, "ل") || !s.word(i+1) || s.at(i+1) != nil || s.title(i+1) != nil || s.head(i+1, "") != nil {
		return i
	}
	sport := s.tokens[i+1].Norm == "كره" || s.tokens[i+1].Norm == "العاب"
	if !sport && !s.tokens[i+1].Def {
		return i
	}
	e, ok := s.dative(i)
	if !ok || !sport && s.is(e.end, function) {
		return i
	}
	end, _ := s.coordinated(e.end, false)
	return end
}

// otherName adds a name of a class of the user's.
func (s *scan) otherName(i int, h *head, e extent) bool {
	if h.weak && !e.named {
		return false
	}
	end := e.end
	if d, ok := s.dative(end); ok && d.end <= i+12 {
		end = d.end
	}
	s.add(candidate{first: i, last: end, class: h.class, form: extract.Name, definite: true})
	return true
}

// namesake reads the person, title and all, after whom a body or place with its head
// at token i is called (مطار الملك خالد الدولي).
func (s *scan) namesake(i int) (extent, bool) {
	if !s.is(i, memorial) {
		return extent{end: i}, false
	}
	at := s.styles(i + 1)
	if s.is(at, royal) {
		at = s.styles(at + 1)
	}
	last := s.fullName(at, true)
	if last == at || at == i+1 {
		return extent{end: i}, false
	}
	for k := i + 1; k < last; k++ {
		s.titled[k] = true
		if id := s.cover[k]; id != extract.None {
			s.forget(id) // the person is not spoken of
		}
	}
	for s.adjective(last) {
		last++
	}
	return extent{end: last, named: true, person: true}, true
}

// onlyAdjectives reports whether the tokens [i, end) are nationalities.
func (s *scan) onlyAdjectives(i, end int) bool {
	for ; i < end; i++ {
		if s.nisba(i) == nil {
			return false
		}
	}
	return true
}

// cabinet reports whether the head at token i makes a name of its own with any body
// (مجلس الحكومة، رئاسة الحكومة).
func (s *scan) cabinet(i int) bool {
	return (s.tokens[i].Norm == "مجلس" || s.tokens[i].Norm == "رياسه") && s.word(i+1) && s.tokens[i+1].Base == "حكومه"
}
