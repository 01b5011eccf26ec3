package postgres

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
)

// retries is how often a transaction runs again after the server ended it.
const retries = 12

// pause waits before a transaction runs again: longer each time, and never as long as
// whoever it met.
func pause(ctx context.Context, attempt int) error {
	limit := min(time.Millisecond<<attempt, time.Second)
	t := time.NewTimer(rand.N(limit) + time.Millisecond)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}

// Tx is a Store within Update: a graph.QuadStore that reads what has been written so
// far and writes, all in one transaction.
type Tx struct {
	*reader
	ctx   context.Context
	turn  int64
	wrote bool
}

var (
	_ graph.QuadStore      = (*Tx)(nil)
	_ graph.BatchQuadStore = (*Tx)(nil)
	_ shape.Optimizer      = (*Tx)(nil)
)

// Turn is the number of this turn at the database. If it is not one more than that of
// the last Update that wrote, others have written since.
func (tx *Tx) Turn() int64 { return tx.turn }

// Wrote reports whether the transaction has changed anything.
func (tx *Tx) Wrote() bool { return tx.wrote }

// Close does nothing: Update ends the transaction.
func (tx *Tx) Close() error { return nil }

// ApplyDeltas applies deltas in their order, each to what those before left, all or
// none of them.
func (tx *Tx) ApplyDeltas(in []graph.Delta, opts graph.IgnoreOpts) error {
	return tx.apply(tx.ctx, in, opts)
}

// NewQuadWriter returns a writer that adds quads and ignores those that are there.
func (tx *Tx) NewQuadWriter() (quad.WriteCloser, error) { return &quadWriter{tx}, nil }

// Update runs f within one transaction, when no other process or goroutine is in an
// Update on the database. It is committed if f returns nil. What the server ends for
// serialization or a deadlock runs again, f included. After an error nothing has
// changed, unless it came from the connection while committing.
func (s *Store) Update(ctx context.Context, f func(*Tx) error) error {
	if s.readOnly {
		return ErrReadOnly
	}
	for attempt := 0; ; attempt++ {
		err := s.update(ctx, f)
		if err == nil || !retryable(err) || attempt == retries {
			return explain(s.target, err)
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
}

func (s *Store) update(ctx context.Context, f func(*Tx) error) error {
	sess := &session{from: s.from, begin: beginWrite}
	defer sess.rollback()
	tx := &Tx{reader: &reader{target: s.target, sess: sess, names: s.names}, ctx: ctx}
	if err := tx.takeTurn(ctx); err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Err(); err != nil {
		return err
	}
	if !tx.wrote {
		return nil
	}
	return sess.end(ctx, "COMMIT")
}

// takeTurn waits for the row that all writers lock, and counts the turn.
func (tx *Tx) takeTurn(ctx context.Context) error {
	n := 0
	err := tx.query(ctx, func(rows pgx.Rows) error {
		n++
		return rows.Scan(&tx.turn)
	}, "UPDATE isnad_turn SET turn = turn + 1 WHERE id = 1 RETURNING turn")
	if err == nil && n != 1 {
		err = fmt.Errorf("the table isnad_turn has lost its row: drop the table")
	}
	return err
}

// ApplyDeltas applies deltas as Tx.ApplyDeltas does, in a transaction of their own.
func (s *Store) ApplyDeltas(in []graph.Delta, opts graph.IgnoreOpts) error {
	return s.Update(context.Background(), func(tx *Tx) error { return tx.ApplyDeltas(in, opts) })
}

// NewQuadWriter returns a writer that adds quads and ignores those that are there.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) { return &quadWriter{s}, nil }

// quadWriter adds quads.
type quadWriter struct {
	to interface {
		ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error
	}
}

// WriteQuad adds a quad.
func (w *quadWriter) WriteQuad(q quad.Quad) error {
	_, err := w.WriteQuads([]quad.Quad{q})
	return err
}

// WriteQuads adds quads, all or none.
func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	deltas := make([]graph.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = graph.Delta{Quad: q, Action: graph.Add}
	}
	if err := w.to.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
		return 0, err
	}
	return len(quads), nil
}

// Close implements quad.WriteCloser.
func (w *quadWriter) Close() error { return nil }
