package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// What can be wrong with loading a dump.
var (
	ErrNotEmpty   = errors.New("graph: the store is not empty: load into a new one")
	ErrNoDump     = errors.New("graph: this is no dump of a graph of isnad")
	ErrUnfinished = errors.New("an import into this store was not finished: delete it and import again")
)

// loading marks a store whose loading is under way.
var loading = quad.Quad{Subject: StoreNode, Predicate: quad.IRI(Machinery + "loading"), Object: quad.String("true")}

// loadBatch is how many quads are loaded at a time.
const loadBatch = 10_000

// bulkLoader is a quad store that takes a whole load at once, or nothing of it.
type bulkLoader interface {
	Load(context.Context, iter.Seq2[quad.Quad, error]) (int, error)
}

// Load fills an empty graph with the quads of a dump and returns their number. If it
// fails, a store that loads in bulk is as it was, and another says so when it is opened
// again.
func (g *Graph) Load(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (int, error) {
	g.writing.Lock()
	defer g.writing.Unlock()
	stats, err := g.qs.Stats(ctx, true)
	if err != nil {
		return 0, fmt.Errorf("graph: counting: %w", err)
	}
	if stats.Quads.Size > 0 {
		return 0, ErrNotEmpty
	}
	store, ok := g.qs.(bulkLoader)
	if !ok {
		return g.loadBatches(ctx, quads)
	}
	n, err := store.Load(ctx, dumped(quads))
	if err != nil {
		return 0, fmt.Errorf("graph: loading: %w", err)
	}
	g.formed = true
	g.known.clear()
	return n, nil
}

// dumped yields the quads and, after the last, an error unless they say that they are a
// graph in the form that this isnad writes.
func dumped(quads iter.Seq2[quad.Quad, error]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		form := ""
		for q, err := range quads {
			if err == nil && q.Predicate == FormOf && q.Subject == StoreNode {
				form = quad.ToString(q.Object)
			}
			if !yield(q, err) {
				return
			}
		}
		switch form {
		case Form:
		case "":
			yield(quad.Quad{}, ErrNoDump)
		default:
			yield(quad.Quad{}, ErrForm)
		}
	}
}

// loadBatches loads batch by batch. If it fails half-way, the store says so when it is
// opened again.
func (g *Graph) loadBatches(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (int, error) {
	n, batch := 0, []cayley.Delta{{Quad: loading, Action: cayley.Add}}
	flush := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := g.qs.ApplyDeltas(batch, cayley.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
		batch = batch[:0]
		if err != nil {
			return fmt.Errorf("graph: loading: %w", err)
		}
		return nil
	}
	for q, err := range quads {
		if err != nil {
			return n, err
		}
		n++
		if batch = append(batch, cayley.Delta{Quad: q, Action: cayley.Add}); len(batch) >= loadBatch {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	if err := flush(); err != nil {
		return n, err
	}
	return n, g.finishLoading(ctx)
}

func (g *Graph) finishLoading(ctx context.Context) error {
	got, err := g.objects(ctx, StoreNode, FormOf)
	if err != nil {
		return err
	}
	if len(got[FormOf]) == 0 {
		return ErrNoDump
	}
	if first(got[FormOf]) != Form {
		return fmt.Errorf("graph: %w", ErrForm)
	}
	g.formed = true
	g.known.clear()
	if err := g.qs.ApplyDeltas([]cayley.Delta{{Quad: loading, Action: cayley.Delete}}, cayley.IgnoreOpts{}); err != nil {
		return fmt.Errorf("graph: loading: %w", err)
	}
	return nil
}
