package ner

import (
	"isnad/extract"
	"isnad/schema"
)

// titles adds the offices of the sentence and the persons who hold them, and those
// whom an honorific announces.
func (s *scan) titles() {
	for i := s.first; i < s.last; i++ {
		if id := s.cover[i]; id != extract.None {
			s.after(id)
			i = s.units[id].last - 1
			continue
		}
		if s.titled[i] {
			continue // read already, or part of a name (مطار الملك خالد)
		}
		end := i
		if s.is(i, counterpart) {
			end = s.opposite(i)
		} else if end = s.styled(i); end == i {
			if t := s.title(i); t != nil {
				end = s.office(i, t)
			}
		}
		if end > i {
			i = end - 1
		}
	}
}

// styled reads honorifics and the name behind them at token i.
func (s *scan) styled(i int) int {
	at := s.styles(i)
	if at == i {
		return i
	}
	if end := s.rankIn(i, at); end > i {
		return end
	}
	last := s.fullName(at, true)
	if last == at || !s.plausible(at, last) {
		return i
	}
	holder := s.person(at, last)
	s.ranked(i, at, holder)
	s.after(holder)
	return last
}

// rankIn reads "العقيد بالحرس الثوري X": the rank of tokens [first, last), the body in which
// it is held and the name.
func (s *scan) rankIn(first, last int) int {
	if !s.is(last-1, rank|grade) || !s.inside(last) {
		return first
	}
	c := s.at(last + 1)
	if c == nil || c.class != schema.Organization {
		return first
	}
	name, held := s.holderAfter(c.last)
	if !held {
		return first
	}
	holder := s.person(name, s.fullName(name, true))
	o := &s.offices[s.addOffice(first, c.last)]
	o.holder, o.before, o.body = holder, true, s.unit[last+1]
	s.after(holder)
	return s.units[holder].last
}

// ranked adds the office that a rank with a nationality makes (الجنرال الإيطالي).
func (s *scan) ranked(first, last, holder int) {
	for i := first + 1; i < last; i++ {
		if s.nisba(i) != nil && s.is(i-1, rank) {
			o := &s.offices[s.addOffice(i-1, i+1)]
			o.holder, o.before = holder, true
			return
		}
	}
}

// office reads the office with head t at token i, its holder included, and returns
// where both end, or i if there is none.
func (s *scan) office(i int, t *title) int {
	if s.modifies(i, t) {
		return i
	}
	if t.number != extract.Singular || s.accusative(i) && s.word(i+1) && s.tokens[i+1].Def {
		if end := s.shared(i, t); end > i {
			return end
		}
		if !s.accusative(i) {
			return i
		}
	}
	if s.suffixed(i) {
		return s.suffixedTitle(i)
	}
	end, complement := s.titlePhrase(i, t)
	if end == i || t.ordinary && !complement {
		return i
	}
	parts := s.chain(i, end, false)
	end = parts[len(parts)-1].last
	name, held := s.holderAfter(end)
	if held {
		holder := s.person(name, s.fullName(name, true))
		s.addOffices(parts, holder, true)
		s.after(holder)
		return s.units[holder].last
	}
	if complement || s.tokens[i].Def && !t.loose {
		if holder := s.nameBefore(i); holder != extract.None {
			s.addOffices(parts, holder, false)
			return end
		}
	}
	if !s.standsAlone(i, t, complement) {
		return i
	}
	s.standIn(s.addOffice(i, end))
	return end
}

// modifies reports whether the loose title at token i is but an adjective of the noun
// before it (حزب المؤتمر المعارض).
func (s *scan) modifies(i int, t *title) bool {
	return t.loose && s.tokens[i].Def && s.word(i-1) && s.tokens[i-1].Def && s.title(i-1) == nil && (s.is(i, commonAdjective) || s.lex.adjectives[s.tokens[i].Base])
}

