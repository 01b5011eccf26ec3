package quadstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// hubUses is how many quads a value may have in a direction before they are counted by
// predicate too; fewer are counted when somebody asks. Tests make it smaller.
var hubUses uint64 = 64

// pair is a value in a direction together with a predicate.
type pair struct {
	id   uint64
	dir  quad.Direction // not Predicate
	pred uint64
}

type pairCount struct {
	pair
	n uint64
}

// pairDirs are the directions of which there are pairs.
var pairDirs = [...]quad.Direction{quad.Subject, quad.Object, quad.Label}

func (p pair) compare(q pair) int {
	return cmp.Or(cmp.Compare(p.id, q.id), cmp.Compare(p.dir, q.dir), cmp.Compare(p.pred, q.pred))
}

// prefix begins the keys of all pairs of the value in the direction.
func (p pair) prefix() []byte {
	return append(keyOfID(spacePair, p.id), byte(p.dir))
}

func (p pair) key() []byte { return appendID(p.prefix(), p.pred) }

// pairOf returns the pair that the pattern binds, if it binds just that.
func pairOf(t tuple, d quad.Direction) (p pair, ok bool) {
	p = pair{t.get(d), d, t.get(quad.Predicate)}
	return p, d != quad.Predicate && p.id != 0 && p.pred != 0
}

// pairUses returns the exact number of quads of a pair of a hub.
func (v *View) pairUses(p pair) (n uint64, err error) {
	_, err = v.get(p.key(), func(b []byte) error { return readUvarints(b, &n) })
	return n, err
}

// countPairs adds what the change does to the pairs of hubs. A value that becomes a hub
// has the quads that it had counted; one that ceases to be loses its counts.
func (c *change) countPairs(b *pebble.Batch) error {
	deltas := map[pair]int64{}
	var touched []pair
	note := func(p pair, by int64) {
		if _, met := deltas[p]; !met {
			touched = append(touched, p)
		}
		deltas[p] += by
	}
	for _, t := range c.touched {
		p := c.quads[t]
		if p.now == p.before {
			continue
		}
		step := int64(1)
		if !p.now {
			step = -1
		}
		for _, d := range pairDirs {
			if n := p.nodes[d-quad.Subject]; n != nil && (n.was.of(d) > hubUses || n.now.of(d) > hubUses) {
				note(pair{n.id, d, t.get(quad.Predicate)}, step)
			}
		}
	}
	for _, n := range c.nodes {
		if !n.moved {
			continue
		}
		for _, d := range pairDirs {
			was, is := n.was.of(d) > hubUses, n.now.of(d) > hubUses
			switch {
			case !was && is && n.stored:
				if err := c.firstPairs(n.id, d, note); err != nil {
					return err
				}
			case was && !is:
				if err := c.dropPairs(b, pair{id: n.id, dir: d}); err != nil {
					return err
				}
			}
			n.hub[d-quad.Subject] = was && is
			n.gone[d-quad.Subject] = was && !is
		}
	}
	return c.writePairs(b, touched, deltas)
}

// firstPairs counts the quads that a value had in a direction before it became a hub.
func (c *change) firstPairs(id uint64, d quad.Direction, note func(pair, int64)) error {
	var pattern tuple
	pattern.set(d, id)
	s, o := quadsOf(c.store.live, pattern)
	defer s.close()
	for s.next(context.Background(), func(it *pebble.Iterator) error {
		t, err := o.parse(it.Key())
		note(pair{id, d, t.get(quad.Predicate)}, 1)
		return err
	}) {
	}
	return s.err
}

func (c *change) dropPairs(b *pebble.Batch, p pair) error {
	s := &scan{view: c.store.live, prefix: p.prefix()}
	defer s.close()
	for s.next(context.Background(), func(it *pebble.Iterator) error { return b.Delete(it.Key(), nil) }) {
	}
	return s.err
}

func (c *change) writePairs(b *pebble.Batch, touched []pair, deltas map[pair]int64) error {
	byID := map[uint64]*node{}
	for _, n := range c.nodes {
		byID[n.id] = n
	}
	slices.SortFunc(touched, pair.compare)
	for _, p := range touched {
		n := byID[p.id]
		if n.gone[p.dir-quad.Subject] || deltas[p] == 0 {
			continue
		}
		var had uint64
		if n.hub[p.dir-quad.Subject] {
			var err error
			if had, err = c.store.live.pairUses(p); err != nil {
				return err
			}
		}
		sum := int64(had) + deltas[p]
		var err error
		switch {
		case sum < 0:
			return fmt.Errorf("%w: value %d has %d quads with predicate %d", ErrCorrupt, p.id, sum, p.pred)
		case sum == 0:
			err = b.Delete(p.key(), nil)
		default:
			err = b.Set(p.key(), appendUvarints(nil, uint64(sum)), nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
