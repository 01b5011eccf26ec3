package postgres

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"isnad/graph/internal/iterators"
)

// OptimizeShape makes of hops, intersections and tags one statement, which the
// database plans, where Cayley would ask for each node in turn, and mends the lookups of
// recursive paths. It implements shape.Optimizer.
func (r *reader) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	s, settled := iterators.Settle(s)
	s, joined := r.join(s)
	return s, settled || joined
}

func (r *reader) join(s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.QuadsAction:
		return r.hop(s)
	case shape.Quads:
		return r.quads(s)
	case shape.NodesFrom:
		return r.nodes(s)
	case shape.Intersect:
		return r.intersect(s)
	case shape.Save:
		return r.save(s)
	case shape.Page:
		return r.pages(s)
	}
	return s, false
}

// statement is a shape that is one SELECT.
type statement struct {
	reader *reader
	match  *match
}

// BuildIterator implements shape.Shape.
func (s statement) BuildIterator(graph.QuadStore) graph.Iterator {
	return (&selection{reader: s.reader, match: s.match}).AsLegacy()
}

// Optimize implements shape.Shape.
func (s statement) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// matchOf returns a copy of the match of nodes that a shape is, if it can become part
// of another.
func matchOf(s shape.Shape) (*match, bool) {
	st, ok := s.(statement)
	if !ok || st.match.paged() || st.match.isQuads() {
		return nil, false
	}
	return st.match.clone(), true
}

// hop is the nodes in one direction of the quads with these nodes.
func (r *reader) hop(s shape.QuadsAction) (shape.Shape, bool) {
	m := &match{quads: 1, result: column{0, s.Result}}
	m.need(m.result)
	for _, d := range quad.Directions {
		if ref, ok := s.Filter[d]; ok {
			h, ok := hashOf(ref)
			if !ok {
				return s, false
			}
			m.fix(column{0, d}, h)
		}
		for _, tag := range s.Save[d] {
			m.tag(column{0, d}, tag)
		}
	}
	return statement{r, m}, true
}

// quads joins what is known of quads; what cannot be joined stays Cayley's.
func (r *reader) quads(s shape.Quads) (shape.Shape, bool) {
	m := &match{quads: 1}
	var rest shape.Quads
	for _, f := range s {
		if !restrict(m, column{0, f.Dir}, f.Values) {
			rest = append(rest, f)
		}
	}
	switch {
	case len(rest) == len(s):
		return s, false
	case len(rest) > 0:
		return narrowed{statement{r, m}, rest}, true
	}
	return statement{r, m}, true
}

// restrict demands of a column that its node is one of a shape's, and reports whether
// a match can say so.
func restrict(m *match, c column, s shape.Shape) bool {
	switch s := s.(type) {
	case shape.Fixed:
		nodes, ok := distinct(s)
		if ok {
			m.fix(c, nodes...)
		}
		return ok
	case shape.AllNodes:
		m.need(c)
		return true
	case shape.Save:
		if !restrict(m, c, s.From) {
			return false
		}
		for _, tag := range s.Tags {
			m.tag(c, tag)
		}
		return true
	}
	other, ok := matchOf(s)
	if ok {
		m.join(c, other)
	}
	return ok
}

// distinct returns the hashes of nodes, if none comes twice: each would be a path of its own.
func distinct(nodes shape.Fixed) ([]hash, bool) {
	seen := map[hash]bool{}
	var out []hash
	for _, ref := range nodes {
		h, ok := hashOf(ref)
		if !ok || seen[h] {
			return nil, false
		}
		seen[h] = true
		out = append(out, h)
	}
	return out, len(out) > 0
}

// narrowed is a statement and what else its quads have to fulfil.
type narrowed struct {
	statement statement
	rest      shape.Quads
}

// BuildIterator implements shape.Shape.
func (s narrowed) BuildIterator(qs graph.QuadStore) graph.Iterator {
	its := []graph.Iterator{s.statement.BuildIterator(qs)}
	for _, f := range s.rest {
		its = append(its, shape.Quads{f}.BuildIterator(qs))
	}
	return iterator.NewAnd(its...)
}

// Optimize implements shape.Shape.
func (s narrowed) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// nodes asks for one direction of quads instead of the whole.
func (r *reader) nodes(s shape.NodesFrom) (shape.Shape, bool) {
	st, ok := s.Quads.(statement)
	if !ok || !st.match.isQuads() || st.match.paged() {
		return s, false
	}
	m := st.match.clone()
	m.result.dir = s.Dir
	m.need(m.result)
	return statement{r, m}, true
}

// intersect joins those parts that are matches.
func (r *reader) intersect(s shape.Intersect) (shape.Shape, bool) {
	var first *match
	var rest shape.Intersect
	var others []shape.Shape
	for _, part := range s {
		m, ok := matchOf(part)
		switch {
		case ok && first == nil:
			first = m
		case ok, isFixed(part):
			others = append(others, part)
		default:
			rest = append(rest, part)
		}
	}
	if first == nil || len(others) == 0 {
		return s, false
	}
	for _, part := range others {
		if tooMany(first, part) || !restrict(first, first.result, part) {
			rest = append(rest, part)
		}
	}
	if len(rest)+1 == len(s) {
		return s, false
	}
	if len(rest) == 0 {
		return statement{r, first}, true
	}
	return append(shape.Intersect{statement{r, first}}, rest...), true
}

// joinLimit is how many quads an intersection joins in one statement. PostgreSQL's
// estimates of larger joins are far off, and so are its plans; Cayley then holds the
// parts against one another.
const joinLimit = 8

// tooMany reports whether a part would make an intersection larger than the limit.
func tooMany(m *match, part shape.Shape) bool {
	other, ok := matchOf(part)
	return ok && m.quads+other.quads > joinLimit
}

func isFixed(s shape.Shape) bool {
	_, ok := s.(shape.Fixed)
	return ok
}

// save tags the nodes of a match.
func (r *reader) save(s shape.Save) (shape.Shape, bool) {
	m, ok := matchOf(s.From)
	if !ok {
		return s, false
	}
	for _, tag := range s.Tags {
		m.tag(m.result, tag)
	}
	return statement{r, m}, true
}

// pages lets the database skip and limit.
func (r *reader) pages(s shape.Page) (shape.Shape, bool) {
	st, ok := s.From.(statement)
	if !ok || st.match.paged() {
		return s, false
	}
	m := st.match.clone()
	m.skip, m.limit = s.Skip, s.Limit
	return statement{r, m}, true
}
