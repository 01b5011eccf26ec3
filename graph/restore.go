package graph

import (
	"context"
	"fmt"

	"isnad/schema"
)

// Live is an article as the graph keeps it: what it says, with its text, and which
// entities of the graph its own are. The quads of a graph are a function of these.
type Live struct {
	Result     *schema.Result
	Assignment Assignment
}

// Fill calls f with the graph, which must be empty, for f to put articles into it. All of
// it is one Update.
func (g *Graph) Fill(ctx context.Context, f func(*Graph) error) error {
	return g.Update(ctx, func(g *Graph) error {
		stats, err := g.qs.Stats(ctx, true)
		if err != nil {
			return fmt.Errorf("graph: counting: %w", err)
		}
		if stats.Quads.Size > 0 {
			return ErrNotEmpty
		}
		if err := g.found(); err != nil {
			return err
		}
		return f(g)
	})
}
