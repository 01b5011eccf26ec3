package relation_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"isnad/extract"
)

// BenchmarkAnnotate measures the stage alone over the fixtures, joined to one document.
func BenchmarkAnnotate(b *testing.B) {
	_, eng := shipped(b)
	var docs []*extract.Document
	tokens := 0
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		var lines []string
		for line := range strings.SplitSeq(string(data), "\n") {
			if line != "" && line[0] != '#' && line[0] != ' ' {
				lines = append(lines, line)
			}
		}
		d := annotate(b, strings.Join(lines, " "))
		docs = append(docs, d)
		tokens += len(d.Tokens)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			d.Relations = nil
			eng.Annotate(d)
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
