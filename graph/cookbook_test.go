package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/google/go-cmp/cmp"

	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

var update = flag.Bool("update", false, "write the answers of the cookbook's queries")

// recipe is one question of docs/gizmo.md.
type recipe struct{ question, query string }

func recipes(t *testing.T) []recipe {
	text, err := os.ReadFile("../docs/gizmo.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []recipe
	question, inQuery := "", false
	for line := range strings.Lines(string(text)) {
		switch {
		case strings.HasPrefix(line, "### "):
			question = strings.TrimSpace(line[4:])
		case strings.HasPrefix(line, "```js"):
			inQuery = true
			out = append(out, recipe{question: question})
		case strings.HasPrefix(line, "```"):
			inQuery = false
		case inQuery:
			out[len(out)-1].query += line
		}
	}
	return out
}

// answer returns the rows as lines of JSON, sorted unless the query sorts them itself:
// otherwise their order is the store's.
func answer(t *testing.T, g *graph.Graph, query string) string {
	rows, err := g.Query(context.Background(), "gizmo", query, 0)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(row); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, b.String())
	}
	if !strings.Contains(query, ".sort(") {
		slices.Sort(lines)
	}
	return strings.Join(lines, "")
}

// TestCookbook runs every query of docs/gizmo.md on every store and compares the answers
// with testdata/gizmo.txt, where each question is followed by its rows.
func TestCookbook(t *testing.T) {
	const file = "testdata/gizmo.txt"
	all := recipes(t)
	if len(all) < 20 {
		t.Fatalf("the cookbook has %d queries", len(all))
	}
	mem := graph.New(memstore.New())
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	w := ingest.NewWriter(mem, ont, nil)
	for _, r := range fixture.Coalition() {
		if _, err := w.Write(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{}
	text, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(text), "### ")[1:] {
		question, rows, _ := strings.Cut(part, "\n")
		want[question] = strings.TrimSpace(rows)
	}
	pebble := coalition(t)
	var out strings.Builder
	out.WriteString("Answers to the questions of docs/gizmo.md over graph/internal/fixture/coalition.txt: one row a line.\n")
	for _, r := range all {
		t.Run(r.question, func(t *testing.T) {
			got := answer(t, pebble, r.query)
			if got == "" {
				t.Error("no answer shows nothing")
			}
			fmt.Fprintf(&out, "\n### %s\n%s", r.question, got)
			if diff := cmp.Diff(got, answer(t, mem, r.query)); diff != "" {
				t.Errorf("the stores differ:\n%s", diff)
			}
			if !*update && strings.TrimSpace(got) != want[r.question] {
				t.Errorf("got\n%s\nwant\n%s", got, want[r.question])
			}
		})
	}
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
