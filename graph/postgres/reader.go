package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
)

// reader is the reading half of a graph.QuadStore. It has either one session, in
// which everything is read, or connections, of which each scan takes one.
type reader struct {
	target string // the database, for errors
	sess   *session
	from   *connections
	names  *nameCache
	naming sync.Mutex // held while a page reads names
	failed atomic.Pointer[error]
	fixed  bool // what is read does not change
}

// Err returns the first error that reading met, or nil. NameOf, ValueOf, Quad and
// the sizes cannot return it themselves.
func (r *reader) Err() error {
	if p := r.failed.Load(); p != nil {
		return *p
	}
	return nil
}

// fail explains an error and keeps the first one.
func (r *reader) fail(err error) error {
	if err == nil {
		return nil
	}
	err = explain(r.target, err)
	if r.sess != nil && !errors.Is(err, context.Canceled) {
		r.failed.CompareAndSwap(nil, &err)
	}
	return err
}

// session returns the session for one scan, and what gives it back.
func (r *reader) session(context.Context) (*session, func(), error) {
	if err := r.Err(); err != nil {
		return nil, nil, err
	}
	if r.sess != nil {
		return r.sess, func() {}, nil
	}
	s := &session{from: r.from, begin: beginRead}
	return s, sync.OnceFunc(s.rollback), nil
}

// query runs a statement and calls row with each row.
func (r *reader) query(ctx context.Context, row func(pgx.Rows) error, statement string, args ...any) error {
	if r.sess != nil {
		return r.sess.query(ctx, row, statement, args...)
	}
	return each(ctx, r.from.pool, row, statement, args...)
}

// number returns the one number that a statement gives.
func (r *reader) number(ctx context.Context, statement string, args ...any) (n int64, err error) {
	err = r.query(ctx, func(rows pgx.Rows) error { return rows.Scan(&n) }, statement, args...)
	return n, err
}

// has reports whether there is a node.
func (r *reader) has(ctx context.Context, h hash) (bool, error) {
	n, err := r.number(ctx, "SELECT count(*) FROM nodes WHERE hash = $1", h[:])
	return n > 0, r.fail(err)
}

// sizeProbe is how many rows are counted to plan a query.
const sizeProbe = 10_000

// sizeOf returns the number of rows of a match, nil for all nodes: exact if there
// are few.
func (r *reader) sizeOf(ctx context.Context, m *match) (graph.Size, error) {
	text, args := fmt.Sprintf("SELECT count(*) FROM (SELECT 1 AS one FROM nodes LIMIT %d) AS counted", 10*sizeProbe), []any(nil)
	atMost := int64(10 * sizeProbe)
	if m != nil {
		atMost = sizeProbe
		text, args = m.count(atMost)
	}
	n, err := r.number(ctx, text, args...)
	return graph.Size{Size: n, Exact: err == nil && n < atMost}, err
}

// background is the context of what Cayley calls without one. It is not that of the scan
// either: Cayley ends that as soon as the last row is found, and then asks for its names.
func background() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience)
}

// ValueOf returns the node of a value, or nil if no quad has it.
func (r *reader) ValueOf(val quad.Value) graph.Ref {
	if val == nil {
		return nil
	}
	ctx, cancel := background()
	defer cancel()
	h := graph.HashOf(val)
	if ok, _ := r.has(ctx, h); !ok {
		return nil
	}
	return &nodeRef{hash: h}
}

// RefOf returns the node of a value without asking whether it is there.
func (r *reader) RefOf(val quad.Value) graph.Ref { return &nodeRef{hash: graph.HashOf(val)} }

// NameOf returns the value of a node, or nil.
func (r *reader) NameOf(ref graph.Ref) quad.Value {
	val, err := r.nameOf(ref)
	_ = r.fail(err)
	return val
}

func (r *reader) nameOf(ref graph.Ref) (quad.Value, error) {
	if p, ok := ref.(graph.PreFetchedValue); ok {
		return p.NameOf(), nil
	}
	h, ok := hashOf(ref)
	if !ok {
		return nil, nil
	}
	if n, ok := ref.(*nodeRef); ok && n.page != nil {
		return n.page.name(h, n.col)
	}
	if v := r.names.get(h); v != nil {
		return v, nil
	}
	ctx, cancel := background()
	defer cancel()
	names, err := r.namesOf(ctx, []hash{h})
	return names[h], err
}