// accusative reports whether the form in -ا at token i is the accusative singular
// (وزيرا للخارجية) rather than a dual before a genitive.
func (s *scan) accusative(i int) bool {
	n := s.tokens[i].Norm
	return len(n) > 2 && n[len(n)-2:] == "ا" && !s.tokens[i].Def
}

// standsAlone reports whether the phrase with head t at token i is an office though
// no name follows: it is definite, and more than an ordinary word.
func (s *scan) standsAlone(i int, t *title, complement bool) bool {
	switch {
	case t.ordinary:
		return t.known && complement
	case t.loose:
		if s.word(i-1) && s.tokens[i-1].Norm == "من" && s.word(i+1) && s.tokens[i+1].Norm == "ان" {
			return false // من المقرر أن
		}
		return s.tokens[i].Def && s.head(i, "") == nil // not المؤسسة، المعارضة
	}
	return s.tokens[i].Def || complement
}

// addOffices adds the offices of one holder that stand side by side: as the one phrase
// they make, and each by itself.
func (s *scan) addOffices(parts []part, holder int, before bool) {
	add := func(p part) {
		o := &s.offices[s.addOffice(p.first, p.last)]
		o.holder, o.before = holder, before
	}
	add(part{parts[0].first, parts[len(parts)-1].last})
	if len(parts) > 1 {
		for _, p := range parts {
			add(p)
		}
	}
}

// addOffice adds the office [first, last).
func (s *scan) addOffice(first, last int) int {
	for last > first+1 && s.comma(last-1) {
		last--
	}
	o := office{first: first, last: last, sentence: s.sentence, holder: extract.None, country: extract.None, body: extract.None}
	o.value = s.text(first, last)
	for i := first; i < last; i++ {
		s.titled[i] = true
	}
	s.ties(&o)
	s.offices = append(s.offices, o)
	return len(s.offices) - 1
}

// ties finds the country and the body to which an office ties its holder: inside its
// noun phrase, not where he is sent (سفير مصر | لدى المملكة). Where he works says whose he
// is only if nothing else does (مسؤول كبير في حماس).
func (s *scan) ties(o *office) {
	for i := o.first + 1; i < o.last; i++ {
		switch s.tokens[i].Norm {
		case "لدي", "الي":
			return
		case "في", "ب":
			if s.word(i+1) && s.tokens[i+1].Norm == "اسم" {
				break
			}
			if t := s.title(o.first); t == nil || t.accredited || o.body != extract.None || o.country != extract.None {
				return
			}
		}
		c := s.at(i)
		if c == nil || c.last > o.last {
			continue
		}
		switch c.class {
		case schema.Country:
			if o.country == extract.None || c.nisba != nil {
				o.country = s.unit[i]
			}
			i = c.last - 1
		case schema.Organization:
			if o.body == extract.None && !s.portfolio(o, i) && s.tokens[c.head].Base != "وفد" {
				o.body = s.governs(i)
			}
			i = s.itsOwn(i)
		}
	}
}

// itsOwn returns the last token of the body at token i behind which a nationality or country
// is not its own alone: the organs of a state share theirs (مجلس النواب | المغربي).
func (s *scan) itsOwn(i int) int {
	c := s.at(i)
	if !s.is(c.head, organ) {
		return c.last - 1
	}
	for k := i + 1; k < c.last; k++ {
		if s.proclit(k, "ل") {
			return k - 1 // الاتحاد التونسي للصناعة
		}
	}
	return i
}

// portfolio reports whether the body at token i is but what a minister's office o is about.
func (s *scan) portfolio(o *office, i int) bool {
	if !s.is(o.first, ministerial) || s.tokens[i-1].Norm == "باسم" || s.tokens[i-1].Norm == "اسم" {
		return false
	}
	return s.at(i).form == extract.Nominal || i == o.first+1 && s.tokens[i].Def
}

