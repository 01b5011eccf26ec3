package timex

import (
	"time"

	"isnad/extract"
)

// relativeDay reads days that only publication fixes: اليوم، أمس الاثنين، مساء
// الأربعاء، الأربعاء المقبل.
func (p *parser) relativeDay(i int) (expression, bool) {
	j := i
	for p.is(j, "part") {
		j++
	}
	if p.is(j, "day") && !p.isWeekday(j) {
		j++
	}
	if e, ok := p.countedDay(j); ok {
		return e, ok
	}
	day, n, ok := p.weekday(j)
	if !ok || p.is(i-1, "not-day-after") || p.is(j+n, "not-day-before") {
		return expression{}, false
	}
	e := expression{last: j + n}
	way, n := p.modifier(e.last)
	e.last += n
	e.value = p.weekdayDate(day, way, i)
	return e, true
}

func (p *parser) isWeekday(i int) bool {
	_, _, ok := p.weekday(i)
	return ok
}

// countedDay reads today, yesterday and their kin, with a weekday behind or not.
func (p *parser) countedDay(i int) (expression, bool) {
	offset, n := 0, 0
	for _, c := range []struct {
		class  string
		offset int
	}{
		{"before-yesterday", -2}, {"after-tomorrow", 2}, {"yesterday", -1}, {"tomorrow", 1}, {"today", 0},
	} {
		if n = p.phrase(i, c.class); n > 0 {
			offset = c.offset
			break
		}
	}
	if n == 0 || p.is(i-1, "not-day-after") || p.is(i+n, "not-day-before") {
		return expression{}, false
	}
	if offset == 0 && p.is(i-1, "rate-before") && !p.isWeekday(i+n) {
		return expression{}, false
	}
	e := expression{last: i + n}
	if p.published.day > 0 {
		e.value = p.published.addDays(offset)
	}
	j := e.last
	if p.norm(j) == "،" || p.norm(j) == "(" {
		j++
	}
	if day, n, ok := p.weekday(j); ok {
		e.last = j + n
		if p.norm(j-1) == "(" && p.norm(e.last) == ")" {
			e.last++
		}
		e.value = p.nearestWeekday(day, e.value)
	}
	if dated, ok := p.named(e.last); ok && dated.value.day > 0 {
		e.last, e.value = dated.last, dated.value // أمس الاثنين 9 ماي
		e.today = dated.value.addDays(-offset)
	}
	return e, true
}

// nearestWeekday is the given weekday closest to m: an article that says "today,
// Tuesday" may be published after midnight.
func (p *parser) nearestWeekday(day int, m moment) moment {
	if m.day == 0 {
		return m
	}
	shift := (day - int(m.time().Weekday()) + 7) % 7
	if shift > 3 {
		shift -= 7
	}
	return m.addDays(shift)
}

// weekdayDate resolves a weekday: the last one up to publication, unless the words
// behind it or the sentence before it look ahead.
func (p *parser) weekdayDate(day int, way direction, i int) moment {
	ref := p.published
	if ref.day == 0 {
		return moment{}
	}
	back := (int(ref.time().Weekday()) - day + 7) % 7
	switch {
	case way == ahead:
		return ref.addDays(7 - back)
	case way == behind && back == 0:
		return ref.addDays(-7)
	case way == nowhere && back != 0 && p.heading(i) == ahead:
		return ref.addDays(7 - back)
	}
	return ref.addDays(-back)
}

// relativeUnit reads هذا الأسبوع، الشهر الماضي، العام المقبل. Behind some nouns العام
// is an adjective: الأمين العام الحالي.
func (p *parser) relativeUnit(i int) (expression, bool) {
	j, way := i, nowhere
	if p.is(j, "demonstrative") {
		j, way = j+1, here
	}
	unit := ""
	for _, class := range []string{"week", "month", "year"} {
		if p.is(j, class) && p.tokens[j].Def {
			unit = class
		}
	}
	if unit == "" || p.is(i-1, "general") {
		return expression{}, false
	}
	j++
	if w, n := p.modifier(j); n > 0 {
		way, j = w, j+n
	}
	if way == nowhere {
		return expression{}, false
	}
	e := expression{last: j}
	e.value, e.end = p.shift(unit, steps[way])
	return e, true
}

// steps is how many units a modifier moves.
var steps = map[direction]int{behind: -1, here: 0, ahead: 1}

// shift is the week, month or year so many after that of publication.
func (p *parser) shift(unit string, steps int) (from, to moment) {
	ref := p.published
	switch {
	case unit == "year" && ref.year > 0:
		return moment{year: ref.year + steps}, moment{}
	case unit == "month" && ref.month > 0:
		t := time.Date(ref.year, time.Month(ref.month+steps), 1, 0, 0, 0, 0, time.UTC)
		return moment{t.Year(), int(t.Month()), 0}, moment{}
	case unit == "week" && ref.day > 0:
		monday := ref.addDays(7*steps - (int(ref.time().Weekday())+6)%7)
		return monday, monday.addDays(6)
	case unit == "day" && ref.day > 0:
		return ref.addDays(steps), moment{}
	}
	return moment{}, moment{}
}

// ago reads قبل يومين، قبل ثلاثة أشهر، منذ 5 سنوات: as precise as the unit.
func (p *parser) ago(i int) (expression, bool) {
	if !p.is(i, "ago") {
		return expression{}, false
	}
	for _, unit := range []string{"day", "week", "month", "year"} {
		count, n := p.units(i+1, unit)
		if n == 0 {
			continue
		}
		e := expression{last: i + 1 + n}
		if !p.closesAgo(e.last) {
			return expression{}, false
		}
		e.value, e.end = p.shift(unit, -count)
		return e, true
	}
	return expression{}, false
}

// closesAgo reports whether what stands at i leaves قبل يومين alone: not if it says
// before what (قبل يومين من), or names a day, month or year (منذ عام 2002).
func (p *parser) closesAgo(i int) bool {
	if i >= len(p.tokens) {
		return true
	}
	_, month := p.monthName(i, &p.lex.calendars[0])
	_, hijri := p.monthName(i, &p.lex.calendars[1])
	tok := &p.tokens[i]
	return !p.is(i, "of") && month == 0 && hijri == 0 && !tok.Def && tok.Kind != extract.Number && tok.Kind != extract.Enclit
}

// units reads one unit, two, or a number of them.
func (p *parser) units(i int, unit string) (count, n int) {
	if p.is(i, "one-"+unit) {
		return 1, 1
	}
	if p.is(i, "two-"+unit+"s") {
		return 2, 1
	}
	count, ok := p.number(i, 1, 3)
	if !ok {
		count, ok = p.lex.counts[p.norm(i)]
	}
	if ok && p.is(i+1, "many-"+unit+"s") {
		return count, 2
	}
	return 0, 0
}
