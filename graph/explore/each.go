package explore

import (
	"cmp"
	"context"
	"iter"
	"math"
	"runtime"
	"sync"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/schema"
)

// forget is after how many statements or entities a reader forgets the names it has met,
// so that reading millions takes no more memory than reading a few.
const forget = 10_000

// Each yields every statement that passes the filter, with all its evidence and without
// names of the entities at its ends, in no order. Without entities in the filter all
// statements of the graph are looked at, a few at a time on each core. The error, if any,
// comes last.
func Each(ctx context.Context, v *graph.View, f Filter) iter.Seq2[*Statement, error] {
	if len(f.Of) == 0 {
		f.Of, f.With = f.With, nil
	}
	return func(yield func(*Statement, error) bool) {
		within, stop := context.WithCancel(ctx)
		iris := newLoader(within, v).batches(f)
		read := readers(within, v, f, iris)
		defer func() { // nobody reads the view any more
			stop()
			for range read {
			}
		}()
		for b := range read {
			for _, st := range b.statements {
				if !yield(st, nil) {
					return
				}
			}
			if err := cmp.Or(b.err, ctx.Err()); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// batchSize is how many statements a reader takes at a time.
const batchSize = 64

// batch is statements to read, and those of them that pass a filter.
type batch struct {
	iris       []quad.Value
	statements []*Statement
	err        error
}

// batches sends the statements to look at, until the context ends.
func (l *loader) batches(f Filter) <-chan batch {
	out := make(chan batch)
	go func() {
		defer close(out)
		send := func(b batch) bool {
			select {
			case out <- b:
				return true
			case <-l.ctx.Done():
				return false
			}
		}
		var b batch
		for iri, err := range l.every(f) {
			if b.err = err; err == nil {
				b.iris = append(b.iris, iri)
			}
			if err == nil && len(b.iris) < batchSize {
				continue
			}
			if !send(b) {
				return
			}
			b = batch{}
		}
		send(b)
	}()
	return out
}

// readers reads the statements of the batches on all cores, until the context ends.
func readers(ctx context.Context, v *graph.View, f Filter, in <-chan batch) <-chan batch {
	out := make(chan batch)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			l, n := newLoader(ctx, v), 0
			for b := range in {
				if n += len(b.iris); n > forget {
					l, n = newLoader(ctx, v), 0
				}
				for _, iri := range b.iris {
					st, err := l.passing(f, iri)
					if err != nil {
						b.err = err
						break
					}
					if st != nil {
						b.statements = append(b.statements, st)
					}
				}
				out <- b
			}
		})
	}
	go func() {
		all.Wait()
		close(out)
	}()
	return out
}

// every yields the statements to look at.
func (l *loader) every(f Filter) iter.Seq2[quad.Value, error] {
	switch {
	case len(f.Of) > 0:
		return func(yield func(quad.Value, error) bool) {
			pool, err := l.pool(f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, iri := range pool {
				if !yield(iri, nil) {
					return
				}
			}
		}
	case f.Predicate != "":
		return l.view.EachSubject(l.ctx, graph.Predicate, graph.WorldPredicate(f.Predicate))
	}
	return l.view.EachSubject(l.ctx, graph.Type, graph.StatementClass)
}

// passing reads a statement, or returns nil if it does not pass the filter.
func (l *loader) passing(f Filter, iri quad.Value) (*Statement, error) {
	l.passages, l.bare = math.MaxInt, true
	m := match{iri: iri}
	var err error
	if m.head, err = l.head(iri); err != nil || !f.passes(m.head) {
		return nil, err
	}
	if ok, err := l.inTime(f, m); err != nil || !ok {
		return nil, err
	}
	if ok, err := l.inPlace(f.Place, m.head); err != nil || !ok {
		return nil, err
	}
	return l.statement(iri, m.head)
}

// EachEntity yields the IRI of every entity of the ontology's classes, in no order.
func EachEntity(ctx context.Context, v *graph.View, ont *schema.Ontology) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, class := range ont.Classes() {
			for iri, err := range v.EachSubject(ctx, graph.Type, quad.IRI(graph.World+string(class.Name))) {
				if !yield(text([]quad.Value{iri}), err) || err != nil {
					return
				}
			}
		}
	}
}

// Around returns the entities up to so many statements away from those of the IRIs,
// themselves included.
func Around(ctx context.Context, v *graph.View, iris []string, depth int) (map[string]bool, error) {
	l := newLoader(ctx, v)
	found := map[string]bool{}
	for _, iri := range iris {
		found[iri] = true
	}
	edge := iris
	for ; depth > 0 && len(edge) > 0; depth-- {
		sts, err := l.pool(Filter{Of: edge})
		if err != nil {
			return nil, err
		}
		edge = nil
		for _, st := range sts {
			head, err := l.view.Objects(ctx, st, graph.Subject, graph.Object)
			if err != nil {
				return nil, err
			}
			for _, end := range append(head[graph.Subject], head[graph.Object]...) {
				if iri, ok := end.(quad.IRI); ok && !found[string(iri)] {
					found[string(iri)] = true
					edge = append(edge, string(iri))
				}
			}
		}
	}
	return found, nil
}

// Profile is an entity in figures, without its statements.
type Profile struct {
	Candidate
	Names       []string // of articles and in Latin letters, the most frequent first
	Latin       string   // the most frequent name in Latin letters
	Mentions    int
	First, Last string // publication dates
}

// Profiles returns a function that reads entities, one after the other.
func Profiles(ctx context.Context, v *graph.View) func(iri string) (*Profile, error) {
	l := newLoader(ctx, v)
	n := 0
	return func(iri string) (*Profile, error) {
		if n++; n%forget == 0 {
			l = newLoader(ctx, v)
		}
		t, err := v.Tally(ctx, iri)
		if err != nil {
			return nil, err
		}
		p := &Profile{Mentions: t.Mentions, First: t.First, Last: t.Last}
		if latin := byCount(t.Latin); len(latin) > 0 {
			p.Latin = latin[0]
		}
		all := map[string]int{}
		for _, m := range t.Names {
			for name, n := range m {
				all[name] += n
			}
		}
		p.Names = byCount(all)
		p.Candidate, err = l.candidate(iri)
		return p, err
	}
}
