package graph_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

func coalition(t testing.TB) *graph.Graph {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	w := ingest.NewWriter(g, ont, nil)
	for _, r := range fixture.Coalition() {
		if _, err := w.Write(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

func TestQueryMemory(t *testing.T) {
	g := coalition(t)
	_, err := g.Query(context.Background(), "gizmo", `var s = "xxxxxxxxxxxxxxxx", all = []; while (true) { s = s + s; all.push(s.length) }`, 10)
	if !errors.Is(err, graph.ErrQueryMemory) {
		t.Errorf("a string doubled without end: %v", err)
	}
}

// TestQueryCompile compiles a chain of operators that takes longer than its caller waits.
func TestQueryCompile(t *testing.T) {
	g := coalition(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	<-ctx.Done()
	_, err := g.Query(ctx, "gizmo", "var x = 1; x"+strings.Repeat("+x", 30_000), 1)
	if !errors.Is(err, graph.ErrQueryTime) {
		t.Errorf("a text that is long in compiling: %v", err)
	}
}
