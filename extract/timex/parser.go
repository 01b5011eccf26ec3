package timex

import (
	"strconv"

	"isnad/extract"
)

// expression is a time expression over tokens [first, last).
type expression struct {
	first, last int
	value, end  moment // end is zero unless a range is meant
	today       moment // the day of publication, if the words fix it: اليوم السبت 11 جوان 2016
}

// until is the last day of a range, or empty. An end without a beginning is no range.
func (e *expression) until() string {
	if e.value.String() == "" {
		return ""
	}
	return e.end.String()
}

// parser reads the expressions of one sentence. Its methods take a place among the
// tokens and return how many tokens they read, 0 if what they look for is not there.
type parser struct {
	lex       *lexicon
	tokens    []extract.Token
	published moment
}

// norm is the folded form at i, empty past the end.
func (p *parser) norm(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.tokens[i].Norm
}

func (p *parser) is(i int, class string) bool { return p.lex.class[class][p.norm(i)] }

// phrase is like is for words of up to three tokens; it returns their number.
func (p *parser) phrase(i int, class string) int {
	set, words := p.lex.class[class], p.norm(i)
	longest := 0
	for n := 1; n <= 3 && words != ""; n++ {
		if set[words] {
			longest = n
		}
		words += " " + p.norm(i+n)
	}
	return longest
}

// expression reads the time expression that begins at i.
func (p *parser) expression(i int) (expression, bool) {
	tok := &p.tokens[i]
	if tok.Kind != extract.Number && !p.lex.opens[tok.Norm] {
		return expression{}, false
	}
	for _, read := range []func(int) (expression, bool){
		p.numeric, p.named, p.yearPhrase, p.relativeUnit, p.ago, p.relativeDay,
	} {
		if e, ok := read(i); ok {
			e.first = i
			return e, true
		}
	}
	return expression{}, false
}

// number reads a whole number of so many digits.
func (p *parser) number(i, fewest, most int) (int, bool) {
	if i < 0 || i >= len(p.tokens) || p.tokens[i].Kind != extract.Number {
		return 0, false
	}
	s := p.tokens[i].Norm
	if len(s) < fewest || len(s) > most {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// year reads a year of four digits, with the mark of its era; hijri tells which.
func (p *parser) year(i int) (year int, hijri bool, n int) {
	year, ok := p.number(i, 4, 4)
	if !ok || year < 1000 || year > 2199 {
		return 0, false, 0
	}
	switch {
	case p.is(i+1, "hijri-mark"):
		return year, true, 2
	case p.is(i+1, "gregorian-mark") && (p.tokens[i+1].Glued || p.norm(i+1) != "م" || i+2 == len(p.tokens)):
		return year, false, 2
	}
	return year, false, 1
}

// dayOfMonth reads a day in digits or words: 11, الحادي عشر, الثالث والعشرين.
func (p *parser) dayOfMonth(i int) (day, n int) {
	if d, ok := p.number(i, 1, 2); ok {
		if d < 1 || d > 31 {
			return 0, 0
		}
		return d, 1
	}
	d, ok := p.lex.ordinal[p.norm(i)]
	switch {
	case !ok:
		return 0, 0
	case d >= 10:
		return d, 1
	case p.is(i+1, "ten"):
		return d + 10, 2
	case p.is(i+1, "and") && p.lex.ordinal[p.norm(i+2)] >= 20:
		return d + p.lex.ordinal[p.norm(i+2)], 3
	}
	return d, 1
}

// month reads a name of the calendar, and a second name of the same month: أيلول/سبتمبر.
func (p *parser) month(i int, c *calendar) (month, n int) {
	month, n = p.monthName(i, c)
	if n == 0 {
		return 0, 0
	}
	j := i + n
	if again, m := p.monthName(j, c); m > 0 && again == month {
		return month, n + m // يونيو حزيران
	}
	switch p.norm(j) {
	case "/", "-", "–", "،", "(":
		again, m := p.monthName(j+1, c)
		if m == 0 || again != month {
			return month, n
		}
		n += 1 + m
		if p.norm(j) == "(" && p.norm(i+n) == ")" {
			n++
		}
	}
	return month, n
}

func (p *parser) monthName(i int, c *calendar) (month, n int) {
	if m, ok := c.names[p.norm(i)+" "+p.norm(i+1)]; ok {
		return m, 2
	}
	if m, ok := c.names[p.norm(i)]; ok {
		return m, 1
	}
	return 0, 0
}

// weekday reads a day of the week, after يوم or not: 0 is Sunday.
func (p *parser) weekday(i int) (day, n int, ok bool) {
	if p.is(i, "day") {
		n = 1
	}
	for d, class := range weekdays {
		if p.is(i+n, class) {
			return d, n + 1, true
		}
	}
	return 0, 0, false
}

var weekdays = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// direction is where a modifier points: behind, ahead or here.
type direction int

const (
	nowhere direction = iota
	behind
	ahead
	here
)

// modifier reads الماضي, المقبل, الجاري.
func (p *parser) modifier(i int) (direction, int) {
	switch {
	case p.is(i, "last"):
		return behind, 1
	case p.is(i, "next"):
		return ahead, 1
	case p.is(i, "this"):
		return here, 1
	}
	return nowhere, 0
}

// heading tells from the words before i whether the sentence speaks of what lies
// behind or ahead: the nearest verb decides, or a word that announces.
func (p *parser) heading(i int) direction {
	for j := i - 1; j >= 0; j-- {
		if p.is(j, "ahead") {
			return ahead
		}
		tok := &p.tokens[j]
		_, month := p.monthName(j, &p.lex.calendars[0])
		if len(tok.Verb) == 0 || len(tok.Noun) > 0 || month > 0 {
			continue
		}
		future := j > 0 && p.tokens[j-1].Kind == extract.Proclit && p.norm(j-1) == "س"
		switch {
		case future, j > 0 && p.is(j-1, "ahead"):
			return ahead
		case tok.Verb[0].Tense == extract.Perfect:
			return behind
		}
	}
	return nowhere
}
