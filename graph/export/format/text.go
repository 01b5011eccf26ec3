package format

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"isnad/schema"
)

// clean returns text that every format can hold and every reader shows as meant: valid
// UTF-8, without control characters (white space becomes a space), marks of direction
// and other invisible characters, and code points that are no characters.
func clean(s string) string {
	if plain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return ' '
		case unicode.Is(unicode.Cf, r) && !joiner(r), unicode.IsControl(r), r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

// joiner reports whether an invisible character changes how letters are written.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// plain reports whether there is nothing to clean: ASCII, letters of Arabic, Latin with
// accents, and punctuation only.
func plain(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return false
			}
			i++
			continue
		} else if i+1 < len(s) && s[i+1]&0xc0 == 0x80 && (c == 0xd9 || c == 0xda || c == 0xd8 && s[i+1] >= 0xa0) {
			i += 2 // U+0620 to U+06BF, nearly all of Arabic text
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= 0x0620 && r <= 0x06ff && r != 0x06dd, r == '،', r == '؛', r == '؟':
		case r > 0xa0 && r < 0x0300 && r != 0xad, r >= '‐' && r <= '‧':
		default:
			return false
		}
		i += size
	}
	return true
}

// list joins what a format has no lists for.
func list(items []string) string {
	var out []string
	for _, s := range items {
		if s = clean(s); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " | ")
}

// quotes returns the quotations of an edge with where they stand, a line each.
func quotes(e *Edge) string {
	var b []byte
	for i := range e.Evidence {
		if i > 0 {
			b = append(b, '\n')
		}
		b = e.Evidence[i].appendLine(b)
	}
	return string(b)
}

// line is «quotation» (speaker; publisher, date, address or id).
func (v *Evidence) line() string { return string(v.appendLine(nil)) }

func (v *Evidence) appendLine(to []byte) []byte {
	source := v.source()
	to = slices.Grow(to, len(v.Quote)+len(v.SaidBy)+len(v.Publisher)+len(v.Published)+len(source)+16)
	to = append(append(append(to, "«"...), clean(v.Quote)...), "» ("...)
	if v.SaidBy != "" {
		to = append(append(to, clean(v.SaidBy)...), "; "...)
	}
	between := ""
	for _, s := range [...]string{v.Publisher, v.Published, source} {
		if s != "" {
			to = append(append(to, between...), clean(s)...)
			between = ", "
		}
	}
	return append(to, ')')
}

// source returns the article's address, else its id.
func (v *Evidence) source() string {
	if v.URL != "" {
		return v.URL
	}
	return v.Article
}

// label returns what stands beside an edge: the predicate, unless asserted with the status.
func (e *Edge) label() string {
	if e.Status == schema.Asserted || e.Status == "" {
		return e.Predicate
	}
	return e.Predicate + " (" + string(e.Status) + ")"
}

// span returns the first and the last day of a truncated ISO date, or "".
func span(date string) (first, last string) {
	switch len(date) {
	case len("2006"):
		return date + "-01-01", date + "-12-31"
	case len("2006-01"):
		month, err := strconv.Atoi(date[5:])
		year, err2 := strconv.Atoi(date[:4])
		if err != nil || err2 != nil {
			return "", ""
		}
		return date + "-01", date + "-" + strconv.Itoa(daysIn(year, month))
	case len("2006-01-02"):
		return date, date
	}
	if len(date) > len("2006-01-02") {
		return date[:10], date[:10]
	}
	return "", ""
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
