package postgres

import (
	"context"

	"isnad/graph/internal/iterators"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// What the steps of our iterators cost, in Cayley's units: a row that was read
// ahead is one, a statement of its own is many.
const (
	costRow       = 1
	costStatement = 50
)

// selection is the rows of a statement as an iterator: those of a match, or all nodes.
type selection struct {
	reader *reader
	match  *match // nil for all nodes
	size   *graph.Size
}

var _ graph.IteratorShapeCompat = (*selection)(nil)

func (s *selection) AsLegacy() graph.Iterator {
	same := *s
	return iterators.Legacy(&same)
}
func (s *selection) SubIterators() []graph.IteratorShape { return nil }
func (s *selection) String() string {
	text, _, _ := s.sql()
	return text
}

// sql returns the statement, its arguments and the number of its columns.
func (s *selection) sql() (string, []any, int) {
	if s.match == nil {
		return "SELECT hash FROM nodes", nil, 1
	}
	text, args := s.match.sql()
	return text, args, len(s.match.columns())
}

// Optimize implements graph.IteratorShape.
func (s *selection) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

// Stats implements graph.IteratorShape.
func (s *selection) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	costs := graph.IteratorCosts{NextCost: costRow, ContainsCost: costStatement}
	if s.size == nil {
		size, err := s.reader.sizeOf(ctx, s.match)
		if err != nil {
			return costs, s.reader.fail(err)
		}
		s.size = &size
	}
	costs.Size = *s.size
	return costs, nil
}

// Iterate implements graph.IteratorShape.
func (s *selection) Iterate() graph.Scanner {
	text, args, width := s.sql()
	return &scanner{rows: rows{selection: s, scan: s.reader.scan(text, args, width)}}
}

// Lookup implements graph.IteratorShape.
func (s *selection) Lookup() graph.Index { return &index{rows: rows{selection: s}} }

// rows is a position in the rows of a selection.
type rows struct {
	selection *selection
	scan      *scan
	page      *page
	row       int
	result    graph.Ref
	err       error
}

func (r *rows) String() string    { return r.selection.String() }
func (r *rows) Result() graph.Ref { return r.result }
func (r *rows) Err() error        { return r.err }

// TagResults implements graph.Scanner and graph.Index.
func (r *rows) TagResults(dst map[string]graph.Ref) {
	m := r.selection.match
	if m == nil || r.result == nil || r.page == nil {
		return
	}
	first := r.page.width - len(m.tags)
	for i, t := range m.tags {
		dst[t.tag] = r.page.ref(r.row, first+i)
	}
}

// Close implements graph.Scanner and graph.Index. What was found last stays.
func (r *rows) Close() error {
	if r.scan != nil {
		r.scan.close()
	}
	return nil
}

// current returns the result in a row of a page.
func (r *rows) current(p *page, row int) graph.Ref {
	if r.selection.match != nil && r.selection.match.isQuads() {
		return p.quad(row, 0)
	}
	return p.ref(row, 0)
}

type scanner struct{ rows }

// Next implements graph.Scanner.
func (s *scanner) Next(ctx context.Context) bool {
	s.result = nil
	page, row, ok := s.scan.next(ctx)
	if !ok {
		s.err = s.scan.err
		return false
	}
	s.page, s.row = page, row
	s.result = s.current(page, row)
	return true
}

// NextPath implements graph.Scanner: each row is a result of its own.
func (s *scanner) NextPath(context.Context) bool { return false }

// index answers whether a selection has a node or quad. It keeps the tags that it
// found last, even when it is asked for what it has not or for one path too many:
// Cayley still wants them while other parts of a query move on.
type index struct{ rows }

// Contains implements graph.Index.
func (x *index) Contains(ctx context.Context, ref graph.Ref) bool {
	_ = x.Close()
	x.scan = nil
	if ref == nil || x.err != nil {
		return false
	}
	if x.selection.match == nil {
		return x.containsNode(ctx, ref)
	}
	m := x.selection.match.clone()
	if m.paged() {
		return x.search(ctx, ref)
	}
	if q, ok := ref.(*quadRef); ok && m.isQuads() {
		for _, d := range quad.Directions {
			if h := q.hashes.Get(d); h.Valid() {
				m.fix(column{m.result.quad, d}, h)
			}
		}
		if !q.hashes.Label.Valid() {
			m.absent = append(m.absent, column{m.result.quad, quad.Label})
		}
	} else if h, ok := hashOf(ref); ok && !m.isQuads() {
		m.fix(m.result, h)
	} else {
		return false
	}
	text, args := m.sql()
	x.scan = x.selection.reader.scan(text, args, len(m.columns()))
	if !x.advance(ctx) {
		return false
	}
	x.result = ref
	return true
}

// containsNode reports whether there is such a node at all.
func (x *index) containsNode(ctx context.Context, ref graph.Ref) bool {
	if n, ok := ref.(*nodeRef); !ok || n.page == nil || n.page.reader != x.selection.reader || !x.selection.reader.fixed {
		h, ok := hashOf(ref)
		if !ok {
			return false
		}
		if ok, x.err = x.selection.reader.has(ctx, h); !ok {
			return false
		}
	}
	x.result, x.page = ref, nil
	return true
}

// search looks for a node or quad among the rows of a part of a match.
func (x *index) search(ctx context.Context, ref graph.Ref) bool {
	text, args, width := x.selection.sql()
	x.scan = x.selection.reader.scan(text, args, width)
	key := graph.ToKey(ref)
	for x.advance(ctx) {
		if graph.ToKey(x.current(x.page, x.row)) == key {
			x.result = ref
			x.scan.close()
			return true
		}
	}
	return false
}

// NextPath implements graph.Index: further rows are further paths.
func (x *index) NextPath(ctx context.Context) bool { return x.scan != nil && x.advance(ctx) }

func (x *index) advance(ctx context.Context) bool {
	page, row, ok := x.scan.next(ctx)
	if !ok {
		x.err = x.scan.err
		return false
	}
	x.page, x.row = page, row
	return true
}
