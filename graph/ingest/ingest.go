// Package ingest is the one writer of a graph: it takes document results, resolves their
// entities and writes each article as one atomic change.
package ingest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"isnad/graph"
	"isnad/graph/resolve"
	"isnad/schema"
)

// Outcome says what a write came to.
type Outcome int

// The outcomes of a write.
const (
	Unchanged Outcome = iota // the graph held exactly this already
	New                      // the article was not known
	Replaced                 // it said something else before
)

// String returns the outcome in lower case.
func (o Outcome) String() string {
	return [...]string{"unchanged", "new", "replaced"}[o]
}

// Writer writes one graph. Its methods may be called from several goroutines and take
// turns. A graph must have one Writer only.
type Writer struct {
	graph    *graph.Graph
	ontology *schema.Ontology
	pins     *resolve.Pins

	turn sync.Mutex
}

// NewWriter returns the writer of g. Results must keep to the ontology; pins may be nil.
func NewWriter(g *graph.Graph, ont *schema.Ontology, pins *resolve.Pins) *Writer {
	return &Writer{graph: g, ontology: ont, pins: pins}
}

// Known reports whether the article is in the graph with this hash and extractor, so
// that extracting it can be skipped.
func (w *Writer) Known(ctx context.Context, id, hash, extractor string) (bool, error) {
	v := w.graph.View()
	defer v.Close()
	return v.Known(ctx, id, hash, extractor)
}

// Write stores a document result, replacing what the article said before. When it
// returns nil, the result is durable as far as the store is. Steps move the store's
// progress with it, also where the article changes nothing.
func (w *Writer) Write(ctx context.Context, r *schema.Result, steps ...graph.Step) (Outcome, error) {
	if err := r.Validate(w.ontology); err != nil {
		return Unchanged, fmt.Errorf("ingest: %w", err)
	}
	w.turn.Lock()
	defer w.turn.Unlock()
	outcome := Unchanged
	err := w.graph.Update(ctx, func(g *graph.Graph) (err error) {
		outcome, err = w.write(ctx, g, r, steps)
		return err
	})
	if err != nil {
		outcome = Unchanged
	}
	return outcome, err
}

// write is Write within an update.
func (w *Writer) write(ctx context.Context, g *graph.Graph, r *schema.Result, steps []graph.Step) (Outcome, error) {
	v := g.View()
	defer v.Close()
	before, as, err := v.Article(ctx, r.ID)
	if err != nil {
		return Unchanged, err
	}
	if before != nil && before.Hash == r.Hash && before.Extractor == r.Extractor {
		return Unchanged, advance(ctx, g, steps)
	}
	entities, err := resolve.Resolve(ctx, g, r, resolve.Options{Pins: w.pins, Before: before, BeforeAssignment: as})
	if err != nil {
		return Unchanged, fmt.Errorf("ingest: %w", err)
	}
	changed, err := g.Put(ctx, r, w.assignment(r, entities), steps...)
	switch {
	case err != nil:
		return Unchanged, err
	case changed == 0:
		return Unchanged, nil
	case before == nil:
		return New, nil
	}
	return Replaced, nil
}

func advance(ctx context.Context, g *graph.Graph, steps []graph.Step) error {
	for _, s := range steps {
		if err := g.Advance(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// assignment completes an assignment by what the ontology says at this time.
func (w *Writer) assignment(r *schema.Result, entities map[string]string) graph.Assignment {
	symmetric := map[string]bool{}
	for _, rel := range r.Relations {
		if p := w.ontology.Predicate(rel.P); p != nil && p.Symmetric {
			symmetric[rel.P] = true
		}
	}
	return graph.Assignment{Entities: entities, Symmetric: slices.Sorted(maps.Keys(symmetric))}
}

// Remove retracts an article and reports whether it was there.
func (w *Writer) Remove(ctx context.Context, id string) (bool, error) {
	w.turn.Lock()
	defer w.turn.Unlock()
	return w.graph.Retract(ctx, id)
}

// ResolveAll resolves the entities of all articles anew, in order of publication and id,
// as if the articles had come in that order, and returns the number of articles whose
// assignment changed. It is the one operation that may change an entity's IRI. Each
// article is one atomic change, so an interruption leaves a consistent graph. After each
// article, progress (if not nil) is told how many of how many are done.
func (w *Writer) ResolveAll(ctx context.Context, progress func(done, total int)) (int, error) {
	w.turn.Lock()
	defer w.turn.Unlock()
	v := w.graph.View()
	defer v.Close()
	ids, err := canonical(ctx, v)
	if err != nil {
		return 0, err
	}
	index, changed := resolve.NewIndex(), 0
	for done, id := range ids {
		r, as, err := v.Article(ctx, id)
		if err != nil {
			return changed, err
		}
		entities, err := resolve.Resolve(ctx, index, r, resolve.Options{Pins: w.pins, Former: as})
		if err != nil {
			return changed, fmt.Errorf("ingest: %w", err)
		}
		index.Add(r, entities)
		if !maps.Equal(entities, as.Entities) {
			put, err := w.reassign(ctx, r, w.assignment(r, entities))
			if err != nil {
				return changed, err
			}
			if put {
				changed++
			}
		}
		if progress != nil {
			progress(done+1, len(ids))
		}
	}
	return changed, nil
}

// reassign writes an article's new assignment, unless another process has replaced or
// removed the article meanwhile.
func (w *Writer) reassign(ctx context.Context, r *schema.Result, as graph.Assignment) (put bool, err error) {
	err = w.graph.Update(ctx, func(g *graph.Graph) error {
		v := g.View()
		defer v.Close()
		live, err := v.Known(ctx, r.ID, r.Hash, r.Extractor)
		if err != nil || !live {
			put = false
			return err
		}
		put = true
		_, err = g.Put(ctx, r, as)
		return err
	})
	return put, err
}

// canonical returns the ids of all articles by date of publication, then id; those
// without a date come last.
func canonical(ctx context.Context, v *graph.View) ([]string, error) {
	ids, err := v.Articles(ctx)
	if err != nil {
		return nil, err
	}
	published := make(map[string]string, len(ids))
	for _, id := range ids {
		if published[id], err = v.Published(ctx, id); err != nil {
			return nil, err
		}
		if published[id] == "" {
			published[id] = "~" // after all digits
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(published[a], published[b]), cmp.Compare(a, b))
	})
	return ids, nil
}
