package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5/pgconn"
)

const loadChunk = 1 << 20 // bytes that are sent at a time

// generation is how much of a load is counted and sorted in memory.
type generation struct {
	nodes, quads int
	bytes        int // of the nodes' values
}

var loadLimits = generation{nodes: 1_000_000, quads: 4_000_000, bytes: 128 << 20}

// Load fills an empty store with quads, which may come twice, and returns their number.
// It is one transaction, which readers wait for: indexes and constraints are dropped,
// nodes and quads come sorted by COPY, and the indexes are built last. An error of quads ends it.
func (s *Store) Load(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (n int, err error) {
	if s.readOnly {
		return 0, ErrReadOnly
	}
	// Quads can be read once only: nothing runs again here.
	err = s.update(ctx, func(tx *Tx) (err error) {
		l := &loader{tx: tx, limits: loadLimits}
		n, err = l.load(ctx, quads)
		return err
	})
	if err != nil {
		return 0, explain(s.target, err)
	}
	return n, nil
}

// loader is one Load. Nodes are counted in generations, each as large as fits into
// memory; most loads have one.
type loader struct {
	limits  generation
	tx      *Tx
	hashes  map[quad.Value]uint32 // index into nodes; hashing costs more than looking up
	at      map[hash]uint32       // the same by hash
	nodes   []nodeCount
	quads   []packed
	bytes   int // of the nodes' values
	later   bool
	seen    int   // quads
	horizon int64 // of the last quad
}

func (l *loader) load(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (int, error) {
	some, err := l.tx.number(ctx, "SELECT count(*) FROM (SELECT 1 AS one FROM quads LIMIT 1) AS counted")
	if err != nil {
		return 0, err
	}
	if some > 0 {
		return 0, ErrNotEmpty
	}
	l.tx.wrote = true
	for _, i := range slices.Concat(foreignKeys, indexes, primaryKeys) {
		if err := l.tx.run(ctx, i.drop); err != nil {
			return 0, err
		}
	}
	if err := l.tx.run(ctx, "DELETE FROM nodes"); err != nil { // that no quad uses
		return 0, err
	}
	if l.horizon, err = l.tx.number(ctx, "SELECT nextval(pg_get_serial_sequence('quads', 'horizon'))"); err != nil {
		return 0, err
	}
	next, stop := iter.Pull2(quads)
	defer stop()
	for more := true; more; l.later = true {
		l.hashes, l.at, l.nodes, l.quads, l.bytes = map[quad.Value]uint32{}, map[hash]uint32{}, l.nodes[:0], l.quads[:0], 0
		if more, err = l.read(next); err != nil {
			return l.seen, err
		}
		l.sort()
		if err := l.storeNodes(ctx); err != nil {
			return l.seen, err
		}
		if err := l.copy(ctx, copyNumbered, l.sendQuads); err != nil {
			return l.seen, err
		}
	}
	return l.seen, l.finish(ctx)
}

// copy runs a COPY of the rows that send writes; the server stores what was sent while
// more is made.
func (l *loader) copy(ctx context.Context, statement string, send func(io.Writer) error) error {
	r, w := io.Pipe()
	sent := make(chan error, 1)
	go func() {
		err := send(w)
		_ = w.CloseWithError(err)
		sent <- err
	}()
	err := l.tx.sess.copy(ctx, statement, copyStream(r))
	_ = r.CloseWithError(io.ErrClosedPipe)
	if cause := <-sent; cause != nil && !errors.Is(cause, io.ErrClosedPipe) {
		return cause
	}
	return err
}

// read reads quads and counts their nodes until the memory for these is used up, and
// reports whether there may be more.
func (l *loader) read(next func() (quad.Quad, error, bool)) (more bool, err error) {
	for len(l.nodes) < l.limits.nodes && len(l.quads) < l.limits.quads && l.bytes < l.limits.bytes {
		q, err, ok := next()
		if err != nil || !ok {
			return false, err
		}
		if err := l.count(q); err != nil {
			return false, err
		}
		l.seen++
	}
	return true, nil
}

// count counts the nodes of a quad and keeps it.
func (l *loader) count(q quad.Quad) error {
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return fmt.Errorf("postgres: %v lacks a node", q)
	}
	var ids [4]uint32
	for i, v := range [4]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if v == nil {
			continue
		}
		n, ok := l.hashes[v]
		if !ok {
			n = l.node(v)
			l.hashes[v] = n
		}
		l.nodes[n].refs++
		ids[i] = n + 1
	}
	l.quads = append(l.quads, pack(ids))
	return nil
}

// node returns the index of the node of a value, which it adds if there is none.
func (l *loader) node(v quad.Value) uint32 {
	h := graph.HashOf(v)
	n, ok := l.at[h]
	if !ok {
		n = uint32(len(l.nodes))
		l.at[h] = n
		l.nodes = append(l.nodes, nodeCount{hash: h, val: v})
		l.bytes += sizeOf(v)
	}
	return n
}

// packed is a quad as two numbers that sort as it does: the places of its nodes, from 1,
// 0 for no label, subject and predicate in the first, object and label in the second.
type packed [2]uint64

func pack(ids [4]uint32) packed {
	return packed{uint64(ids[0])<<32 | uint64(ids[1]), uint64(ids[2])<<32 | uint64(ids[3])}
}

func (p packed) ids() [4]uint32 {
	return [4]uint32{uint32(p[0] >> 32), uint32(p[0]), uint32(p[1] >> 32), uint32(p[1])}
}

