package graph

import (
	"context"
	"fmt"
	"time"

	"github.com/cayleygraph/cayley/query"
	_ "github.com/cayleygraph/cayley/query/gizmo" // makes the language known to Cayley
)

// DefaultTimeout bounds a query whose context has no deadline.
const DefaultTimeout = 30 * time.Second

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
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, DefaultTimeout)
		defer cancel()
	}
	it, err := session.Execute(ctx, text, query.Options{Collation: query.JSON, Limit: limit})
	if err != nil {
		return nil, fmt.Errorf("graph: query: %w", err)
	}
	defer it.Close()
	for (limit <= 0 || len(rows) < limit) && it.Next(ctx) {
		if row := it.Result(); row != nil {
			rows = append(rows, row)
		}
	}
	if err := it.Err(); err != nil {
		return rows, fmt.Errorf("graph: query: %w", err)
	}
	return rows, nil
}
