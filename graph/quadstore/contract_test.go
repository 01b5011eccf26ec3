package quadstore

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
)

// TestContract runs Cayley's own tests of a quad store, all of them; under the
// race detector all but the integration part, which takes a load of 471,000
// quads and would take most of an hour ("make contract" runs it without). They
// open their data by a path relative to one of Cayley's packages.
func TestContract(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatalf("finding Cayley's test data: %v", err)
	}
	t.Chdir(strings.TrimSpace(string(dir)) + "/graph/kv/bolt")
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
		s, err := OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		return s, nil, func() {
			if err := s.Close(); err != nil {
				t.Errorf("closing: %v", err)
			}
		}
	}, &graphtest.Config{AlwaysRunIntegration: !raceEnabled})
}
