package quadstore

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// View is a read-only graph.QuadStore over one state of a Store. All methods
// may be called from several goroutines, Close among them: what is still
// running then ends with ErrClosed.
type View struct {
	dir     string // for errors
	names   *nameCache
	release func() error // gives back the snapshot; may be nil
	forget  func()       // tells the store; may be nil

	mu  sync.RWMutex  // held for reading during every use of src and of its iterators
	src pebble.Reader // nil once closed

	scanning sync.Mutex
	scans    map[*scan]struct{} // the open ones; guarded by scanning
	idle     []*pebble.Iterator // open, but of no scan; guarded by scanning

	failed atomic.Pointer[error] // the first error of a read
}

var (
	_ graph.QuadStore      = (*View)(nil)
	_ graph.BatchQuadStore = (*View)(nil)
	_ shape.Optimizer      = (*View)(nil)
)

// Err returns the first error that reading met, or nil. NameOf, ValueOf, Quad
// and the sizes cannot return it themselves.
func (v *View) Err() error {
	if p := v.failed.Load(); p != nil {
		return *p
	}
	return nil
}

// note keeps the first error of a read.
func (v *View) note(err error) {
	if err != nil {
		v.failed.CompareAndSwap(nil, &err)
	}
}

// Close closes the view and all iterators over it. Closing again does nothing.
func (v *View) Close() error { return v.shut() }

func (v *View) shut() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.src == nil {
		return nil
	}
	v.closeScans()
	v.src = nil
	var err error
	if v.release != nil {
		err = v.release()
	}
	if v.forget != nil {
		v.forget()
	}
	return err
}

// use makes the view read from another source; running scans end.
func (v *View) use(src pebble.Reader) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.closeScans()
	v.src = src
}

// closeScans closes the open scans; v.mu must be held for writing.
func (v *View) closeScans() {
	v.scanning.Lock()
	defer v.scanning.Unlock()
	for s := range v.scans {
		s.release()
	}
	for _, it := range v.idle {
		_ = it.Close()
	}
	v.scans, v.idle = nil, nil
}

// get reads one key. The bytes given to read are valid only during the call.
func (v *View) get(key []byte, read func([]byte) error) (found bool, err error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.src == nil {
		return false, ErrClosed
	}
	b, closer, err := v.src.Get(key)
	if err == pebble.ErrNotFound {
		return false, nil
	} else if err != nil {
		return false, explain(v.dir, err)
	}
	defer closer.Close()
	if read != nil {
		err = read(b)
	}
	return true, explain(v.dir, err)
}

func (v *View) totals() (t totals, err error) {
	found, err := v.get(keyTotals, func(b []byte) error {
		return readUvarints(b, &t.last, &t.nodes, &t.quads)
	})
	if err == nil && !found {
		err = explain(v.dir, fmt.Errorf("%w: it has no totals", ErrCorrupt))
	}
	return t, err
}

// uses counts the quads that use a value, by direction.
type uses [4]uint64

func (u uses) of(d quad.Direction) uint64 {
	if d < quad.Subject || d > quad.Label {
		return 0
	}
	return u[d-quad.Subject]
}

func (v *View) uses(id uint64) (u uses, err error) {
	_, err = v.get(keyOfID(spaceCount, id), func(b []byte) error {
		return readUvarints(b, &u[0], &u[1], &u[2], &u[3])
	})
	return u, err
}

// idOf returns the id of an encoded value, or 0.
func (v *View) idOf(enc []byte) (id uint64, err error) {
	_, err = v.get(tokenKey(enc), func(b []byte) (err error) {
		id, err = parseID(b)
		return err
	})
	return id, err
}

// name returns the value with the id, or nil if there is none.
func (v *View) name(id uint64) (*namedRef, error) {
	if n := v.names.get(id); n != nil {
		return n, nil
	}
	var n *namedRef
	_, err := v.get(keyOfID(spaceValue, id), func(b []byte) error {
		val, err := parseValue(b)
		if err != nil {
			return err
		}
		n = &namedRef{id: id, val: val}
		if len(b) <= nameCacheBytes {
			v.names.put(n)
		}
		return nil
	})
	return n, err
}

// ValueOf returns the node of a value, or nil if no quad has it.
func (v *View) ValueOf(val quad.Value) graph.Ref {
	ref, err := v.valueOf(val)
	v.note(err)
	if ref == nil {
		return nil // not a nil *namedRef, which would be a Ref
	}
	return ref
}

