// Package graphtest holds what a graph promises whatever quad store it is in: the
// contract that the tests of every store run.
package graphtest

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/ingest"
	"isnad/schema"
)

// Open returns an empty graph in a store of its own. All closes the graph; what else
// there is to give back is for t.Cleanup.
type Open func(t testing.TB) *graph.Graph

// Traits say what the store under test does beyond what all do.
type Traits struct {
	// Snapshots: a view stays as it was while the graph is written, and readers may run
	// beside the writer.
	Snapshots bool
}

// All runs the whole contract.
func All(t *testing.T, open Open, has Traits) {
	for _, part := range []struct {
		name string
		test func(*testing.T, Open)
	}{
		{"writing", testWriting},
		{"idempotence", testIdempotence},
		{"replacement", testReplacement},
		{"retraction", testRetraction},
		{"merging", testMerging},
		{"reprints", testReprint},
		{"order of arrival", testShuffled},
		{"pure function", testPureFunction},
		{"resolving anew", testResolveAll},
		{"hostile text", testHostile},
		{"bad input", testBadInput},
		{"export and import", testImport},
		{"progress of a run", testProgress},
		{"cookbook", testCookbook},
		{"shapes of rows", testShapes},
		{"recursion", testRecursion},
		{"limits", testLimits},
		{"abuse", testAbuse},
		{"cancellation", testCancellation},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, closing(open)) })
	}
	if has.Snapshots {
		t.Run("snapshots", func(t *testing.T) { testSnapshots(t, closing(open)) })
		t.Run("readers beside the writer", func(t *testing.T) { testReaders(t, closing(open)) })
	}
}

// closing opens graphs that are closed when the test ends.
func closing(open Open) Open {
	return func(t testing.TB) *graph.Graph {
		g := open(t)
		t.Cleanup(func() {
			if err := g.Close(); err != nil {
				t.Errorf("closing: %v", err)
			}
		})
		return g
	}
}

// memory returns a new graph in memory, to compare with.
func memory(t testing.TB) *graph.Graph {
	t.Helper()
	return closing(func(t testing.TB) *graph.Graph {
		g, err := graph.OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		return g
	})(t)
}

func ontology(t testing.TB) *schema.Ontology {
	t.Helper()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	return ont
}

func writer(t testing.TB, g *graph.Graph) *ingest.Writer {
	t.Helper()
	return ingest.NewWriter(g, ontology(t), nil)
}

// write writes results, each of which must have the outcome.
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

// built returns a graph in memory of the results.
func built(t testing.TB, results ...*schema.Result) *graph.Graph {
	t.Helper()
	g := memory(t)
	write(t, writer(t, g), ingest.New, results...)
	return g
}

// dump returns all that the graph holds, as sorted N-Quads.
func dump(t testing.TB, g *graph.Graph) string {
	t.Helper()
	v := g.View()
	defer v.Close()
	return dumpView(t, v)
}

func dumpView(t testing.TB, v *graph.View) string {
	t.Helper()
	var b strings.Builder
	if err := export.NQuads(context.Background(), v, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// same fails unless two dumps are equal.
func same(t testing.TB, what, want, got string) {
	t.Helper()
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
