package arabic

import "strings"

// Sounds are written as strings: a consonant is its letter (hamza ء whatever its
// seat), short vowels are a i u, long ones A I U, á is a final long a written ى, ٱ the
// alef of junction, ا a written alef that is not heard. Two like consonants in a row
// are one letter with shadda.

// spell writes sounds as unvocalised text is written in print, with hamza on its seat.
func spell(sounds string) string {
	in := []rune(sounds)
	out := make([]rune, 0, len(in))
	for i := 0; i < len(in); i++ {
		r := in[i]
		switch {
		case r == 'ء':
			seat, used := hamza(in, i)
			out = append(out, seat...)
			i += used
		case r == 'a', r == 'i', r == 'u':
		case i > 0 && r == in[i-1] && !strings.ContainsRune("AIUá", r):
		case r == 'á' && i > 0 && in[i-1] == 'ي':
			out = append(out, 'ا')
		default:
			out = append(out, written(r))
		}
	}
	return string(out)
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
func hamza(in []rune, i int) ([]rune, int) {
	next := soundAt(in, i+1)
	if i == 0 {
		return initialHamza(in, next)
	}
	prev := in[i-1]
	if prev == 'ء' { // doubled: the seat is already written
		return nil, 0
	}
	if next == 'ء' { // the first of a doubled hamza looks at what follows the second
		next = soundAt(in, i+2)
	}
	if next == 0 || next == 'ة' && (prev == 'A' || prev == 'U') {
		return []rune{finalSeat(prev)}, 0
	}
	switch {
	case next == 'A' && prev != 'A' && prev != 'I' && prev != 'i' && prev != 'u' && prev != 'U' && prev != 'ي':
		return []rune{'آ'}, 1
	case prev == 'i', prev == 'I', prev == 'ي', next == 'i', next == 'I':
		return []rune{'ئ'}, 0
	case prev == 'u', next == 'u', next == 'U':
		return []rune{'ؤ'}, 0
	case prev == 'A', prev == 'U', prev == 'و' && next != 'a':
		return []rune{'ء'}, 0
	}
	return []rune{'أ'}, 0
}

func initialHamza(in []rune, next rune) ([]rune, int) {
	third, fourth := soundAt(in, 2), soundAt(in, 3)
	closed := third == 'ء' && !strings.ContainsRune("aiuAIUá", fourth)
	switch {
	case next == 'A':
		return []rune{'آ'}, 1
	case next == 'a' && closed:
		return []rune{'آ'}, 2
	case next == 'i' && closed:
		return []rune("إي"), 2
	case next == 'i', next == 'I':
		return []rune{'إ'}, 0
	}
	return []rune{'أ'}, 0
}

func finalSeat(prev rune) rune {
	switch prev {
	case 'a':
		return 'أ'
	case 'i':
		return 'ئ'
	case 'u':
		return 'ؤ'
	}
	return 'ء'
}

func soundAt(in []rune, i int) rune {
	if i < len(in) {
		return in[i]
	}
	return 0
}

// spellings returns the ways in which sounds are written in the press: hamza before
// a long u keeps the seat it has elsewhere in the word with some (بدأوا، مسئول).
func spellings(sounds string) []string {
	usual := spell(sounds)
	at := strings.Index(usual, "ؤو")
	if at < 0 || !strings.Contains(sounds, "ءU") {
		return []string{usual}
	}
	before, after := usual[:at], usual[at+len("ؤ"):]
	switch i := strings.Index(sounds, "ءU"); {
	case strings.HasSuffix(sounds[:i], "a"):
		return []string{usual, before + "أ" + after}
	case strings.HasSuffix(sounds[:i], "A"):
		return []string{usual, before + "ء" + after}
	}
	return []string{usual, before + "ئ" + after}
}
