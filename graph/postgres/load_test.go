package postgres

import (
	"context"
	"maps"
	"slices"
	"testing"

	"isnad/graph/internal/storetest"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
)

// TestLoadGenerations loads quads, some of them twice, in parts that each fit into
// little memory, and goes on writing.
func TestLoadGenerations(t *testing.T) {
	quads := storetest.Quads(0, 600)
	quads = append(quads, quads[:3]...)            // of another generation
	quads = append(quads, quads[len(quads)-3:]...) // of the same
	quads = append(quads, quad.MakeIRI("a", "b", "c", ""), quad.MakeIRI("a", "b", "c", "d"))
	want := map[string]bool{}
	for _, q := range quads {
		want[q.NQuad()] = true
	}
	for name, limits := range map[string]generation{
		"one":            loadLimits,
		"by quads":       {nodes: 1 << 20, quads: 100, bytes: 1 << 20},
		"by nodes":       {nodes: 50, quads: 1 << 20, bytes: 1 << 20},
		"by their sizes": {nodes: 1 << 20, quads: 1 << 20, bytes: 5000},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			if err := s.Update(context.Background(), func(tx *Tx) error {
				n, err := (&loader{tx: tx, limits: limits}).load(tx.ctx, sequence(quads...))
				if n != len(quads) {
					t.Errorf("loaded %d of %d", n, len(quads))
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), contents(t, s)); diff != "" {
				t.Errorf("after loading (-want +got):\n%s", diff)
			}
			checkCounts(t, s)
			if err := writeAll(s, []quad.Quad{numbered(1), quads[0], numbered(2)}); err != nil {
				t.Fatal(err)
			}
			if got := len(contents(t, s)); got != len(want)+2 {
				t.Errorf("%d quads after two more, want %d", got, len(want)+2)
			}
			checkCounts(t, s)
		})
	}
}

// TestJoinLimit keeps an intersection of long paths from becoming one large join, for
// which the database makes no good plan.
func TestJoinLimit(t *testing.T) {
	r := &reader{}
	path := func(quads int) shape.Shape {
		return statement{r, &match{quads: quads, result: column{0, quad.Subject}}}
	}
	for _, c := range []struct {
		parts shape.Intersect
		want  int // parts that are left; one is a single statement
	}{
		{shape.Intersect{path(1), path(joinLimit - 1)}, 1},
		{shape.Intersect{path(joinLimit), path(joinLimit)}, 2},
		{shape.Intersect{path(joinLimit), shape.Fixed{graph.HashOf(quad.IRI("a"))}}, 1},
	} {
		s, _ := r.OptimizeShape(c.parts)
		got := 1
		if parts, ok := s.(shape.Intersect); ok {
			got = len(parts)
		}
		if got != c.want {
			t.Errorf("%v became %d parts, want %d", c.parts, got, c.want)
		}
	}
}