func (v *View) valueOf(val quad.Value) (*namedRef, error) {
	if val == nil {
		return nil, nil
	}
	enc, err := appendValue(nil, val)
	if err != nil {
		return nil, nil // what cannot be stored is not there
	}
	id, err := v.idOf(enc)
	if id == 0 || err != nil {
		return nil, err
	}
	if _, ok := val.(quad.Time); ok {
		val, err = parseValue(enc) // in UTC, as it is stored
	}
	return &namedRef{id: id, val: val}, err
}

// NameOf returns the value of a node, or nil.
func (v *View) NameOf(ref graph.Ref) quad.Value {
	val, err := v.nameOf(ref)
	v.note(err)
	return val
}

func (v *View) nameOf(ref graph.Ref) (quad.Value, error) {
	if ref == nil {
		return nil, nil
	}
	if p, ok := ref.(graph.PreFetchedValue); ok {
		return p.NameOf(), nil
	}
	id, ok := nodeID(ref)
	if !ok {
		return nil, nil
	}
	n, err := v.name(id)
	if n == nil {
		return nil, err
	}
	return n.val, nil
}

// ValuesOf returns the values of nodes; nil where there is none.
func (v *View) ValuesOf(ctx context.Context, refs []graph.Ref) ([]quad.Value, error) {
	out := make([]quad.Value, len(refs))
	for i, ref := range refs {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		var err error
		if out[i], err = v.nameOf(ref); err != nil {
			return out, err
		}
	}
	return out, nil
}

// RefsOf returns the nodes of values; it fails if one is not there.
func (v *View) RefsOf(_ context.Context, values []quad.Value) ([]graph.Ref, error) {
	out := make([]graph.Ref, len(values))
	for i, val := range values {
		ref, err := v.valueOf(val)
		if err != nil {
			return nil, err
		}
		if ref == nil {
			return nil, fmt.Errorf("quadstore: not found: %v", val)
		}
		out[i] = ref
	}
	return out, nil
}

// Quad returns the quad of a ref that an iterator over quads gave.
func (v *View) Quad(ref graph.Ref) quad.Quad {
	t, ok := ref.(quadRef)
	if !ok {
		return quad.Quad{}
	}
	var q quad.Quad
	for i, d := range quad.Directions {
		if t[i] == 0 {
			continue
		}
		n, err := v.name(t[i])
		v.note(err)
		if n == nil {
			return quad.Quad{}
		}
		q.Set(d, n.val)
	}
	return q
}

// QuadDirection returns the node of a quad in a direction, or nil.
func (v *View) QuadDirection(ref graph.Ref, d quad.Direction) graph.Ref {
	t, ok := ref.(quadRef)
	if !ok {
		return nil
	}
	return v.ref(tuple(t).get(d))
}

// QuadIterator iterates over the quads that have the node in the direction.
func (v *View) QuadIterator(d quad.Direction, ref graph.Ref) graph.Iterator {
	id, ok := nodeID(ref)
	if !ok || d < quad.Subject || d > quad.Label {
		return iterator.NewNull()
	}
	var pattern tuple
	pattern.set(d, id)
	return (&quadScan{view: v, pattern: pattern}).AsLegacy()
}

// QuadIteratorSize returns the exact number of those quads.
func (v *View) QuadIteratorSize(_ context.Context, d quad.Direction, ref graph.Ref) (graph.Size, error) {
	id, ok := nodeID(ref)
	if !ok {
		return graph.Size{Exact: true}, nil
	}
	u, err := v.uses(id)
	return graph.Size{Size: int64(u.of(d)), Exact: err == nil}, err
}

// SizeOf returns how many times quads use the node, in any direction.
func (v *View) SizeOf(ref graph.Ref) int64 {
	id, ok := nodeID(ref)
	if !ok {
		return 0
	}
	u, err := v.uses(id)
	v.note(err)
	return int64(u[0] + u[1] + u[2] + u[3])
}

// NodesAllIterator iterates over all values that quads use, in order of arrival.
func (v *View) NodesAllIterator() graph.Iterator {
	return (&nodeScan{view: v}).AsLegacy()
}

// QuadsAllIterator iterates over all quads.
func (v *View) QuadsAllIterator() graph.Iterator {
	return (&quadScan{view: v}).AsLegacy()
}

// Stats returns the numbers of nodes and of quads, always exact.
func (v *View) Stats(context.Context, bool) (graph.Stats, error) {
	t, err := v.totals()
	return graph.Stats{
		Nodes: graph.Size{Size: int64(t.nodes), Exact: err == nil},
		Quads: graph.Size{Size: int64(t.quads), Exact: err == nil},
	}, err
}

// ApplyDeltas returns ErrReadOnly.
func (v *View) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return ErrReadOnly }

// NewQuadWriter returns ErrReadOnly.
func (v *View) NewQuadWriter() (quad.WriteCloser, error) { return nil, ErrReadOnly }
