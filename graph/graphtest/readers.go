package graphtest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
)

// testSnapshots holds a view while everything under it is removed.
func testSnapshots(t *testing.T, open Open) {
	g := coalition(t, open)
	before := dump(t, g)
	v := g.View()
	defer v.Close()
	for _, r := range fixture.Coalition() {
		if _, err := g.Retract(context.Background(), r.ID); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "a view changed under its reader", before, dumpView(t, v))
}

// testReaders reads whole articles, and nothing but whole articles, while others come
// and go.
func testReaders(t *testing.T, open Open) {
	ctx := context.Background()
	g := open(t)
	w := writer(t, g)
	write(t, w, ingest.New, fixture.Coalition()...)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for n := range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				rows, err := g.Query(ctx, "gizmo", `g.emit([g.V("<sanad:Article>").in("<rdf:type>").count(),
					g.V("<sanad:Article>").in("<rdf:type>").out("<sanad:text>").count()])`, 0)
				if err != nil || len(rows) != 1 {
					t.Errorf("reader %d: %v, %v", n, rows, err)
					return
				}
				if counts := fmt.Sprint(rows[0]); counts != "[3 3]" && counts != "[4 4]" {
					t.Errorf("reader %d saw articles and texts %s", n, counts)
					return
				}
			}
		})
	}
	last := fixture.Coalition()[3]
	for range 20 {
		if _, err := w.Remove(ctx, last.ID); err != nil {
			t.Error(err)
		}
		if _, err := w.Write(ctx, last); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
}
