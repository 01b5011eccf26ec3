package quadstore

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// totals are the counts of the whole store.
type totals struct {
	last         uint64 // the last id given
	nodes, quads uint64
}

func (t totals) append(dst []byte) []byte {
	return appendUvarints(dst, t.last, t.nodes, t.quads)
}

// ApplyDeltas applies the changes in their order, all or none of them. Adding
// a quad that is there is graph.ErrQuadExists unless opts.IgnoreDup, deleting
// one that is not is graph.ErrQuadNotExist unless opts.IgnoreMissing; both
// take into account what the deltas before it did. Errors about a delta are
// *graph.DeltaError.
func (s *Store) ApplyDeltas(in []graph.Delta, opts graph.IgnoreOpts) error {
	if s.opts.ReadOnly {
		return ErrReadOnly
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.writable(); err != nil {
		return err
	}
	c := &change{
		store: s, totals: s.totals,
		values: map[string]*node{}, quads: map[tuple]*presence{},
	}
	for _, d := range in {
		if err := c.delta(d, opts); err != nil {
			return err
		}
	}
	return c.commit()
}

// writable says why the store cannot be written, if it cannot.
func (s *Store) writable() error {
	s.viewing.Lock()
	closed := s.views == nil
	s.viewing.Unlock()
	if closed {
		return ErrClosed
	}
	if s.failure == nil {
		if err := s.trouble.err(); err != nil {
			s.fail(err, s.db.NewSnapshot())
		}
	}
	if s.failure != nil {
		return explain(s.dir, s.failure)
	}
	return nil
}

// fail stops all writing. Reads go on with the snapshot, which is what was
// stored before the write that failed.
func (s *Store) fail(err error, good *pebble.Snapshot) {
	if !errors.Is(err, ErrFailed) {
		err = fmt.Errorf("%w: %w", ErrFailed, err)
	}
	s.failure = err
	s.viewing.Lock()
	s.good = good
	s.viewing.Unlock()
	s.live.use(good)
}

// change collects what a batch of deltas comes to. Nothing of it outlives the
// batch, so a failed one leaves no trace in memory.
type change struct {
	store  *Store
	totals totals

	values  map[string]*node // by encoding
	nodes   []*node          // the same, in the order they were met
	quads   map[tuple]*presence
	touched []tuple // the keys of quads, in the order they were met
}

// node is a value as a change sees it.
type node struct {
	id     uint64 // 0: not known to the store, and not yet to the change
	enc    []byte
	stored bool     // whether the store has it
	delta  [4]int64 // how many more quads use it, by direction

	moved     bool    // whether some quad with it comes or goes; set by countNodes
	counted   bool    // was is known already
	was, now  uses    // how many use it, before the change and after; set by countNodes
	hub, gone [4]bool // whether it is a hub before and after, or before only; set by countPairs
}

// presence tells whether a quad was there before the change, and is now.
type presence struct {
	before, now bool
	nodes       [4]*node
}

func (c *change) delta(d graph.Delta, opts graph.IgnoreOpts) error {
	if d.Action != graph.Add && d.Action != graph.Delete {
		return &graph.DeltaError{Delta: d, Err: graph.ErrInvalidAction}
	}
	if d.Action == graph.Add && !d.Quad.IsValid() {
		return &graph.DeltaError{Delta: d, Err: quad.ErrIncomplete}
	}
	adds := d.Action == graph.Add
	t, nodes, known, err := c.resolve(d.Quad, adds)
	if err != nil {
		return fmt.Errorf("quadstore: %s: %w", d.Action, err)
	}
	var p *presence
	if known {
		if p, err = c.presence(t, nodes); err != nil {
			return err
		}
	}
	switch there := p != nil && p.now; {
	case adds && there && !opts.IgnoreDup:
		return &graph.DeltaError{Delta: d, Err: graph.ErrQuadExists}
	case !adds && !there && !opts.IgnoreMissing:
		return &graph.DeltaError{Delta: d, Err: graph.ErrQuadNotExist}
	case adds != there:
		p.now = adds
		step := int64(1)
		if !adds {
			step = -1
		}
		for i, n := range nodes {
			if n != nil {
				n.delta[i] += step
			}
		}
	}
	return nil
}

// resolve turns a quad into ids. Values that are not known get one if add is
// set; else known is false, and the quad cannot exist.
func (c *change) resolve(q quad.Quad, add bool) (t tuple, nodes [4]*node, known bool, err error) {
	if !q.IsValid() {
		return t, nodes, false, nil
	}
	for i, d := range quad.Directions {
		v := q.Get(d)
		if v == nil {
			continue
		}
		n, err := c.node(v)
		if err != nil {
			return t, nodes, false, err
		}
		if n.id == 0 {
			if !add {
				return t, nodes, false, nil
			}
			c.totals.last++
			n.id = c.totals.last
		}
		t[i], nodes[i] = n.id, n
	}
	return t, nodes, true, nil
}

func (c *change) node(v quad.Value) (*node, error) {
	enc, err := appendValue(nil, v)
	if err != nil {
		return nil, err
	}
	if n := c.values[string(enc)]; n != nil {
		return n, nil
	}
	n := &node{enc: enc}
	if s, ok := c.store.known.get(enc); ok {
		n.id, n.was, n.counted = s.id, s.uses, true
	} else if n.id, err = c.store.live.idOf(enc); err != nil {
		return nil, err
	}
	n.stored = n.id != 0
	c.values[string(enc)] = n
	c.nodes = append(c.nodes, n)
	return n, nil
}

func (c *change) presence(t tuple, nodes [4]*node) (*presence, error) {
	if p := c.quads[t]; p != nil {
		return p, nil
	}
	p := &presence{nodes: nodes}
	stored := true // a quad can be there only if its values are
	for _, n := range nodes {
		stored = stored && (n == nil || n.stored)
	}
	if stored {
		there, err := c.store.live.get(orders[0].appendQuad(nil, t), nil)
		if err != nil {
			return nil, err
		}
		p.before, p.now = there, there
	}
	c.quads[t] = p
	c.touched = append(c.touched, t)
	return p, nil
}

// commit writes what the deltas came to in one batch.
func (c *change) commit() error {
	s := c.store
	b := s.db.NewBatch()
	if err := c.write(b); err != nil || b.Empty() {
		return explain(s.dir, errors.Join(err, b.Close()))
	}
	before := s.db.NewSnapshot()
	if err := s.apply(b); err != nil {
		s.fail(err, before)
		return explain(s.dir, s.failure)
	}
	s.totals = c.totals
	s.known.learn(c)
	return before.Close()
}

// maxBatchBytes is safely below what Pebble can take.
const maxBatchBytes = 1 << 30

var errTooLarge = errors.New("a batch is larger than 1 GB: write it in parts")

// write fills the batch; it stays empty if nothing changes.
func (c *change) write(b *pebble.Batch) error {
	if err := c.writeQuads(b); err != nil || b.Empty() {
		return err
	}
	if err := c.countNodes(); err != nil {
		return err
	}
	if err := c.countPairs(b); err != nil {
		return err
	}
	if err := c.writeNodes(b); err != nil {
		return err
	}
	if b.Len() > maxBatchBytes {
		return errTooLarge
	}
	return b.Set(keyTotals, c.totals.append(nil), nil)
}

// writeQuads writes each order's keys sorted: the table in memory, a skip list, takes
// neighbours for less.
func (c *change) writeQuads(b *pebble.Batch) error {
	type move struct {
		ids   [4]uint64 // in an order
		quad  tuple
		comes bool
	}
	var moves []move
	for _, t := range c.touched {
		p := c.quads[t]
		switch {
		case p.now == p.before:
			continue
		case p.now:
			c.totals.quads++
		default:
			c.totals.quads--
		}
		moves = append(moves, move{quad: t, comes: p.now})
	}
	var key []byte
	for _, o := range orders {
		for i := range moves {
			moves[i].ids = o.arrange(moves[i].quad)
		}
		slices.SortFunc(moves, func(m, n move) int { return compareIDs(&m.ids, &n.ids) })
		for _, m := range moves {
			if o.labelled && m.quad.get(quad.Label) == 0 {
				continue
			}
			key = o.appendQuad(key[:0], m.quad)
			var err error
			if m.comes {
				err = b.Set(key, nil, nil)
			} else {
				err = b.Delete(key, nil)
			}
			if err != nil {
				return err
			}
		}
		if b.Len() > maxBatchBytes {
			return errTooLarge
		}
	}
	return nil
}

// countNodes finds how many quads use each value before the change and after it.
func (c *change) countNodes() error {
	for _, p := range c.quads {
		if p.now == p.before {
			continue
		}
		for _, n := range p.nodes {
			if n != nil {
				n.moved = true
			}
		}
	}
	for _, n := range c.nodes {
		if !n.moved {
			continue
		}
		if n.stored && !n.counted {
			var err error
			if n.was, err = c.store.live.uses(n.id); err != nil {
				return err
			}
		}
		for i, d := range n.delta {
			sum := int64(n.was[i]) + d
			if sum < 0 {
				return fmt.Errorf("%w: value %d has a count of %d", ErrCorrupt, n.id, sum)
			}
			n.now[i] = uint64(sum)
		}
	}
	return nil
}

// writeNodes writes names, tokens and counts, each sorted as the quads are.
func (c *change) writeNodes(b *pebble.Batch) error {
	var changed []*node
	for _, n := range c.nodes {
		if n.delta != ([4]int64{}) {
			changed = append(changed, n)
		}
	}
	slices.SortFunc(changed, func(m, n *node) int { return cmp.Compare(m.id, n.id) })
	for _, n := range changed {
		if err := writeCount(b, n); err != nil {
			return err
		}
	}
	changed = slices.DeleteFunc(changed, func(n *node) bool { return n.stored && !n.unused() })
	for _, n := range changed {
		if err := c.writeName(b, n); err != nil {
			return err
		}
	}
	slices.SortFunc(changed, func(m, n *node) int { return bytes.Compare(m.enc, n.enc) })
	for _, n := range changed {
		if err := writeToken(b, n); err != nil {
			return err
		}
	}
	return nil
}

// unused reports whether no quad has the value after the change.
func (n *node) unused() bool { return n.now == uses{} }

func writeCount(b *pebble.Batch, n *node) error {
	if n.unused() {
		return b.Delete(keyOfID(spaceCount, n.id), nil)
	}
	return b.Set(keyOfID(spaceCount, n.id), appendUvarints(nil, n.now[:]...), nil)
}

// writeName writes the name of a value that comes, or deletes that of one that goes.
func (c *change) writeName(b *pebble.Batch, n *node) error {
	if n.unused() {
		c.totals.nodes--
		return b.Delete(keyOfID(spaceValue, n.id), nil)
	}
	c.totals.nodes++
	return b.Set(keyOfID(spaceValue, n.id), n.enc, nil)
}

func writeToken(b *pebble.Batch, n *node) error {
	if n.unused() {
		return b.Delete(tokenKey(n.enc), nil)
	}
	return b.Set(tokenKey(n.enc), appendID(nil, n.id), nil)
}

// apply commits the batch and reports whether it is on disk.
func (s *Store) apply(b *pebble.Batch) error {
	sync := pebble.Sync
	if s.opts.NoSync {
		sync = pebble.NoSync
	}
	done := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- fmt.Errorf("%v", r)
			}
		}()
		err := b.Commit(sync)
		if err == nil {
			err = s.trouble.logErr()
		}
		done <- errors.Join(err, b.Close())
	}()
	return s.await(done)
}

// NewQuadWriter returns a writer that adds quads and ignores those that are
// there. WriteQuads is one atomic batch; single quads are collected and
// written with the next batch, or by Close.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) {
	if s.opts.ReadOnly {
		return nil, ErrReadOnly
	}
	return &quadWriter{store: s}, nil
}

type quadWriter struct {
	store   *Store
	pending []graph.Delta
}

func (w *quadWriter) WriteQuad(q quad.Quad) error {
	w.pending = append(w.pending, graph.Delta{Quad: q, Action: graph.Add})
	if len(w.pending) < quad.DefaultBatch {
		return nil
	}
	return w.flush()
}

func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	for _, q := range quads {
		w.pending = append(w.pending, graph.Delta{Quad: q, Action: graph.Add})
	}
	if err := w.flush(); err != nil {
		return 0, err
	}
	return len(quads), nil
}

func (w *quadWriter) flush() error {
	pending := w.pending
	w.pending = nil
	if len(pending) == 0 {
		return nil
	}
	return w.store.ApplyDeltas(pending, graph.IgnoreOpts{IgnoreDup: true})
}

func (w *quadWriter) Close() error { return w.flush() }
