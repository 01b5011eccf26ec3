package quadstore

import (
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// nodeRef is a node by its id.
type nodeRef uint64

// Key implements graph.Ref.
func (r nodeRef) Key() any { return r }

// namedRef is a node with its value. Its key is that of the nodeRef.
type namedRef struct {
	id  uint64
	val quad.Value
}

var _ graph.PreFetchedValue = (*namedRef)(nil)

// Key implements graph.Ref.
func (r *namedRef) Key() any { return nodeRef(r.id) }

// NameOf implements graph.PreFetchedValue.
func (r *namedRef) NameOf() quad.Value { return r.val }

// quadRef is a quad by the ids of its values.
type quadRef tuple

// Key implements graph.Ref.
func (r quadRef) Key() any { return r }

// nodeID returns the id of a node of ours.
func nodeID(ref graph.Ref) (id uint64, ok bool) {
	switch r := ref.(type) {
	case nodeRef:
		return uint64(r), r != 0
	case *namedRef:
		return r.id, true
	case *lazyRef:
		return r.id, true
	case *columnRef:
		return r.id, true
	}
	return 0, false
}

const (
	nameCacheSlots = 1 << 14
	nameCacheBytes = 512 // longer values are read each time
)

// nameCache remembers values by id, for all views of a store: an id never
// comes to mean another value. Only what was read from the store enters it,
// never what a batch is about to write, so a failed batch cannot spoil it.
type nameCache [nameCacheSlots]atomic.Pointer[namedRef]

func (c *nameCache) get(id uint64) *namedRef {
	if n := c[id%nameCacheSlots].Load(); n != nil && n.id == id {
		return n
	}
	return nil
}

func (c *nameCache) put(n *namedRef) { c[n.id%nameCacheSlots].Store(n) }

// clear forgets everything; tests that change names behind the store's back do so.
func (c *nameCache) clear() {
	for i := range c {
		c[i].Store(nil)
	}
}
