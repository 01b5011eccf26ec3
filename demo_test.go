package isnad_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestDemo runs what make demo runs, on the sample articles.
func TestDemo(t *testing.T) {
	out, err := exec.Command("sh", "docs/demo.sh", buildProgram(t)).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	parts := strings.Split(string(out), "\n== ")
	if len(parts) != 4 {
		t.Fatalf("want the build and three questions, got\n%s", out)
	}
	for i, want := range [][]string{
		{"new                22", "Person", "joined", "time"},
		{"Who met whom?", "ناصر بوريطة", "محمد السادس"},
		{"Which countries joined", "غينيا", "بوركينا فاسو", "توغو"},
		{"hosted", "السعودية", "المغرب"},
	} {
		for _, w := range want {
			if !strings.Contains(parts[i], w) {
				t.Errorf("part %d of the demo does not say %q:\n%s", i+1, w, parts[i])
			}
		}
	}
}
