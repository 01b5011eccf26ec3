package format

import (
	"io"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// buffer collects the bytes of a file. What is text goes through the syntax of the
// format; nothing is allocated but the buffer itself.
type buffer struct {
	bytes  []byte // of which n are in use: to write a pointer for each text would cost more
	n      int
	syntax *syntax
	item   int   // the number of the item that is being written in its sequence
	err    error // why the format cannot say an item
}

// room makes room for n more bytes.
func (b *buffer) room(n int) {
	if len(b.bytes)-b.n < n {
		more := make([]byte, 2*len(b.bytes)+n)
		copy(more, b.bytes[:b.n])
		b.bytes = more
	}
}

// written is what is collected.
func (b *buffer) written() []byte { return b.bytes[:b.n] }

// handOn writes what is collected, and forgets it.
func (b *buffer) handOn(to io.Writer) error {
	if b.err != nil {
		return b.err
	}
	_, err := to.Write(b.written())
	b.n = 0
	return err
}

// fail keeps the first error.
func (b *buffer) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// raw appends strings as they are.
func (b *buffer) raw(parts ...string) {
	for _, s := range parts {
		b.copy(s)
	}
}

func (b *buffer) copy(s string) {
	b.room(len(s))
	b.n += copy(b.bytes[b.n:], s)
}

// text appends s in the syntax of the format; lines are kept.
func (b *buffer) text(s string) { b.escape(b.syntax, s, b.syntax.newline) }

// line appends s in the syntax of the format, in one line.
func (b *buffer) line(s string) { b.escape(b.syntax, s, " ") }

// attr appends a name and a value in double quotes, as an attribute of XML.
func (b *buffer) attr(name, value string) {
	b.raw(" ", name, `="`)
	b.escape(xmlAttr, value, xmlAttr.newline)
	b.raw(`"`)
}

// quoted appends s in double quotes, as DOT and RDF have it.
func (b *buffer) quoted(s string) {
	b.raw(`"`)
	b.escape(quoted, s, quoted.newline)
	b.raw(`"`)
}

// longest is the length of the longest number in digits.
const longest = 32

func (b *buffer) int(n int) {
	b.room(longest)
	b.n += len(strconv.AppendInt(b.bytes[b.n:b.n], int64(n), 10))
}

func (b *buffer) number(f float64) {
	b.room(longest)
	b.n += len(strconv.AppendFloat(b.bytes[b.n:b.n], f, 'g', -1, 64))
}

func (b *buffer) bool(is bool) { b.copy(strconv.FormatBool(is)) }

// between appends before, what write appends and after; or nothing if write appends nothing.
func (b *buffer) between(before string, write func(), after string) {
	start := b.n
	b.raw(before)
	inner := b.n
	if write(); b.n == inner {
		b.n = start
		return
	}
	b.raw(after)
}

// list appends what a format has no lists for: the items that are not empty, with bars
// between them.
func (b *buffer) list(items []string) {
	start := b.n
	for _, s := range items {
		before := b.n
		if before > start {
			b.text(" | ")
		}
		text := b.n
		if b.line(s); b.n == text {
			b.n = before
		}
	}
}

// quotes appends the quotations of an edge with where they stand, a line each.
func (b *buffer) quotes(e *Edge) {
	for i := range e.Evidence {
		if i > 0 {
			b.text("\n")
		}
		b.quote(&e.Evidence[i])
	}
}

// quote appends «quotation» (speaker; publisher, date, address or id).
func (b *buffer) quote(v *Evidence) {
	between := b.saying(v)
	if source := v.source(); source != "" {
		b.raw(between)
		b.line(source)
	}
	b.raw(")")
}

// saying appends a quotation up to where it stands, and returns what comes before that.
func (b *buffer) saying(v *Evidence) (between string) {
	b.raw("«")
	b.line(v.Quote)
	b.raw("» (")
	if v.SaidBy != "" {
		b.line(v.SaidBy)
		b.text("; ")
	}
	for _, s := range [...]string{v.Publisher, v.Published} {
		if s != "" {
			b.raw(between)
			b.line(s)
			between = ", "
		}
	}
	return between
}

// label appends what stands beside an edge: the predicate, unless asserted with the status.
func (b *buffer) label(e *Edge) {
	b.text(e.Predicate)
	if status := e.shownStatus(); status != "" {
		b.raw(" (")
		b.text(status)
		b.raw(")")
	}
}

// cell appends what write appends as a cell of CSV (RFC 4180) with a comma after it: in
// quotes if it holds a comma, quotes or lines, or begins with white space. The syntax
// doubles quotes.
func (b *buffer) cell(write func()) {
	start := b.n
	b.raw(`"`)
	write()
	if text := b.bytes[start+1 : b.n]; plainCell(text) {
		b.n = start + copy(b.bytes[start:], text)
	} else {
		b.raw(`"`)
	}
	b.raw(",")
}

// cellEnds marks what a cell without quotes cannot hold.
var cellEnds = [256]bool{'"': true, ',': true, '\n': true, '\r': true}

func plainCell(s []byte) bool {
	for _, c := range s {
		if cellEnds[c] {
			return false
		}
	}
	first, _ := utf8.DecodeRune(s)
	return !unicode.IsSpace(first) && string(s) != `\.` // which ends a table for PostgreSQL
}
