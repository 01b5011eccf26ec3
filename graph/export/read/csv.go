package read

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// table is one CSV file with a heading.
type table struct {
	file    string
	in      *bounded
	rows    *csv.Reader
	heading []string // meanings, "" for columns that mean nothing to us
	skipped int      // lines before the heading
	line    int      // of the row read last
}

// kinds of tables, in the order in which they are read.
const (
	articleTable = iota
	nodeTable
	edgeTable
	evidenceTable
	otherTable
)

// openTable reads the heading. What separates cells is what the heading has most of:
// commas, semicolons or tabs.
func openTable(file string, r io.Reader) (*table, error) {
	t := &table{file: file, in: &bounded{from: r}}
	t.in.next(maxItem)
	in := bufio.NewReaderSize(unmarked(t.in), 1<<16)
	first, err := in.Peek(1 << 12)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return nil, at(file, 1, err)
	}
	line, _, _ := bytes.Cut(first, []byte{'\n'})
	separator := byte(0)
	if given, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("sep=")); ok && len(given) == 1 { // as Excel writes it
		separator, t.skipped = given[0], 1
		_, _ = in.Discard(len(line) + 1)
	}
	if separator == 0 {
		separator = ','
		for _, other := range []byte{';', '\t'} {
			if bytes.Count(line, []byte{other}) > bytes.Count(line, []byte{separator}) {
				separator = other
			}
		}
	}
	t.in.mark = separator
	t.rows = csv.NewReader(in)
	t.rows.Comma, t.rows.ReuseRecord, t.rows.FieldsPerRecord = rune(separator), true, -1
	cells, err := t.rows.Read()
	if err == io.EOF {
		return nil, at(file, 1, errors.New("the table is empty: its first line names the columns"))
	}
	if err != nil {
		return nil, t.fault(err)
	}
	for _, cell := range cells {
		m := meaning(cell)
		if m != "" && slices.Contains(t.heading, m) {
			m = ""
		}
		t.heading = append(t.heading, m)
	}
	return t, nil
}

// fault says on which line a row is wrong.
func (t *table) fault(err error) error {
	if wrong := (*csv.ParseError)(nil); errors.As(err, &wrong) {
		return at(t.file, wrong.Line+t.skipped, wrong.Err)
	}
	return at(t.file, t.line+1, err)
}

func (t *table) has(meanings ...string) bool {
	for _, m := range meanings {
		if !slices.Contains(t.heading, m) {
			return false
		}
	}
	return true
}

func (t *table) kind() int {
	switch {
	case t.has("document"):
		return articleTable
	case t.has("statement", "quotes"):
		return evidenceTable
	case t.has("source") && (t.has("target") || t.has("value")):
		return edgeTable
	case t.has("label"), t.has("id"):
		return nodeTable
	}
	return otherTable
}

// each yields the rows as items and reports whether to go on.
func (t *table) each(yield func(*Item, error) bool) bool {
	kind := t.kind()
	for {
		t.in.next(maxItem)
		cells, err := t.rows.Read()
		if err == io.EOF {
			return true
		}
		if err != nil {
			yield(nil, t.fault(err))
			return false
		}
		if strings.Join(cells, "") == "" { // as spreadsheets leave them below
			continue
		}
		line, _ := t.rows.FieldPos(0)
		t.line = line + t.skipped
		item := &Item{File: t.file, Line: t.line}
		if err := t.fill(item, kind, cells); err != nil {
			yield(nil, at(item.File, item.Line, err))
			return false
		}
		if !yield(item, nil) {
			return false
		}
	}
}

// fill makes an item of the cells of a row.
func (t *table) fill(item *Item, kind int, cells []string) (err error) {
	a := attributes{}
	for i, cell := range cells {
		switch {
		case !utf8.ValidString(cell):
			return errors.New("text that is no UTF-8: save the table as CSV in UTF-8")
		case i >= len(t.heading) && cell != "":
			return fmt.Errorf("%d cells under a heading of %d", len(cells), len(t.heading))
		case i < len(t.heading) && t.heading[i] != "":
			a[t.heading[i]] = strings.Clone(cell)
		}
	}
	switch kind {
	case articleTable:
		item.Article = json.RawMessage(a["document"])
	case evidenceTable:
		item.Evidence = &Evidence{Edge: a.first("statement"), Quote: a.first("quotes")}
	case edgeTable:
		item.Edge, err = a.edge()
	default:
		item.Node, err = a.node()
	}
	return err
}
