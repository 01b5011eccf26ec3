package article

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

//go:embed data/dates.txt
var datesText string

// dateWords says what the words of a date line are. A word may be several things.
var dateWords = readDateWords(datesText)

type dateWord struct {
	month   int           // 1 to 12, or 0
	weekday *time.Weekday // nil if it is none
	hijri   bool          // a month of the Islamic calendar
	agency  bool          // a news agency, at the end of a dateline
	filler  bool          // says nothing else: "published on", "updated", a zone
}

func readDateWords(text string) map[string]dateWord {
	words := map[string]dateWord{}
	for _, line := range dataLines(text) {
		kind, list, _ := strings.Cut(line, ":")
		for _, w := range strings.Fields(list) {
			key := strings.ReplaceAll(fold(strings.ReplaceAll(w, "_", " ")), " ", "") // a name of two words is one key
			dw := words[key]
			switch n, err := strconv.Atoi(strings.TrimPrefix(kind, "day")); {
			case kind == "hijri":
				dw.hijri = true
			case kind == "agency":
				dw.agency = true
			case kind == "beside":
				dw.filler = true
			case err == nil && strings.HasPrefix(kind, "day"):
				day := time.Weekday(n)
				dw.weekday = &day
			default:
				dw.month = n
			}
			words[key] = dw
		}
	}
	return words
}

// parseDate reads a string that is a date and nothing else: RFC 3339, RFC 1123,
// "2015-07-21 02:54:33", "الجمعة 10 يناير 2020 - 18:34", "20-يوليو-2012". It
// returns the date as ISO 8601, truncated to what is written, or "" if any part of
// the string is not understood. The day is that of the outlet's own clock: zones
// are not converted. "03/07/2016" is the third of July, as Arab outlets write it,
// and the month comes first only where the second number cannot be one.
func parseDate(s string) string {
	const longest = 160
	if len(s) > longest {
		return ""
	}
	p := dateParser{tokens: dateTokens(s)}
	if !p.run() {
		return ""
	}
	return p.found
}

// dateline reads a line that gives the date of what follows. Such a line is bare if
// it holds nothing but a date or a time of day, and else begins with the place and
// names an agency or a Hijri date: "الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس".
func dateline(line string) (date string, bare bool) {
	const longest, placeWords = 160, 3
	if len(line) > longest {
		return "", false
	}
	tokens := dateTokens(line)
	p := dateParser{tokens: tokens}
	if p.run(); len(p.tokens) == 0 {
		return p.found, true
	}
	for skip := 1; skip <= placeWords && skip < len(tokens); skip++ {
		p := dateParser{tokens: tokens[skip:]}
		// Without an agency or a Hijri date the line could be the start of a sentence.
		if p.run() && (p.agency || p.hijri) {
			return p.found, false
		}
	}
	return "", false
}

// contradicts reports whether a text that calls a weekday "today" or "yesterday"
// cannot have appeared on the date: pages show other dates than the article's own,
// such as that of the visit. A text may appear after midnight.
func contradicts(text, date string) bool {
	const near = 4000                       // bytes: further down, other days are spoken of
	const today, yesterday = "اليوم", "امس" // folded
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return false
	}
	words := strings.Fields(fold(text[:min(len(text), near)]))
	for i := 1; i < len(words); i++ {
		said := dateWords[words[i]].weekday
		if said == nil || words[i-1] != today && words[i-1] != yesterday {
			continue
		}
		back := 0
		if words[i-1] == yesterday {
			back = 1
		}
		late := (int(day.Weekday()) - int(*said) - back + 14) % 7
		return late > 1
	}
	return false
}

// dateTokens splits a string into numbers, words and single marks.
func dateTokens(s string) []string {
	s = folding.Replace(strings.ToLower(s))
	var out []string
	class := func(r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
			return 2
		}
		return 0
	}
	last := 0
	for _, r := range s {
		if unicode.Is(unicode.Cf, r) || r == '\u0640' || unicode.Is(unicode.Mn, r) {
			continue
		}
		c := class(r)
		switch {
		case unicode.IsSpace(r):
			c = 3
		case c != 0 && c == last:
			out[len(out)-1] += string(r)
		default:
			out = append(out, string(r))
		}
		last = c
	}
	return out
}

// dateParser consumes tokens from the left.
type dateParser struct {
	tokens []string
	found  string
	hijri  bool // a Hijri date stands beside it
	agency bool // an agency does
}

func (p *dateParser) run() bool {
	for len(p.tokens) > 0 {
		n, date := p.date()
		switch {
		case n > 0 && date == "":
			return false // looks like a date and is none
		case n > 0:
			if p.found == "" {
				p.found = date
			}
		default:
			if n = p.beside(); n == 0 {
				return false
			}
		}
		p.tokens = p.tokens[n:]
	}
	return p.found != ""
}

func (p *dateParser) at(i int) string {
	if i < len(p.tokens) {
		return p.tokens[i]
	}
	return ""
}

// number returns the value of a token of one to width digits, or -1.
func (p *dateParser) number(i, width int) int {
	t := p.at(i)
	if t == "" || len(t) > width || t[0] < '0' || t[0] > '9' {
		return -1
	}
	n, _ := strconv.Atoi(t)
	return n
}

func (p *dateParser) year(i int) int {
	if len(p.at(i)) != 4 {
		return -1
	}
	if y := p.number(i, 4); y >= 1900 && y < 2100 {
		return y
	}
	return -1
}

// month returns the month at token i and the number of tokens that name it:
// "يوليو", "تموز/يوليو", "كانون الثاني".
func (p *dateParser) month(i int) (month, n int) {
	month, n = p.monthWord(i)
	if n == 0 {
		return 0, 0
	}
	if sep := p.at(i + n); sep == "/" || sep == "-" || sep == "(" {
		if other, m := p.monthWord(i + n + 1); m > 0 && other == month {
			n += m + 1
			if sep == "(" && p.at(i+n) == ")" {
				n++
			}
		}
	}
	return month, n
}

