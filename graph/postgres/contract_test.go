package postgres

import (
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"isnad/graph/internal/storetest"
)

func empty(t testing.TB) graph.QuadStore { return open(t) }

// TestContract runs Cayley's own tests; "make contract" with their integration part.
func TestContract(t *testing.T) { storetest.Contract(t, empty, false) }

// TestPaths compares random queries with what they mean.
func TestPaths(t *testing.T) { storetest.Paths(t, empty, 6) }
