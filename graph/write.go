package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// change is one article's arrival, replacement or departure: the net difference between
// the quads of the live articles before and after.
type change struct {
	reader
	graph    *Graph
	ctx      context.Context
	net      net
	before   *article  // nil if new
	after    *article  // nil if removed
	entities []*entity // after the change
}

// net counts quads, in the order in which they first came.
type net struct {
	at     map[quad.Quad]int // index into quads and counts
	quads  []quad.Quad
	counts []int
}

func (n *net) count(qs []quad.Quad, by int) {
	if n.at == nil {
		n.at = make(map[quad.Quad]int, 2*len(qs))
	}
	for _, q := range qs {
		i, ok := n.at[q]
		if !ok {
			i = len(n.quads)
			n.at[q] = i
			n.quads, n.counts = append(n.quads, q), append(n.counts, 0)
		}
		n.counts[i] += by
	}
}

func (c *change) add(qs ...quad.Quad) { c.net.count(qs, +1) }

func (c *change) del(qs ...quad.Quad) { c.net.count(qs, -1) }

// compute fills net with everything that the articles' change touches.
func (c *change) compute() error {
	c.del(c.before.quads()...)
	c.add(c.after.quads()...)
	touched := slices.Concat(c.before.entities(), c.after.entities())
	slices.Sort(touched)
	for _, iri := range slices.Compact(touched) {
		e, err := c.move(iri)
		if err != nil {
			return err
		}
		c.entities = append(c.entities, e)
	}
	return c.claims()
}

// claims moves every claim that the articles touch. Articles of one content share their
// voice, so what counts is how the content's share changes.
func (c *change) claims() error {
	type shift struct{ from, to *share }
	shifts := map[claim][]shift{}
	contents := map[string]bool{}
	for _, a := range []*article{c.before, c.after} {
		if a != nil {
			contents[a.content] = true
		}
	}
	for _, content := range slices.Sorted(maps.Keys(contents)) {
		was, now, err := c.content(content)
		if err != nil {
			return err
		}
		from, to := shares(was), shares(now)
		all := maps.Clone(from)
		maps.Copy(all, to)
		for cl := range all {
			shifts[cl] = append(shifts[cl], shift{from[cl], to[cl]})
		}
	}
	mine, order := map[claim][2][]evidence{}, []claim(nil)
	for side, a := range []*article{c.before, c.after} {
		for _, e := range a.evidence() {
			both, met := mine[e.claim]
			if !met {
				order = append(order, e.claim)
			}
			both[side] = append(both[side], e)
			mine[e.claim] = both
		}
	}
	for _, cl := range order {
		old, err := c.claim(c.ctx, cl)
		if err != nil {
			return err
		}
		now := old.clone()
		for _, s := range shifts[cl] {
			now.add(s.from, -1)
			now.add(s.to, +1)
		}
		if err := c.moveClaim(cl, old, now, mine[cl]); err != nil {
			return err
		}
	}
	return nil
}

// content returns the articles of one content before and after the change.
func (c *change) content(content string) (was, now []*article, err error) {
	probe := article{content: content}
	iris, err := c.subjects(c.ctx, Content, probe.contentIRI(), 0)
	if err != nil {
		return nil, nil, err
	}
	for _, v := range iris {
		iri, _ := v.(quad.IRI)
		if c.before != nil && string(iri) == c.before.iri || c.after != nil && string(iri) == c.after.iri {
			continue
		}
		a, err := c.article(c.ctx, iri)
		if err != nil {
			return nil, nil, err
		}
		was = append(was, a)
	}
	now = slices.Clone(was)
	if c.before != nil && c.before.content == content {
		was = append(was, c.before)
	}
	if c.after != nil && c.after.content == content {
		now = append(now, c.after)
	}
	return was, now, nil
}

// moveClaim replaces the statements of a claim and relinks evidence: the articles' own,
// and that of others where a stated date now supports another statement.
func (c *change) moveClaim(cl claim, old, now *claimTally, mine [2][]evidence) error {
	oldStatements, oldTo := old.statements()
	newStatements, newTo := now.statements()
	c.del(claimQuads(cl, old, oldStatements)...)
	c.add(claimQuads(cl, now, newStatements)...)
	own := map[quad.IRI]bool{}
	for _, e := range mine[0] {
		own[e.iri] = true
		c.del(link(cl.statement(oldTo[e.rel.Date]), e.iri))
	}
	for _, e := range mine[1] {
		c.add(link(cl.statement(newTo[e.rel.Date]), e.iri))
	}
	from := map[string]bool{} // statements that lose evidence of other articles
	for date, to := range oldTo {
		if at, still := newTo[date]; still && at != to {
			from[to] = true
		}
	}
	for _, date := range slices.Sorted(maps.Keys(from)) {
		if err := c.relink(cl, date, newTo, own); err != nil {
			return err
		}
	}
	return nil
}

// relink moves the evidence of the statement of a date to where newTo says.
func (c *change) relink(cl claim, date string, newTo map[string]string, own map[quad.IRI]bool) error {
	st := cl.statement(date)
	got, err := c.objects(c.ctx, st, EvidenceOf)
	if err != nil {
		return err
	}
	for _, v := range got[EvidenceOf] {
		ev, _ := v.(quad.IRI)
		if own[ev] {
			continue
		}
		said, err := c.objects(c.ctx, ev, Date)
		if err != nil {
			return err
		}
		c.del(link(st, ev))
		c.add(link(cl.statement(newTo[first(said[Date])]), ev))
	}
	return nil
}

// deltas returns the net difference, deletions first. It never holds two actions for one
// quad: Cayley's own stores apply additions first whatever the order.
func (c *change) deltas() ([]cayley.Delta, error) {
	var gone, come []cayley.Delta
	for i, q := range c.net.quads {
		switch n := c.net.counts[i]; n {
		case 0:
		case +1:
			come = append(come, cayley.Delta{Quad: q, Action: cayley.Add})
		case -1:
			gone = append(gone, cayley.Delta{Quad: q, Action: cayley.Delete})
		default:
			return nil, fmt.Errorf("graph: %v counted %d times: the store is damaged", q, n)
		}
	}
	return append(gone, come...), nil
}
