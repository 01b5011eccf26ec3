package postgres

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// match is a conjunctive query: what some quads have in common with constants and
// with one another, and which of their nodes are asked for. It becomes one SELECT.
type match struct {
	quads   int // how many quads it joins
	equal   []equality
	same    [][2]column
	present []column // labels that must be there
	absent  []column // labels that must not
	result  column   // whose node is asked for; with quad.Any, the whole quad
	tags    []tagged
	skip    int64
	limit   int64 // 0 is none
}

// column is a direction of one of the quads of a match.
type column struct {
	quad int
	dir  quad.Direction
}

// equality is a column that has one of some nodes.
type equality struct {
	column
	nodes [][]byte // hashes
}

type tagged struct {
	column
	tag string
}

var columnNames = map[quad.Direction]string{
	quad.Subject: "subject_hash", quad.Predicate: "predicate_hash", quad.Object: "object_hash", quad.Label: "label_hash",
}

func (c column) sql() string { return fmt.Sprintf("q%d.%s", c.quad, columnNames[c.dir]) }

// paged reports whether the match gives a part of its rows only, so that it cannot
// become part of another.
func (m *match) paged() bool { return m.skip > 0 || m.limit > 0 }

// isQuads reports whether whole quads are asked for.
func (m *match) isQuads() bool { return m.result.dir == quad.Any }

// clone returns a copy that shares nothing that is appended to.
func (m *match) clone() *match {
	n := *m
	n.equal, n.same = slices.Clip(n.equal), slices.Clip(n.same)
	n.present, n.absent, n.tags = slices.Clip(n.present), slices.Clip(n.absent), slices.Clip(n.tags)
	return &n
}

// fix demands one of some nodes in a column.
func (m *match) fix(c column, nodes ...hash) {
	e := equality{column: c}
	for i := range nodes {
		e.nodes = append(e.nodes, nodes[i][:])
	}
	m.equal = append(m.equal, e)
}

// need demands some node in a column; only a label may be missing.
func (m *match) need(c column) {
	if c.dir == quad.Label && !slices.Contains(m.present, c) {
		m.present = append(m.present, c)
	}
}

// tag tags the node in a column.
func (m *match) tag(c column, name string) {
	m.need(c)
	m.tags = append(m.tags, tagged{c, name})
}

// join adds the quads of another match, whose result must be what is in column c.
func (m *match) join(c column, other *match) {
	shift := func(c column) column { return column{c.quad + m.quads, c.dir} }
	for _, e := range other.equal {
		m.equal = append(m.equal, equality{shift(e.column), e.nodes})
	}
	for _, s := range other.same {
		m.same = append(m.same, [2]column{shift(s[0]), shift(s[1])})
	}
	for _, c := range other.present {
		m.need(shift(c))
	}
	for _, c := range other.absent {
		m.absent = append(m.absent, shift(c))
	}
	for _, t := range other.tags {
		m.tag(shift(t.column), t.tag)
	}
	m.same = append(m.same, [2]column{c, shift(other.result)})
	m.quads += other.quads
}

// columns returns what a row holds: the result (for whole quads its four nodes),
// then the tags.
func (m *match) columns() []column {
	cols := []column{m.result}
	if m.isQuads() {
		cols = cols[:0]
		for _, d := range quad.Directions {
			cols = append(cols, column{m.result.quad, d})
		}
	}
	for _, t := range m.tags {
		cols = append(cols, t.column)
	}
	return cols
}

// sql returns the SELECT of the match and its arguments.
func (m *match) sql() (string, []any) {
	var cols []string
	for _, c := range m.columns() {
		cols = append(cols, c.sql())
	}
	from, args := m.from()
	text := "SELECT " + strings.Join(cols, ", ") + from
	if m.limit > 0 {
		text += fmt.Sprintf(" LIMIT %d", m.limit)
	}
	if m.skip > 0 {
		text += fmt.Sprintf(" OFFSET %d", m.skip)
	}
	return text, args
}

// from returns the FROM and WHERE of the match.
func (m *match) from() (string, []any) {
	var tables, where []string
	var args []any
	for i := range m.quads {
		tables = append(tables, fmt.Sprintf("quads AS q%d", i))
	}
	for _, e := range m.equal {
		if len(e.nodes) == 1 {
			args = append(args, e.nodes[0])
			where = append(where, fmt.Sprintf("%s = $%d", e.sql(), len(args)))
		} else {
			args = append(args, e.nodes)
			where = append(where, fmt.Sprintf("%s = ANY($%d)", e.sql(), len(args)))
		}
	}
	for _, s := range m.same {
		where = append(where, s[0].sql()+" = "+s[1].sql())
	}
	for _, c := range m.present {
		where = append(where, c.sql()+" IS NOT NULL")
	}
	for _, c := range m.absent {
		where = append(where, c.sql()+" IS NULL")
	}
	text := " FROM " + strings.Join(tables, ", ")
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	return text, args
}

// count returns a SELECT of the number of rows, of which at most some are counted;
// 0 counts all.
func (m *match) count(atMost int64) (string, []any) {
	from, args := m.from()
	if atMost == 0 && !m.paged() {
		return "SELECT count(*)" + from, args
	}
	text := "SELECT 1 AS one" + from
	if m.limit > 0 && (atMost == 0 || m.limit < atMost) {
		atMost = m.limit
	}
	if atMost > 0 {
		text += fmt.Sprintf(" LIMIT %d", atMost)
	}
	if m.skip > 0 {
		text += fmt.Sprintf(" OFFSET %d", m.skip)
	}
	return "SELECT count(*) FROM (" + text + ") AS counted", args
}
