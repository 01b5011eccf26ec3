package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"isnad/extract"
)

// A piece is a run of text of one kind, before clitics are split off.
type piece struct {
	start, end int // bytes of the scanned text
	kind       extract.TokenKind
	glued      bool // no white space before it
}

// runeClass is what the scanner needs to know of a rune.
type runeClass uint8

const (
	space runeClass = iota
	invisible
	arabicLetter
	otherLetter
	digit
	mark // combining
	symbol
	emoji
)

func classify(r rune) runeClass {
	switch {
	case r < utf8.RuneSelf:
		return asciiClass(byte(r))
	case r >= 'ء' && r <= 'ي' && r != tatweel:
		return arabicLetter
	case r >= '٠' && r <= '٩', r >= '۰' && r <= '۹':
		return digit
	case r == tatweel:
		return mark
	case r == '\u200d', r >= 0xFE00 && r <= 0xFE0F, r == 0xFEFF, isInvisible(r):
		return invisible
	case unicode.IsSpace(r), r == 0xFFFD:
		return space
	case unicode.Is(unicode.M, r):
		return mark
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF, r >= 0xE0000:
		return emoji
	case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
		return arabicLetter
	case unicode.IsLetter(r):
		return otherLetter
	case unicode.IsDigit(r):
		return digit
	}
	return symbol
}

func asciiClass(c byte) runeClass {
	switch {
	case c >= '0' && c <= '9':
		return digit
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return otherLetter
	case c <= ' ', c == 0x7f:
		return space
	}
	return symbol
}

// scan cuts text into pieces that tile it but for white space and invisible
// characters outside words, and calls yield with each.
func scan(text string, yield func(piece)) {
	glued := false
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		class := classify(r)
		switch class {
		case space:
			glued = false
			i += n
			continue
		case invisible:
			i += n
			continue
		}
		p := piece{start: i, glued: glued}
		p.kind, p.end = next(text, i, class)
		yield(p)
		i, glued = p.end, true
	}
}

// next returns kind and end of the piece that starts at i with a rune of class c.
func next(text string, i int, c runeClass) (extract.TokenKind, int) {
	if end := furniture(text, i, c); end > i {
		return extract.Furnish, end
	}
	switch c {
	case mark:
		return extract.Punct, afterMarks(text, i)
	case arabicLetter:
		if end := dotted(text, i); end > i {
			return extract.Word, end
		}
		return extract.Word, run(text, i, arabicLetter)
	case otherLetter:
		return extract.Latin, latinEnd(text, i)
	case digit:
		return extract.Number, numberEnd(text, i)
	case emoji:
		return extract.Furnish, run(text, i, emoji)
	}
	_, n := utf8.DecodeRuneInString(text[i:])
	return extract.Punct, i + n
}

// run returns the end of the letters of one class that start at i, with marks and
// invisible characters inside but no invisible ones at the end.
func run(text string, i int, want runeClass) int {
	end := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		c := classify(r)
		if c != want && c != mark && c != invisible {
			break
		}
		i += n
		if c != invisible {
			end = i
		}
	}
	return end
}

// latinEnd returns the end of a word in another script; digits, and hyphens and
// apostrophes between letters, belong to it (COVID-19, d'Ivoire).
func latinEnd(text string, i int) int {
	end := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch c := classify(r); {
		case c == otherLetter, c == digit, c == mark:
			end = i + n
		case c == invisible:
		case r == '-', r == '\'', r == '\u2019', r == '&':
			if after, _ := utf8.DecodeRuneInString(text[i+n:]); classify(after) != otherLetter && classify(after) != digit {
				return end
			}
		default:
			return end
		}
		i += n
	}
	return end
}

// numberEnd returns the end of a number; a separator belongs to it if a digit follows.
func numberEnd(text string, i int) int {
	end := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch c := classify(r); {
		case c == digit:
			end = i + n
		case c == invisible, c == mark && r != tatweel:
		case r == '.', r == ',', r == '٫', r == '٬', r == '،':
			after, _ := utf8.DecodeRuneInString(text[i+n:])
			if classify(after) != digit || r == '،' && !thousands(text[i+n:]) {
				return end
			}
		default:
			return end
		}
		i += n
	}
	return end
}

// thousands reports whether s starts with exactly three digits.
func thousands(s string) bool {
	count := 0
	for _, r := range s {
		if classify(r) != digit {
			break
		}
		count++
	}
	return count == 3
}

// dotted returns the end of an acronym of single letters (أ.ف.ب) that starts at i,
// without a last dot, or i.
func dotted(text string, i int) int {
	first, end, letters := i, i, 0
	for {
		r, n := utf8.DecodeRuneInString(text[i:])
		if classify(r) != arabicLetter || run(text, i, arabicLetter) > afterMarks(text, i+n) {
			break
		}
		i = afterMarks(text, i+n)
		letters, end = letters+1, i
		if i >= len(text) || text[i] != '.' {
			break
		}
		i++
	}
	if letters < 2 {
		return first
	}
	return end
}

// afterMarks returns the first place from i on that is no combining mark.
func afterMarks(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if classify(r) != mark {
			break
		}
		i += n
	}
	return i
}

// furniture returns the end of a web address, e-mail or handle at i, or i.
func furniture(text string, i int, c runeClass) int {
	rest := text[i:]
	switch {
	case c == otherLetter && (strings.HasPrefix(rest, "http") || strings.HasPrefix(rest, "www.")):
		return addressEnd(text, i)
	case c == otherLetter:
		end := addressEnd(text, i)
		if word := text[i:end]; strings.Contains(word, "@") || hasDomain(word) {
			return end
		}
	case rest[0] == '@' && len(rest) > 1 && asciiClass(rest[1]) == otherLetter:
		return addressEnd(text, i)
	}
	return i
}

// addressEnd returns the end of the graphic ASCII characters at i, without
// punctuation at their end.
func addressEnd(text string, i int) int {
	end := i
	for end < len(text) && text[end] > ' ' && text[end] < 0x7f && !strings.ContainsRune(`"<>()[]{}`, rune(text[end])) {
		end++
	}
	return i + len(strings.TrimRight(text[i:end], ".,:;!?'"))
}

// hasDomain reports whether word looks like a bare domain name: example.com, t.co/x.
func hasDomain(word string) bool {
	host, _, path := strings.Cut(word, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 || len(host)-dot < 3 || len(host)-dot > 5 {
		return false
	}
	for i := 0; i < len(host); i++ {
		if c := host[i]; c != '.' && c != '-' && asciiClass(c) == symbol {
			return false
		}
	}
	return path || strings.ToLower(host) == host
}
