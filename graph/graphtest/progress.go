package graphtest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
)

// testProgress checks that a step is stored with its article or not at all, that it is
// refused to whom another writer has overtaken, and that no dump shows it.
func testProgress(t *testing.T, open Open) {
	ctx := context.Background()
	g := open(t)
	w := writer(t, g)
	holds := func(want graph.Progress) {
		t.Helper()
		v := g.View()
		defer v.Close()
		if got, err := v.Progress(ctx); err != nil || got != want {
			t.Fatalf("progress is %v (%v), want %v", got, err, want)
		}
	}
	holds(graph.Progress{})
	articles := fixture.Coalition()
	one, two, three := graph.Progress{Run: "run", Sequence: 1, Digest: "a"}, graph.Progress{Run: "run", Sequence: 2, Digest: "b"}, graph.Progress{Run: "run", Sequence: 7, Digest: "c"}

	if got, err := w.Write(ctx, articles[0], graph.Step{To: one}); got != ingest.New || err != nil {
		t.Fatalf("%v, %v", got, err)
	}
	holds(one)
	if got, err := w.Write(ctx, articles[0], graph.Step{From: one, To: two}); got != ingest.Unchanged || err != nil {
		t.Fatalf("%v, %v", got, err)
	}
	holds(two)
	before := dump(t, g)
	for _, stale := range []graph.Step{{From: one, To: three}, {To: three}} {
		if _, err := w.Write(ctx, articles[1], stale); !errors.Is(err, graph.ErrOvertaken) {
			t.Fatalf("a stale step: %v", err)
		}
		if err := g.Advance(ctx, stale); !errors.Is(err, graph.ErrOvertaken) {
			t.Fatalf("a stale step alone: %v", err)
		}
	}
	holds(two)
	if dump(t, g) != before || strings.Contains(before, "progress") {
		t.Error("the dump shows a write that was refused, or the progress")
	}
	if err := g.Advance(ctx, graph.Step{From: two, To: three}); err != nil {
		t.Fatal(err)
	}
	holds(three)
	if err := g.Advance(ctx, graph.Step{From: three}); err != nil {
		t.Fatal(err)
	}
	holds(graph.Progress{})
	if dump(t, g) != before {
		t.Error("the end of a run changed the graph")
	}
}
