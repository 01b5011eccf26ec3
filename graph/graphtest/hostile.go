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

// testHostile writes, dumps, reads and removes it.
func testHostile(t *testing.T, open Open) {
	ctx := context.Background()
	g := open(t)
	w := writer(t, g)
	write(t, w, ingest.New, fixture.Coalition()...)
	without := dump(t, g)
	write(t, w, ingest.New, hostile())
	with := dump(t, g)
	write(t, w, ingest.Unchanged, hostile())
	again := open(t)
	if _, err := export.Import(ctx, again, "dump.nq", strings.NewReader(with)); err != nil {
		t.Fatal(err)
	}
	same(t, "the imported graph differs", with, dump(t, again))
	v := again.View()
	defer v.Close()
	r, _, err := v.Article(ctx, hostile().ID)
	if err != nil || r == nil || r.Text != hostile().Text {
		t.Errorf("the article does not come back: %v, %v", r, err)
	}
	if was, err := w.Remove(ctx, hostile().ID); err != nil || !was {
		t.Fatal(was, err)
	}
	same(t, "something is left of it", without, dump(t, g))
}

// testBadInput expects one line that says what is wrong, and nothing stored.
func testBadInput(t *testing.T, open Open) {
	g := open(t)
	w := writer(t, g)
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
