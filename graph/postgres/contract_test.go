package postgres

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
)

// TestContract runs Cayley's own tests of a quad store. They open their data by a path
// relative to one of Cayley's packages. Their integration part, a load of 471,000 quads
// and queries of them, runs with "make contract" only, which sets RUN_INTEGRATION.
func TestContract(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatalf("finding Cayley's test data: %v", err)
	}
	t.Chdir(strings.TrimSpace(string(dir)) + "/graph/kv/bolt")
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
		return open(t), nil, func() {}
	}, &graphtest.Config{})
}
