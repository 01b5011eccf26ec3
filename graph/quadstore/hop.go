package quadstore

import (
	"context"
	"fmt"

	"isnad/graph/internal/iterators"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// hop is the nodes in one direction of the quads that match a pattern, one for
// each quad, with some of the quad's other nodes as tags: what Cayley would
// build of HasA, And and LinksTo. It can be asked for a node by one seek.
type hop struct {
	view    *View
	pattern tuple
	result  quad.Direction
	save    []savedTag
	size    *graph.Size // once known
}

type savedTag struct {
	dir quad.Direction
	tag string
}

var _ graph.IteratorShapeCompat = (*hop)(nil)

func (h *hop) AsLegacy() graph.Iterator {
	same := *h
	return iterators.Legacy(&same)
}
func (h *hop) SubIterators() []graph.IteratorShape { return nil }
func (h *hop) String() string                      { return fmt.Sprintf("Hop(%v to %v)", h.pattern, h.result) }

// Optimize implements graph.IteratorShape.
func (h *hop) Optimize(context.Context) (graph.IteratorShape, bool) { return h, false }

// Stats implements graph.IteratorShape.
func (h *hop) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	costs := graph.IteratorCosts{NextCost: costStep, ContainsCost: costSeek}
	if h.size == nil {
		size, err := h.view.sizeOf(ctx, h.pattern)
		if err != nil {
			return costs, err
		}
		size.Exact = size.Exact && !h.skips()
		h.size = &size
	}
	costs.Size = *h.size
	return costs, nil
}

// skips reports whether some quads of the pattern may give no node.
func (h *hop) skips() bool {
	if h.pattern.get(quad.Label) != 0 {
		return false
	}
	for _, s := range h.save {
		if s.dir == quad.Label {
			return true
		}
	}
	return h.result == quad.Label
}

// gives reports whether the quad has all the nodes that are asked for.
func (h *hop) gives(t tuple) bool {
	return t.get(quad.Label) != 0 || !h.skips()
}

// Iterate implements graph.IteratorShape.
func (h *hop) Iterate() graph.Scanner {
	return &hopScanner{hopCursor: hopCursor{hop: h}}
}

// Lookup implements graph.IteratorShape.
func (h *hop) Lookup() graph.Index {
	return &hopIndex{hopCursor{hop: h}}
}

// hopCursor is a position in the quads of a hop.
type hopCursor struct {
	hop    *hop
	scan   *scan
	order  order
	at     tuple
	result graph.Ref
	err    error
}

func (c *hopCursor) String() string    { return c.hop.String() }
func (c *hopCursor) Result() graph.Ref { return c.result }
func (c *hopCursor) Err() error        { return c.err }

func (c *hopCursor) TagResults(dst map[string]graph.Ref) {
	if c.result == nil {
		return
	}
	for _, s := range c.hop.save {
		dst[s.tag] = c.hop.view.ref(c.at.get(s.dir))
	}
}

// step moves to the next quad that gives a node.
func (c *hopCursor) step(ctx context.Context) bool {
	if c.scan == nil {
		return false
	}
	for c.scan.next(ctx, c.read) {
		if c.hop.gives(c.at) {
			return true
		}
	}
	c.err = c.scan.err
	return false
}

func (c *hopCursor) read(it *pebble.Iterator) (err error) {
	c.at, err = c.order.parse(it.Key())
	return err
}

func (c *hopCursor) Close() error {
	if c.scan == nil {
		return nil
	}
	err := c.scan.close()
	c.scan = nil
	return err
}

// hopScanner reads quads ahead, a few at first, so that the names of its nodes can be read
// together.
type hopScanner struct {
	hopCursor
	quads []tuple
	n     int       // of the current quad, from 1
	nodes *column   // in the direction of the result
	tags  []*column // in those of the tags
}

// Next implements graph.Scanner.
func (s *hopScanner) Next(ctx context.Context) bool {
	if s.n == len(s.quads) {
		s.readAhead(ctx)
	}
	if s.n == len(s.quads) {
		s.result = nil
		return false
	}
	s.result = s.nodes.ref(s.n)
	s.n++
	return true
}

func (s *hopScanner) readAhead(ctx context.Context) {
	if s.scan == nil {
		s.scan, s.order = quadsOf(s.hop.view, s.hop.pattern)
		s.tags = make([]*column, len(s.hop.save))
	}
	more := min(max(2*len(s.quads), minWalk), maxAhead)
	s.quads, s.n = s.quads[:0], 0
	for len(s.quads) < more && s.step(ctx) {
		s.quads = append(s.quads, s.at)
	}
	s.nodes = s.nodes.next(s.hop.view, s.hop.result, s.quads)
	for i, tag := range s.hop.save {
		s.tags[i] = s.tags[i].next(s.hop.view, tag.dir, s.quads)
	}
}

// TagResults implements graph.Scanner.
func (s *hopScanner) TagResults(dst map[string]graph.Ref) {
	if s.n == 0 {
		return
	}
	for i, tag := range s.hop.save {
		dst[tag.tag] = s.tags[i].ref(s.n - 1)
	}
}

func (s *hopScanner) NextPath(context.Context) bool { return false }

// Close implements graph.Scanner; what follows is an end.
func (s *hopScanner) Close() error {
	s.quads, s.n = nil, 0
	if s.scan == nil {
		return nil
	}
	return s.scan.close()
}

// hopIndex keeps the node and the tags it found last, even when it is asked
// for a node that it has not or for one path too many: Cayley still wants them
// while other parts of a query move on.
type hopIndex struct{ hopCursor }

// Contains implements graph.Index. Further quads with the node are further
// paths to it.
func (x *hopIndex) Contains(ctx context.Context, ref graph.Ref) bool {
	_ = x.Close()
	id, ok := nodeID(ref)
	pattern := x.hop.pattern
	bound := pattern.get(x.hop.result)
	if !ok || x.err != nil || bound != 0 && bound != id {
		return false
	}
	pattern.set(x.hop.result, id)
	x.scan, x.order = quadsOf(x.hop.view, pattern)
	if !x.advance(ctx) {
		return false
	}
	x.result = ref
	return true
}

// NextPath implements graph.Index.
func (x *hopIndex) NextPath(ctx context.Context) bool { return x.advance(ctx) }

func (x *hopIndex) advance(ctx context.Context) bool {
	at := x.at
	more := x.step(ctx)
	if !more {
		x.at = at
	}
	return more
}
