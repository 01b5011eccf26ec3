package timex

import (
	"time"

	"isnad/extract"
)

// numeric reads dates in digits: 03/07/2016 is the third of July, as in the Arab
// press; 2016-07-03 is ISO.
func (p *parser) numeric(i int) (expression, bool) {
	if day, month, year, ok := dotted(p.norm(i)); ok && p.tokens[i].Kind == extract.Number {
		m := moment{year, month, day}
		return expression{last: i + 1, value: m}, m.valid() && plausible(year)
	}
	sep := p.norm(i + 1)
	if sep != "/" && sep != "-" || p.norm(i+3) != sep || !p.tokens[i+1].Glued || !p.tokens[i+3].Glued {
		return expression{}, false
	}
	middle, ok := p.number(i+2, 1, 2)
	if !ok {
		return expression{}, false
	}
	var m moment
	if year, ok := p.number(i, 4, 4); ok {
		day, _ := p.number(i+4, 1, 2)
		m = moment{year, middle, day}
	} else if year, ok := p.number(i+4, 4, 4); ok {
		day, _ := p.number(i, 1, 2)
		m = moment{year, middle, day}
		if middle > 12 {
			m.month, m.day = day, middle
		}
	}
	return expression{last: i + 5, value: m}, m.month > 0 && m.day > 0 && m.valid() && plausible(m.year)
}

// dotted reads 03.07.2016, which the tokenizer keeps together.
func dotted(s string) (day, month, year int, ok bool) {
	part, parts := 0, [3]int{}
	for _, r := range s {
		switch {
		case r == '.' && part < 2:
			part++
		case r >= '0' && r <= '9' && parts[part] < 1000:
			parts[part] = parts[part]*10 + int(r-'0')
		default:
			return 0, 0, 0, false
		}
	}
	return parts[0], parts[1], parts[2], part == 2 && parts[0] > 0 && parts[1] > 0 && parts[2] > 0
}

func plausible(year int) bool { return year >= 1500 && year <= 2199 }

// named reads an expression that names a month of either calendar, from its
// weekday to its year: الأربعاء 11 ماي 2022، من 10 إلى 12 ماي، في يوليو الماضي.
func (p *parser) named(i int) (expression, bool) {
	j := i
	if _, n, ok := p.weekday(j); ok {
		j += n
		if p.norm(j) == "،" || p.norm(j) == "(" || p.norm(j) == "," {
			j++
		}
	}
	if p.is(j, "day") {
		j++
	}
	for c := range p.lex.calendars {
		c := &p.lex.calendars[c]
		if e, ok := p.days(j, c); ok {
			return e, true
		}
		if j == i {
			if e, ok := p.monthOnly(j, c); ok {
				return e, true
			}
		}
	}
	return expression{}, false
}

// days reads one day or several of a month, or a range over two months.
func (p *parser) days(i int, c *calendar) (expression, bool) {
	first, n := p.dayOfMonth(i)
	if n == 0 {
		return expression{}, false
	}
	j := i + n
	if m, n := p.ofMonth(j, c); n > 0 {
		from := moment{month: m, day: first}
		j += n
		if joint := p.joint(j); joint > 0 && p.ranged(i) {
			if e, ok := p.rangeEnd(from, j+joint, c); ok {
				return e, true
			}
		}
		return p.closeDate(from, moment{}, j, c)
	}
	last := first
	for {
		joint := p.joint(j)
		d, n := p.dayOfMonth(j + joint)
		if joint == 0 || n == 0 || d <= last {
			return expression{}, false
		}
		last, j = d, j+joint+n
		if m, n := p.ofMonth(j, c); n > 0 {
			return p.closeDate(moment{month: m, day: first}, moment{month: m, day: last}, j+n, c)
		}
	}
}

