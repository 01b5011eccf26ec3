package names

import (
	"strings"
	"unicode/utf8"

	"isnad/schema"
)

const (
	// minSkeletonWord is the length in letters from which a word is reduced.
	minSkeletonWord = 5
	// minVowelWord is the length from which weak letters inside a word are a matter of
	// transcription; below it they tell names apart (حسن, حسين).
	minVowelWord = 6
)

const weak = "اوي"

// transcribed makes one what stands for one foreign sound (سيرغي, سيرجي, سيرخي).
var transcribed = strings.NewReplacer("تش", "ش", "ط", "ت", "ث", "ت", "ص", "س", "ق", "ك", "غ", "ج", "خ", "ج", "ذ", "د", "ض", "د", "ظ", "ز",
	"ڤ", "ف", "پ", "ب", "چ", "ش", "گ", "ج")

// Skeleton returns the skeleton of a person's full key, under which transcriptions of a
// name meet: of each longer word the first letter and the consonants, letters that
// transcribers interchange made one. It is "" if there are fewer than two words or
// none is long enough to vary. Names of one skeleton may be two: see Alike.
func Skeleton(class schema.Class, key string) string {
	words := strings.Fields(key)
	if class != schema.Person || len(words) < 2 || !isArabic(key) {
		return ""
	}
	long := false
	for i, w := range words {
		if utf8.RuneCountInString(w) >= minSkeletonWord {
			long = true
			words[i] = reduce(w)
		}
	}
	if !long {
		return ""
	}
	return strings.Join(words, " ")
}

// Spelled reports whether two full keys of one skeleton differ in one long word only, and
// there by what one transcriber adds, leaves out or writes otherwise: سيرخيو, سيرغيو.
func Spelled(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) {
		return false
	}
	differ := 0
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		differ++
		s, t := transcribed.Replace(x[i]), transcribed.Replace(y[i])
		if min(utf8.RuneCountInString(x[i]), utf8.RuneCountInString(y[i])) < minVowelWord || s != t && !oneMore(s, t) && !oneMore(t, s) {
			return false
		}
	}
	return differ == 1
}

// oneMore reports whether a is b with one letter more.
func oneMore(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y)+1 {
		return false
	}
	at := 0
	for at < len(y) && x[at] == y[at] {
		at++
	}
	return string(x[at+1:]) == string(y[at:])
}

// reduce returns the skeleton of a word. A Maghrebi article, ل alone, goes too.
func reduce(word string) string {
	if rest, ok := strings.CutPrefix(word, "ل"); ok && utf8.RuneCountInString(rest) >= minVowelWord-1 {
		word = rest
	}
	return dropInside(transcribed.Replace(word), weak+"ه")
}

// dropInside removes the letters from a word, except the first.
func dropInside(word, letters string) string {
	first := true
	return strings.Map(func(r rune) rune {
		if !first && strings.ContainsRune(letters, r) {
			return -1
		}
		first = false
		return r
	}, word)
}

// Alike reports whether two full keys of one skeleton differ in nothing but the weak
// letters of long words, so that little else is needed to take them for one name.
func Alike(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		if min(utf8.RuneCountInString(x[i]), utf8.RuneCountInString(y[i])) < minVowelWord || dropInside(x[i], weak) != dropInside(y[i], weak) {
			return false
		}
	}
	return true
}

func isArabic(key string) bool {
	return strings.IndexFunc(key, func(r rune) bool { return r >= '\u0621' && r <= '\u064a' }) >= 0
}
