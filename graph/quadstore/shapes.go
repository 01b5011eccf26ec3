package quadstore

import (
	"reflect"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// OptimizeShape puts one contiguous scan where Cayley would intersect several,
// and mends the lookups of recursive paths. It implements shape.Optimizer.
func (v *View) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.QuadsAction:
		return v.hopShape(s)
	case shape.Quads:
		quads, settled := settleQuads(s)
		out, narrowed := v.narrow(quads)
		return out, settled || narrowed
	}
	return settleParts(s)
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

// settle wraps a recursive path, see settled; of Cayley's shapes only a path
// that builds its own iterator is a function.
func settle(s shape.Shape) (shape.Shape, bool) {
	if s == nil || reflect.TypeOf(s).Kind() != reflect.Func {
		return s, false
	}
	return settledShape{s}, true
}

// settledShape is a shape whose iterator is settled if it is recursive.
type settledShape struct{ shape.Shape }

// BuildIterator implements shape.Shape.
func (s settledShape) BuildIterator(qs graph.QuadStore) graph.Iterator {
	it := s.Shape.BuildIterator(qs)
	if r, ok := it.(*iterator.Recursive); ok {
		return asLegacy(&settled{graph.AsShape(r)})
	}
	return it
}

// Optimize implements shape.Shape.
func (s settledShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

func settleQuads(s shape.Quads) (shape.Quads, bool) {
	changed := false
	for i, f := range s {
		values, ok := settle(f.Values)
		if !ok {
			continue
		}
		if !changed {
			s = slices.Clone(s)
		}
		s[i].Values, changed = values, true
	}
	return s, changed
}

func settleList(s []shape.Shape) ([]shape.Shape, bool) {
	changed := false
	for i, c := range s {
		c, ok := settle(c)
		if !ok {
			continue
		}
		if !changed {
			s = slices.Clone(s)
		}
		s[i], changed = c, true
	}
	return s, changed
}

// settleParts settles what a composite shape consists of.
func settleParts(s shape.Shape) (shape.Shape, bool) {
	var ok bool
	switch s := s.(type) {
	case shape.Intersect:
		parts, ok := settleList(s)
		return shape.Intersect(parts), ok
	case shape.Union:
		parts, ok := settleList(s)
		return shape.Union(parts), ok
	case shape.Save:
		s.From, ok = settle(s.From)
		return s, ok
	case shape.Filter:
		s.From, ok = settle(s.From)
		return s, ok
	case shape.Unique:
		s.From, ok = settle(s.From)
		return s, ok
	case shape.FixedTags:
		s.On, ok = settle(s.On)
		return s, ok
	case shape.Materialize:
		s.Values, ok = settle(s.Values)
		return s, ok
	case shape.Except:
		from, ok1 := settle(s.From)
		exclude, ok2 := settle(s.Exclude)
		return shape.Except{From: from, Exclude: exclude}, ok1 || ok2
	}
	return s, false
}
