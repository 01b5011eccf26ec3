package graph

import (
	"context"
	"sync"

	"isnad/graph/postgres"
)

// writer is what all updates of a graph share.
type writer struct {
	writing sync.Mutex
	formed  bool  // the store is known to say its form
	known   cache // what the writer has read lately
	turn    int64 // the last turn at a shared store of which known is sure
}

// Update runs f with the graph to itself. What f reads and writes through the graph it
// is given is one transaction if the store is shared with other processes: it may then
// run again, when the store has ended it for theirs, and leaves nothing behind if it
// fails. In any other store each write of f is a transaction of its own.
func (g *Graph) Update(ctx context.Context, f func(*Graph) error) error {
	if g.updating {
		return f(g)
	}
	g.writing.Lock()
	defer g.writing.Unlock()
	store, ok := g.qs.(*postgres.Store)
	if !ok {
		return f(&Graph{reader: g.reader, writer: g.writer, updating: true})
	}
	var turn int64
	err := store.Update(ctx, func(tx *postgres.Tx) error {
		if turn = tx.Turn(); turn != g.turn+1 { // others have written, or this runs again
			g.forget()
		}
		err := f(&Graph{reader: reader{tx}, writer: g.writer, updating: true})
		if !tx.Wrote() {
			turn-- // it is given back
		}
		g.turn = turn
		return err
	})
	if err != nil {
		g.forget()
	}
	return err
}

// forget drops what the writer knows of a store that is not what it was.
func (g *Graph) forget() {
	g.known.clear()
	g.formed, g.turn = false, -1
}
