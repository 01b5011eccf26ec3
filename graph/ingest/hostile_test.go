package ingest_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

// hostile returns a result whose every string is one that breaks careless code.
func hostile() *schema.Result {
	text := "شركة \"الأمل\" <x>\n\\ \u202b\u2067 e\u0301 \x00 \xff\xfe \ufffd نهاية"
	publisher, published := "ناشر\n\"<>", "2022-05-11T10:00:00+01:00"
	words := func(sub string) (string, schema.Span) {
		at := strings.Index(text, sub)
		return sub, schema.Span{Start: at, End: at + len(sub)}
	}
	r := &schema.Result{ID: "http://x/ \"<>\n\\\xff?#%", URL: &publisher, Publisher: &publisher, Published: &published,
		Title: "عنوان \"<\n", Language: "no language", Text: text, Hash: "h>", Extractor: "v\n"}
	for i, name := range []string{`شركة "الأمل" <x>`, "\\ \u202b\u2067", "\x00 \xff\xfe \ufffd", "e\u0301"} {
		m, span := words(name)
		r.Entities = append(r.Entities, schema.Entity{ID: string(rune('a' + i)), Type: schema.Organization, Name: name,
			Mentions: []schema.Mention{{Text: m, Span: span}}})
	}
	quote, span := words("<x>\n\\ \u202b\u2067 e\u0301 \x00 \xff\xfe")
	for _, o := range []string{"b", "c", "d"} {
		r.Relations = append(r.Relations, schema.Relation{S: "a", P: "supports", O: schema.Object{Entity: o}, Status: schema.Asserted,
			Kind: "\"\n", Place: "", Rule: "r\n", Confidence: 0.5, Evidence: schema.Evidence{Text: quote, Span: span},
			Attribution: []schema.Attribution{{Speaker: "d", Text: "\xff", Verb: "قال\n"}}})
	}
	r.Relations = append(r.Relations, schema.Relation{S: "a", P: "pledged", Status: schema.Planned,
		O: schema.Object{Literal: &schema.Literal{Type: schema.Money, Value: "5\"^^<x>\n\xff"}}, Evidence: schema.Evidence{Text: quote, Span: span}})
	return r
}