// sort brings nodes and quads into the order of the hashes, in which indexes are built
// fastest, and leaves out quads that came twice.
func (l *loader) sort() {
	sortNodes(l.nodes)
	place := make([]uint32, len(l.nodes)+1)
	for i := range l.nodes {
		place[l.at[l.nodes[i].hash]+1] = uint32(i) + 1
	}
	for i, q := range l.quads {
		ids := q.ids()
		for d := range ids {
			ids[d] = place[ids[d]]
		}
		l.quads[i] = pack(ids)
	}
	slices.SortFunc(l.quads, func(a, b packed) int { return slices.Compare(a[:], b[:]) })
	l.quads = slices.CompactFunc(l.quads, func(a, b packed) bool {
		if a != b {
			return false
		}
		for _, id := range a.ids() {
			if id > 0 {
				l.nodes[id-1].refs--
			}
		}
		return true
	})
}

// sendQuads writes the rows of the quads.
func (l *loader) sendQuads(w io.Writer) error {
	rows := &copyRows{}
	for _, q := range l.quads {
		var key [4]hash
		for d, id := range q.ids() {
			if id > 0 {
				key[d] = l.nodes[id-1].hash
			}
		}
		l.horizon++ // the database would ask its sequence for each row
		if rows.addNumbered(l.horizon, &key); rows.buf.Len() >= loadChunk {
			if _, err := rows.buf.WriteTo(w); err != nil {
				return err
			}
		}
	}
	_, err := rows.buf.WriteTo(w)
	return err
}

// sizeOf is about what a value takes in memory.
func sizeOf(v quad.Value) int {
	const fixed = 64
	switch v := v.(type) {
	case quad.IRI:
		return fixed + len(v)
	case quad.String:
		return fixed + len(v)
	case quad.LangString:
		return fixed + len(v.Value)
	case quad.TypedString:
		return fixed + len(v.Value)
	}
	return fixed
}

// storeNodes stores the nodes of a generation. Those after the first count what is there
// already.
func (l *loader) storeNodes(ctx context.Context) error {
	there := map[hash]bool{}
	for part := range slices.Chunk(l.nodes, applyBatch) {
		if !l.later {
			break
		}
		if err := l.tx.addCounts(ctx, part, there); err != nil {
			return err
		}
	}
	err := l.copy(ctx, copyNodes, func(w io.Writer) error {
		rows := &copyRows{}
		for i := range l.nodes {
			n := &l.nodes[i]
			if there[n.hash] {
				continue
			}
			cols, err := encode(n.val)
			if err != nil {
				return err
			}
			if rows.addNode(n.hash, n.refs, &cols); rows.buf.Len() >= loadChunk {
				if _, err := rows.buf.WriteTo(w); err != nil {
					return err
				}
			}
		}
		_, err := rows.buf.WriteTo(w)
		return err
	})
	if err != nil || l.later {
		return err
	}
	// The next generation looks nodes up.
	return l.runAll(ctx, moreMemory, primaryKeys[0].create)
}

// moreMemory lets the server sort in memory, where it has such a setting and less of it.
const moreMemory = `SELECT set_config(name, '256MB', true) FROM pg_settings
	WHERE name = 'maintenance_work_mem' AND setting::bigint < 262144`

// finish builds the indexes and what else was dropped.
func (l *loader) finish(ctx context.Context) error {
	if err := l.tx.run(ctx, fmt.Sprintf("SELECT setval(pg_get_serial_sequence('quads', 'horizon'), %d)", l.horizon)); err != nil {
		return err
	}
	unique := func() error { return l.create(ctx, indexes[:2]) }
	err := l.tx.attempt(ctx, unique)
	var server *pgconn.PgError
	if errors.As(err, &server) && server.Code == codeUnique {
		if err = l.tx.run(ctx, deleteDuplicates); err == nil {
			err = unique()
		}
	}
	if err != nil {
		return err
	}
	if err := l.create(ctx, slices.Concat(primaryKeys[1:], indexes[2:], foreignKeys)); err != nil {
		return err
	}
	return l.runAll(ctx, "ANALYZE nodes (hash)", "ANALYZE quads (subject_hash, predicate_hash, object_hash, label_hash)")
}

func (l *loader) create(ctx context.Context, what []tableIndex) error {
	for _, i := range what {
		if err := l.tx.run(ctx, i.create); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) runAll(ctx context.Context, statements ...string) error {
	for _, text := range statements {
		if err := l.tx.run(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// deleteDuplicates leaves the first of equal quads and takes the others from the counts.
const deleteDuplicates = `WITH gone AS (
	DELETE FROM quads USING (
		SELECT horizon AS h, row_number() OVER (
			PARTITION BY subject_hash, predicate_hash, object_hash, label_hash ORDER BY horizon) AS nth FROM quads
	) AS numbered WHERE horizon = h AND nth > 1
	RETURNING subject_hash, predicate_hash, object_hash, label_hash
), uses AS (
	SELECT subject_hash AS h FROM gone UNION ALL SELECT predicate_hash FROM gone
	UNION ALL SELECT object_hash FROM gone UNION ALL SELECT label_hash FROM gone
)
UPDATE nodes SET refs = refs - k.n FROM (SELECT h, count(*) AS n FROM uses WHERE h IS NOT NULL GROUP BY h) AS k WHERE hash = k.h`
