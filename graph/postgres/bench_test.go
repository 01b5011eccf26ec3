package postgres

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	stock "github.com/cayleygraph/cayley/graph/sql/postgres"
	"github.com/cayleygraph/quad"

	"isnad/graph/postgres/pgtest"
)

// benchArticle returns the quads of an article of about 250: plain edges with labels,
// evidence with Arabic literals, entities shared with other articles.
func benchArticle(i int) []quad.Quad {
	article := quad.IRI(fmt.Sprintf("isnad:article/%d", i))
	entity := func(k int) quad.IRI { return quad.IRI(fmt.Sprintf("isnad:person/ناصر_%d", k)) }
	quads := []quad.Quad{{Subject: article, Predicate: quad.IRI("rdf:type"), Object: quad.IRI("sanad:Article")}}
	for k := range 25 {
		st := quad.IRI(fmt.Sprintf("isnad:statement/%d.%d", i, k))
		ev := quad.IRI(fmt.Sprintf("isnad:evidence/%d.%d", i, k))
		s, o := entity((i*7+k)%5000), entity((i*13+k*k)%5000)
		quads = append(quads,
			quad.Quad{Subject: s, Predicate: quad.IRI("isnad:met"), Object: o, Label: st},
			quad.Quad{Subject: st, Predicate: quad.IRI("rdf:type"), Object: quad.IRI("sanad:Statement")},
			quad.Quad{Subject: st, Predicate: quad.IRI("sanad:subject"), Object: s},
			quad.Quad{Subject: st, Predicate: quad.IRI("sanad:object"), Object: o},
			quad.Quad{Subject: st, Predicate: quad.IRI("sanad:date"), Object: quad.String(fmt.Sprintf("2022-%02d", k%12+1))},
			quad.Quad{Subject: st, Predicate: quad.IRI("sanad:evidence"), Object: ev},
			quad.Quad{Subject: ev, Predicate: quad.IRI("sanad:article"), Object: article},
			quad.Quad{Subject: ev, Predicate: quad.IRI("sanad:quote"), Object: quad.String(fmt.Sprintf("استقبل وزير الخارجية نظيره يوم %d في المقر رقم %d", k, i))},
			quad.Quad{Subject: ev, Predicate: quad.IRI("sanad:span"), Object: quad.String(fmt.Sprintf("%d-%d", i*100+k, i*100+k+50))},
			quad.Quad{Subject: ev, Predicate: quad.IRI("sanad:confidence"), Object: quad.Float(float64(k) / 25)},
		)
	}
	return quads
}

// articlesFrom returns n quads of articles from number first.
func articlesFrom(first, n int) []quad.Quad {
	var out []quad.Quad
	for i := first; len(out) < n; i++ {
		out = append(out, benchArticle(i)...)
	}
	return out[:n]
}

// rate returns quads a second.
func rate(t testing.TB, n int, load func() error) float64 {
	t.Helper()
	begun := time.Now()
	if err := load(); err != nil {
		t.Fatal(err)
	}
	return float64(n) / time.Since(begun).Seconds()
}

// writeAll adds quads as Cayley's load command does: 10,000 at a time.
func writeAll(qs graph.QuadStore, quads []quad.Quad) error {
	w, err := qs.NewQuadWriter()
	if err != nil {
		return err
	}
	defer w.Close()
	for len(quads) > 0 {
		n := min(len(quads), 10_000)
		if _, err := w.WriteQuads(quads[:n]); err != nil {
			return err
		}
		quads = quads[n:]
	}
	return nil
}

// TestLoadRatio loads the same quads with Cayley's own backend and with ours, into empty
// databases and into ones that have quads, by turns on one server whose settings are
// PostgreSQL's own. "make bench-postgres" runs it.
func TestLoadRatio(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("ISNAD_BENCH_QUADS"))
	if err != nil {
		t.Skip("a measurement: make bench-postgres runs it")
	}
	measured, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(measured.Stop)
	first, more := articlesFrom(0, n), articlesFrom(n, n/4)
	address := measured.Database(t)
	if err := graph.InitQuadStore(stock.Type, address, nil); err != nil {
		t.Fatal(err)
	}
	theirs, ours := openStock(t, address), openAt(t, measured.Database(t), Options{})
	empty := rate(t, n, func() error { return writeAll(theirs, first) })
	loaded := rate(t, n, func() error {
		_, err := ours.Load(context.Background(), sequence(first...))
		return err
	})
	filled := rate(t, len(more), func() error { return writeAll(theirs, more) })
	added := rate(t, len(more), func() error { return writeAll(ours, more) })
	checkCounts(t, ours)
	fmt.Printf("%-28s %12s %12s\n", fmt.Sprintf("quads/s, %d quads", n), "Cayley's", "isnad's")
	fmt.Printf("%-28s %12.0f %12.0f\n", "into an empty database", empty, loaded)
	fmt.Printf("%-28s %12.0f %12.0f\n", "into a filled one", filled, added)
	fmt.Printf("postgres_load_ratio_empty: %.1f\npostgres_load_ratio_filled: %.1f\n", loaded/empty, added/filled)
}
