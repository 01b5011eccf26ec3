package quadstore

import (
	"context"
	"fmt"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"isnad/graph/internal/storetest"
)

// BenchmarkLoad writes articles one by one, each an atomic batch.
func BenchmarkLoad(b *testing.B) {
	for _, noSync := range []bool{false, true} {
		b.Run(fmt.Sprintf("sync=%v", !noSync), func(b *testing.B) {
			s := mustOpen(b, b.TempDir(), Options{NoSync: noSync})
			n := 0
			for i := 0; b.Loop(); i++ {
				quads := storetest.Article(i)
				n += len(quads)
				if err := s.ApplyDeltas(adds(quads...), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}

// benchStore returns a store of 1,000 articles, 250,000 quads, closed and
// opened again so that it reads from tables.
func benchStore(b *testing.B) *Store {
	b.Helper()
	dir := b.TempDir()
	s := mustOpen(b, dir, Options{NoSync: true})
	for i := range 1000 {
		if err := s.ApplyDeltas(adds(storetest.Article(i)...), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return mustOpen(b, dir, Options{})
}

func BenchmarkLookups(b *testing.B) {
	s := benchStore(b)
	names := make([]quad.Value, 5000)
	for i := range names {
		names[i] = quad.IRI(fmt.Sprintf("isnad:person/ناصر_%d", i))
	}
	b.Run("ValueOf", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if s.ValueOf(names[i%len(names)]) == nil {
				b.Fatal("not found")
			}
		}
	})
	refs, err := s.RefsOf(context.Background(), names)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("NameOf", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			id, _ := nodeID(refs[i%len(refs)])
			if s.NameOf(s.ref(id)) == nil {
				b.Fatal("not found")
			}
		}
	})
	b.Run("QuadIteratorSize", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := s.QuadIteratorSize(context.Background(), quad.Subject, refs[i%len(refs)]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("View", func(b *testing.B) {
		for b.Loop() {
			if err := s.View().Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkScan(b *testing.B) {
	s := benchStore(b)
	ctx := context.Background()
	for name, it := range map[string]graph.Iterator{
		"quads":     s.QuadsAllIterator(),
		"nodes":     s.NodesAllIterator(),
		"predicate": s.QuadIterator(quad.Predicate, s.ValueOf(quad.IRI("isnad:quotation"))),
	} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				it.Reset()
				for it.Next(ctx) {
					n++
				}
				if err := it.Err(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "results/s")
		})
	}
}

// BenchmarkPaths runs queries as Gizmo would, with the names of what they find.
func BenchmarkPaths(b *testing.B) {
	s := benchStore(b)
	person := quad.IRI("isnad:person/ناصر_700")
	for _, test := range []struct {
		name string
		path *path.Path
	}{
		{"out", path.StartPath(s, person).Out(quad.IRI("isnad:met"))},
		{"in", path.StartPath(s, person).In(quad.IRI("isnad:met"))},
		{"two hops", path.StartPath(s, person).Out(quad.IRI("isnad:met")).Out(quad.IRI("isnad:met"))},
		{"type and date", path.StartPath(s).Has(quad.IRI("rdf:type"), quad.IRI("isnad:Statement")).
			Has(quad.IRI("isnad:date"), quad.String("2022-03")).Has(quad.IRI("isnad:subject"), person)},
		{"save", path.StartPath(s, person).In(quad.IRI("isnad:subject")).Save(quad.IRI("isnad:date"), "date")},
		{"recursive", path.StartPath(s, person).FollowRecursive(quad.IRI("isnad:met"), 2, nil)},
	} {
		b.Run(test.name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				if err := test.path.Iterate(context.Background()).EachValue(s, func(quad.Value) { n++ }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/float64(b.N), "results")
		})
	}
}

// BenchmarkOpen opens and closes a store of 250,000 quads.
func BenchmarkOpen(b *testing.B) {
	s := benchStore(b)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := Open(s.dir, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
