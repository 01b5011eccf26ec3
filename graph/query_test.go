package graph_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

func coalition(t testing.TB) *graph.Graph {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	w := ingest.NewWriter(g, ont, nil)
	for _, r := range fixture.Coalition() {
		if _, err := w.Write(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// TestQuerySyntax gives the parser and the compiler what they would take minutes for, and
// cannot be stopped at.
func TestQuerySyntax(t *testing.T) {
	g := coalition(t)
	list := `g.emit([` + strings.Repeat(`"<isnad:person/ناصر_بوريطة>", `, 300) + `"last"].length)`
	for name, test := range map[string]struct{ query, want string }{
		"sum":           {"var x = 1; x" + strings.Repeat("+x", 8000), "more than 1000 deep: write fewer in a row"},
		"constant sum":  {"1" + strings.Repeat("+1", 8000), "more than 1000 deep"},
		"calls":         {"g" + strings.Repeat(".V()", 3000), "more than 1000 deep"},
		"constructors":  {strings.Repeat("new ", 3000) + "g", "more than 1000 deep"},
		"labels":        {strings.Repeat("a:", 8000), "labels"},
		"spaced labels": {strings.Repeat("a/**/: ", 2000), "labels"},
		"loops":         {strings.Repeat("label:for(;;)", 1000), "labels"},
		"branches":      {strings.Repeat("if(x);else ", 1300) + ";", "more than 1000 deep"},
		"unfinished":    {strings.Repeat("do ", 5000), "SyntaxError"},
		"no text":       {strings.Repeat("\xff", 100), "not UTF-8"},
		"long":          {strings.Repeat("x;", 10_000), "longer than 16384 bytes: ask in parts"},
		"many names":    {list, ""},
		"a long walk":   {`g.V("<isnad:person/ناصر_بوريطة>")` + strings.Repeat(`.tag("x")`, 200) + ".all()", ""},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			_, err := g.Query(ctx, "gizmo", test.query, 1)
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n")):
				t.Errorf("error %v, want one line with %q", err, test.want)
			}
		})
	}
}
