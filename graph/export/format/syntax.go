package format

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// syntax is how a format writes text: what stands for the characters that mean something
// to it. Beside these every format gets text that all can hold and every reader shows as
// meant: valid UTF-8, without control characters (white space becomes a space), marks of
// direction and other invisible characters, and code points that are no characters.
type syntax struct {
	escapes [utf8.RuneSelf]string
	newline string // what stands for the end of a line
	words   bool   // skipPlain stops at all that it escapes
	// least is 0 for a byte that stands for itself; for the first byte of Arabic letters the
	// least second byte; and look for all others.
	least [256]byte
}

// look marks bytes that need a closer look: no second byte is as large.
const look = 0xff

// newSyntax takes pairs of a character of ASCII and what stands for it.
func newSyntax(pairs ...string) *syntax {
	x := &syntax{words: true}
	for c := range x.least {
		if c < ' ' || c >= 0x7f {
			x.least[c] = look
		}
	}
	x.least[0xd8], x.least[0xd9], x.least[0xda] = 0xa0, 0x80, 0x80 // U+0620 to U+06BF, nearly all of Arabic text
	for i := 0; i < len(pairs); i += 2 {
		c := pairs[i][0]
		x.escapes[c], x.least[c] = pairs[i+1], look
		x.words = x.words && strings.IndexByte(wordMinds, c) >= 0
	}
	if x.newline = x.escapes['\n']; x.newline == "" {
		x.newline = "\n"
	}
	return x
}

// The syntaxes in use. JSON also escapes what would end a script in a page, so that XML
// can hold it as it is.
var (
	bare     = newSyntax()
	jsonText = newSyntax(`"`, `\"`, `\`, `\\`, "\n", `\n`, "<", `\u003c`, ">", `\u003e`, "&", `\u0026`)
	xmlText  = newSyntax("&", "&amp;", "<", "&lt;", ">", "&gt;")
	xmlAttr  = newSyntax("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;")
	quoted   = newSyntax(`\`, `\\`, `"`, `\"`, "\n", `\n`)               // literals of RDF, and names in DOT
	dotText  = newSyntax(`\`, `\\`, `"`, `\"`, "\n", `\n`, "&", "&amp;") // Graphviz reads entities of HTML in labels
	cypher   = newSyntax(`\`, `\\`, `'`, `\'`, "\n", `\n`)
	csvText  = newSyntax(`"`, `""`)
	csvItem  = newSyntax(`"`, `""`, ";", ",") // between semicolons
	markdown = newSyntax(`\`, `\\`, "&", "&amp;", "~", `\~`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "#", `\#`, "|", `\|`)
	mermaid  = newSyntax(`"`, "#quot;", "#", "#35;", "<", "#lt;", ">", "#gt;", "`", "#96;")
)

// escape appends s as the syntax has it, with newline for the end of a line.
func (b *buffer) escape(x *syntax, s, newline string) {
	from := 0
	for i := 0; i < len(s); {
		if x.words {
			i = skipPlain(s, i)
		}
		for end := min(i+8, len(s)); i < end; {
			least := x.least[s[i]]
			if least == 0 {
				i++
				continue
			}
			if i+1 < len(s) && s[i+1] >= least && s[i+1] < 0xc0 {
				i += 2
				continue
			}
			b.copy(s[from:i])
			i += b.escapeOdd(x, s[i:], newline)
			from = i
		}
	}
	b.copy(s[from:])
}

// escapeOdd appends the first character of s and returns its length.
func (b *buffer) escapeOdd(x *syntax, s, newline string) int {
	if c := s[0]; c < utf8.RuneSelf {
		switch {
		case c == '\n':
			b.copy(newline)
		case c == '\t' || c == '\r':
			b.copy(" ")
		default:
			b.copy(x.escapes[c]) // control characters have none
		}
		return 1
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && size == 1:
		b.copy(string(utf8.RuneError))
		return broken(s)
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		b.copy(" ")
	case !invisible(r):
		b.copy(s[:size])
	}
	return size
}

// broken returns how many bytes at the start of s are no UTF-8; one sign stands for all.
func broken(s string) int {
	n := 0
	for n < len(s) {
		if r, size := utf8.DecodeRuneInString(s[n:]); r != utf8.RuneError || size > 1 {
			break
		}
		n++
	}
	return n
}

// invisible reports whether a character shows nothing: a control character, a mark of
// direction and the like, or a code point that is no character. Joiners change how
// letters are written.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' || unicode.IsControl(r) || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}

// clean returns s in one line as every format can hold it.
func clean(s string) string {
	b := buffer{syntax: bare}
	b.line(s)
	return string(b.written())
}
