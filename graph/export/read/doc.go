// Package read reads graphs from files: those that isnad exports as node-link JSON,
// GraphML, CSV and JSON-LD, and those that people make in other tools.
//
// A reader yields one Item at a time and holds no more than that one, however long the
// file; what is longer than an item may be, or nested deeper than any graph, is an error.
// Errors name the file and the line.
package read

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"isnad/graph/export/format"
)

// Item is one thing of a file. One of its pointers is set.
type Item struct {
	File string
	Line int // on which it stands, or ends if it takes several

	Node     *format.Node
	Edge     *format.Edge
	Evidence *Evidence
	Article  json.RawMessage // the document of a format.Article

	// Open says that the file's vocabulary is open, as that of RDF: an edge whose predicate
	// says nothing to the reader is none of his business.
	Open bool
}

// Evidence is a passage that stands apart from the edge it belongs to.
type Evidence struct {
	Edge  string // its IRI or id
	Quote string
}

// Errorf returns an error that says where the item stands.
func (i *Item) Errorf(text string, args ...any) error {
	return at(i.File, i.Line, fmt.Errorf(text, args...))
}

// Says reports whether an error says where the item stands.
func (i *Item) Says(err error) bool { return strings.HasPrefix(err.Error(), i.File+":") }

// at says where an error is; a line of 0 is not known.
func at(file string, line int, err error) error {
	if line == 0 {
		return fmt.Errorf("%s: %w", file, err)
	}
	return fmt.Errorf("%s:%d: %w", file, line, err)
}

// Items are the things of a file in its order; an error ends them.
type Items = iter.Seq2[*Item, error]

// The bounds of one item: an article with all that is known of it takes the most, and an
// edge with thousands of quotations.
const (
	maxItem  = 64 << 20 // bytes
	maxMarks = 4 << 20  // separators of cells, or attributes of elements
	maxDepth = 64       // elements or brackets within one another
)

var (
	errLong = errors.New("an item of more than 64 MiB, or with millions of parts: this is no graph")
	errDeep = errors.New("nested too deep: this is no graph")
)

// bounded reads until an item has used up its bytes, or the marks by which it is split
// into parts; whoever reads an item says so by next.
type bounded struct {
	from        io.Reader
	mark        byte // 0: none
	left, marks int
}

func (b *bounded) next(size int) { b.left, b.marks = size, maxMarks }

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 || b.marks <= 0 {
		return 0, errLong
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	if b.mark != 0 {
		b.marks -= bytes.Count(p[:n], []byte{b.mark})
	}
	return n, err
}
