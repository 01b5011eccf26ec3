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

const (
	loadChunk     = 1 << 20   // bytes that are sent at a time
	loadNodes     = 1_000_000 // distinct nodes that are counted in memory
	loadNodeBytes = 128 << 20 // of their values
)

// Load fills an empty store with quads, which may come twice, and returns their number.
// It is one transaction, which readers wait for: indexes and constraints are dropped,
// quads and nodes come by COPY, and the indexes are built last. An error of quads ends it.
func (s *Store) Load(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (n int, err error) {
	if s.readOnly {
		return 0, ErrReadOnly
	}
	// Quads can be read once only: nothing runs again here.
	err = s.update(ctx, func(tx *Tx) (err error) {
		l := &loader{tx: tx}
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
	tx     *Tx
	hashes map[quad.Value]hash // hashing costs more than looking up
	at     map[hash]int        // index into nodes
	nodes  []nodeCount
	bytes  int // of the nodes' values
	later  bool
	seen   int // quads
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
	for _, i := range slices.Concat(foreignKeys, indexes) {
		if err := l.run(ctx, i.drop); err != nil {
			return 0, err
		}
	}
	if err := l.run(ctx, "DELETE FROM nodes"); err != nil { // that no quad uses
		return 0, err
	}
	next, stop := iter.Pull2(quads)
	defer stop()
	for more := true; more; l.later = true {
		l.hashes, l.at, l.nodes, l.bytes = map[quad.Value]hash{}, map[hash]int{}, l.nodes[:0], 0
		err := l.copy(ctx, copyQuads, func(w io.Writer) (err error) {
			more, err = l.sendQuads(next, w)
			return err
		})
		if err == nil {
			err = l.storeNodes(ctx)
		}
		if err != nil {
			return l.seen, err
		}
	}
	return l.seen, l.finish(ctx)
}

func (l *loader) run(ctx context.Context, statement string) error {
	_, err := l.tx.sess.exec(ctx, statement)
	return err
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

// sendQuads writes quads and counts their nodes until the memory for these is used up,
// and reports whether there may be more.
func (l *loader) sendQuads(next func() (quad.Quad, error, bool), w io.Writer) (more bool, err error) {
	rows := &copyRows{}
	for len(l.nodes) < loadNodes && l.bytes < loadNodeBytes {
		q, err, ok := next()
		if err != nil {
			return false, err
		}
		if !ok {
			_, err := rows.buf.WriteTo(w)
			return false, err
		}
		key, err := l.count(q)
		if err != nil {
			return false, err
		}
		l.seen++
		if rows.addQuad(&key); rows.buf.Len() >= loadChunk {
			if _, err := rows.buf.WriteTo(w); err != nil {
				return false, err
			}
		}
	}
	_, err = rows.buf.WriteTo(w)
	return true, err
}

// count counts the nodes of a quad and returns their hashes.
func (l *loader) count(q quad.Quad) (key [4]hash, err error) {
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return key, fmt.Errorf("postgres: %v lacks a node", q)
	}
	for i, v := range [4]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if v == nil {
			continue
		}
		h, ok := l.hashes[v]
		if !ok {
			h = graph.HashOf(v)
			l.hashes[v] = h
		}
		n, ok := l.at[h]
		if !ok {
			n = len(l.nodes)
			l.at[h] = n
			l.nodes = append(l.nodes, nodeCount{hash: h, val: v})
			l.bytes += sizeOf(v)
		}
		l.nodes[n].refs++
		key[i] = h
	}
	return key, nil
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
	sortNodes(l.nodes)
	there := map[hash]bool{}
	for part := range slices.Chunk(l.nodes, applyBatch) {
		if !l.later {
			break
		}
		if err := l.tx.addCounts(ctx, part, there); err != nil {
			return err
		}
	}
	return l.copy(ctx, copyNodes, func(w io.Writer) error {
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
}

// moreMemory lets the server sort in memory, where it has such a setting and less of it.
const moreMemory = `SELECT set_config(name, '256MB', true) FROM pg_settings
	WHERE name = 'maintenance_work_mem' AND setting::bigint < 262144`

// finish builds the indexes and what else was dropped.
func (l *loader) finish(ctx context.Context) error {
	if err := l.run(ctx, moreMemory); err != nil {
		return err
	}
	if err := l.run(ctx, "SAVEPOINT unique_quads"); err != nil {
		return err
	}
	err := l.create(ctx, indexes[:2])
	var server *pgconn.PgError
	if errors.As(err, &server) && server.Code == codeUnique {
		err = l.runAll(ctx, "ROLLBACK TO SAVEPOINT unique_quads", deleteDuplicates)
		if err == nil {
			err = l.create(ctx, indexes[:2])
		}
	}
	if err != nil {
		return err
	}
	if err := l.create(ctx, slices.Concat(indexes[2:], foreignKeys)); err != nil {
		return err
	}
	return l.runAll(ctx, "ANALYZE nodes (hash)", "ANALYZE quads (subject_hash, predicate_hash, object_hash, label_hash)")
}

func (l *loader) create(ctx context.Context, what []tableIndex) error {
	for _, i := range what {
		if err := l.run(ctx, i.create); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) runAll(ctx context.Context, statements ...string) error {
	for _, text := range statements {
		if err := l.run(ctx, text); err != nil {
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