func (p *dateParser) monthWord(i int) (month, n int) {
	word := p.at(i)
	if two := dateWords[word+p.at(i+1)]; two.month > 0 { // two words, as in كانون الثاني
		return two.month, 2
	}
	if w := dateWords[word]; w.month > 0 {
		return w.month, 1
	}
	return 0, 0
}

func isSeparator(t string) bool { return t == "-" || t == "/" || t == "." }

// date reads a date at the front: n tokens, and "" if it is not one of the calendar.
func (p *dateParser) date() (n int, iso string) {
	sep := p.at(1)
	switch {
	case p.year(0) > 0 && isSeparator(sep) && p.number(2, 2) > 0: // 2015-07-21, 2015-07
		if p.at(3) == sep && p.number(4, 2) >= 0 {
			return 5, isoDate(p.year(0), p.number(2, 2), p.number(4, 2))
		}
		return 3, isoMonth(p.year(0), p.number(2, 2))
	case p.number(0, 2) > 0 && isSeparator(sep) && p.number(2, 2) > 0 && p.at(3) == sep && p.year(4) > 0: // 21/07/2015
		day, month := p.number(0, 2), p.number(2, 2)
		if month > 12 && day <= 12 {
			day, month = month, day
		}
		return 5, isoDate(p.year(4), month, day)
	case len(p.at(0)) == 8 && p.number(0, 8) > 19000000: // 20150721
		v := p.number(0, 8)
		return 1, isoDate(v/10000, v/100%100, v%100)
	case p.year(0) > 0 && len(p.tokens) == 1:
		return 1, p.at(0)
	}
	if day := p.number(0, 2); day > 0 {
		i := 1
		if isSeparator(p.at(i)) || p.at(i) == "," || p.at(i) == "\u060C" {
			i++
		}
		if month, m := p.month(i); m > 0 { // 21 يوليو 2015
			i = p.skipMarks(i + m)
			if y := p.year(i); y > 0 {
				return i + 1, isoDate(y, month, day)
			}
		}
		return 0, ""
	}
	return p.monthFirst()
}

// monthFirst reads "July 21, 2015" and "يوليو 2015".
func (p *dateParser) monthFirst() (n int, iso string) {
	month, m := p.month(0)
	if m == 0 {
		return 0, ""
	}
	i := p.skipMarks(m)
	if y := p.year(i); y > 0 {
		return i + 1, isoMonth(y, month)
	}
	if day := p.number(i, 2); day > 0 {
		if j := p.skipMarks(i + 1); p.year(j) > 0 {
			return j + 1, isoDate(p.year(j), month, day)
		}
	}
	return 0, ""
}

// skipMarks passes over what may stand between a month and a year.
func (p *dateParser) skipMarks(i int) int {
	for isSeparator(p.at(i)) || p.at(i) == "," || p.at(i) == "\u060C" || p.at(i) == "من" {
		i++
	}
	return i
}

// zone precedes the name of a place whose clock is meant.
const zone = "بتوقيت"

// beside reads what may stand beside a date: n tokens of a time of day, a zone, a
// Hijri date, a word or mark that says nothing else.
func (p *dateParser) beside() int {
	if p.number(0, 2) >= 0 && p.at(1) == ":" && p.number(2, 2) >= 0 { // 18:34:05.123
		n := 3
		for (p.at(n) == ":" || p.at(n) == ".") && p.number(n+1, 9) >= 0 {
			n += 2
		}
		return n
	}
	if sign := p.at(0); (sign == "+" || sign == "-") && p.number(1, 4) >= 0 && len(p.at(1)) != 3 && len(p.at(1)) > 1 { // +0300
		if p.at(2) == ":" && len(p.at(1)) == 2 && p.number(3, 2) >= 0 {
			return 4
		}
		return 2
	}
	if p.number(0, 2) > 0 {
		n := 1
		if dateWords[p.at(1)+p.at(2)].hijri {
			n = 3
		} else if dateWords[p.at(1)].hijri {
			n = 2
		}
		if y := p.number(n, 4); n > 1 && y >= 1300 && y < 1500 { // 26 شوال 1436
			p.hijri = true
			return n + 1
		}
		return 0
	}
	t := p.at(0)
	if t == zone && len(p.tokens) > 1 {
		return 2
	}
	if dateWords[t].agency {
		p.agency = true
		return 1
	}
	if dateWords[t].filler || dateWords[t].weekday != nil || t != "" && strings.ContainsAny(t, "-–—,|:()[]./\u060C؛•") {
		return 1
	}
	return 0
}

func isoDate(y, m, d int) string {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1900 || y >= 2100 || m < 1 || m > 12 || t.Day() != d || t.Month() != time.Month(m) {
		return ""
	}
	return t.Format(time.DateOnly)
}

func isoMonth(y, m int) string {
	if m < 1 || m > 12 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", y, m)
}

var urlDay = regexp.MustCompile(`[/-]((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/?#-]|$)`)
var urlMonth = regexp.MustCompile(`/((?:19|20)\d\d)/(\d\d)/`)

// urlDate returns the date that an address carries as folders, or "".
func urlDate(url string) string {
	if m := urlDay.FindStringSubmatch(url); m != nil {
		y, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		day, _ := strconv.Atoi(m[3])
		if d := isoDate(y, month, day); d != "" {
			return d
		}
	}
	if m := urlMonth.FindStringSubmatch(url); m != nil {
		y, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		return isoMonth(y, month)
	}
	return ""
}
