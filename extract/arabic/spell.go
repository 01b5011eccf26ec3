package arabic

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// Sounds are written as strings: a consonant is its letter (hamza ء whatever its
// seat), short vowels are a i u, long ones A I U, á is a final long a written ى, ٱ the
// alef of junction, ا a written alef that is not heard. Two like consonants in a row
// are one letter with shadda.

// spell writes sounds as unvocalised text is written in print, with hamza on its seat.
func spell(sounds string) string { return string(appendSpelling(nil, []byte(sounds))) }

// appendSpelling appends the spelling of sounds to dst.
func appendSpelling(dst, sounds []byte) []byte {
	var room [32]rune
	in := room[:0]
	for i := 0; i < len(sounds); {
		r, n := utf8.DecodeRune(sounds[i:])
		in = append(in, r)
		i += n
	}
	for i := 0; i < len(in); i++ {
		r := in[i]
		switch {
		case r == 'ء':
			seat, used := hamza(in, i)
			dst = append(dst, seat...)
			i += used
		case r == 'a', r == 'i', r == 'u':
		case i > 0 && r == in[i-1] && !strings.ContainsRune("AIUá", r):
		case r == 'á' && i > 0 && in[i-1] == 'ي':
			dst = append(dst, "ا"...)
		default:
			dst = utf8.AppendRune(dst, written(r))
		}
	}
	return dst
}

func written(r rune) rune {
	switch r {
	case 'A', 'ٱ':
		return 'ا'
	case 'I':
		return 'ي'
	case 'U':
		return 'و'
	case 'á':
		return 'ى'
	}
	return r
}

// hamza returns how the hamza at in[i] is written, and how many more sounds that
// takes in: the long a of آ, or the second of two hamzas.
func hamza(in []rune, i int) (string, int) {
	next := soundAt(in, i+1)
	if i == 0 {
		return initialHamza(in, next)
	}
	prev := in[i-1]
	if prev == 'ء' { // doubled: the seat is already written
		return "", 0
	}
	if next == 'ء' { // the first of a doubled hamza looks at what follows the second
		next = soundAt(in, i+2)
	}
	if next == 0 || next == 'ة' && (prev == 'A' || prev == 'U') {
		return finalSeat(prev), 0
	}
	switch {
	case next == 'A' && prev != 'A' && prev != 'I' && prev != 'i' && prev != 'u' && prev != 'U' && prev != 'ي':
		return "آ", 1
	case prev == 'i', prev == 'I', prev == 'ي', next == 'i', next == 'I':
		return "ئ", 0
	case prev == 'u', next == 'u', next == 'U':
		return "ؤ", 0
	case prev == 'A', prev == 'U', prev == 'و' && next != 'a':
		return "ء", 0
	}
	return "أ", 0
}

func initialHamza(in []rune, next rune) (string, int) {
	third, fourth := soundAt(in, 2), soundAt(in, 3)
	closed := third == 'ء' && !strings.ContainsRune("aiuAIUá", fourth)
	switch {
	case next == 'A':
		return "آ", 1
	case next == 'a' && closed:
		return "آ", 2
	case next == 'i' && closed:
		return "إي", 2
	case next == 'i', next == 'I':
		return "إ", 0
	}
	return "أ", 0
}

func finalSeat(prev rune) string {
	switch prev {
	case 'a':
		return "أ"
	case 'i':
		return "ئ"
	case 'u':
		return "ؤ"
	}
	return "ء"
}

func soundAt(in []rune, i int) rune {
	if i < len(in) {
		return in[i]
	}
	return 0
}

// secondSpelling returns how some of the press spell sounds that usual spells: hamza
// before a long u keeps the seat it has elsewhere in the word (بدأوا، مسئول). It is
// empty if there is but one spelling.
func secondSpelling(sounds, usual []byte) []byte {
	heard := bytes.Index(sounds, []byte("ءU"))
	at := bytes.Index(usual, []byte("ؤو"))
	if heard < 1 || at < 0 {
		return nil
	}
	seat := "ئ"
	switch sounds[heard-1] {
	case 'a':
		seat = "أ"
	case 'A':
		seat = "ء"
	}
	return slices.Concat(usual[:at], []byte(seat), usual[at+len("ؤ"):])
}
