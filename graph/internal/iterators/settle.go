package iterators

import (
	"reflect"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
)

// Settle returns the shape with every recursive path that it consists of walked to its end
// before it is asked what it contains, and whether there is one. Cayley's own iterator
// answers while it walks, and gives a node found on the way the tags of the node asked for
// before it. A store calls it first in its OptimizeShape.
func Settle(s shape.Shape) (shape.Shape, bool) {
	var ok bool
	switch s := s.(type) {
	case shape.Quads:
		return settleQuads(s)
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
		return Legacy(&settled{graph.AsShape(r)})
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
