package postgres_test

import (
	"testing"

	"isnad/graph"
	"isnad/graph/graphtest"
	"isnad/graph/postgres"
)

// TestGraph runs the contract that graphs in all stores keep.
func TestGraph(t *testing.T) {
	graphtest.All(t, func(t testing.TB) *graph.Graph {
		g, err := graph.Open(postgres.Database(t), graph.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return g
	}, graphtest.Traits{Snapshots: true})
}
