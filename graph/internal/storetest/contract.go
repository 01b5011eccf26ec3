// Package storetest holds what the tests of isnad's quad stores have in common: they run
// it on stores of their own.
package storetest

import (
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cayleygraph/quad"
)

// Open returns a new, empty store. What there is to give back is for t.Cleanup.
type Open func(t testing.TB) graph.QuadStore

// Contract runs Cayley's own tests of a quad store. They open their data by a path relative
// to one of Cayley's packages. Their integration part, a load of 471,000 quads and queries
// of them, runs only if it is wanted here or RUN_INTEGRATION is set.
func Contract(t *testing.T, open Open, integration bool) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatalf("finding Cayley's test data: %v", err)
	}
	t.Chdir(strings.TrimSpace(string(dir)) + "/graph/kv/bolt")
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
		return open(t), nil, func() {}
	}, &graphtest.Config{AlwaysRunIntegration: integration})
}

// Opened returns what was opened, to be closed when the test ends.
func Opened[S io.Closer](t testing.TB, s S, err error) S {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return s
}

// Add adds quads to a store.
func Add(t testing.TB, s graph.QuadStore, quads ...quad.Quad) {
	t.Helper()
	deltas := make([]graph.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = graph.Delta{Quad: q, Action: graph.Add}
	}
	if err := s.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
		t.Fatal(err)
	}
}
