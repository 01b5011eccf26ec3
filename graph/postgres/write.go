package postgres

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
)

// applyBatch is how many deltas are sent at a time.
const applyBatch = 20_000

// apply applies deltas within the transaction, all or none of them.
func (tx *Tx) apply(ctx context.Context, in []graph.Delta, opts graph.IgnoreOpts) error {
	return tx.trust(ctx, len(in), func() error {
		for part := range slices.Chunk(in, applyBatch) {
			if err := tx.applyPart(ctx, part, opts); err != nil {
				return err
			}
		}
		return nil
	})
}

// applyPart applies as many deltas as are sent at a time. Unless the server refuses
// something, it fails before it has changed anything.
func (tx *Tx) applyPart(ctx context.Context, in []graph.Delta, opts graph.IgnoreOpts) error {
	b := newBatch(in)
	if err := tx.known(ctx, b); err != nil {
		return err
	}
	if err := tx.present(ctx, b); err != nil {
		return err
	}
	if err := b.simulate(in, opts); err != nil {
		return err
	}
	return tx.write(ctx, b)
}

// nodeCount is a node and how many more uses it has.
type nodeCount struct {
	hash hash
	refs int32
	val  quad.Value
}

// batch is what some deltas come to.
type batch struct {
	at    map[[4]hash]int // index into quads
	quads []quadState     // in the order in which they first came
	order []int           // the quad of each delta
	nodes map[hash]*nodeState
}

type quadState struct {
	hashes   [4]hash
	was, is  bool
	hasLabel bool
}

type nodeState struct {
	val   quad.Value
	delta int32
	known bool // it is there
}

func newBatch(in []graph.Delta) *batch {
	b := &batch{at: make(map[[4]hash]int, len(in)), nodes: make(map[hash]*nodeState, len(in))}
	known := make(map[quad.Value]hash, len(in)) // hashing costs more than looking up
	for _, d := range in {
		var key [4]hash
		for i, dir := range quad.Directions {
			v := d.Quad.Get(dir)
			if v == nil {
				continue
			}
			h, ok := known[v]
			if !ok {
				h = graph.HashOf(v)
				known[v] = h
				if b.nodes[h] == nil {
					b.nodes[h] = &nodeState{val: v}
				}
			}
			key[i] = h
		}
		i, ok := b.at[key]
		if !ok {
			i = len(b.quads)
			b.at[key] = i
			b.quads = append(b.quads, quadState{hashes: key, hasLabel: key[3].Valid()})
		}
		b.order = append(b.order, i)
	}
	return b
}

// keys returns the hashes of the quads for which keep is true, by direction; a missing
// label is NULL.
func (b *batch) keys(keep func(*quadState) bool) (cols [4][][]byte) {
	for i := range b.quads {
		q := &b.quads[i]
		if !keep(q) {
			continue
		}
		for d := range q.hashes {
			h := q.hashes[d][:]
			if d == 3 && !q.hasLabel {
				h = nil
			}
			cols[d] = append(cols[d], h)
		}
	}
	return cols
}

// listed is the quads that a statement names: those with a label, or those without.
const (
	listedWith    = "unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]) AS k(s, p, o, l)"
	listedWithout = "unnest($1::bytea[], $2::bytea[], $3::bytea[]) AS k(s, p, o)"
	isListed      = "quads.subject_hash = k.s AND quads.predicate_hash = k.p AND quads.object_hash = k.o"
)

// known finds out which nodes there are.
func (tx *Tx) known(ctx context.Context, b *batch) error {
	hashes := make([][]byte, 0, len(b.nodes))
	for h := range b.nodes {
		hashes = append(hashes, h[:])
	}
	slices.SortFunc(hashes, bytes.Compare)
	return tx.query(ctx, func(rows pgx.Rows) error {
		if n := b.nodes[hash(rows.RawValues()[0])]; n != nil {
			n.known = true
		}
		return nil
	}, "SELECT hash FROM nodes WHERE hash = ANY($1)", hashes)
}

// possible reports whether a quad may be there: all its nodes are.
func (b *batch) possible(q *quadState) bool {
	for i, h := range q.hashes {
		if (i < 3 || q.hasLabel) && (b.nodes[h] == nil || !b.nodes[h].known) {
			return false
		}
	}
	return true
}

// present finds out which quads there are.
func (tx *Tx) present(ctx context.Context, b *batch) error {
	mark := func(rows pgx.Rows) error {
		var key [4]hash
		for i, v := range rows.RawValues() {
			copy(key[i][:], v)
		}
		if i, ok := b.at[key]; ok {
			b.quads[i].was, b.quads[i].is = true, true
		}
		return nil
	}
	with, without := b.keys(func(q *quadState) bool { return q.hasLabel && b.possible(q) }),
		b.keys(func(q *quadState) bool { return !q.hasLabel && b.possible(q) })
	if len(with[0]) > 0 {
		if err := tx.query(ctx, mark, "SELECT k.s, k.p, k.o, k.l FROM "+listedWith+" JOIN quads ON "+isListed+" AND quads.label_hash = k.l",
			with[0], with[1], with[2], with[3]); err != nil {
			return err
		}
	}
	if len(without[0]) > 0 {
		return tx.query(ctx, mark, "SELECT k.s, k.p, k.o FROM "+listedWithout+" JOIN quads ON "+isListed+" AND quads.label_hash IS NULL",
			without[0], without[1], without[2])
	}
	return nil
}

