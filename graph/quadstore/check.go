package quadstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// A Report says what Check has read, and what is wrong.
type Report struct {
	Quads, Values uint64
	Faults        []string // at most maxFaults, one line each; none if all is well
}

const maxFaults = 20

// errFaults ends a check that has found enough.
var errFaults = errors.New("too many faults")

// Check reads all that is stored, block checksums included, and holds every order of
// quads against the first, the counts of values, of pairs and of the whole against the
// quads, and names against tokens. The error says what kept it from reading on; a fault
// is no error.
func (v *View) Check(ctx context.Context) (Report, error) {
	c := &checker{view: v, ctx: ctx, seed: maphash.MakeSeed()}
	for _, part := range []func() error{c.orders, c.values, c.totals, c.strangers} {
		if err := part(); errors.Is(err, errFaults) {
			break
		} else if err != nil {
			return c.report, err
		}
	}
	return c.report, nil
}

type checker struct {
	view   *View
	ctx    context.Context
	seed   maphash.Seed
	report Report

	pairs uint64 // of hubs, as counted
}

func (c *checker) fault(format string, args ...any) error {
	c.report.Faults = append(c.report.Faults, fmt.Sprintf(format, args...))
	if len(c.report.Faults) >= maxFaults {
		return errFaults
	}
	return nil
}

// each calls f with every key of a space, in order.
func (c *checker) each(prefix []byte, f func(key, value []byte) error) error {
	s := &scan{view: c.view, prefix: prefix}
	defer s.close()
	var stop error
	for stop == nil && s.next(c.ctx, func(it *pebble.Iterator) error {
		value, err := it.ValueAndErr()
		if err == nil {
			stop = f(it.Key(), value) // which is no error of the store
		}
		return err
	}) {
	}
	return cmp.Or(stop, s.err)
}

// digest sums up a set of quads: the sum does not depend on their order.
type digest struct{ n, sum uint64 }

func (d *digest) add(seed maphash.Seed, t tuple) {
	d.n++
	d.sum += maphash.Comparable(seed, t)
}

// orders holds the orders against the first.
func (c *checker) orders() error {
	var all, labelled digest
	for i, o := range orders {
		var d digest
		err := c.each([]byte{o.space}, func(key, value []byte) error {
			t, err := o.parse(key)
			if err != nil || len(value) > 0 || o.labelled && t.get(quad.Label) == 0 {
				return c.fault("order %c has a malformed key %x", o.space, key)
			}
			d.add(c.seed, t)
			if i == 0 && t.get(quad.Label) != 0 {
				labelled.add(c.seed, t)
			}
			return nil
		})
		if err != nil {
			return err
		}
		want := all
		if o.labelled {
			want = labelled
		}
		if i == 0 {
			all, c.report.Quads = d, d.n
		} else if d != want {
			if err := c.compareOrders(o, d.n, want.n); err != nil {
				return err
			}
		}
	}
	return nil
}

// compareOrders names a quad in which an order differs from the first.
func (c *checker) compareOrders(o order, n, want uint64) error {
	for _, side := range []struct{ in, absent order }{{orders[0], o}, {o, orders[0]}} {
		found := error(nil)
		err := c.each([]byte{side.in.space}, func(key, _ []byte) error {
			t, err := side.in.parse(key)
			if err != nil || found != nil || o.labelled && t.get(quad.Label) == 0 {
				return nil
			}
			there, err := c.view.get(side.absent.appendQuad(nil, t), nil)
			if err == nil && !there {
				found = fmt.Errorf("quad %v stands in order %c but not in order %c", t, side.in.space, side.absent.space)
			}
			return err
		})
		if err != nil {
			return err
		}
		if found != nil {
			return c.fault("%v (%d quads there, %d in the first)", found, n, want)
		}
	}
	return c.fault("order %c has %d quads, not %d", o.space, n, want)
}

// leading are the orders that begin with each direction.
var leading = [4]order{orders[0], orders[1], orders[2], orders[3]}

