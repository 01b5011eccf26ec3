package resolve_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/graph/resolve"
	"isnad/schema"
)

// scenario is one part of testdata/scenarios.txt.
type scenario struct {
	name            string
	articles        string
	same, different string     // the user's files
	together, apart [][]string // "article/entity"
}

func scenarios(t *testing.T) []*scenario {
	text, err := os.ReadFile("testdata/scenarios.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []*scenario
	for line := range strings.Lines(string(text)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "scenario" {
			all = append(all, &scenario{name: rest})
		}
		if len(all) == 0 {
			continue
		}
		s := all[len(all)-1]
		switch word {
		case "scenario":
		case "same":
			s.together = append(s.together, strings.Fields(rest))
		case "apart":
			s.apart = append(s.apart, strings.Fields(rest))
		case "same.yaml":
			s.same += rest + "\n"
		case "different.yaml":
			s.different += rest + "\n"
		default:
			s.articles += line
		}
	}
	return all
}

func (s *scenario) pins(t *testing.T) *resolve.Pins {
	dir := t.TempDir()
	same, different := filepath.Join(dir, "same.yaml"), filepath.Join(dir, "different.yaml")
	for path, text := range map[string]string{same: s.same, different: s.different} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pins, err := resolve.LoadPins(same, different)
	if err != nil {
		t.Fatal(err)
	}
	return pins
}

// check compares the assignments in the graph with what the scenario wants.
func (s *scenario) check(t *testing.T, g *graph.Graph) {
	t.Helper()
	v := g.View()
	defer v.Close()
	node := func(at string) string {
		id, e, _ := strings.Cut(at, "/")
		_, as, err := v.Article(context.Background(), id)
		if err != nil || as == nil || as.Entities[e] == "" {
			t.Fatalf("%s: no such entity (%v)", at, err)
		}
		return as.Entities[e]
	}
	for _, set := range s.together {
		for _, at := range set[1:] {
			if node(at) != node(set[0]) {
				t.Errorf("%s is %s, %s is %s: want one", set[0], node(set[0]), at, node(at))
			}
		}
	}
	for _, pair := range s.apart {
		if node(pair[0]) == node(pair[1]) {
			t.Errorf("%s and %s are both %s: want two", pair[0], pair[1], node(pair[0]))
		}
	}
}

func TestScenarios(t *testing.T) {
	ctx := context.Background()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			g, err := graph.OpenMemory()
			if err != nil {
				t.Fatal(err)
			}
			defer g.Close()
			w := ingest.NewWriter(g, ont, s.pins(t))
			results, err := fixture.Parse(s.articles)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range results {
				if _, err := w.Write(ctx, r); err != nil {
					t.Fatal(err)
				}
			}
			s.check(t, g)
			// They came in order of publication, so resolving anew changes nothing.
			if n, err := w.ResolveAll(ctx, nil); err != nil || n != 0 {
				t.Errorf("resolving anew changed %d articles, %v", n, err)
			}
		})
	}
}

func TestPinErrors(t *testing.T) {
	dir := t.TempDir()
	same, different := filepath.Join(dir, "same.yaml"), filepath.Join(dir, "different.yaml")
	for _, test := range []struct{ name, same, different, want string }{
		{"no list of lists", "a: b", "", "want a list of lists"},
		{"one item", "- [بوريطة]", "", "list 1: names one thing only"},
		{"no name", "- [بوريطة, '!']", "", `"!" is neither`},
		{"no entity", "- [بوريطة, 'isnad:بوريطة']", "", "is neither an entity's IRI"},
		{"two classes", "- [isnad:person/x, isnad:place/x]", "", "list 1: isnad:place/x is no person"},
		{"contradiction", "- [ا, ب]", "- [ب, ا]", "list 1: ب and ا are the same in"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for path, text := range map[string]string{same: test.same, different: test.different} {
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			_, err := resolve.LoadPins(same, different)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want %q", err, test.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error has more than one line: %v", err)
			}
		})
	}
	if p, err := resolve.LoadPins(filepath.Join(dir, "none.yaml"), ""); err != nil || p == nil {
		t.Errorf("files that do not exist: %v", err)
	}
}
