package graphtest_test

import (
	"flag"
	"os"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"

	"isnad/graph"
	"isnad/graph/graphtest"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

var update = flag.Bool("update", false, "write the answers of the cookbook's queries")

func TestMemory(t *testing.T) {
	graphtest.All(t, openMemory, graphtest.Traits{Snapshots: true})
}

// TestCayleysMemory runs the contract on the store that Cayley keeps in memory.
func TestCayleysMemory(t *testing.T) {
	graphtest.All(t, func(testing.TB) *graph.Graph { return graph.New(memstore.New()) }, graphtest.Traits{})
}

func TestPebble(t *testing.T) {
	graphtest.All(t, func(t testing.TB) *graph.Graph {
		g, err := graph.Open(t.TempDir(), graph.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return g
	}, graphtest.Traits{Snapshots: true})
}

func openMemory(t testing.TB) *graph.Graph {
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestUpdate writes the answers of the cookbook when the flag says so.
func TestUpdate(t *testing.T) {
	if !*update {
		return
	}
	g := openMemory(t)
	defer g.Close()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	w := ingest.NewWriter(g, ont, nil)
	for _, r := range fixture.Coalition() {
		if _, err := w.Write(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile("testdata/gizmo.txt", []byte(graphtest.Answers(t, g)), 0o644); err != nil {
		t.Fatal(err)
	}
}
