package main

import (
	"path/filepath"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/quadstore"
)

// TestOtherVersion opens a store that another version of isnad built: it is refused in
// one line, and nothing is written.
func TestOtherVersion(t *testing.T) {
	store := filepath.Join(t.TempDir(), "store")
	qs, err := quadstore.Open(store, quadstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	form := quad.Quad{Subject: graph.StoreNode, Predicate: graph.FormOf, Object: quad.String("99")}
	if err := qs.ApplyDeltas([]cayley.Delta{{Quad: form, Action: cayley.Add}}, cayley.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"build", "-"}, {"stats"}, {"remove", "x"}, {"resolve", "--all"}} {
		cmd := isnadCommand(t, append(args, "--store", store)...)
		cmd.Stdin = strings.NewReader(articleLines(1)[0])
		out, err := cmd.CombinedOutput()
		said := string(out)
		if cmd.ProcessState.ExitCode() != exitFailed || strings.Count(said, "\n") != 1 ||
			!strings.Contains(said, store) || !strings.Contains(said, "another version") {
			t.Errorf("isnad %v: %v\n%s", args, err, said)
		}
	}
}
