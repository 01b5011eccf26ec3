package article

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// folding maps letters that are written one for the other, and digits, to one.
var folding = func() *strings.Replacer {
	pairs := []string{"أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ى", "ي", "\u06CC", "ي", "\u06A9", "ك", "ة", "ه", "ؤ", "و", "ئ", "ي"}
	for i := range rune(10) {
		pairs = append(pairs, string('\u0660'+i), string('0'+i), string('\u06F0'+i), string('0'+i))
	}
	return strings.NewReplacer(pairs...)
}()

// fold reduces a line to the words by which furniture, dates and outlets are
// recognised: spelling variants one, marks and punctuation gone, single spaces.
// (arabic.Fold, which the lexicons use, builds on this package's Article and so
// cannot be used here.)
func fold(s string) string {
	s = folding.Replace(strings.ToLower(norm.NFKC.String(s)))
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) && r != '\u0640', unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == '\u0640':
		default:
			space = true
		}
	}
	return b.String()
}
