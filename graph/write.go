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
	ctx    context.Context
	net    map[quad.Quad]int
	before *article // nil if new
	after  *article // nil if removed
}

func (c *change) add(qs ...quad.Quad) {
	for _, q := range qs {
		c.net[q]++
	}
}

func (c *change) del(qs ...quad.Quad) {
	for _, q := range qs {
		c.net[q]--
	}
}

// compute fills net with everything that the articles' change touches.
func (c *change) compute() error {
	c.del(c.before.quads()...)
	c.add(c.after.quads()...)
	touched := append(c.before.entities(), c.after.entities()...)
	slices.Sort(touched)
	for _, iri := range slices.Compact(touched) {
		if err := c.entity(iri); err != nil {
			return err
		}
	}
	return c.claims()
}

// entity moves one entity from its old tally to its new one.
func (c *change) entity(iri string) error {
	old, err := c.tally(c.ctx, iri)
	if err != nil {
		return err
	}
	now := old.clone()
	published := map[string]int{} // date → change
	if slices.Contains(c.before.entities(), iri) {
		now.add(c.before, iri, -1)
		published[c.before.published]--
	}
	if slices.Contains(c.after.entities(), iri) {
		now.add(c.after, iri, +1)
		published[c.after.published]++
	}
	if err := c.days(iri, old, now, published); err != nil {
		return err
	}
	c.del(entityQuads(iri, old)...)
	c.add(entityQuads(iri, now)...)
	return nil
}

// days moves the entity's publication dates and sets now.First and now.Last.
func (c *change) days(iri string, old, now *Tally, published map[string]int) error {
	byYear := map[string]days{}
	for date, n := range published {
		if date == "" || n == 0 {
			continue
		}
		y := year(date)
		if byYear[y] == nil {
			was, err := c.reader.days(c.ctx, iri, y)
			if err != nil {
				return err
			}
			c.del(daysQuads(iri, y, was)...)
			byYear[y] = maps.Clone(was)
		}
		count(byYear[y], date, n)
	}
	for y, d := range byYear {
		c.add(daysQuads(iri, y, d)...)
	}
	years := slices.Sorted(maps.Keys(now.Years))
	now.First, now.Last = "", ""
	if len(years) == 0 {
		return nil
	}
	for _, y := range []string{years[0], years[len(years)-1]} {
		if byYear[y] == nil && len(byYear) > 0 {
			d, err := c.reader.days(c.ctx, iri, y)
			if err != nil {
				return err
			}
			byYear[y] = d
		}
	}
	if len(byYear) == 0 { // no date came or went
		now.First, now.Last = old.First, old.Last
		return nil
	}
	now.First = slices.Min(slices.Collect(maps.Keys(byYear[years[0]])))
	now.Last = slices.Max(slices.Collect(maps.Keys(byYear[years[len(years)-1]])))
	return nil
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
	mine := map[claim][2][]evidence{}
	for side, a := range []*article{c.before, c.after} {
		for _, e := range a.evidence() {
			both := mine[e.claim]
			both[side] = append(both[side], e)
			mine[e.claim] = both
		}
	}
	for cl, evs := range mine {
		old, err := c.claim(c.ctx, cl)
		if err != nil {
			return err
		}
		now := old.clone()
		for _, s := range shifts[cl] {
			now.add(s.from, -1)
			now.add(s.to, +1)
		}
		if err := c.moveClaim(cl, old, now, evs); err != nil {
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
	for date := range from {
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

// deltas returns the net difference, deletions first, in a fixed order. It never holds
// two actions for one quad: Cayley applies additions first whatever the order.
func (c *change) deltas() ([]cayley.Delta, error) {
	var out []cayley.Delta
	for q, n := range c.net {
		switch n {
		case 0:
		case +1:
			out = append(out, cayley.Delta{Quad: q, Action: cayley.Add})
		case -1:
			out = append(out, cayley.Delta{Quad: q, Action: cayley.Delete})
		default:
			return nil, fmt.Errorf("graph: %v counted %d times: the store is damaged", q, n)
		}
	}
	slices.SortFunc(out, func(a, b cayley.Delta) int {
		if a.Action != b.Action {
			return int(a.Action) - int(b.Action)
		}
		return compareQuads(a.Quad, b.Quad)
	})
	return out, nil
}