// ValuesOf returns the values of nodes; nil where there is none.
func (r *reader) ValuesOf(ctx context.Context, refs []graph.Ref) ([]quad.Value, error) {
	out := make([]quad.Value, len(refs))
	var missing []hash
	for i, ref := range refs {
		if p, ok := ref.(graph.PreFetchedValue); ok {
			out[i] = p.NameOf()
		} else if h, ok := hashOf(ref); ok {
			if out[i] = r.names.get(h); out[i] == nil {
				missing = append(missing, h)
			}
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	names, err := r.namesOf(ctx, missing)
	for i, ref := range refs {
		if h, ok := hashOf(ref); ok && out[i] == nil {
			out[i] = names[h]
		}
	}
	return out, r.fail(err)
}

// RefsOf returns the nodes of values; it fails if one is not there.
func (r *reader) RefsOf(ctx context.Context, values []quad.Value) ([]graph.Ref, error) {
	out := make([]graph.Ref, len(values))
	for i, val := range values {
		h := graph.HashOf(val)
		ok, err := r.has(ctx, h)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("postgres: not found: %v", val)
		}
		out[i] = &nodeRef{hash: h}
	}
	return out, nil
}

// Quad returns the quad of a ref that an iterator over quads gave.
func (r *reader) Quad(ref graph.Ref) quad.Quad {
	q, ok := ref.(*quadRef)
	if !ok {
		return quad.Quad{}
	}
	var out quad.Quad
	for _, d := range quad.Directions {
		h := q.hashes.Get(d)
		if !h.Valid() {
			continue
		}
		v, err := q.page.name(h, q.col, q.col+1, q.col+2, q.col+3)
		if r.fail(err) != nil || v == nil {
			return quad.Quad{}
		}
		out.Set(d, v)
	}
	return out
}

// QuadDirection returns the node of a quad in a direction, or nil.
func (r *reader) QuadDirection(ref graph.Ref, d quad.Direction) graph.Ref {
	q, ok := ref.(*quadRef)
	if !ok || columnNames[d] == "" {
		return nil
	}
	h := q.hashes.Get(d)
	if !h.Valid() {
		return nil
	}
	return &nodeRef{h, q.page, q.col + int(d-quad.Subject)}
}

// quadsWith is the quads that have a node in a direction.
func quadsWith(d quad.Direction, h hash) *match {
	m := &match{quads: 1}
	m.fix(column{0, d}, h)
	return m
}

// QuadIterator iterates over the quads that have the node in the direction.
func (r *reader) QuadIterator(d quad.Direction, ref graph.Ref) graph.Iterator {
	h, ok := hashOf(ref)
	if !ok || columnNames[d] == "" {
		return iterator.NewNull()
	}
	return (&selection{reader: r, match: quadsWith(d, h)}).AsLegacy()
}

// QuadIteratorSize returns the exact number of those quads.
func (r *reader) QuadIteratorSize(ctx context.Context, d quad.Direction, ref graph.Ref) (graph.Size, error) {
	h, ok := hashOf(ref)
	if !ok || columnNames[d] == "" {
		return graph.Size{Exact: true}, nil
	}
	text, args := quadsWith(d, h).count(0)
	n, err := r.number(ctx, text, args...)
	return graph.Size{Size: n, Exact: err == nil}, r.fail(err)
}

// NodesAllIterator iterates over all values that quads use.
func (r *reader) NodesAllIterator() graph.Iterator { return (&selection{reader: r}).AsLegacy() }

// QuadsAllIterator iterates over all quads.
func (r *reader) QuadsAllIterator() graph.Iterator {
	return (&selection{reader: r, match: &match{quads: 1}}).AsLegacy()
}

// Stats returns the numbers of nodes and of quads, always exact.
func (r *reader) Stats(ctx context.Context, _ bool) (graph.Stats, error) {
	nodes, err := r.number(ctx, "SELECT count(*) FROM nodes")
	if err != nil {
		return graph.Stats{}, r.fail(err)
	}
	quads, err := r.number(ctx, "SELECT count(*) FROM quads")
	return graph.Stats{
		Nodes: graph.Size{Size: nodes, Exact: err == nil},
		Quads: graph.Size{Size: quads, Exact: err == nil},
	}, r.fail(err)
}
