package isnad_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"isnad/extract/eval"
)

// The floor that no change may sink below, on articles that nothing was learned from.
const (
	minF1        = 0.40
	minPrecision = 0.60
)

// TestFloor measures the program on the development articles, with our scorer
// and, where there is a Python to run it, with the judge's: both must say the same.
func TestFloor(t *testing.T) {
	const gold = "../shared/gold/dev"
	texts, _ := filepath.Glob(filepath.Join(gold, "*.txt"))
	if len(texts) == 0 {
		t.Skip(gold + " is not here, so the quality floor was not measured")
	}
	bin := buildProgram(t)
	var ours eval.Report
	decode(t, &ours, bin, "eval", "--json", gold)
	t.Logf("relations P %.3f  R %.3f  F1 %.3f, entities F1 %.3f", ours.Precision, ours.Recall, ours.F1, ours.EntityF1)
	if ours.F1 < minF1 || ours.Precision < minPrecision {
		t.Errorf("relations: F1 %.3f, precision %.3f; the floor is %.2f and %.2f", ours.F1, ours.Precision, minF1, minPrecision)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("python3 is not installed, so the judge's scorer was not asked")
		return
	}
	results, err := exec.Command(bin, append([]string{"extract", "--quiet"}, texts...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "results.jsonl")
	if err := os.WriteFile(file, results, 0o600); err != nil {
		t.Fatal(err)
	}
	var theirs eval.Report
	decode(t, &theirs, python, "../shared/gold/score", "run", gold, file, "--json")
	if !reflect.DeepEqual(ours, theirs) {
		t.Errorf("isnad eval says\n%+v\nthe judge\n%+v", ours, theirs)
	}
}

// decode runs a command and reads the JSON that it prints.
func decode(t *testing.T, into any, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", cmd, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%s: %v", cmd, err)
	}
}

// buildProgram builds the program as it is shipped, and returns its path.
func buildProgram(tb testing.TB) string {
	tb.Helper()
	bin := filepath.Join(tb.TempDir(), "isnad")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", bin, "./cmd/isnad")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		tb.Fatalf("%s: %v\n%s", build, err, out)
	}
	return bin
}
