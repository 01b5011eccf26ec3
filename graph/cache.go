package graph

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"isnad/schema"
)

// entity is what the writer remembers of an entity: news speak of few things again and
// again. It is never changed once it is in the cache.
type entity struct {
	iri   string
	tally *Tally
	days  map[string]days // by year, those that were read
	quads []quad.Quad     // of the entity without its days; nil until derived
}

// derived returns the entity's quads, but for its days.
func (e *entity) derived() []quad.Quad {
	if e.quads == nil {
		e.quads = entityQuads(e.iri, e.tally)
	}
	return e.quads
}

// cacheSize is how many entities one generation holds.
const cacheSize = 2000

// cache holds the entities used last, in two generations: what the older one holds and
// is used again moves to the younger, which replaces it when it is full.
type cache struct {
	mu           sync.Mutex
	young, older map[string]*entity
}

func (c *cache) get(iri string) *entity {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.young[iri]
	if e == nil {
		if e = c.older[iri]; e != nil {
			c.put(e)
		}
	}
	return e
}

// put adds e; c.mu is held.
func (c *cache) put(e *entity) {
	if c.young == nil || len(c.young) >= cacheSize {
		c.older, c.young = c.young, make(map[string]*entity, cacheSize)
	}
	c.young[e.iri] = e
}

func (c *cache) add(es ...*entity) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range es {
		c.put(e)
	}
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.young, c.older = nil, nil
}

// entity returns what is stored of an entity.
func (g *Graph) entity(ctx context.Context, iri string) (*entity, error) {
	if e := g.known.get(iri); e != nil && g.updating {
		return e, nil
	}
	t, err := g.tally(ctx, iri)
	if err != nil {
		return nil, err
	}
	e := &entity{iri: iri, tally: t, days: map[string]days{}}
	if g.updating { // else a writer may be changing it
		g.known.add(e)
	}
	return e, nil
}

// daysOf returns the entity's dates of publication within a year. Only the writer calls
// it, so it may complete what the cache holds.
func (g *Graph) daysOf(ctx context.Context, e *entity, year string) (days, error) {
	if d, ok := e.days[year]; ok {
		return d, nil
	}
	if e.tally.Years[year] == 0 {
		return days{}, nil
	}
	d, err := g.days(ctx, e.iri, year)
	if err == nil {
		e.days[year] = d
	}
	return d, err
}

// Tally returns what is said of the entity now; Articles is 0 if it is not in the graph.
// The tally must not be changed.
func (g *Graph) Tally(ctx context.Context, iri string) (*Tally, error) {
	e, err := g.entity(ctx, iri)
	if err != nil {
		return nil, err
	}
	return e.tally, nil
}

// ByKey returns up to limit entities of the class that have the key now; 0 is no limit.
func (g *Graph) ByKey(ctx context.Context, class schema.Class, kind KeyKind, key string, limit int) ([]string, error) {
	return g.byKey(ctx, class, kind, key, limit)
}

// move takes an entity from what is stored to what the change makes of it, and returns
// the latter.
func (c *change) move(iri string) (*entity, error) {
	old, err := c.graph.entity(c.ctx, iri)
	if err != nil {
		return nil, err
	}
	now := &entity{iri: iri, tally: old.tally.clone(), days: map[string]days{}}
	published := map[string]int{} // date → change
	if c.before.mentions(iri) {
		now.tally.add(c.before, iri, -1)
		published[c.before.published]--
	}
	if c.after.mentions(iri) {
		now.tally.add(c.after, iri, +1)
		published[c.after.published]++
	}
	if err := c.moveDays(old, now, published); err != nil {
		return nil, err
	}
	c.del(old.derived()...)
	c.add(now.derived()...)
	return now, nil
}

// moveDays moves the entity's dates of publication and sets the first and the last.
func (c *change) moveDays(old, now *entity, published map[string]int) error {
	maps.Copy(now.days, old.days)
	touched := map[string]days{} // year → before
	for date, n := range published {
		if date == "" || n == 0 {
			continue
		}
		y := year(date)
		if _, again := touched[y]; !again {
			was, err := c.graph.daysOf(c.ctx, old, y)
			if err != nil {
				return err
			}
			touched[y], now.days[y] = was, maps.Clone(was)
		}
		count(now.days[y], date, n)
	}
	for _, y := range slices.Sorted(maps.Keys(touched)) {
		was := touched[y]
		c.del(daysQuads(now.iri, y, was)...)
		c.add(daysQuads(now.iri, y, now.days[y])...)
	}
	if len(touched) == 0 {
		return nil // First and Last are those of the clone
	}
	t := now.tally
	years := slices.Sorted(maps.Keys(t.Years))
	t.First, t.Last = "", ""
	if len(years) == 0 {
		return nil
	}
	for _, y := range []string{years[0], years[len(years)-1]} {
		if _, ok := now.days[y]; !ok {
			d, err := c.graph.daysOf(c.ctx, old, y)
			if err != nil {
				return err
			}
			now.days[y] = d
		}
	}
	t.First = slices.Min(slices.Collect(maps.Keys(now.days[years[0]])))
	t.Last = slices.Max(slices.Collect(maps.Keys(now.days[years[len(years)-1]])))
	return nil
}
