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
	b      []byte
	syntax *syntax
	item   int   // the number of the item that is being written in its sequence
	err    error // why the format cannot say an item
}

// raw appends strings as they are.
func (b *buffer) raw(parts ...string) {
	for _, s := range parts {
		b.b = append(b.b, s...)
	}
}

// text appends s in the syntax of the format; lines are kept.
func (b *buffer) text(s string) { b.b = b.syntax.append(b.b, s) }

// line appends s in the syntax of the format, in one line.
func (b *buffer) line(s string) { b.b = b.syntax.appendLine(b.b, s) }

// attr appends a name and a value in double quotes, as an attribute of XML.
func (b *buffer) attr(name, value string) {
	b.raw(" ", name, `="`)
	b.b = append(xmlAttr.append(b.b, value), '"')
}

// quoted appends s in double quotes, as DOT and RDF have it.
func (b *buffer) quoted(s string) {
	b.b = append(quoted.append(append(b.b, '"'), s), '"')
}

func (b *buffer) int(n int) { b.b = strconv.AppendInt(b.b, int64(n), 10) }

func (b *buffer) bool(is bool) { b.b = strconv.AppendBool(b.b, is) }

func (b *buffer) number(f float64) { b.b = strconv.AppendFloat(b.b, f, 'g', -1, 64) }

// handOn writes what is collected, and forgets it.
func (b *buffer) handOn(to io.Writer) error {
	if b.err != nil {
		return b.err
	}
	_, err := to.Write(b.b)
	b.b = b.b[:0]
	return err
}

// fail keeps the first error.
func (b *buffer) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// between appends before, what write appends and after; or nothing if write appends nothing.
func (b *buffer) between(before string, write func(), after string) {
	start := len(b.b)
	b.raw(before)
	inner := len(b.b)
	if write(); len(b.b) == inner {
		b.b = b.b[:start]
		return
	}
	b.raw(after)
}

// list appends what a format has no lists for: the items that are not empty, with bars
// between them.
func (b *buffer) list(items []string) {
	start := len(b.b)
	for _, s := range items {
		before := len(b.b)
		if before > start {
			b.text(" | ")
		}
		text := len(b.b)
		if b.line(s); len(b.b) == text {
			b.b = b.b[:before]
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
	start := len(b.b)
	b.raw(`"`)
	write()
	if text := b.b[start+1:]; plainCell(text) {
		b.b = append(append(b.b[:start], text...), ',')
		return
	}
	b.raw(`",`)
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
