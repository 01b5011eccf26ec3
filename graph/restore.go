package graph

import (
	"context"
	"fmt"
	"iter"

	"isnad/schema"
)

// Live is an article as the graph keeps it: what it says, with its text, and which
// entities of the graph its own are. The quads of a graph are a function of these.
type Live struct {
	Result     *schema.Result
	Assignment Assignment
}

// Restore fills an empty graph with articles as another graph had them, so that the two
// are equal, and then calls check with the graph. All of it is one transaction if the
// store is shared with other processes; in any other the articles that came before an
// error stay.
func (g *Graph) Restore(ctx context.Context, articles iter.Seq2[Live, error], check func(*View) error) error {
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
		for a, err := range articles {
			if err != nil {
				return err
			}
			if _, err := g.Put(ctx, a.Result, a.Assignment); err != nil {
				return err
			}
		}
		v := g.View()
		defer v.Close()
		return check(v)
	})
}
