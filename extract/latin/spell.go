package latin

import (
	"regexp"
	"strings"
)

// letter is how a letter sounds.
type letter struct {
	consonant, vowel string
	silent           bool // stands where a consonant does, and is not heard: ع
}

func newLetter(columns []string) letter {
	switch columns[0] {
	case "silent":
		return letter{silent: true}
	case "vowel":
		return letter{vowel: columns[1]}
	case "glide":
		return letter{consonant: columns[1], vowel: columns[2]}
	}
	return letter{consonant: columns[1]}
}

// sound is one step of a syllable.
type sound struct {
	text  string
	vowel bool
}

// Spell writes a word by its letters. Short vowels, which Arabic leaves out, are a where
// consonants would meet: behind the first of a word, behind the second of three, and
// before the last, where it is e behind a long vowel (فارس: Fares).
func Spell(word string) string {
	sounds := soundsOf(word)
	var b strings.Builder
	run := 0 // consonants since the last vowel
	for i, s := range sounds {
		if s.vowel {
			run = 0
			b.WriteString(s.text)
			continue
		}
		last := i == len(sounds)-1
		switch {
		case run == 0:
		case run == i, run >= 2: // at the start of the word, or a third
			b.WriteString("a")
			run = 0
		case last && hasVowel(sounds[:i]):
			b.WriteString("e")
			run = 0
		}
		run++
		b.WriteString(s.text)
	}
	return b.String()
}

// affricate writes as one letter what two of Arabic stand for.
var affricate = strings.NewReplacer("تش", "چ")

// carrier is an alef that is not heard, but carries the vowel at the start of a word
// (إيران, أوباما; not أيمن).
var carrier = regexp.MustCompile(`^(?:[اإأ]و|[اإ]ي)[^اويى]`)

// soundsOf reads the letters. A glide is a consonant at the start and beside a vowel.
func soundsOf(word string) []sound {
	word = affricate.Replace(word)
	carried := carrier.MatchString(word)
	var letters []letter
	for _, r := range word {
		if l, ok := load().letters[r]; ok {
			letters = append(letters, l)
		}
	}
	vowel := func(at int) bool { return at < len(letters) && letters[at].vowel != "" }
	pure := func(at int) bool { return at >= 0 && vowel(at) && letters[at].consonant == "" }
	var out []sound
	for i, l := range letters {
		switch {
		case l.silent:
			out = append(out, sound{})
		case l.vowel == "":
			out = append(out, sound{text: l.consonant})
		case carried && i == 0:
			out = append(out, sound{vowel: true})
		case pure(i), carried && i == 1:
			out = append(out, sound{l.vowel, true})
		case i == 0, pure(i - 1), pure(i + 1), !out[i-1].vowel && vowel(i+1):
			out = append(out, sound{text: l.consonant})
		default:
			out = append(out, sound{l.vowel, true})
		}
	}
	return out
}

func hasVowel(sounds []sound) bool {
	for _, s := range sounds {
		if s.vowel {
			return true
		}
	}
	return false
}