// simulate applies the deltas to what is present.
func (b *batch) simulate(in []graph.Delta, opts graph.IgnoreOpts) error {
	for i, d := range in {
		q := &b.quads[b.order[i]]
		switch {
		case d.Action != graph.Add && d.Action != graph.Delete:
			return fmt.Errorf("postgres: unknown action %v", d.Action)
		case d.Quad.Subject == nil || d.Quad.Predicate == nil || d.Quad.Object == nil:
			return fmt.Errorf("postgres: %v lacks a node", d.Quad)
		case d.Action == graph.Add && q.is && !opts.IgnoreDup:
			return &graph.DeltaError{Delta: d, Err: graph.ErrQuadExists}
		case d.Action == graph.Delete && !q.is && !opts.IgnoreMissing:
			return &graph.DeltaError{Delta: d, Err: graph.ErrQuadNotExist}
		}
		q.is = d.Action == graph.Add
	}
	for i := range b.quads {
		q := &b.quads[i]
		by := int32(0)
		if q.is && !q.was {
			by = 1
		} else if q.was && !q.is {
			by = -1
		}
		if by == 0 {
			continue
		}
		for _, h := range q.hashes {
			if h.Valid() {
				b.nodes[h].delta += by
			}
		}
	}
	return nil
}

// write sends what the batch changes.
func (tx *Tx) write(ctx context.Context, b *batch) error {
	come := b.keys(func(q *quadState) bool { return q.is && !q.was })
	gone := b.keys(func(q *quadState) bool { return q.was && !q.is })
	if len(come[0])+len(gone[0]) == 0 {
		return nil
	}
	tx.wrote = true
	fewer, err := tx.count(ctx, b)
	if err != nil {
		return err
	}
	if len(gone[0]) > 0 {
		if err := tx.delete(ctx, b, len(gone[0])); err != nil {
			return err
		}
	}
	if len(come[0]) > 0 {
		if err := tx.insert(ctx, b, len(come[0])); err != nil {
			return err
		}
	}
	if len(fewer) == 0 {
		return nil
	}
	_, err = tx.sess.exec(ctx, "DELETE FROM nodes WHERE hash = ANY($1) AND refs <= 0", fewer)
	return err
}

// insert adds the quads that come, in the order of their hashes, so that neighbours in
// the indexes come together.
func (tx *Tx) insert(ctx context.Context, b *batch, n int) error {
	come := make([]*[4]hash, 0, n)
	for i := range b.quads {
		if q := &b.quads[i]; q.is && !q.was {
			come = append(come, &q.hashes)
		}
	}
	slices.SortFunc(come, func(a, b *[4]hash) int {
		return slices.CompareFunc(a[:], b[:], func(a, b hash) int { return bytes.Compare(a[:], b[:]) })
	})
	rows := &copyRows{}
	for _, q := range come {
		rows.addQuad(q)
	}
	return tx.sess.copy(ctx, copyQuads, rows.reader())
}

// count brings the nodes' reference counts up to date and adds those that are new. It
// returns the nodes that have fewer than before.
func (tx *Tx) count(ctx context.Context, b *batch) (fewer [][]byte, err error) {
	var there, fresh []nodeCount
	for h, n := range b.nodes {
		switch {
		case n.delta == 0:
		case n.known:
			there = append(there, nodeCount{h, n.delta, n.val})
		default:
			fresh = append(fresh, nodeCount{h, n.delta, n.val})
		}
		if n.delta < 0 {
			fewer = append(fewer, h[:])
		}
	}
	sortNodes(there) // in one order: whoever else writes meets no deadlock
	sortNodes(fresh)
	if err := tx.addCounts(ctx, there, nil); err != nil {
		return nil, err
	}
	rows := &copyRows{}
	for _, n := range fresh {
		cols, err := encode(n.val)
		if err != nil {
			return nil, err
		}
		rows.addNode(n.hash, n.refs, &cols)
	}
	if rows.buf.Len() == 0 {
		return fewer, nil
	}
	return fewer, tx.sess.copy(ctx, copyNodes, rows.reader())
}

func sortNodes(nodes []nodeCount) {
	slices.SortFunc(nodes, func(a, b nodeCount) int { return bytes.Compare(a.hash[:], b.hash[:]) })
}

// addCounts adds to the counts of the nodes that are there, and marks these.
func (tx *Tx) addCounts(ctx context.Context, nodes []nodeCount, there map[hash]bool) error {
	if len(nodes) == 0 {
		return nil
	}
	hashes, by := make([][]byte, len(nodes)), make([]int32, len(nodes))
	for i := range nodes {
		hashes[i], by[i] = nodes[i].hash[:], nodes[i].refs
	}
	return tx.query(ctx, func(rows pgx.Rows) error {
		if there != nil {
			there[hash(rows.RawValues()[0])] = true
		}
		return nil
	}, "UPDATE nodes SET refs = nodes.refs + k.n FROM unnest($1::bytea[], $2::int[]) AS k(h, n) WHERE nodes.hash = k.h RETURNING nodes.hash", hashes, by)
}

// delete removes the quads that are gone.
func (tx *Tx) delete(ctx context.Context, b *batch, want int) error {
	with := b.keys(func(q *quadState) bool { return q.was && !q.is && q.hasLabel })
	without := b.keys(func(q *quadState) bool { return q.was && !q.is && !q.hasLabel })
	got := 0
	if len(with[0]) > 0 {
		n, err := tx.sess.exec(ctx, "DELETE FROM quads USING "+listedWith+" WHERE "+isListed+" AND quads.label_hash = k.l",
			with[0], with[1], with[2], with[3])
		if err != nil {
			return err
		}
		got += n
	}
	if len(without[0]) > 0 {
		n, err := tx.sess.exec(ctx, "DELETE FROM quads USING "+listedWithout+" WHERE "+isListed+" AND quads.label_hash IS NULL",
			without[0], without[1], without[2])
		if err != nil {
			return err
		}
		got += n
	}
	if got != want {
		return fmt.Errorf("postgres: %d quads went where %d were there: another program writes the database", got, want)
	}
	return nil
}
