package graphtest

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"isnad/graph"
)

//go:embed testdata/gizmo.txt
var answers string

// Recipe is one question of docs/gizmo.md.
type Recipe struct{ Question, Query string }

// Recipes returns the cookbook.
func Recipes(t testing.TB) []Recipe {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), "docs", "gizmo.md"))
	if err != nil {
		t.Fatal(err)
	}
	var out []Recipe
	question, inQuery := "", false
	for line := range strings.Lines(string(text)) {
		switch {
		case strings.HasPrefix(line, "### "):
			question = strings.TrimSpace(line[4:])
		case strings.HasPrefix(line, "```js"):
			inQuery = true
			out = append(out, Recipe{Question: question})
		case strings.HasPrefix(line, "```"):
			inQuery = false
		case inQuery:
			out[len(out)-1].Query += line
		}
	}
	if len(out) < 20 {
		t.Fatalf("the cookbook has %d queries", len(out))
	}
	return out
}

// root returns the folder of the module, above the one that a test runs in.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// Answer returns the rows of a query as lines of JSON, sorted unless the query sorts
// them itself: otherwise their order is the store's.
func Answer(t testing.TB, g *graph.Graph, query string) string {
	t.Helper()
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

// Answers returns what testdata/gizmo.txt is to hold: each question of the cookbook
// followed by its rows.
func Answers(t testing.TB, g *graph.Graph) string {
	var out strings.Builder
	out.WriteString("Answers to the questions of docs/gizmo.md over graph/internal/fixture/coalition.txt: one row a line.\n")
	for _, r := range Recipes(t) {
		fmt.Fprintf(&out, "\n### %s\n%s", r.Question, Answer(t, g, r.Query))
	}
	return out.String()
}

// testCookbook runs every query of docs/gizmo.md.
func testCookbook(t *testing.T, open Open) {
	g := coalition(t, open)
	want := map[string]string{}
	for _, part := range strings.Split(answers, "### ")[1:] {
		question, rows, _ := strings.Cut(part, "\n")
		want[question] = strings.TrimSpace(rows)
	}
	for _, r := range Recipes(t) {
		t.Run(r.Question, func(t *testing.T) {
			got := strings.TrimSpace(Answer(t, g, r.Query))
			if got == "" {
				t.Error("no answer shows nothing")
			}
			same(t, "the answer differs", want[r.Question], got)
		})
	}
}