// rangeEnd reads the second date of a range over two months.
func (p *parser) rangeEnd(from moment, i int, c *calendar) (expression, bool) {
	for p.is(i, "until") || p.is(i, "day") {
		i++
	}
	day, n := p.dayOfMonth(i)
	month, k := p.ofMonth(i+n, c)
	if n == 0 || k == 0 {
		return expression{}, false
	}
	return p.closeDate(from, moment{month: month, day: day}, i+n+k, c)
}

// joint reads what joins two days or years: و إلى - ،
func (p *parser) joint(i int) int {
	switch p.norm(i) {
	case "-", "–", "—", "،", "/":
		return 1
	}
	if p.is(i, "and") || p.is(i, "to") {
		return 1
	}
	return 0
}

// ranged reports whether من or بين opens a range before i.
func (p *parser) ranged(i int) bool {
	return p.is(i-1, "from") || p.is(i-1, "day") && p.is(i-2, "from")
}

// ofMonth reads a month behind a day: ماي, من ماي, من شهر ماي.
func (p *parser) ofMonth(i int, c *calendar) (month, n int) {
	j := i
	if p.is(j, "of") {
		j++
	}
	if p.is(j, "month") {
		if way, n := p.modifier(j + 1); n > 0 && !c.hijri {
			m, _ := p.shift("month", steps[way])
			return m.month, j + 1 + n - i
		}
		j++
	}
	m, n := p.month(j, c)
	if n == 0 {
		return 0, 0
	}
	return m, j + n - i
}

// monthOnly reads a month without a day. A name that is a common word, or a Hijri
// one, which may be a person's, needs company.
func (p *parser) monthOnly(i int, c *calendar) (expression, bool) {
	j := i
	if p.is(j, "month") {
		j++
	}
	month, n := p.month(j, c)
	if _, ok := p.number(i-1, 1, 2); n == 0 || ok {
		return expression{}, false // a day that the month does not have stands before
	}
	alone := c.hijri || j == i && p.lex.common[p.norm(j)]
	j += n
	_, _, dated := p.yearBehind(j)
	way, _ := p.modifier(j)
	if alone && dated == 0 && (way == nowhere || c.hijri) {
		return expression{}, false
	}
	return p.closeDate(moment{month: month}, moment{}, j, c)
}

// yearBehind reads the year behind a month: 2016, من عام 2016, ، 2016.
func (p *parser) yearBehind(i int) (year int, hijri bool, n int) {
	j := i
	for j < i+3 && (p.is(j, "of") || p.is(j, "year") || p.norm(j) == "،" || p.norm(j) == "," || p.norm(j) == "ل") {
		j++
	}
	if year, hijri, n = p.year(j); n == 0 {
		return 0, false, 0
	}
	return year, hijri, j + n - i
}

// closeDate reads what fixes the year behind a date of known month, and resolves it.
func (p *parser) closeDate(from, to moment, i int, c *calendar) (expression, bool) {
	e := expression{last: i, value: from, end: to}
	if !from.valid() || !to.valid() {
		return e, false
	}
	if year, hijri, n := p.yearBehind(i); n > 0 && (hijri || year < 1500) == c.hijri {
		e.last += n
		e.setYear(year)
		if c.hijri {
			return e.gregorian()
		}
		return e, e.value.valid() && e.end.valid()
	}
	if c.hijri {
		e.value, e.end = moment{}, moment{}
		return e, true
	}
	if way, n := p.modifier(i); n > 0 {
		e.last += n
		e.setYear(p.yearTowards(from, way))
	} else if way, n := p.ofYear(i); n > 0 {
		e.last += n
		e.setYear(p.yearAt(way))
	} else {
		e.setYear(p.nearYear(from, e.last))
	}
	return e, true
}

// ofYear reads "of last year" in its wordings.
func (p *parser) ofYear(i int) (direction, int) {
	j := i
	if p.is(j, "of") {
		j++
	}
	if p.is(j, "demonstrative") && p.is(j+1, "year") {
		return here, j + 2 - i
	}
	if p.is(j, "year") {
		if way, n := p.modifier(j + 1); n > 0 {
			return way, j + 1 + n - i
		}
	}
	return nowhere, 0
}

