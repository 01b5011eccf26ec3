package schema

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldKey reduces s to a key under which the spellings of a name meet: compatibility
// forms and marks are undone (hamza seats, vowel signs, Latin accents), letters that
// Arabic writers interchange become one (ى→ي, ة→ه), Latin is lower-cased, digits are
// European, tatweel and invisible characters vanish, and whatever is neither letter nor
// digit separates words by a single space. FoldKey(FoldKey(s)) == FoldKey(s).
func FoldKey(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, " ")) {
		r = foldRune(r)
		switch {
		case r == 0:
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	return b.String()
}

const (
	tatweel       = '\u0640'
	alefWasla     = '\u0671'
	farsiYeh      = '\u06cc'
	keheh         = '\u06a9'
	arabicZero    = '\u0660'
	arabicNine    = '\u0669'
	extendedZero  = '\u06f0'
	extendedNine  = '\u06f9'
	apostrophe    = '\''
	typographicAp = '\u2019'
)

// foldRune maps one rune of a decomposed string; 0 drops it.
func foldRune(r rune) rune {
	switch {
	case r == tatweel, unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		return 0
	case r == apostrophe, r == typographicAp: // Sana'a, Côte d’Ivoire
		return 0
	case r == alefWasla:
		return 'ا'
	case r == 'ى', r == farsiYeh:
		return 'ي'
	case r == keheh:
		return 'ك'
	case r == 'ة':
		return 'ه'
	case r >= arabicZero && r <= arabicNine:
		return '0' + r - arabicZero
	case r >= extendedZero && r <= extendedNine:
		return '0' + r - extendedZero
	}
	return unicode.ToLower(r)
}
