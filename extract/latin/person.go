package latin

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"isnad/schema"
)

const (
	article = "ال"
	servant = "عبد" // heads names of two words: عبد العزيز
)

// Person returns a person's name in Latin letters, or "" if a word of it has no letter
// that can be written so. Words in Latin letters stay as they are.
func Person(name string) string {
	words := strings.Fields(name)
	var out []string
	for i := 0; i < len(words); i++ {
		if i > 0 && i == len(words)-1 {
			if numeral := load().regnal[schema.FoldKey(words[i])]; numeral != "" {
				out = append(out, numeral)
				break
			}
		}
		if schema.FoldKey(words[i]) == servant && i+1 < len(words) {
			out = append(out, servantOf(words[i+1]))
			i++
			continue
		}
		word := Word(words[i])
		if word == "" {
			return ""
		}
		out = append(out, word)
	}
	full := strings.Join(out, " ")
	if full == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(full)
	return string(unicode.ToUpper(first)) + full[size:]
}

// servantOf returns عبد with the divine name after it.
func servantOf(word string) string {
	if known := load().words[schema.FoldKey(servant+word)]; known != "" {
		return known
	}
	head := "Abd"
	if rest, ok := strings.CutPrefix(schema.FoldKey(word), article); ok {
		head, word = "Abdel", rest
	}
	return strings.TrimSpace(head + " " + Word(word))
}

// Word returns one word of a person's name in Latin letters, "" if it has none.
func Word(word string) string {
	key := schema.FoldKey(word)
	if key == "" {
		return ""
	}
	if strings.IndexFunc(word, isArabic) < 0 {
		return word
	}
	if known := load().words[key]; known != "" {
		return known
	}
	if rest, ok := strings.CutPrefix(key, article); ok && utf8.RuneCountInString(rest) >= 3 {
		return "al-" + Word(rest)
	}
	return capital(Spell(word))
}

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }

// capital returns s with its first letter in upper case.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