// setYear completes value and end, whose year is one earlier for a range over new
// year. An unknown year leaves nothing.
func (e *expression) setYear(year int) {
	if year == 0 {
		e.value, e.end = moment{}, moment{}
		return
	}
	e.value.year = year
	if e.end.month > 0 {
		e.end.year = year
		if e.end.month < e.value.month {
			e.value.year--
		}
	}
}

// gregorian converts an expression in the Hijri calendar.
func (e *expression) gregorian() (expression, bool) {
	from, to, ok := fromHijri(e.value)
	if e.end.day > 0 && ok {
		to, _, ok = fromHijri(e.end)
	}
	if !ok {
		from, to = moment{}, moment{}
	}
	e.value, e.end = from, to
	return *e, true
}

// yearAt is the year of publication, or the one before or after; 0 if unknown.
func (p *parser) yearAt(way direction) int {
	switch {
	case p.published.year == 0:
		return 0
	case way == behind:
		return p.published.year - 1
	case way == ahead:
		return p.published.year + 1
	}
	return p.published.year
}

// yearTowards is the year in which m, a month or day, was last or comes next.
func (p *parser) yearTowards(m moment, way direction) int {
	ref := p.published
	if ref.month == 0 {
		return 0
	}
	later := m.month > ref.month || m.month == ref.month && m.day > 0 && m.day > ref.day
	earlier := m.month < ref.month || m.month == ref.month && m.day > 0 && m.day < ref.day
	same := m.month == ref.month && m.day == 0
	switch {
	case way == behind && (later || same), way == ahead && (earlier || same):
		return p.yearAt(way)
	}
	return ref.year
}

// nearYear is the year of publication if that puts m within half a year of it, else 0.
// A bare month follows the tense of its sentence: "in September" with a past verb,
// read in May, is last September.
func (p *parser) nearYear(m moment, i int) int {
	ref := p.published
	if ref.month == 0 {
		return 0
	}
	if m.day == 0 && m.month != ref.month {
		if way := p.heading(i); way != nowhere {
			return p.yearTowards(m, way)
		}
	}
	m.year = ref.year
	const halfYear = 183 * 24 * time.Hour
	if d := m.time().Sub(ref.time()); d > halfYear || d < -halfYear {
		return 0
	}
	return ref.year
}

// yearPhrase reads years: عام 2014, عامي 2014 و2015, بين 2015 و2019, منذ 2014.
func (p *parser) yearPhrase(i int) (expression, bool) {
	j := i
	named := p.is(j, "year") || p.is(j, "years")
	if named {
		j++
	}
	year, hijri, n := p.year(j)
	if n == 0 || !named && !p.cued(i, j+n) {
		return expression{}, false
	}
	e := expression{last: j + n, value: moment{year: year}}
	if joint := p.joint(e.last); joint > 0 && p.norm(e.last) != "،" {
		k := e.last + joint
		if p.is(k, "year") {
			k++
		}
		if until, h, n := p.year(k); n > 0 && h == hijri && until > year {
			e.last, e.end.year = k+n, until
		}
	}
	if hijri || named && year >= firstHijri && year <= lastHijri {
		return e.gregorian()
	}
	return e, plausible(year)
}

// cued reports whether the bare number [i, end) is a year: behind a preposition of
// time and not counting anything.
func (p *parser) cued(i, end int) bool {
	if !p.is(i-1, "year-cue") && !p.ranged(i) {
		return false
	}
	year, _, _ := p.year(i)
	if year < 1800 || year > 2100 {
		return false
	}
	if end >= len(p.tokens) {
		return true
	}
	next := &p.tokens[end]
	if p.ranged(i) {
		_, _, n := p.year(end + p.joint(end))
		return n > 0 && p.joint(end) > 0
	}
	if p.is(end, "counted") {
		return false
	}
	return next.Kind != extract.Word || next.Def || len(next.Verb) > 0 || p.is(end, "year-cue") || p.is(end, "to") || p.is(end, "of")
}
