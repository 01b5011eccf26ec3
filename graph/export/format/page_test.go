//go:build proof

package format

import (
	"encoding/json"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"isnad/schema"
)

// breakouts are names that would run as script if the page did not hold them as text: each
// sets window.ran.
var breakouts = []string{
	`</script><script>window.ran=1</script>`, `<img src=x onerror="window.ran=1">`, `" onmouseover="window.ran=1`,
	`<svg onload=window.ran=1>`, `<!--<script>`, `{{constructor.constructor('window.ran=1')()}}`, "`${window.ran=1}`", `\u003cscript\u003ewindow.ran=1`,
}

// pageGraph holds names in both directions, one whose spelling search must fold, all that
// is hostile, and quotations.
func pageGraph() *Graph {
	names := append([]string{"أحمد الخُميني", "Tony Blair", "مؤسَّسة الإمارات", "منظّمة UNESCO الدولية"}, breakouts...)
	for _, s := range hostile {
		if strings.TrimSpace(clean(s)) != "" {
			names = append(names, s)
		}
	}
	var ns []*Node
	var es []*Edge
	for i, name := range names {
		id := string(rune('a'+i/26)) + string(rune('a'+i%26))
		ns = append(ns, &Node{IRI: "isnad:person/" + id, Class: schema.Person, Name: name, Articles: 1})
		es = append(es, &Edge{IRI: "isnad:statement/" + id, Source: "isnad:person/" + id, Target: "isnad:person/aa", Predicate: "met", Status: schema.Asserted,
			Date: "2022-05-11", Confidence: .9, Sources: 1, Evidence: []Evidence{{Quote: "قال " + name, Article: name, Title: name, Publisher: name,
				URL: "javascript:window.ran=1"}}})
	}
	return newGraph(ns, es)
}

// TestPage uses the page in Chromium: every entity is listed in its direction, search folds
// spelling, a click shows the quotations, and no name runs as script.
func TestPage(t *testing.T) {
	g, path := pageGraph(), filepath.Join(t.TempDir(), "g.html")
	write(t, "html", g, path)
	queries := map[string]string{"احمد الخميني": "aa", "tony": "ab", "موسسه": "ac", "مؤسسة الامارات": "ac", "unesco": "ad", "no such name": ""}
	cmd := exec.Command("node", append([]string{filepath.Join("testdata", "readers", "page.mjs"), path}, slices.Sorted(maps.Keys(queries))...)...)
	out, err := cmd.Output()
	if err != nil {
		if exit, ok := err.(*exec.ExitError); ok {
			t.Fatalf("%v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var seen struct {
		Listed  []struct{ ID, Label, Direction string }
		Found   map[string][]string
		Details map[string]struct {
			Heading, Direction string
			Lines              []string // of statements: the other end, time and confidence
			Quotes, Links      []string
		}
		Labels  []struct{ Label, Direction string }
		Drawn   int
		Strayed []string
	}
	if err := json.Unmarshal(out, &seen); err != nil {
		t.Fatal(err)
	}
	for _, s := range seen.Strayed {
		t.Error(s)
	}
	if len(seen.Listed) != g.NodeCount || seen.Drawn != g.NodeCount {
		t.Errorf("%d entities listed and %d drawn, want %d", len(seen.Listed), seen.Drawn, g.NodeCount)
	}
	directions := map[string]string{"aa": "rtl", "ab": "ltr", "ac": "rtl", "ad": "rtl"}
	for n := range g.Nodes {
		detail, id := seen.Details[n.IRI], strings.TrimPrefix(n.IRI, "isnad:person/")
		if detail.Heading != clean(n.Name) || !slices.Contains(detail.Quotes, escaped(bare, "قال "+n.Name)) || len(detail.Links) > 0 {
			t.Errorf("a click on %q shows %+v", n.Name, detail)
		}
		said := "أحمد الخُميني 2022-05-11 · 90%"
		if id == "aa" {
			said = "← " + "Tony Blair" + " 2022-05-11 · 90%"
		}
		if !slices.Contains(detail.Lines, said) {
			t.Errorf("a click on %q shows %q, want %q among them", n.Name, detail.Lines, said)
		}
		if want, ok := directions[id]; ok && detail.Direction != want {
			t.Errorf("%q runs %s, want %s", n.Name, detail.Direction, want)
		}
	}
	for _, l := range seen.Labels {
		if l.Label == "منظّمة UNESCO الدولية" && l.Direction != "rtl" {
			t.Errorf("the label %q runs %s", l.Label, l.Direction)
		}
	}
	for query, id := range queries {
		want := []string{}
		if id != "" {
			want = append(want, "isnad:person/"+id)
		}
		if got := seen.Found[query]; !slices.Equal(got, want) {
			t.Errorf("search for %q finds %v, want %v", query, got, want)
		}
	}
}
