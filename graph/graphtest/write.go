package graphtest

import (
	"context"
	"strings"
	"testing"

	"isnad/graph/export"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

// testWriting writes articles and reads them back.
func testWriting(t *testing.T, open Open) {
	ctx := context.Background()
	g := open(t)
	all := fixture.Coalition()
	write(t, writer(t, g), ingest.New, all...)
	same(t, "the store does not hold what memory holds", dump(t, built(t, all...)), dump(t, g))
	v := g.View()
	defer v.Close()
	for _, want := range all {
		r, as, err := v.Article(ctx, want.ID)
		if err != nil || r == nil || r.Text != want.Text || len(r.Relations) != len(want.Relations) || len(as.Entities) != len(want.Entities) {
			t.Errorf("%s comes back as %+v, %+v, %v", want.ID, r, as, err)
		}
		if ok, err := v.Known(ctx, want.ID, want.Hash, want.Extractor); err != nil || !ok {
			t.Errorf("%s is not known: %v", want.ID, err)
		}
		if ok, err := v.Known(ctx, want.ID, want.Hash, "another"); err != nil || ok {
			t.Errorf("%s is known by another extractor: %v", want.ID, err)
		}
	}
	if r, _, err := v.Article(ctx, "nowhere"); r != nil || err != nil {
		t.Errorf("an article that nobody wrote: %v, %v", r, err)
	}
	s, err := v.Stats(ctx, ontology(t))
	if err != nil || s.Articles != 4 || s.Entities["Person"] != 3 || s.Statements["met"] != 2 || s.Quads != strings.Count(dumpView(t, v), "\n") {
		t.Errorf("stats %+v, %v", s, err)
	}
}

// testIdempotence writes everything twice.
func testIdempotence(t *testing.T, open Open) {
	g := open(t)
	w := writer(t, g)
	write(t, w, ingest.New, fixture.Coalition()...)
	once := dump(t, g)
	write(t, w, ingest.Unchanged, fixture.Coalition()...)
	same(t, "writing again changed the graph", once, dump(t, g))
	v := g.View()
	defer v.Close()
	for _, r := range fixture.Coalition() {
		_, as, err := v.Article(context.Background(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := g.Put(context.Background(), r, *as); n != 0 || err != nil {
			t.Errorf("%s: %d quads changed, %v", r.ID, n, err)
		}
	}
	same(t, "putting again changed the graph", once, dump(t, g))
}

const (
	firstVersion = `
article a 2022-05-11
entity e1 Person ناصر بوريطة
entity e2 Person أنتوني بلينكن
entity e3 Country المغرب =MA
e1 met e2 on=2022-05-11 : التقى بوريطة بلينكن
e1 affiliatedWith e3 : المغربي بوريطة
`
	secondVersion = `
article a 2022-05-12
entity e1 Country المغرب =MA
entity e2 Person ناصر بوريطة
entity e3 Person ينس ستولتنبرغ
e2 met e3 : التقى بوريطة ستولتنبرغ
`
)

func parse(t testing.TB, text string) *schema.Result {
	t.Helper()
	all, err := fixture.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// testReplacement changes what an article says and expects the new version only.
func testReplacement(t *testing.T, open Open) {
	g := open(t)
	w := writer(t, g)
	write(t, w, ingest.New, parse(t, firstVersion))
	write(t, w, ingest.Replaced, parse(t, secondVersion))
	same(t, "the first version shows", dump(t, built(t, parse(t, secondVersion))), dump(t, g))
	write(t, w, ingest.New, fixture.Coalition()...)
	before := dump(t, g)
	for _, r := range fixture.Coalition() { // another extractor that says the same
		r.Extractor = "test extractor 2"
		write(t, w, ingest.Replaced, r)
	}
	for _, r := range fixture.Coalition() {
		write(t, w, ingest.Replaced, r)
	}
	same(t, "an extractor of the same opinion left something", before, dump(t, g))
}

// testRetraction removes articles, one and all.
func testRetraction(t *testing.T, open Open) {
	ctx := context.Background()
	g := open(t)
	w := writer(t, g)
	all := fixture.Coalition()
	write(t, w, ingest.New, all...)
	last := all[len(all)-1]
	if was, err := w.Remove(ctx, last.ID); err != nil || !was {
		t.Fatal(was, err)
	}
	same(t, "something is left of an article", dump(t, built(t, all[:len(all)-1]...)), dump(t, g))
	if was, err := w.Remove(ctx, last.ID); err != nil || was {
		t.Errorf("removing it again: %v, %v", was, err)
	}
	for _, r := range all[:len(all)-1] {
		if was, err := w.Remove(ctx, r.ID); err != nil || !was {
			t.Fatal(was, err)
		}
	}
	if rest := dump(t, g); strings.Count(rest, "\n") != 1 || !strings.Contains(rest, "sanad:form") {
		t.Errorf("want only the form, but left are\n%s", rest)
	}
	write(t, w, ingest.New, all...)
	same(t, "writing all anew", dump(t, built(t, all...)), dump(t, g))
}

// testMerging lets several articles tell of one thing: one entity under the name that
// most use, one statement with the evidence of each.
func testMerging(t *testing.T, open Open) {
	g := open(t)
	write(t, writer(t, g), ingest.New, fixture.Coalition()...)
	for query, want := range map[string][]any{
		`g.V("<isnad:statement/eb946df83770a0c461fa3840e07ed521>").out("<sanad:sources>").all()`:             {map[string]any{"id": int64(2)}},
		`g.emit(g.V("<isnad:statement/eb946df83770a0c461fa3840e07ed521>").out("<sanad:evidence>").count())`:  {int64(2)},
		`g.emit(g.V("<isnad:Person>").in("<rdf:type>").count())`:                                             {int64(3)},
		`g.emit(g.V("<isnad:country/المغرب>").in("<sanad:mentions>").unique().count())`:                      {int64(3)},
		`g.V("ناصر بوريطه").in("<skos:altLabel>").out("<isnad:name>").all()`:                                 {map[string]any{"id": "ناصر بوريطة"}},
		`g.emit(g.V("<isnad:country/بنين>").out("<isnad:joined>").count())`:                                  {int64(1)},
		`g.emit(g.V("<isnad:country/غينيا>").in("<sanad:subject>").has("<sanad:status>", "denied").count())`: {int64(1)},
		`g.emit(g.V("<isnad:country/غينيا>").labelContext(null).out("<isnad:joined>").count())`:              {int64(1)},
	} {
		rows, err := g.Query(context.Background(), "gizmo", query, 0)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		if !sameRows(rows, want) {
			t.Errorf("%s: %#v, want %#v", query, rows, want)
		}
	}
}

// testReprint counts articles of equal text once.
func testReprint(t *testing.T, open Open) {
	ctx := context.Background()
	g := open(t)
	w := writer(t, g)
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
	same(t, "the original shows after its removal", dump(t, built(t, reprint)), dump(t, g))
}

// testResolveAll builds in an unlucky order and expects what the right order gives.
func testResolveAll(t *testing.T, open Open) {
	all := fixture.Coalition()
	g := open(t)
	w := writer(t, g)
	write(t, w, ingest.New, all[3], all[2], all[1], all[0])
	done := 0
	if _, err := w.ResolveAll(context.Background(), func(n, total int) { done = n }); err != nil || done != len(all) {
		t.Fatal(done, err)
	}
	same(t, "resolving anew is not building in order", dump(t, built(t, all...)), dump(t, g))
}

// testImport makes an equal graph of a dump.
func testImport(t *testing.T, open Open) {
	ctx := context.Background()
	want := dump(t, built(t, fixture.Coalition()...))
	g := open(t)
	n, err := export.Import(ctx, g, "dump.nq", strings.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	if n != strings.Count(want, "\n") {
		t.Errorf("imported %d quads of %d", n, strings.Count(want, "\n"))
	}
	same(t, "the imported graph differs", want, dump(t, g))
	write(t, writer(t, g), ingest.Unchanged, fixture.Coalition()...)
	if _, err := export.Import(ctx, g, "dump.nq", strings.NewReader(want)); err == nil {
		t.Error("a dump was imported into a graph that is not empty")
	}
	same(t, "a refused import changed the graph", want, dump(t, g))
}
