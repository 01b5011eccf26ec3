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
	if strings.IndexFunc(s, compatible) >= 0 {
		s = norm.NFKC.String(s)
	}
	s = folding.Replace(strings.ToLower(s))
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

// compatible reports characters that NFKC may change, which news text rarely has.
func compatible(r rune) bool {
	return r >= 0x80 && r < 0x600 || r >= 0x610 && r < 0x620 || r >= 0x64B && r < 0x660 || r > 0x6D5
}
