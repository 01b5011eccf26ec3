// Package iterators holds what the iterators of isnad's quad stores have in common.
package iterators

import "github.com/cayleygraph/cayley/graph"

// legacy is a graph.Iterator over one of our shapes, as Cayley wants it.
type legacy struct {
	graph.Iterator
	shape graph.IteratorShape
}

var _ graph.IteratorFuture = (*legacy)(nil)

// AsShape implements graph.IteratorFuture.
func (l *legacy) AsShape() graph.IteratorShape {
	_ = l.Close()
	return l.shape
}

// Legacy returns a shape of our own as Cayley's planner wants iterators.
func Legacy(s graph.IteratorShape) graph.Iterator {
	l := &legacy{shape: s}
	l.Iterator = graph.NewLegacy(s, l)
	return l
}
