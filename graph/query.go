package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime/metrics"
	"time"

	"github.com/cayleygraph/cayley/query"
	_ "github.com/cayleygraph/cayley/query/gizmo" // makes the language known to Cayley
)

const (
	// DefaultTimeout bounds a query whose context has no deadline.
	DefaultTimeout = 30 * time.Second
	// MaxQueryMemory is by how many bytes the heap may grow while a query runs.
	MaxQueryMemory = 256 << 20
	// maxQueryStack is by how many bytes the stacks may grow; at 1 GB the process ends.
	maxQueryStack = 64 << 20
)

// What stops a query.
var (
	ErrQueryTime   = errors.New("the query took too long: start from fewer nodes or set a limit")
	ErrQueryMemory = errors.New("the query used too much memory: start from fewer nodes or set a limit")
)

// Query runs a query in a session of its own on the graph as it is now and returns at
// most limit rows (0: all), in Cayley's shapes: a map from tag to value, or whatever was
// emitted. The only language is "gizmo".
func (g *Graph) Query(ctx context.Context, lang, text string, limit int) ([]any, error) {
	v := g.View()
	defer v.Close()
	return v.Query(ctx, lang, text, limit)
}

// Query runs a query on the view, see Graph.Query.
func (v *View) Query(ctx context.Context, lang, text string, limit int) (rows []any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("graph: query: %v", r)
		}
	}()
	session := query.NewSession(v.qs, lang)
	if session == nil {
		return nil, fmt.Errorf("graph: query language %q is not known: use gizmo", lang)
	}
	ctx, cancel := bounded(ctx)
	defer cancel()
	if err := guard(ctx, session, text); errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("graph: query: %w", ErrQueryTime)
	} else if err != nil {
		return nil, fmt.Errorf("graph: query: %w", err)
	}
	it, err := session.Execute(ctx, program, query.Options{Collation: query.JSON, Limit: limit})
	if err != nil {
		return nil, fmt.Errorf("graph: query: %w", err)
	}
	defer it.Close()
	for (limit <= 0 || len(rows) < limit) && it.Next(ctx) {
		if row := it.Result(); row != nil {
			rows = append(rows, row)
		}
	}
	if cause := context.Cause(ctx); errors.Is(cause, context.DeadlineExceeded) {
		return nil, fmt.Errorf("graph: query: %w", ErrQueryTime)
	} else if cause != nil {
		return nil, fmt.Errorf("graph: query: %w", cause)
	}
	if err := it.Err(); err != nil {
		return nil, fmt.Errorf("graph: query: %w", err)
	}
	return rows, v.readError()
}

// bounded returns a context that ends with a query's time or memory.
func bounded(ctx context.Context) (context.Context, func()) {
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(DefaultTimeout)
	}
	ctx, expire := context.WithDeadline(ctx, deadline)
	ctx, cancel := context.WithCancelCause(ctx)
	go watchMemory(ctx, cancel)
	return ctx, func() { cancel(nil); expire() }
}

// watchMemory cancels a query that lets the heap grow too much, as doubling a string in
// a loop does, or the stacks, as a getter that reads itself does.
func watchMemory(ctx context.Context, cancel context.CancelCauseFunc) {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(heap)
	start, stacks := heap[0].Value.Uint64(), heap[1].Value.Uint64()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			metrics.Read(heap)
			if heap[0].Value.Uint64() > start+MaxQueryMemory || heap[1].Value.Uint64() > stacks+maxQueryStack {
				cancel(ErrQueryMemory)
				return
			}
		}
	}
}