// governs returns the body at token i or, where that is a board, the body that it governs:
// one who chairs "مجلس إدارة الشركة" is of the company.
func (s *scan) governs(i int) int {
	if inner := s.at(i + 2); inner != nil && inner.class == schema.Organization && s.tokens[i].Norm == "مجلس" && s.tokens[i+1].Norm == "اداره" {
		return s.unit[i+2]
	}
	return s.unit[i]
}

// standIn adds the nominal mention that an office without a name makes.
func (s *scan) standIn(id int) {
	o := &s.offices[id]
	t := s.title(o.first)
	c := candidate{first: o.first, last: o.last, class: schema.Person, form: extract.Nominal, definite: true}
	if t != nil {
		c.gender, c.number = t.gender, t.number
	}
	o.holder = s.add(c)
}

// suffixedTitle reads "رئيسه X": the name is a person's, the office is not worded.
func (s *scan) suffixedTitle(i int) int {
	at := i + 2
	if s.comma(at) {
		at++
	}
	at = s.styles(at)
	last := s.fullName(at, true)
	if last == at || !s.plausible(at, last) {
		return i
	}
	s.after(s.person(at, last))
	return last
}

// opposite reads "نظيره الأمريكي X".
func (s *scan) opposite(i int) int {
	at := i + 1
	if s.kind(at, extract.Enclit) {
		at++
	}
	country := extract.None
	if n := s.nisba(at); n != nil {
		country = s.unit[at]
		at++
	}
	end := at
	if s.comma(at) {
		at++
	}
	at = s.styles(at)
	last := s.fullName(at, true)
	id := s.addOffice(i, end)
	o := &s.offices[id]
	o.counterpart, o.before, o.country = true, true, country
	if last == at {
		s.standIn(id)
		return end
	}
	o.holder = s.person(at, last)
	s.after(o.holder)
	return last
}

// shared reads a dual or plural office with a list of holders: "الوزيران A وB",
// "وزراء الخارجية التونسي X والمصري Y".
func (s *scan) shared(i int, t *title) int {
	end, _ := s.titlePhrase(i, &title{place: false})
	if end == i {
		end = i + 1
	}
	tail := end
	for tail > i+1 && s.nisba(tail-1) != nil {
		tail--
	}
	holders := 0
	at := tail
	for s.in(at) {
		country := extract.None
		if n := s.nisba(at); n != nil && (n.gender == t.gender || holders == 0) {
			country = s.unit[at]
			at++
		}
		name := s.styles(at)
		last := s.fullName(name, true)
		own := 0 // where the portfolio of a further holder ends
		if last == name && holders > 0 && s.word(at) && s.tokens[at].Def && !s.tokens[i].Def && s.title(at) == nil {
			own, _ = s.adjectives(at + 1)
			name = s.styles(own)
			last = s.fullName(name, true)
		}
		if last == name || !s.plausible(name, last) {
			break // مسؤولين غربيين
		}
		if t.loose && t.number == extract.Plural && holders == 0 && !s.comma(last) && !s.proclit(last, "و") {
			break // سأل الصحفيون X
		}
		holder := s.person(name, last)
		id := s.addOffice(i, tail)
		o := &s.offices[id]
		o.value, o.holder, o.before = s.singular(i, tail, t), holder, true
		if own > 0 {
			o.value = t.lemma + " " + s.text(at, own) // وزيرا الداخلية A والمالية B
		}
		if country != extract.None {
			o.country = country
			o.value += " " + s.tokens[s.units[country].first].Form
		}
		holders++
		at = last
		if s.comma(at) {
			at++
		}
		if s.proclit(at, "و") {
			at++
		}
	}
	if holders == 0 {
		return i
	}
	return at
}

// singular words a shared office for one holder.
func (s *scan) singular(first, last int, t *title) string {
	lemma := t.lemma
	if s.tokens[first].Def {
		lemma = "ال" + lemma
	}
	if last == first+1 {
		return lemma
	}
	return lemma + " " + s.text(first+1, last)
}
