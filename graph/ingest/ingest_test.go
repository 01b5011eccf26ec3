package ingest_test

import (
	"context"
	"strings"
	"testing"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/ingest"
	"isnad/schema"
)

func openMemory(t testing.TB) *graph.Graph {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g
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
