package quadstore

import (
	"context"
	"fmt"

	"isnad/graph/internal/iterators"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2"
)

// plain is what scanners and indexes without tags and paths have in common.
type plain struct{ result graph.Ref }

func (p *plain) Result() graph.Ref               { return p.result }
func (p *plain) TagResults(map[string]graph.Ref) {}
func (p *plain) NextPath(context.Context) bool   { return false }

// index is a lookup that needs no open iterator.
type index struct {
	plain
	name     string
	contains func(graph.Ref) (bool, error)
	err      error
}

func (x *index) String() string { return x.name }
func (x *index) Err() error     { return x.err }
func (x *index) Close() error   { return nil }

// Contains implements graph.Index.
func (x *index) Contains(_ context.Context, ref graph.Ref) bool {
	if ref == nil || x.err != nil {
		return false
	}
	ok, err := x.contains(ref)
	if err != nil {
		x.err = err
		return false
	}
	if ok {
		x.result = ref
	}
	return ok
}

// What the steps of our iterators cost, in Cayley's units: a step of a scan
// is one, finding a key is a few.
const (
	costStep = 1
	costSeek = 4
)

// quadScan is the quads that match a pattern.
type quadScan struct {
	view    *View
	pattern tuple
	size    *graph.Size // once known
}

var _ graph.IteratorShapeCompat = (*quadScan)(nil)

func (s *quadScan) AsLegacy() graph.Iterator            { return iterators.Legacy(s) }
func (s *quadScan) SubIterators() []graph.IteratorShape { return nil }
func (s *quadScan) String() string                      { return fmt.Sprintf("Quads(%v)", s.pattern) }

// Optimize implements graph.IteratorShape.
func (s *quadScan) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

// Stats implements graph.IteratorShape.
func (s *quadScan) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	costs := graph.IteratorCosts{NextCost: costStep, ContainsCost: costStep}
	if s.size == nil {
		size, err := s.view.sizeOf(ctx, s.pattern)
		if err != nil {
			return costs, err
		}
		s.size = &size
	}
	costs.Size = *s.size
	return costs, nil
}

// Iterate implements graph.IteratorShape.
func (s *quadScan) Iterate() graph.Scanner {
	keys, o := quadsOf(s.view, s.pattern)
	return &quadScanner{quads: s, scan: keys, order: o}
}

// Lookup implements graph.IteratorShape. A quad that came from this view is
// there, so the pattern decides.
func (s *quadScan) Lookup() graph.Index {
	return &index{name: s.String(), contains: func(ref graph.Ref) (bool, error) {
		q, ok := ref.(quadRef)
		return ok && tuple(q).matches(s.pattern), nil
	}}
}

type quadScanner struct {
	plain
	quads *quadScan
	scan  *scan
	order order
}

func (s *quadScanner) String() string { return s.quads.String() }
func (s *quadScanner) Err() error     { return s.scan.err }
func (s *quadScanner) Close() error   { return s.scan.close() }

// Next implements graph.Scanner.
func (s *quadScanner) Next(ctx context.Context) bool {
	s.result = nil
	return s.scan.next(ctx, func(it *pebble.Iterator) error {
		t, err := s.order.parse(it.Key())
		if err == nil {
			s.result = quadRef(t)
		}
		return err
	})
}

// nodeScan is all nodes.
type nodeScan struct{ view *View }

var _ graph.IteratorShapeCompat = (*nodeScan)(nil)

func (s *nodeScan) AsLegacy() graph.Iterator            { return iterators.Legacy(s) }
func (s *nodeScan) SubIterators() []graph.IteratorShape { return nil }
func (s *nodeScan) String() string                      { return "Nodes" }

// Optimize implements graph.IteratorShape.
func (s *nodeScan) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

// Stats implements graph.IteratorShape.
func (s *nodeScan) Stats(context.Context) (graph.IteratorCosts, error) {
	t, err := s.view.totals()
	return graph.IteratorCosts{
		NextCost: costStep, ContainsCost: costSeek,
		Size: graph.Size{Size: int64(t.nodes), Exact: err == nil},
	}, err
}

// Iterate implements graph.IteratorShape.
func (s *nodeScan) Iterate() graph.Scanner {
	return &nodeScanner{scan: &scan{view: s.view, prefix: []byte{spaceValue}}}
}

// Lookup implements graph.IteratorShape.
func (s *nodeScan) Lookup() graph.Index {
	return &index{name: s.String(), contains: func(ref graph.Ref) (bool, error) {
		id, ok := nodeID(ref)
		if !ok {
			return false, nil
		}
		return s.view.get(keyOfID(spaceCount, id), nil)
	}}
}

type nodeScanner struct {
	plain
	scan *scan
}

func (s *nodeScanner) String() string { return "Nodes" }
func (s *nodeScanner) Err() error     { return s.scan.err }
func (s *nodeScanner) Close() error   { return s.scan.close() }

// Next implements graph.Scanner. The nodes come with their values.
func (s *nodeScanner) Next(ctx context.Context) bool {
	s.result = nil
	return s.scan.next(ctx, func(it *pebble.Iterator) error {
		id, err := parseID(it.Key()[1:])
		if err != nil {
			return err
		}
		b, err := it.ValueAndErr()
		if err != nil {
			return err
		}
		val, err := parseValue(b)
		if err != nil {
			return err
		}
		s.result = &namedRef{id: id, val: val}
		return nil
	})
}
