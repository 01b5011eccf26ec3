package postgres

import (
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
)

// nodeRef is a node by the hash of its value. It knows the page of rows that it
// came with, whose names are read together. Its key is the hash.
type nodeRef struct {
	hash hash
	page *page // may be nil
	col  int
}

// Key implements graph.Ref.
func (r *nodeRef) Key() any { return r.hash }

// namedRef is a node with its value.
type namedRef struct {
	hash hash
	val  quad.Value
}

var _ graph.PreFetchedValue = (*namedRef)(nil)

// Key implements graph.Ref.
func (r *namedRef) Key() any { return r.hash }

// NameOf implements graph.PreFetchedValue.
func (r *namedRef) NameOf() quad.Value { return r.val }

// quadRef is a quad in the columns col to col+3 of a row of a page.
type quadRef struct {
	hashes graph.QuadHash
	page   *page
	col    int
}

// Key implements graph.Ref.
func (r *quadRef) Key() any { return r.hashes }

// hashOf returns the hash of a node; ok is false if ref is none.
func hashOf(ref graph.Ref) (h hash, ok bool) {
	switch r := ref.(type) {
	case *nodeRef:
		h = r.hash
	case *namedRef:
		h = r.hash
	case hash:
		h = r
	case csql.NodeHash:
		h = r.ValueHash
	case graph.PreFetchedValue:
		h = graph.HashOf(r.NameOf())
	}
	return h, h.Valid()
}

const (
	nameCacheSlots = 1 << 14
	nameCacheBytes = 512 // longer values are read each time
)

// nameCache remembers values by hash, for everything that reads the database: a
// hash never comes to mean another value.
type nameCache [nameCacheSlots]atomic.Pointer[namedRef]

func slotOf(h hash) int { return (int(h[0])<<8 | int(h[1])) % nameCacheSlots }

func (c *nameCache) get(h hash) quad.Value {
	if n := c[slotOf(h)].Load(); n != nil && n.hash == h {
		return n.val
	}
	return nil
}

func (c *nameCache) put(h hash, v quad.Value) { c[slotOf(h)].Store(&namedRef{h, v}) }