func TestHostile(t *testing.T) {
	onStores(t, func(t *testing.T, open func(testing.TB) *graph.Graph) {
		ctx := context.Background()
		g := open(t)
		w := ingest.NewWriter(g, ontology(t), nil)
		write(t, w, ingest.New, fixture.Coalition()...)
		without := dump(t, g)
		write(t, w, ingest.New, hostile())
		with := dump(t, g)
		write(t, w, ingest.Unchanged, hostile())
		again := open(t)
		if _, err := export.Import(ctx, again, "dump.nq", strings.NewReader(with)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(with, dump(t, again)); diff != "" {
			t.Errorf("the imported graph differs:\n%s", diff)
		}
		v := again.View()
		r, _, err := v.Article(ctx, hostile().ID)
		if err != nil || r == nil || r.Text != hostile().Text {
			t.Errorf("the article does not come back: %v, %v", r, err)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		if was, err := w.Remove(ctx, hostile().ID); err != nil || !was {
			t.Fatal(was, err)
		}
		if diff := cmp.Diff(without, dump(t, g)); diff != "" {
			t.Errorf("something is left of it:\n%s", diff)
		}
		if was, err := w.Remove(ctx, hostile().ID); err != nil || was {
			t.Errorf("removing it again: %v, %v", was, err)
		}
	})
}

// TestReplace changes what an article says and expects the graph of the new version only.
func TestReplace(t *testing.T) {
	onStores(t, func(t *testing.T, open func(testing.TB) *graph.Graph) {
		const first = `
article a 2022-05-11
entity e1 Person ناصر بوريطة
entity e2 Person أنتوني بلينكن
entity e3 Country المغرب =MA
e1 met e2 on=2022-05-11 : التقى بوريطة بلينكن
e1 affiliatedWith e3 : المغربي بوريطة
`
		const second = `
article a 2022-05-12
entity e1 Country المغرب =MA
entity e2 Person ناصر بوريطة
entity e3 Person ينس ستولتنبرغ
e2 met e3 : التقى بوريطة ستولتنبرغ
`
		parse := func(text string) *schema.Result {
			all, err := fixture.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			return all[0]
		}
		g, fresh := open(t), open(t)
		write(t, ingest.NewWriter(g, ontology(t), nil), ingest.New, parse(first))
		write(t, ingest.NewWriter(g, ontology(t), nil), ingest.Replaced, parse(second))
		write(t, ingest.NewWriter(fresh, ontology(t), nil), ingest.New, parse(second))
		if diff := cmp.Diff(dump(t, fresh), dump(t, g)); diff != "" {
			t.Errorf("the first version shows:\n%s", diff)
		}
	})
}

// TestReprint counts articles of equal text once.
func TestReprint(t *testing.T) {
	onStores(t, func(t *testing.T, open func(testing.TB) *graph.Graph) {
		ctx := context.Background()
		g := open(t)
		w := ingest.NewWriter(g, ontology(t), nil)
		original := fixture.Coalition()[0]
		write(t, w, ingest.New, original)
		reprint := fixture.Coalition()[0]
		reprint.ID, reprint.Hash = "reprint", "other"
		reprint.Relations[0].Confidence = 0.95
		write(t, w, ingest.New, reprint)
		count := func(query string, want int) {
			t.Helper()
			rows, err := g.Query(ctx, "gizmo", query, 0)
			if err != nil || len(rows) != want {
				t.Errorf("%s: %d rows, %v, want %d", query, len(rows), err, want)
			}
		}
		count(`g.V("<sanad:Statement>").in("<rdf:type>").has("<sanad:sources>", gte(2)).all()`, 0)
		count(`g.V("<isnad:holdsPosition>").in("<sanad:predicate>").has("<sanad:confidence>", gte(0.95)).all()`, 1)
		if _, err := w.Remove(ctx, original.ID); err != nil {
			t.Fatal(err)
		}
		alone := open(t)
		write(t, ingest.NewWriter(alone, ontology(t), nil), ingest.New, reprint)
		if diff := cmp.Diff(dump(t, alone), dump(t, g)); diff != "" {
			t.Errorf("the original shows after its removal:\n%s", diff)
		}
	})
}

// TestResolveAll builds in an unlucky order and expects what the right order gives.
func TestResolveAll(t *testing.T) {
	onStores(t, func(t *testing.T, open func(testing.TB) *graph.Graph) {
		ctx := context.Background()
		all := fixture.Coalition()
		g, right := open(t), open(t)
		w := ingest.NewWriter(g, ontology(t), nil)
		write(t, w, ingest.New, all[3], all[2], all[1], all[0])
		write(t, ingest.NewWriter(right, ontology(t), nil), ingest.New, all...)
		done := 0
		if _, err := w.ResolveAll(ctx, func(n, total int) { done = n }); err != nil || done != len(all) {
			t.Fatal(done, err)
		}
		if diff := cmp.Diff(dump(t, right), dump(t, g)); diff != "" {
			t.Errorf("resolving anew is not building in order:\n%s", diff)
		}
	})
}

func TestBadInput(t *testing.T) {
	g := stores["memstore"](t)
	w := ingest.NewWriter(g, ontology(t), nil)
	for want, spoil := range map[string]func(*schema.Result){
		"no id":                  func(r *schema.Result) { r.ID = "" },
		"not YYYY":               func(r *schema.Result) { r.Relations[0].Date = "11/05/2022" },
		"unknown predicate":      func(r *schema.Result) { r.Relations[0].P = "knows" },
		"unknown subject":        func(r *schema.Result) { r.Relations[0].S = "e99" },
		"outside the text":       func(r *schema.Result) { r.Relations[0].Evidence.End = 1 << 20 },
		"entity id \"e1\" twice": func(r *schema.Result) { r.Entities[1].ID = "e1" },
	} {
		r := fixture.Coalition()[0]
		spoil(r)
		_, err := w.Write(context.Background(), r)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %v, want one line with %q", err, want)
		}
	}
	if rest := dump(t, g); rest != "" {
		t.Errorf("refused articles left:\n%s", rest)
	}
}

func TestOpen(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "store")
	if _, err := graph.Open(dir, graph.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("opening nothing: %v", err)
	}
	if _, err := graph.Open("postgres://host/db", graph.Options{}); err == nil {
		t.Error("an address of another kind was opened")
	}
	g, err := graph.Open(dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, ingest.NewWriter(g, ontology(t), nil), ingest.New, fixture.Coalition()...)
	want := dump(t, g)
	if _, err := graph.Open(dir, graph.Options{}); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("opening twice: %v", err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	g, err = graph.Open(dir, graph.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if diff := cmp.Diff(want, dump(t, g)); diff != "" {
		t.Error(diff)
	}
	v := g.View()
	defer v.Close()
	r := fixture.Coalition()[0]
	if ok, err := v.Known(ctx, r.ID, r.Hash, r.Extractor); err != nil || !ok {
		t.Errorf("known: %v, %v", ok, err)
	}
	if ok, err := v.Known(ctx, r.ID, r.Hash, "another"); err != nil || ok {
		t.Errorf("known by another extractor: %v, %v", ok, err)
	}
	s, err := v.Stats(ctx, ontology(t))
	if err != nil || s.Articles != 4 || s.Entities["Person"] != 3 || s.Statements["met"] != 2 || s.Quads != strings.Count(want, "\n") {
		t.Errorf("stats %+v, %v", s, err)
	}
}

func TestImportErrors(t *testing.T) {
	ctx := context.Background()
	full := stores["pebble"](t)
	defer full.Close()
	write(t, ingest.NewWriter(full, ontology(t), nil), ingest.New, fixture.Coalition()...)
	good := dump(t, full)
	if _, err := export.Import(ctx, full, "dump.nq", strings.NewReader(good)); !errors.Is(err, graph.ErrNotEmpty) {
		t.Errorf("into a full store: %v", err)
	}
	for name, text := range map[string]string{
		"dump.nq:3: ":           "# dump\n\n<s> <p> .\n",
		graph.ErrNoDump.Error(): "<s> <p> <o> .\n",
		graph.ErrForm.Error():   "<sanad:store> <sanad:form> \"99\" .\n",
	} {
		dir := filepath.Join(t.TempDir(), "store")
		g, err := graph.Open(dir, graph.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := export.Import(ctx, g, "dump.nq", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", text, err)
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) == 0 {
			t.Fatal(entries, err)
		}
		g, err = graph.Open(dir, graph.Options{})
		if strings.HasPrefix(name, "dump.nq") { // refused before anything was written
			if err != nil {
				t.Error(err)
				continue
			}
			g.Close()
		} else if !errors.Is(err, graph.ErrUnfinished) {
			t.Errorf("a store half imported: %v", err)
		}
	}
}
