package quadstore

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// lazyRef is a node that looks its value up when it is asked for it.
type lazyRef struct {
	view *View
	id   uint64
}

var _ graph.PreFetchedValue = (*lazyRef)(nil)

// Key implements graph.Ref.
func (r *lazyRef) Key() any { return nodeRef(r.id) }

// NameOf implements graph.PreFetchedValue.
func (r *lazyRef) NameOf() quad.Value {
	n, err := r.view.name(r.id)
	r.view.note(err)
	if n == nil {
		return nil
	}
	return n.val
}

// ref returns the node with the id, nil for 0.
func (v *View) ref(id uint64) graph.Ref {
	if id == 0 {
		return nil
	}
	return &lazyRef{v, id}
}

// column is the nodes of one direction of quads that were read ahead. Who asks for the
// values of one after another gets those that follow with them, more each time, read in one
// walk over the values in the order of their ids. Who asks for none, or for few here and
// there, does not pay for the rest.
type column struct {
	view *View

	mu    sync.Mutex
	refs  []columnRef
	end   int // of those whose values were read last; guarded by mu
	ahead int // how many to read next; guarded by mu
}

const (
	maxAhead = 256 // quads, and names, that are read ahead
	minWalk  = 4   // names that are worth a walk
)

// columnRef is a node of a column.
type columnRef struct {
	in  *column
	at  int
	id  uint64
	val quad.Value // nil until it is read; guarded by in.mu
}

var _ graph.PreFetchedValue = (*columnRef)(nil)

// Key implements graph.Ref.
func (r *columnRef) Key() any { return nodeRef(r.id) }

// NameOf implements graph.PreFetchedValue.
func (r *columnRef) NameOf() quad.Value {
	c := r.in
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.val == nil {
		if r.at == c.end {
			c.ahead = min(2*c.ahead, maxAhead)
		} else {
			c.ahead = 1
		}
		c.end = min(r.at+c.ahead, len(c.refs))
		c.view.note(c.view.fill(c.refs[r.at:c.end]))
	}
	return r.val
}

// next returns the nodes of the direction in quads that follow those of the column, which
// may be nil.
func (c *column) next(v *View, d quad.Direction, quads []tuple) *column {
	n := &column{view: v, ahead: 1, refs: make([]columnRef, len(quads))}
	if c != nil {
		c.mu.Lock()
		if c.end == len(c.refs) {
			n.ahead = c.ahead
		}
		c.mu.Unlock()
	}
	for i, t := range quads {
		n.refs[i] = columnRef{in: n, at: i, id: t.get(d)}
	}
	return n
}

// ref returns a node, nil if the quad has none there.
func (c *column) ref(i int) graph.Ref {
	if c.refs[i].id == 0 {
		return nil
	}
	return &c.refs[i]
}

// fill reads the values of nodes.
func (v *View) fill(refs []columnRef) error {
	missing := make([]*columnRef, 0, len(refs))
	for i := range refs {
		r := &refs[i]
		if r.id == 0 {
			continue
		}
		if n := v.names.get(r.id); n != nil {
			r.val = n.val
		} else {
			missing = append(missing, r)
		}
	}
	if len(missing) < minWalk {
		for _, r := range missing {
			n, err := v.name(r.id)
			if n == nil {
				return err
			}
			r.val = n.val
		}
		return nil
	}
	slices.SortFunc(missing, func(a, b *columnRef) int { return int(a.id) - int(b.id) })
	return v.walk(missing)
}

// walk reads the values of nodes that are sorted by id.
func (v *View) walk(sorted []*columnRef) error {
	s := &scan{view: v, prefix: []byte{spaceValue}}
	defer s.close()
	var key []byte
	var n *namedRef
	for _, r := range sorted {
		if n == nil || n.id != r.id {
			key = appendID(append(key[:0], spaceValue), r.id)
			n = &namedRef{id: r.id}
			if !s.seek(context.Background(), key, func(it *pebble.Iterator) error {
				if !bytes.Equal(it.Key(), key) {
					return nil // there is none
				}
				return v.read(it, n)
			}) {
				return s.err
			}
		}
		r.val = n.val
	}
	return nil
}

// read reads the value of a node at an iterator's position.
func (v *View) read(it *pebble.Iterator, n *namedRef) error {
	b, err := it.ValueAndErr()
	if err != nil {
		return err
	}
	if n.val, err = parseValue(b); err == nil && len(b) <= nameCacheBytes {
		v.names.put(n)
	}
	return err
}
