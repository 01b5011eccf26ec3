package format

import (
	"fmt"
	"iter"
)

// outgoing hands out edges under their sources: both are in order of IRI.
type outgoing struct {
	next func() (*Edge, error, bool)
	stop func()
	edge *Edge // the next one, nil before the first and after the last
	done bool
}

// under begins to read edges. stop must be called.
func under(edges iter.Seq2[*Edge, error]) *outgoing {
	next, stop := iter.Pull2(edges)
	return &outgoing{next: next, stop: stop}
}

// of calls write with every edge from the node. Nodes come in order.
func (o *outgoing) of(b *buffer, n *Node, write func(*Edge)) {
	for ; !o.done; o.edge = nil {
		if o.edge == nil {
			e, err, ok := o.next()
			if err != nil {
				b.fail(fmt.Errorf("export: %w", err))
			}
			if o.done = err != nil || !ok; o.done {
				return
			}
			o.edge = e
		}
		if o.edge.Source > n.IRI {
			return
		}
		if o.edge.Source == n.IRI {
			write(o.edge)
		}
	}
}
