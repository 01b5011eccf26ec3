package export

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"isnad/graph"
	"isnad/graph/export/format"
	"isnad/graph/export/read"
	"isnad/schema"
)

// texts are names, quotations and articles that break careless writers and readers.
var texts = []string{
	"ناصر بوريطة", `قناة "الجزيرة" و«العربية»`, "سطر\nوسطر\r\nثالث\rرابع", "a;b,c|d\te", "<b>&amp;</b>]]>", `\ \" \u0041 \ufffd`, "=1+1",
	"\u202eعكس\u202c\u200f\u061c", "nul\x00 bell\x07 esc\x1b del\x7f c1\u0085\u009f", "\xff\xfe\xed\xa0\x80 لا ترميز", "\ufffe\uffff\ufdd0 \ufffd", "e\u0301 é",
	"👩\u200d🚀 \U000e0041\U0001fffe", "</script><!--", "\u2028\u2029\ufeff", "_:b0 <<( a b c )>>", " مسافة في الطرفين ", "", " ", "a | b", "نقطة؛ فاصلة، علامة؟",
	strings.Repeat("طويل جدا ", 300),
}

// random makes the articles of a graph with such texts: parallel edges, self loops,
// entities without edges, literals of each type, dates of each precision, languages,
// reprints, and whatever a result can hold.
func random(seed uint64, articles int) []graph.Live {
	r := rand.New(rand.NewPCG(seed, 11))
	pick := func() string { return texts[r.IntN(len(texts))] }
	maybe := func(s string) *string {
		if r.IntN(3) == 0 {
			return nil
		}
		return &s
	}
	dates := []string{"", "2022", "2022-02", "2024-02-29", "2022-05-11"}
	classes := []schema.Class{schema.Person, schema.Organization, schema.Country, schema.Place, schema.Event}
	var out []graph.Live
	for i := range articles {
		res := &schema.Result{ID: fmt.Sprintf("%d %s", i, pick()), URL: maybe("https://news.example/?a=1&b=" + pick()), Publisher: maybe(pick()), Title: pick(),
			Published: maybe(dates[1+r.IntN(4)]), Language: []string{"ar", "en", "ar-MA", "", "لا لغة"}[r.IntN(5)], Hash: fmt.Sprint(r.IntN(5)), Extractor: "test " + pick()}
		as := graph.Assignment{Entities: map[string]string{}, Symmetric: []string{"met"}}
		words := func() (string, schema.Span) {
			s := pick()
			start := len(res.Text)
			res.Text += s + "\n"
			return s, schema.Span{Start: start, End: start + len(s)}
		}
		for e := range r.IntN(6) {
			class := classes[r.IntN(len(classes))]
			entity := schema.Entity{ID: fmt.Sprintf("e%d", e), Type: class, Name: pick(), NameLatin: pick(), Code: []string{"", "MA"}[r.IntN(2)]}
			for range 1 + r.IntN(3) {
				s, span := words()
				entity.Mentions = append(entity.Mentions, schema.Mention{Text: s, Span: span})
			}
			res.Entities = append(res.Entities, entity)
			as.Entities[entity.ID] = graph.EntityIRI(class, []string{"أ", "ب", entity.Name}[r.IntN(3)], 1+r.IntN(2))
		}
		if n := len(res.Entities); n > 0 {
			any := func() string { return res.Entities[r.IntN(n)].ID }
			for range r.IntN(9) {
				s, span := words()
				rel := schema.Relation{S: any(), P: []string{"met", "visited", "holdsPosition"}[r.IntN(3)], O: schema.Object{Entity: any()}, Status: schema.Asserted, Date: dates[r.IntN(5)],
					Kind: pick(), As: pick(), Rule: pick(), Confidence: float64(r.IntN(101)) / 100, Evidence: schema.Evidence{Text: s, Span: span}}
				if rel.P == "holdsPosition" {
					rel.O = schema.Object{Literal: &schema.Literal{Type: []schema.Class{schema.Position, schema.Date, schema.Money}[r.IntN(3)], Value: pick()}}
				}
				if r.IntN(3) == 0 {
					rel.Place, rel.To = any(), any()
					rel.Status = []schema.Status{schema.Planned, schema.Denied}[r.IntN(2)]
					rel.Attribution = []schema.Attribution{{Speaker: any(), Text: pick(), Verb: pick()}, {Verb: "قال"}}
				}
				res.Relations = append(res.Relations, rel)
			}
		}
		out = append(out, graph.Live{Result: res, Assignment: as})
	}
	return out
}

func filled(t *testing.T, articles []graph.Live) *graph.Graph {
	t.Helper()
	g := memory(t)
	for _, a := range articles {
		if _, err := g.Put(context.Background(), a.Result, a.Assignment); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

func dumped(t *testing.T, g *graph.Graph) string {
	t.Helper()
	v := g.View()
	defer v.Close()
	var b bytes.Buffer
	if err := NQuads(context.Background(), v, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// restorable are the formats that hold everything, with what reads them.
var restorable = map[string]func(*testing.T, []byte) read.Items{
	"graphml":   func(_ *testing.T, b []byte) read.Items { return read.GraphML("g", bytes.NewReader(b)) },
	"jsongraph": func(_ *testing.T, b []byte) read.Items { return read.NodeLink("g", bytes.NewReader(b)) },
	"jsonld":    func(_ *testing.T, b []byte) read.Items { return read.JSONLD("g", bytes.NewReader(b)) },
	"csv": func(t *testing.T, b []byte) read.Items {
		archive, err := read.Archive(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		return read.Tables("g", archive)
	},
}

// roundTrips writes a graph in every format that can be read and reads it back.
func roundTrips(t *testing.T, g *graph.Graph) {
	t.Helper()
	ctx := context.Background()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	want := dumped(t, g)
	v := g.View()
	defer v.Close()
	for name, reader := range restorable {
		selected := selectAll(t, v, ont, Selection{})
		var b bytes.Buffer
		if err := format.Lookup(name).Write(&selected.Graph, &b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again := memory(t)
		n, err := Restore(ctx, again, reader(t, b.Bytes()))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if n.Entities != selected.NodeCount || n.Statements != selected.EdgeCount {
			t.Errorf("%s: restored %+v, wrote %d entities, %d statements", name, n, selected.NodeCount, selected.EdgeCount)
		}
		if got := dumped(t, again); got != want {
			t.Errorf("%s: the graph that comes back is another:\n%s", name, firstDifference(got, want))
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("got  %.500s\nwant %.500s", g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// TestRoundTrips holds that nothing of a graph is lost in any format that can be read.
func TestRoundTrips(t *testing.T) {
	for seed := range uint64(24) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { roundTrips(t, filled(t, random(seed, 1+int(seed)/2))) })
	}
	t.Run("empty", func(t *testing.T) {
		g := filled(t, random(3, 1))
		v := g.View()
		defer v.Close()
		ids, err := v.Articles(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := g.Retract(context.Background(), ids[0]); err != nil {
			t.Fatal(err)
		}
		roundTrips(t, g)
	})
}
