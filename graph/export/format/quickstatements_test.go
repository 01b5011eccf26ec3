package format

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// TestQuickStatements compares the draft of the sample with the golden file.
func TestQuickStatements(t *testing.T) {
	golden := filepath.Join("testdata", "sample.qs.txt")
	got := written(t, Lookup("quickstatements"), sampleGraph())["qs.txt"]
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is another (write it with -update):\n%s", golden, got)
	}
}

// quickLine is a command of QuickStatements' first syntax with tabs, as far as drafts use it
// (https://www.wikidata.org/wiki/Help:QuickStatements), or a comment.
var quickLine = regexp.MustCompile(`^(CREATE|LAST\t[LA](ar|en)\t"[^"\t]+"|LAST\tP31\tQ[1-9]\d*|/\* P[1-9]\d* .* \*/)$`)

// TestQuickLines holds every line of hostile drafts to the syntax.
func TestQuickLines(t *testing.T) {
	for seed := range uint64(20) {
		text := written(t, Lookup("quickstatements"), randomGraph(seed, 20, 60, hostile))["qs.txt"]
		for line := range strings.Lines(text) {
			if line = strings.TrimSuffix(line, "\n"); !quickLine.MatchString(line) || strings.Count(line, "*/") > 1 || strings.Count(line, "/*") > 1 {
				t.Fatalf("%q", line)
			}
		}
	}
}
