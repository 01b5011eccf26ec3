package graph_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"isnad/graph"
)

// word makes a long string.
const word = `var word = "word", n = 0; while (word.length < 1 << 13) word += word; `

// bombs let memory grow without end, each in another way.
var bombs = map[string]string{
	"strings":   `var s = "xxxxxxxxxxxxxxxx", all = []; while (true) { s = s + s; all.push(s.length) }`,
	"arrays":    `var all = []; while (true) { all.push([1, 2, 3, all.length]) }`,
	"callbacks": word + `var all = []; while (true) { g.V().forEach(function (d) { all.push(word + d.id) }) }`,
	"rows":      word + `while (true) { g.emit({of: word + n++}) }`,
	"stacks":    `var o = {get a() { return this.a }}; o.a`,
}

func TestQueryMemory(t *testing.T) {
	g := coalition(t)
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			if _, err := g.Query(t.Context(), "gizmo", bomb, 0); !errors.Is(err, graph.ErrQueryMemory) {
				t.Errorf("a query that uses memory without end: %v", err)
			}
		})
	}
}

// A query that uses too much memory ends, and those beside it, which hold some too, do not.
func TestQueryMemoryBesideOthers(t *testing.T) {
	g := coalition(t)
	const innocent = `var all = [], end = Date.now() + 50
		for (var i = 0; i < 20000; i++) all.push("word " + i)
		while (Date.now() < end) g.V("<isnad:Person>").in("<rdf:type>").toArray()
		g.emit(all.length)`
	for name, bomb := range bombs {
		if name == "strings" || name == "stacks" {
			continue // which may grow faster than anybody finds out who it is
		}
		t.Run(name, func(t *testing.T) {
			ctx, done := context.WithCancel(t.Context())
			var others sync.WaitGroup
			for range 3 {
				others.Go(func() {
					for ctx.Err() == nil {
						rows, err := g.Query(t.Context(), "gizmo", innocent, 0)
						if err != nil || len(rows) != 1 {
							t.Errorf("a query beside it: %d rows, %v", len(rows), err)
							return
						}
					}
				})
			}
			time.Sleep(20 * time.Millisecond)
			if _, err := g.Query(t.Context(), "gizmo", bomb, 0); !errors.Is(err, graph.ErrQueryMemory) {
				t.Errorf("a query that uses memory without end: %v", err)
			}
			done()
			others.Wait()
		})
	}
}
