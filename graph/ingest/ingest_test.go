package ingest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/google/go-cmp/cmp"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

// stores are the quad stores that every test runs on.
var stores = map[string]func(testing.TB) *graph.Graph{
	"memstore": func(testing.TB) *graph.Graph { return graph.New(memstore.New()) },
	"pebble": func(t testing.TB) *graph.Graph {
		g, err := graph.OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		return g
	},
}

func onStores(t *testing.T, f func(*testing.T, func(testing.TB) *graph.Graph)) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			f(t, func(tb testing.TB) *graph.Graph {
				g := open(tb)
				tb.Cleanup(func() {
					if err := g.Close(); err != nil {
						tb.Error(err)
					}
				})
				return g
			})
		})
	}
}

func ontology(t testing.TB) *schema.Ontology {
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	return ont
}

func dump(t testing.TB, g *graph.Graph) string {
	t.Helper()
	v := g.View()
	defer v.Close()
	var b strings.Builder
	if err := export.NQuads(context.Background(), v, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func write(t testing.TB, w *ingest.Writer, want ingest.Outcome, results ...*schema.Result) {
	t.Helper()
	for _, r := range results {
		got, err := w.Write(context.Background(), r)
		if err != nil {
			t.Fatalf("%s: %v", r.ID, err)
		}
		if got != want {
			t.Fatalf("%s: %v, want %v", r.ID, got, want)
		}
	}
}

func TestOutcomes(t *testing.T) {
	onStores(t, func(t *testing.T, open func(testing.TB) *graph.Graph) {
		g := open(t)
		w := ingest.NewWriter(g, ontology(t), nil)
		write(t, w, ingest.New, fixture.Coalition()...)
		once := dump(t, g)
		write(t, w, ingest.Unchanged, fixture.Coalition()...)
		if diff := cmp.Diff(once, dump(t, g)); diff != "" {
			t.Errorf("writing again changed the graph:\n%s", diff)
		}
		for _, r := range fixture.Coalition() { // another extractor that says the same
			r.Extractor = "test extractor 2"
			write(t, w, ingest.Replaced, r)
		}
		if diff := cmp.Diff(once, strings.ReplaceAll(dump(t, g), "test extractor 2", "test extractor 1")); diff != "" {
			t.Errorf("an extractor of the same opinion changed more than its name:\n%s", diff)
		}
	})
}

// TestShuffled builds the same articles with the same assignments in any order, with
// removals in between, and expects the same bytes.
func TestShuffled(t *testing.T) {
	onStores(t, func(t *testing.T, open func(testing.TB) *graph.Graph) {
		ctx := context.Background()
		g := open(t)
		w := ingest.NewWriter(g, ontology(t), nil)
		write(t, w, ingest.New, fixture.Coalition()...)
		want := dump(t, g)
		assignments := map[string]graph.Assignment{}
		v := g.View()
		for _, r := range fixture.Coalition() {
			_, as, err := v.Article(ctx, r.ID)
			if err != nil {
				t.Fatal(err)
			}
			assignments[r.ID] = *as
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(4) {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				rnd := rand.New(rand.NewPCG(seed, 0))
				g := open(t)
				all := fixture.Coalition()
				live := map[string]bool{}
				for range 40 {
					r := all[rnd.IntN(len(all))]
					if live[r.ID] && rnd.IntN(2) == 0 {
						if was, err := g.Retract(ctx, r.ID); err != nil || !was {
							t.Fatal(was, err)
						}
						delete(live, r.ID)
						continue
					}
					n, err := g.Put(ctx, r, assignments[r.ID])
					if err != nil {
						t.Fatal(err)
					}
					if live[r.ID] != (n == 0) {
						t.Fatalf("%s: %d quads changed, live before: %v", r.ID, n, live[r.ID])
					}
					live[r.ID] = true
				}
				for _, i := range rnd.Perm(len(all)) {
					if _, err := g.Put(ctx, all[i], assignments[all[i].ID]); err != nil {
						t.Fatal(err)
					}
				}
				if diff := cmp.Diff(want, dump(t, g)); diff != "" {
					t.Errorf("another order gave another graph:\n%s", diff)
				}
				for _, r := range all {
					if _, err := g.Retract(ctx, r.ID); err != nil {
						t.Fatal(err)
					}
				}
				if rest := strings.Count(dump(t, g), "\n"); rest != 1 {
					t.Errorf("%d quads are left, want only the form:\n%s", rest, dump(t, g))
				}
			})
		}
	})
}

func TestImport(t *testing.T) {
	onStores(t, func(t *testing.T, open func(testing.TB) *graph.Graph) {
		ctx := context.Background()
		g := open(t)
		write(t, ingest.NewWriter(g, ontology(t), nil), ingest.New, fixture.Coalition()...)
		want := dump(t, g)
		again := open(t)
		n, err := export.Import(ctx, again, "dump.nq", strings.NewReader(want))
		if err != nil {
			t.Fatal(err)
		}
		if n != strings.Count(want, "\n") {
			t.Errorf("imported %d quads of %d", n, strings.Count(want, "\n"))
		}
		if diff := cmp.Diff(want, dump(t, again)); diff != "" {
			t.Errorf("the imported graph differs:\n%s", diff)
		}
		write(t, ingest.NewWriter(again, ontology(t), nil), ingest.Unchanged, fixture.Coalition()...)
	})
}
