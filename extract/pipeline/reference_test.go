package pipeline_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/extract/pipeline"
)

// TestReference reads short texts through all stages and compares who is said to do
// what, and who says so, with testdata/reference.txt.
func TestReference(t *testing.T) {
	data, err := os.ReadFile("testdata/reference.txt")
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	var text string
	var stated []string
	for line := range strings.Lines(string(data)) {
		claim, indented := strings.CutPrefix(line, "  ")
		claim = strings.TrimSpace(claim)
		switch {
		case claim == "" || strings.HasPrefix(line, "#"):
		case !indented:
			text = claim
			stated = statements(t, p, text)
		default:
			sign, want, _ := strings.Cut(claim, " ")
			if found := slices.Contains(stated, want); found != (sign == "+") {
				t.Errorf("%s\n%s %s\ngot: %s", text, sign, want, strings.Join(stated, "\n     "))
			}
		}
	}
}

// statements returns what the article says, as testdata/reference.txt words it.
func statements(t *testing.T, p *pipeline.Pipeline, text string) []string {
	t.Helper()
	title, body, ok := strings.Cut(text, " ## ")
	if !ok {
		title, body = "", text
	}
	d, err := p.Annotate(context.Background(), &article.Article{Title: title, Body: body, Language: "ar"})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range d.Relations {
		object := ""
		if r.Literal != nil {
			object = r.Literal.Value
		} else {
			object = d.Entities[r.Object].Name
		}
		line := d.Entities[r.Subject].Name + " | " + r.Predicate + " | " + object
		var sources []string
		for _, a := range r.Attribution {
			name := a.Text
			if a.Speaker != extract.None {
				name = d.Entities[a.Speaker].Name
			}
			sources = append(sources, name)
		}
		if len(sources) > 0 {
			line += " | @ " + strings.Join(sources, " > ")
		}
		out = append(out, line)
	}
	return out
}
