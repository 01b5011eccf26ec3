package format

import "encoding/binary"

// Eight bytes of text at a time, as a number: the tests below give the high bit of each
// byte for which they hold (Lamport 1975, Multiple byte processing with full-word
// instructions).
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// wordMinds are the characters of ASCII at which skipPlain stops: a syntax that escapes
// others goes through its text byte by byte.
const wordMinds = "\"#&'<>\\\n"

// skipPlain returns where the first eight bytes of s from i on are that need a look: a
// character begins at i, and plain are ASCII without control characters and wordMinds, and
// letters of Arabic from U+0620 to U+06BF.
func skipPlain(s string, i int) int {
	for i+8 <= len(s) {
		b := s[i : i+8]
		x := binary.LittleEndian.Uint64([]byte(b))
		quotes := (x | 0x05*ones) ^ 0x27*ones // 0 for " # & '
		angles := (x | 0x02*ones) ^ 0x3e*ones // 0 for < >
		slash := x ^ 0x5c*ones
		odd := ((x-0x20*ones)|(x+ones))&^x | (quotes-ones)&^quotes | (angles-ones)&^angles | (slash-ones)&^slash
		if x&highs != 0 {
			first := x & (x << 1) & highs                             // 11… begins a letter of two bytes or more
			second := x &^ (x << 1) & highs                           // 10… goes on
			odd |= first<<8 ^ second                                  // two bytes only
			odd |= (first &^ (x<<7 ^ x<<6)) << 8 & second &^ (x << 2) // less than A0 after D8 and DB
			odd = odd&highs | (x^0xd8*ones)&(first>>7*0xfc)           // D8 to DB
		} else {
			odd &= highs
		}
		if odd != 0 {
			break
		}
		i += 8 - int(x>>63&(x>>62)) // without the first byte of a letter that goes on
	}
	return i
}
