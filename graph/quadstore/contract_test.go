package quadstore

import (
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"isnad/graph/internal/storetest"
)

func empty(t testing.TB) graph.QuadStore { return mustMemory(t) }

// TestContract runs Cayley's own tests; under the race detector without their integration
// part, which would take most of an hour ("make contract" runs it without).
func TestContract(t *testing.T) { storetest.Contract(t, empty, !raceEnabled) }

// TestPaths compares random queries with what they mean.
func TestPaths(t *testing.T) {
	graphs := 80
	if raceEnabled {
		graphs = 4
	}
	storetest.Paths(t, empty, graphs)
}
