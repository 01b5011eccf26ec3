package ingest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/schema"
)

// article makes an article of the size of a news report: 25 entities, some in every
// other article and most of them rare, and 20 relations.
func article(rnd *rand.Rand, n int) *schema.Result {
	published := fmt.Sprintf("20%02d-%02d-%02d", 10+rnd.IntN(10), 1+rnd.IntN(12), 1+rnd.IntN(28))
	r := &schema.Result{ID: fmt.Sprintf("https://example.org/%d", n), Published: &published, Language: "ar",
		Title: "عنوان", Hash: fmt.Sprint(n), Extractor: "bench"}
	for range 300 {
		r.Text += "كلمات الخبر "
	}
	r.Text += fmt.Sprint(n)
	classes := []schema.Class{schema.Person, schema.Organization, schema.Country, schema.Person, schema.Place}
	for i := range 25 {
		class := classes[i%len(classes)]
		which := int(rnd.ExpFloat64() * rnd.ExpFloat64() * 200)
		name := fmt.Sprintf("اسم %s %s", letters(which), letters(1+which%700))
		r.Entities = append(r.Entities, schema.Entity{ID: fmt.Sprint("e", i), Type: class, Name: name,
			Mentions: []schema.Mention{{Text: name}, {Text: name}}})
	}
	for i := range r.Entities {
		for j := range r.Entities[i].Mentions {
			m := &r.Entities[i].Mentions[j]
			m.Start = len(r.Text)
			r.Text += m.Text
			m.End = len(r.Text)
		}
	}
	for i := range 20 {
		s, o := r.Entities[i/5*5], r.Entities[(i/5*5+3+5*(i%5))%25]
		if s.ID == o.ID || o.Type != schema.Person {
			continue
		}
		rel := schema.Relation{S: s.ID, P: "met", O: schema.Object{Entity: o.ID}, Status: schema.Asserted, Confidence: 0.8, Rule: "met/bench"}
		switch i % 4 {
		case 0:
			rel.P, rel.O = "holdsPosition", schema.Object{Literal: &schema.Literal{Type: schema.Position, Value: "وزير الخارجية"}}
		case 1:
			rel.P, rel.O.Entity = "affiliatedWith", r.Entities[i/5*5+2].ID
		case 2:
			rel.Date = published
		}
		rel.Evidence.Text, rel.Evidence.End = r.Text[:40], 40
		r.Relations = append(r.Relations, rel)
	}
	return r
}

func letters(n int) string {
	var out []rune
	for ; n > 0; n /= 20 {
		out = append(out, 'ب'+rune(n%20))
	}
	return "س" + string(out)
}

// BenchmarkWrite writes articles one after another into a store on disk.
func BenchmarkWrite(b *testing.B) {
	g, err := graph.Open(b.TempDir(), graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer g.Close()
	w := ingest.NewWriter(g, ontology(b), nil)
	rnd := rand.New(rand.NewPCG(1, 1))
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		r := article(rnd, n)
		if _, err := w.Write(context.Background(), r); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
	v := g.View()
	defer v.Close()
	s, err := v.Stats(context.Background(), ontology(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(s.Quads)/float64(s.Articles), "quads/article")
}

// BenchmarkUnchanged writes an article that the graph holds already.
func BenchmarkUnchanged(b *testing.B) {
	g := openMemory(b)
	w := ingest.NewWriter(g, ontology(b), nil)
	r := article(rand.New(rand.NewPCG(1, 1)), 0)
	for b.Loop() {
		if _, err := w.Write(context.Background(), r); err != nil {
			b.Fatal(err)
		}
	}
}
