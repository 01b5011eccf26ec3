package quadstore

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"isnad/graph/internal/iterators"
)

// OptimizeShape puts one contiguous scan where Cayley would intersect several,
// and mends the lookups of recursive paths. It implements shape.Optimizer.
func (v *View) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	s, settled := iterators.Settle(s)
	changed := false
	switch q := s.(type) {
	case shape.QuadsAction:
		s, changed = v.hopShape(q)
	case shape.Quads:
		s, changed = v.narrow(q)
	}
	return s, settled || changed
}

// fixedShape is a shape of which nothing is left to optimize.
type fixedShape struct{ it graph.IteratorShape }

// BuildIterator implements shape.Shape.
func (s fixedShape) BuildIterator(graph.QuadStore) graph.Iterator { return graph.AsLegacy(s.it) }

// Optimize implements shape.Shape.
func (s fixedShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// hopShape turns "the nodes in this direction of the quads with these nodes"
// into a hop.
func (v *View) hopShape(s shape.QuadsAction) (shape.Shape, bool) {
	h := hop{view: v, result: s.Result}
	for d, ref := range s.Filter {
		id, ok := nodeID(ref)
		if !ok {
			return s, false
		}
		h.pattern.set(d, id)
	}
	for _, d := range quad.Directions {
		for _, tag := range s.Save[d] {
			h.save = append(h.save, savedTag{d, tag})
		}
	}
	return fixedShape{&h}, true
}

// narrow turns several fixed directions of quads into one scan.
func (v *View) narrow(s shape.Quads) (shape.Shape, bool) {
	var pattern tuple
	var rest shape.Quads
	for _, f := range s {
		ref, ok := shape.One(f.Values)
		id, ours := uint64(0), false
		if ok {
			id, ours = nodeID(ref)
		}
		if !ours || pattern.get(f.Dir) != 0 {
			rest = append(rest, f)
			continue
		}
		pattern.set(f.Dir, id)
	}
	if pattern.bound() < 2 {
		return s, false
	}
	return narrowed{&quadScan{view: v, pattern: pattern}, rest}, true
}

// narrowed is a scan and what else its quads have to fulfil.
type narrowed struct {
	scan *quadScan
	rest shape.Quads
}

// BuildIterator implements shape.Shape.
func (s narrowed) BuildIterator(qs graph.QuadStore) graph.Iterator {
	scan := *s.scan
	if len(s.rest) == 0 {
		return scan.AsLegacy()
	}
	its := []graph.Iterator{scan.AsLegacy()}
	for _, f := range s.rest {
		its = append(its, shape.Quads{f}.BuildIterator(qs))
	}
	return iterator.NewAnd(its...)
}

// Optimize implements shape.Shape.
func (s narrowed) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }
