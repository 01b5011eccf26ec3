package format

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"isnad/schema"
)

// hostile are texts that break careless writers.
var hostile = []string{
	"ناصر بوريطة", `"قوسان" و'فاصلة'`, "سطر\nوسطر\r\nثالث", "a;b,c|d\te", "<b>&amp;</b>", "\\", `\"`, "]]>", "--", "*/ /*", "`x`", "${x}", "$(x)",
	"\u202eعكس\u202c", "\u200f\u200eعلامات\u2066x\u2069", "nul\x00 bell\x07 esc\x1b", "\xff\xfe bad", "\ufffe\uffff", "e\u0301 é", "👩\u200d🚀", "</script><script>", "{{7*7}}",
	"=1+1", "@x", "#", "||", "n1 --> n2", "\u2028\u2029", "_:b0", "<<( a b c )>>", " ", "",
}

// randomGraph makes a graph of hostile texts with parallel edges, self loops, entities
// without edges and statements of literals.
func randomGraph(seed uint64, nodes, edges int, texts []string) *Graph {
	r := rand.New(rand.NewPCG(seed, 7))
	pick := func() string { return texts[r.IntN(len(texts))] }
	some := func() []string {
		var out []string
		for range r.IntN(3) {
			out = append(out, pick())
		}
		return out
	}
	classes := []schema.Class{schema.Person, schema.Organization, schema.Country, schema.Place, schema.Event, "Ship"}
	dates := []string{"", "2022", "2022-02", "2024-02-29", "2022-05-11"}
	var ns []*Node
	for i := range nodes {
		ns = append(ns, &Node{IRI: fmt.Sprintf("isnad:person/%06d", i), Class: classes[r.IntN(len(classes))], Name: pick(), Latin: pick(), Other: some(),
			Offices: some(), Countries: some(), Articles: 1 + r.IntN(50), Mentions: r.IntN(99), First: dates[r.IntN(len(dates))]})
	}
	predicates := []string{"met", "participatedIn", "holdsPosition", "memberOf", "relatedTo"}
	statuses := []schema.Status{schema.Asserted, schema.Planned, schema.Denied}
	var es []*Edge
	for i := range edges {
		e := &Edge{IRI: fmt.Sprintf("isnad:statement/%06d", i), Source: ns[r.IntN(nodes)].IRI, Predicate: predicates[r.IntN(len(predicates))],
			Undirected: r.IntN(2) == 0, Status: statuses[r.IntN(3)], Date: dates[r.IntN(len(dates))], Places: some(), Confidence: float64(r.IntN(100)) / 100, Sources: 1 + r.IntN(4)}
		if r.IntN(4) > 0 {
			e.Target = ns[r.IntN(nodes)].IRI
		} else {
			e.Value, e.ValueType = pick(), "Position"
		}
		for k := range r.IntN(3) {
			e.Evidence = append(e.Evidence, Evidence{Quote: pick(), SaidBy: pick(), Article: pick(), IRI: fmt.Sprintf("isnad:article/%d_%d", i, k), URL: "https://example.org/1?a=1&b=2",
				Title: pick(), Publisher: pick(), Published: "2022-05-11"})
		}
		es = append(es, e)
	}
	return newGraph(ns, es)
}

func newGraph(ns []*Node, es []*Edge) *Graph {
	slices.SortFunc(es, func(a, b *Edge) int { return strings.Compare(a.Source+a.IRI, b.Source+b.IRI) })
	g := &Graph{Title: "isnad", Nodes: sequence(ns), Edges: sequence(es), NodeCount: len(ns), EdgeCount: len(es)}
	for _, n := range ns {
		g.MostArticles = max(g.MostArticles, n.Articles)
	}
	for _, e := range es {
		if e.Target != "" {
			g.Links++
		}
	}
	return g
}

func sequence[T any](all []*T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for _, x := range all {
			if !yield(x, nil) {
				return
			}
		}
	}
}

// written returns the files of a format, by name.
func written(t testing.TB, f *Format, g *Graph) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(g, &b); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	if !f.Several() {
		return map[string]string{f.Files[0]: b.String()}
	}
	archive, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	out := map[string]string{}
	for _, file := range archive.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[file.Name] = string(text)
	}
	return out
}

// check reads a file as its kind is read, and returns how many nodes and edges it has, or
// -1 where that needs the tool itself.
func check(t *testing.T, f *Format, files map[string]string) (nodes, edges int) {
	t.Helper()
	nodes, edges = -1, -1
	for name, text := range files {
		for _, r := range text {
			if r != '\n' && r != '\t' && r != '\r' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufffe' || r == '\uffff' {
				t.Errorf("%s: %s holds %U", f.Name, name, r)
				break
			}
		}
		switch {
		case strings.HasSuffix(name, "gexf"), strings.HasSuffix(name, "graphml"):
			nodes, edges = countXML(t, f.Name, text)
		case strings.HasSuffix(name, "csv"):
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, byteOrderMark))).ReadAll()
			if err != nil {
				t.Errorf("%s: %s: %v", f.Name, name, err)
			}
			switch {
			case strings.HasPrefix(name, "nodes"), strings.HasPrefix(name, "entities"):
				nodes = len(rows) - 1
			case strings.HasPrefix(name, "statements"), strings.HasPrefix(name, "edges"), strings.HasPrefix(name, "relationships"):
				edges = len(rows) - 1
			}
		case name == "json", name == "cx2", name == "jsonld":
			if !json.Valid([]byte(text)) {
				t.Errorf("%s: no JSON", f.Name)
			}
		case name == "ftm.json":
			for line := range strings.Lines(text) {
				if !json.Valid([]byte(line)) {
					t.Errorf("%s: %q", f.Name, line)
				}
			}
		}
	}
	return nodes, edges
}

func countXML(t *testing.T, name, text string) (nodes, edges int) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nodes, edges
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return nodes, edges
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "node":
			nodes++
		case start.Name.Local == "edge":
			edges++
		}
	}
}

// TestFormats writes hostile graphs in every format and reads them with the parsers at hand.
func TestFormats(t *testing.T) {
	for _, f := range All() {
		t.Run(f.Name, func(t *testing.T) {
			for seed := range uint64(20) {
				g := randomGraph(seed, 1+int(seed)*3, int(seed)*9, hostile)
				files := written(t, f, g)
				nodes, edges := check(t, f, files)
				if nodes >= 0 && nodes != g.NodeCount {
					t.Errorf("seed %d: %d nodes, want %d", seed, nodes, g.NodeCount)
				}
				if edges >= 0 && edges != g.Links && edges != g.EdgeCount {
					t.Errorf("seed %d: %d edges, want %d", seed, edges, g.Links)
				}
				for name, text := range written(t, f, g) {
					if text != files[name] {
						t.Errorf("seed %d: two exports differ in %s", seed, name)
					}
				}
			}
		})
	}
}

func TestEmptyGraph(t *testing.T) {
	for _, f := range All() {
		if f.MediaType() == "" {
			t.Errorf("%s has no media type", f.Name)
		}
		check(t, f, written(t, f, newGraph(nil, nil)))
	}
}

// TestErrors holds that what goes wrong while reading is told, in every format.
func TestErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, f := range All() {
		g := randomGraph(1, 3, 3, hostile)
		edges := g.Edges
		g.Edges = func(yield func(*Edge, error) bool) {
			for e := range edges {
				if !yield(e, nil) {
					return
				}
				break
			}
			yield(nil, broken)
		}
		if err := f.Write(g, io.Discard); !errors.Is(err, broken) {
			t.Errorf("%s: %v, want %v", f.Name, err, broken)
		}
	}
}

func TestWriteFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	g := randomGraph(2, 5, 9, hostile)
	f := Lookup("csv")
	if err := f.WriteFolder(g, dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range written(t, f, g) {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != want {
			t.Errorf("%s differs from the file in the archive (%v)", name, err)
		}
	}
}

func TestSpan(t *testing.T) {
	for date, want := range map[string][2]string{
		"2022": {"2022-01-01", "2022-12-31"}, "2024-02": {"2024-02-01", "2024-02-29"}, "2023-02": {"2023-02-01", "2023-02-28"},
		"2022-04": {"2022-04-01", "2022-04-30"}, "2022-05-11": {"2022-05-11", "2022-05-11"}, "": {"", ""}, "x": {"", ""},
	} {
		if first, last := span(date); first != want[0] || last != want[1] {
			t.Errorf("span(%q) = %s, %s", date, first, last)
		}
	}
}

func TestClean(t *testing.T) {
	for s, want := range map[string]string{
		"ناصر": "ناصر", "\u202eعكس\u202c": "عكس", "a\nb": "a b", "\x00\x07": "", "می\u200cخواهم": "می\u200cخواهم", "\xff": "\ufffd", "\ufeffx": "x",
	} {
		if got := clean(s); got != want {
			t.Errorf("clean(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzFormats(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := randomGraph(3, 3, 8, []string{s})
		for _, f := range All() {
			check(t, f, written(t, f, g))
		}
	})
}

// BenchmarkFormats writes 100,000 edges, with a quotation each, in every format.
func BenchmarkFormats(b *testing.B) {
	g := randomGraph(4, 20_000, 100_000, hostile[:1])
	for _, f := range All() {
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				if err := f.Write(g, io.Discard); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(g.EdgeCount)*float64(b.N)/b.Elapsed().Seconds(), "edges/s")
		})
	}
}
