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
	last := s.fullName(at, true)
	if last == at || !s.plausible(at, last) {
		return i
	}
	s.after(s.person(at, last))
	return last
}

// office reads the office with head t at token i, its holder included, and returns
// where both end, or i if there is none.
func (s *scan) office(i int, t *title) int {
	if t.number != extract.Singular {
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
	end = s.chain(i, end)
	name, held := s.holderAfter(end)
	if !held && (complement || s.tokens[i].Def && !t.loose) {
		if holder := s.nameBefore(i); holder != extract.None {
			s.offices[s.addOffice(i, end)].holder = holder
			return end
		}
	}
	if !held && (t.loose || !s.standsAlone(i, complement)) {
		return i
	}
	id := s.addOffice(i, end)
	if held {
		last := s.fullName(name, true)
		holder := s.person(name, last)
		s.offices[id].holder, s.offices[id].before = holder, true
		s.after(holder)
		return s.units[holder].last
	}
	s.standIn(id)
	return end
}

// accusative reports whether the form in -ا at token i is the accusative singular
// (وزيرا للخارجية) rather than a dual before a genitive.
func (s *scan) accusative(i int) bool {
	n := s.tokens[i].Norm
	return len(n) > 2 && n[len(n)-2:] == "ا" && !s.tokens[i].Def
}

// standsAlone reports whether the phrase with head t at token i is an office though
// no name follows: it is definite, and more than an ordinary word.
func (s *scan) standsAlone(i int, complement bool) bool {
	return s.tokens[i].Def || complement
}

// titlePhrase reads the noun phrase of the office with head t at token i. complement
// says that a genitive or a prepositional complement belongs to it.
func (s *scan) titlePhrase(i int, t *title) (end int, complement bool) {
	end = i + 1
	if s.tokens[i].Def {
		for s.adjective(end) || s.word(end) && s.tokens[end].Def && s.is(end, titleAdjective|commonAdjective) {
			end++
		}
	} else {
		for s.is(end, titleAdjective) || s.indefiniteNisba(end) {
			end++
		}
		e, ok := s.titleGenitive(end)
		if ok {
			end, complement = e, true
			if ministry[s.tokens[i].Norm] || s.ministryIn(i, end) {
				end, _ = s.coordinated(end, true)
			} else if more, _ := s.coordinated(end, false); more > end {
				if _, held := s.holderAfter(more); held {
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

func (s *scan) indefiniteNisba(i int) bool {
	c := s.at(i)
	return c != nil && c.nisba != nil && !c.definite
}

// titleGenitive reads what an indefinite head governs: another office (نائب رئيس
// الوزراء) or any definite noun phrase.
func (s *scan) titleGenitive(i int) (int, bool) {
	if t := s.title(i); t != nil && !s.tokens[i].Def && !s.suffixed(i) && !s.is(i, honorific) && t.number != extract.Dual {
		end, ok := s.titlePhrase(i, t)
		return end, ok && end > i
	}
	if c := s.at(i); c != nil && c.class == schema.Person {
		return i, false
	}
	e, ok := s.genitive(i, 0)
	if !ok || e.single && !s.governed(i) {
		return i, false
	}
	return e.end, true
}

// governed reports whether a rare word at token i completes an office rather than
// beginning its holder's name: only if a name follows it all the same.
func (s *scan) governed(i int) bool { return false }

func (s *scan) ministryIn(first, last int) bool {
	for i := first; i < last; i++ {
		if ministry[s.tokens[i].Norm] {
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
		case s.word(at) && (s.tokens[at].Norm == "اعمال" || s.tokens[at].Norm == "الاعمال") && s.tokens[i].Base == "قايم":
			if s.tokens[at].Def {
				return at + 1, true
			}
			at++
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
		if !s.participle(end-1) && !s.participle(end-2) {
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

// participle reports whether token i calls for a preposition: المكلف بـ، المشرف على.
func (s *scan) participle(i int) bool {
	if !s.word(i) {
		return false
	}
	switch s.tokens[i].Base {
	case "مكلف", "مكلفه", "مكلفا", "مسوول", "مسووله", "مسيول", "مسيوله", "مشرف", "مشرفه", "منبثق", "منبثقه", "معني", "معنيه", "مختص", "مختصه", "قايم", "قايمه", "تابع", "تابعه":
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
	_, held := s.holderAfter(last)
	return last, held
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

// chain reads further offices in apposition to the one of tokens [first, i): bare,
// after a comma, or after "و" if both are of one holder.
func (s *scan) chain(first, i int) int {
	for n := 0; n < 3; n++ {
		at := i
		switch {
		case s.comma(at):
			at++
		case s.proclit(at, "و"):
			at++
		}
		t := s.title(at)
		if t == nil || t.number != extract.Singular || t.ordinary || s.styles(at) > at || s.suffixed(at) {
			return i
		}
		end, complement := s.titlePhrase(at, t)
		if end == at || !complement && !s.tokens[at].Def {
			return i
		}
		if at > i {
			if _, held := s.holderAfter(s.chain(at, end)); !held {
				return i
			}
		}
		if at > i && s.proclit(i, "و") && s.tokens[at].Def {
			return i
		}
		if at == i && s.tokens[at].Def && (!complement || !s.tokens[first].Def) {
			return i
		}
		i = end
	}
	return i
}

// holderAfter returns where the name of the holder of an office that ends at token i
// begins, if one follows.
func (s *scan) holderAfter(i int) (int, bool) {
	at := i
	apart := s.comma(at) || s.kind(at, extract.Punct) && s.tokens[at].Form == ":"
	if apart {
		at++
	}
	at = s.styles(at)
	if s.royal(at) {
		at = s.styles(at + 1)
	}
	last := s.fullName(at, true)
	if last == at || !s.plausible(at, last) && (apart || last == at+1) {
		return i, false
	}
	return at, true
}

// royal reports whether token i is a bare title that may stand between an office
// and the name (خادم الحرمين الشريفين الملك سلمان).
func (s *scan) royal(i int) bool {
	if !s.word(i) {
		return false
	}
	switch s.tokens[i].Norm {
	case "الملك", "الملكه", "الرييس":
		return true
	}
	return false
}

// after attaches the offices that follow a person's name, with or without a comma.
func (s *scan) after(holder int) {
	i := s.units[holder].last
	if s.kind(i, extract.Punct) && s.tokens[i].Form == ")" {
		i++
	}
	for n := 0; n < 3; n++ {
		at := i
		apart := s.comma(at)
		if apart {
			at++
		}
		t := s.title(at)
		if t == nil || t.number != extract.Singular && !s.accusative(at) || s.suffixed(at) || s.styles(at) > at {
			return
		}
		end, complement := s.titlePhrase(at, t)
		if end == at || !complement && (!s.tokens[at].Def || !apart && t.loose) {
			return
		}
		end = s.chain(at, end)
		if _, held := s.holderAfter(end); held && !s.comma(end) {
			return // the office of the next person
		}
		id := s.addOffice(at, end)
		s.offices[id].holder = holder
		i = end
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
// noun phrase, not where it is accredited or seated (سفير مصر | لدى المملكة).
func (s *scan) ties(o *office) {
	for i := o.first; i < o.last; i++ {
		switch s.tokens[i].Norm {
		case "لدي", "الي", "في", "ب":
			if i > o.first && !(s.word(i+1) && s.tokens[i+1].Norm == "اسم") {
				return
			}
		}
		c := s.at(i)
		if c == nil || c.last > o.last || i == o.first {
			continue
		}
		switch c.class {
		case schema.Country:
			if o.country == extract.None || c.nisba != nil {
				o.country = s.unit[i]
			}
			i = c.last - 1
		case schema.Organization:
			portfolio := c.form == extract.Nominal && s.ministryIn(o.first, o.first+1) && s.tokens[i-1].Norm != "باسم" && s.tokens[i-1].Norm != "اسم"
			if o.body == extract.None && !portfolio {
				o.body = s.unit[i]
			}
		}
	}
}

// standIn adds the nominal mention that an office without a name makes.
func (s *scan) standIn(id int) {
	o := &s.offices[id]
	t := s.title(o.first)
	c := candidate{first: o.first, last: o.last, class: schema.Person, form: extract.Nominal, definite: true, office: id}
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
		if s.nisba(at) != nil {
			country = s.unit[at]
			at++
		}
		name := s.styles(at)
		last := s.fullName(name, true)
		if last == name {
			break
		}
		holder := s.person(name, last)
		id := s.addOffice(i, tail)
		o := &s.offices[id]
		o.value, o.holder, o.before = s.singular(i, tail, t), holder, true
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
	if last-first < 2 || s.cover[last-1] != extract.None {
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