// values walks the values with their names, counts, tokens and quads, side by side.
func (c *checker) values() error {
	var groups [4]*group
	for i, o := range leading {
		groups[i] = newGroup(c.view, o)
		defer groups[i].close()
	}
	err := c.each([]byte{spaceValue}, func(key, enc []byte) error {
		id, err := parseID(key[1:])
		if err != nil {
			return c.fault("malformed key %x", key)
		}
		c.report.Values++
		return c.value(id, enc, groups)
	})
	if err != nil {
		return err
	}
	for i, g := range groups {
		if err := g.advance(c.ctx); err != nil {
			return err
		}
		if g.id != 0 {
			if err := c.fault("value %d is the %v of quads and has no name", g.id, leading[i].dirs[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

// value holds one value against the quads that begin with it.
func (c *checker) value(id uint64, enc []byte, groups [4]*group) error {
	if _, err := parseValue(enc); err != nil {
		return c.fault("value %d has a malformed name %x", id, enc[:min(len(enc), 40)])
	}
	if back, err := c.view.idOf(enc); err != nil {
		return err
	} else if back != id {
		if err := c.fault("the name of value %d leads to value %d", id, back); err != nil {
			return err
		}
	}
	stored, err := c.view.uses(id)
	if err != nil {
		return err
	}
	var found uses
	for i, g := range groups {
		if g.id < id {
			if err := g.advance(c.ctx); err != nil {
				return err
			}
		}
		switch {
		case g.id != 0 && g.id < id:
			if err := c.fault("value %d is the %v of quads and has no name", g.id, leading[i].dirs[0]); err != nil {
				return err
			}
		case g.id == id:
			found[i] = g.n
			if err := c.pairsOf(id, leading[i].dirs[0], g); err != nil {
				return err
			}
		}
	}
	if found != stored || found == (uses{}) {
		return c.fault("value %d: counted %v quads by direction, stored %v", id, found, stored)
	}
	return nil
}

// pairsOf holds the stored counts of a hub's pairs against its quads.
func (c *checker) pairsOf(id uint64, d quad.Direction, g *group) error {
	if d == quad.Predicate || g.n <= hubUses {
		return nil
	}
	for pred, n := range g.preds {
		c.pairs++
		stored, err := c.view.pairUses(pair{id, d, pred})
		if err != nil {
			return err
		}
		if stored != n {
			if err := c.fault("value %d as %v with predicate %d: counted %d quads, stored %d", id, d, pred, n, stored); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) totals() error {
	t, err := c.view.totals()
	if err != nil {
		return err
	}
	if t.quads != c.report.Quads || t.nodes != c.report.Values {
		return c.fault("counted %d quads and %d values, stored %d and %d", c.report.Quads, c.report.Values, t.quads, t.nodes)
	}
	return nil
}

// strangers looks for tokens, counts and pairs that belong to no value, and for keys of
// no kind.
func (c *checker) strangers() error {
	for _, each := range []struct {
		space byte
		what  string
		want  uint64
	}{{spaceToken, "tokens", c.report.Values}, {spaceCount, "counts", c.report.Values}, {spacePair, "counts of pairs", c.pairs}} {
		n := uint64(0)
		if err := c.each([]byte{each.space}, func([]byte, []byte) error { n++; return nil }); err != nil {
			return err
		}
		if n != each.want {
			if err := c.fault("there are %d %s, not %d", n, each.what, each.want); err != nil {
				return err
			}
		}
	}
	known := map[byte]bool{spaceMeta: true, spaceValue: true, spaceToken: true, spaceCount: true, spacePair: true}
	for _, o := range orders {
		known[o.space] = true
	}
	return c.each(nil, func(key, _ []byte) error {
		if !known[key[0]] {
			return c.fault("a key of no kind: %x", key)
		}
		return nil
	})
}

// group walks the quads of an order, all of one leading value at a time.
type group struct {
	scan  *scan
	order order

	id    uint64 // of the group at hand, 0 before the first and after the last
	n     uint64
	preds map[uint64]uint64 // quads by predicate
	next  tuple             // the first quad of the group that follows
	ended bool
}

func newGroup(v *View, o order) *group {
	return &group{scan: &scan{view: v, prefix: []byte{o.space}}, order: o}
}

func (g *group) close() { _ = g.scan.close() }

// advance moves to the next group.
func (g *group) advance(ctx context.Context) error {
	lead := g.order.dirs[0]
	g.id, g.n, g.preds = g.next.get(lead), 0, map[uint64]uint64{}
	if g.id != 0 {
		g.count(g.next)
	}
	g.next = tuple{}
	for !g.ended {
		var t tuple
		if !g.scan.next(ctx, func(it *pebble.Iterator) (err error) {
			t, err = g.order.parse(it.Key())
			return err
		}) {
			g.ended = true
			break
		}
		if g.id == 0 {
			g.id = t.get(lead)
		}
		if t.get(lead) != g.id {
			g.next = t
			break
		}
		g.count(t)
	}
	return g.scan.err
}

func (g *group) count(t tuple) {
	g.n++
	g.preds[t.get(quad.Predicate)]++
}
