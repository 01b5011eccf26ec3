package names

import (
	"strings"
	"unicode"

	"isnad/schema"
)

// interchanged makes one what transcribers of Arabic and Cyrillic write in several ways.
var interchanged = strings.NewReplacer("sch", "s", "kh", "k", "gh", "g", "ph", "f", "sh", "s", "ch", "s", "th", "t", "dh", "d",
	"dj", "g", "j", "g", "c", "k", "q", "k", "x", "ks", "v", "f", "w", "u", "p", "b", "z", "s")

// Sound returns a key under which Latin transcriptions of a name meet (Bourita, Burita;
// Gaddafi, Qadhafi): the first letter and the consonants of each word, without the
// article. It is "" for a name that has other letters, or hardly any consonant.
func Sound(name string) string {
	var out []string
	consonants := 0
	for _, w := range folded(name) {
		if strings.IndexFunc(w, func(r rune) bool { return r >= unicode.MaxASCII }) >= 0 {
			return ""
		}
		if w == "al" || w == "el" {
			continue
		}
		key := soundOf(w)
		consonants += len(key)
		out = append(out, key)
	}
	if consonants < minSound {
		return ""
	}
	return strings.Join(out, " ")
}

// minSound is the number of letters below which a Sound fits too many names.
const minSound = 3

// soundOf keeps the first letter of a folded Latin word and its consonants, doubled ones once. All
// vowels at the start are one.
func soundOf(word string) string {
	word = interchanged.Replace(word)
	var out []byte
	for i := range len(word) {
		c := word[i]
		switch {
		case i == 0 && strings.IndexByte("aeiou", c) >= 0:
			out = append(out, 'a')
		case i > 0 && strings.IndexByte("aeiouyh", c) >= 0:
		case i == 0 || word[i-1] != c:
			out = append(out, c)
		}
	}
	return string(out)
}

// Sounds returns the keys under which a Latin name of the class is found by its sound:
// all of it, and for a person its last word.
func Sounds(class schema.Class, name string) []string {
	var out []string
	key := Key(class, name)
	for _, part := range append([]string{key}, Short(class, key)...) {
		if s := Sound(part); s != "" {
			out = append(out, s)
		}
	}
	return out
}
