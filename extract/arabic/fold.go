package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const tatweel = '\u0640'

// Fold returns the key under which every lexicon holds s: NFKC, without combining
// marks, tatweel and invisible characters, with the spellings that writers confuse
// made one (أإآٱ→ا, ى→ي, ة→ه, ؤ→و, ئ→ي), Persian and Urdu letter variants as their
// Arabic ones and digits as 0–9. Punctuation and spaces stay. Fold is idempotent.
func Fold(s string) string { return foldBare(Bare(s)) }

// Bare returns s as written but for what does not tell words apart in print:
// presentation forms, combining marks, tatweel and invisible characters.
func Bare(s string) string {
	if isBare(s) {
		return s
	}
	// Dropping a mark may bring letters together that compose, hence the loop.
	for {
		t := s
		if !norm.NFKC.IsNormalString(t) {
			t = norm.NFKC.String(t)
		}
		if t = dropMarks(t); t == s {
			return t
		}
		s = t
	}
}

// isBare reports whether s holds ASCII and plain Arabic letters and digits only.
func isBare(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isPlainArabic(r) {
			return false
		}
		i += n
	}
	return true
}

// isPlainArabic reports whether r is a letter, digit or mark of punctuation that
// Bare leaves alone.
func isPlainArabic(r rune) bool {
	switch {
	case r >= 'ء' && r <= 'غ', r >= 'ف' && r <= 'ي', r >= '٠' && r <= '٩',
		r == '،', r == '؛', r == '؟':
		return true
	}
	return false
}

func dropMarks(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isPlainArabic(r), r < utf8.RuneSelf:
			return r
		case r == tatweel, r >= 0x064B && r <= 0x065F, isInvisible(r), unicode.Is(unicode.M, r):
			return -1
		}
		return r
	}, s)
}

// isInvisible reports whether r has no print of its own: zero-width and
// bidirectional controls, byte order mark, variation selectors, soft hyphen.
func isInvisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x061C, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

// foldBare folds the letters of a string that is Bare. Letters map one to one and
// keep their length in bytes, so that a part of the result is the fold of the part;
// only digits grow shorter.
func foldBare(s string) string {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if foldRune(r) != r {
			var b strings.Builder
			b.Grow(len(s))
			b.WriteString(s[:i])
			for _, r := range s[i:] {
				b.WriteRune(foldRune(r))
			}
			return b.String()
		}
		i += n
	}
	return s
}

// arabicFold is foldRune of the Arabic block, U+0600 to U+06FF.
var arabicFold = func() (table [256]rune) {
	for i := range table {
		table[i] = foldLetter(0x600 + rune(i))
	}
	return table
}()

func foldRune(r rune) rune {
	if i := r - 0x600; i >= 0 && int(i) < len(arabicFold) {
		return arabicFold[i]
	}
	return r
}

func foldLetter(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ئ', 'ی':
		return 'ي'
	case 'ة', 'ھ', 'ہ', 'ە', 'ۀ', 'ۃ':
		return 'ه'
	case 'ؤ':
		return 'و'
	case 'ک':
		return 'ك'
	}
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}
