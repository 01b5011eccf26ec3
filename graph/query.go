package graph

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cayleygraph/cayley/query"
	_ "github.com/cayleygraph/cayley/query/gizmo" // makes the language known to Cayley
)

// DefaultTimeout bounds a query whose context has no deadline.
const DefaultTimeout = 30 * time.Second

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
	ctx, number, cancel := bounded(ctx)
	defer cancel()
	if err := guard(ctx, session, number, text); errors.Is(err, context.DeadlineExceeded) {
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

// bounded returns a context that ends with a query's time or memory, and the query's number.
func bounded(ctx context.Context) (context.Context, uint8, func()) {
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(DefaultTimeout)
	}
	ctx, expire := context.WithDeadline(ctx, deadline)
	ctx, cancel := context.WithCancelCause(ctx)
	r := watch.begin(cancel)
	return ctx, r.number, func() { watch.end(r); cancel(nil); expire() }
}
