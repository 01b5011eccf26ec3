package explore

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"isnad/graph"
)

// Hop is one step of a chain: two entities and the statements that tie them, in either
// direction, the best supported first.
type Hop struct {
	From       Ref         `json:"from"`
	To         Ref         `json:"to"`
	Statements []Statement `json:"statements"`
}

// search walks plain edges from both ends of a chain towards the middle.
type search struct {
	ctx        context.Context
	view       *graph.View
	neighbours map[string]map[string][]graph.Edge // entity → neighbour → edges
}

// side is what one end has reached.
type side struct {
	distance map[string]int
	frontier []string
	depth    int
}

// Path returns the shortest chains of plain edges, walked in either direction, from
// entity a to entity b: all of the least number of hops, at most maxHops, and of those
// the first limit in order of IRIs. No chain is no error.
func Path(ctx context.Context, v *graph.View, a, b string, maxHops, limit int) ([][]Hop, error) {
	if a == b {
		return nil, nil
	}
	s := &search{ctx: ctx, view: v, neighbours: map[string]map[string][]graph.Edge{}}
	from := &side{distance: map[string]int{a: 0}, frontier: []string{a}}
	to := &side{distance: map[string]int{b: 0}, frontier: []string{b}}
	for from.depth+to.depth < maxHops {
		nearer, other := from, to
		if len(to.frontier) < len(from.frontier) {
			nearer, other = to, from
		}
		met, err := s.widen(nearer, other)
		if err != nil {
			return nil, err
		}
		if len(met) > 0 {
			next, err := s.steps(met, from, to)
			if err != nil {
				return nil, err
			}
			return s.chains(a, b, next, limit)
		}
		if len(nearer.frontier) == 0 {
			return nil, nil
		}
	}
	return nil, nil
}

// around returns the entity's neighbours.
func (s *search) around(iri string) (map[string][]graph.Edge, error) {
	if n, ok := s.neighbours[iri]; ok {
		return n, nil
	}
	edges, err := s.view.Edges(s.ctx, iri)
	if err != nil {
		return nil, err
	}
	n := map[string][]graph.Edge{}
	for _, e := range edges {
		other := e.Object
		if other == iri {
			other = e.Subject
		}
		n[other] = append(n[other], e)
	}
	s.neighbours[iri] = n
	return n, nil
}

// widen takes one side a step further and returns where it met the other.
func (s *search) widen(nearer, other *side) ([]string, error) {
	nearer.depth++
	var next, met []string
	for _, iri := range nearer.frontier {
		around, err := s.around(iri)
		if err != nil {
			return nil, err
		}
		for _, n := range slices.Sorted(maps.Keys(around)) {
			if _, seen := nearer.distance[n]; seen {
				continue
			}
			nearer.distance[n] = nearer.depth
			next = append(next, n)
			if _, there := other.distance[n]; there {
				met = append(met, n)
			}
		}
	}
	nearer.frontier = next
	return met, nil
}

// steps returns, for every entity on a shortest chain, the ones that may follow it.
func (s *search) steps(met []string, from, to *side) (map[string][]string, error) {
	next := map[string][]string{}
	back := func(sd *side, forward bool) error {
		for level := met; len(level) > 0; {
			reached := map[string]bool{}
			for _, far := range level {
				around, err := s.around(far)
				if err != nil {
					return err
				}
				for near := range around {
					if at, ok := sd.distance[near]; !ok || at != sd.distance[far]-1 {
						continue
					}
					reached[near] = true
					if forward {
						next[near] = append(next[near], far)
					} else {
						next[far] = append(next[far], near)
					}
				}
			}
			level = slices.Sorted(maps.Keys(reached))
		}
		return nil
	}
	if err := back(from, true); err != nil {
		return nil, err
	}
	return next, back(to, false)
}

// chains lists the chains from a to b along next.
func (s *search) chains(a, b string, next map[string][]string, limit int) ([][]Hop, error) {
	var found [][]string
	var walk func(chain []string)
	walk = func(chain []string) {
		at := chain[len(chain)-1]
		if at == b {
			found = append(found, slices.Clone(chain))
			return
		}
		for _, n := range slices.Sorted(slices.Values(next[at])) {
			if len(found) >= limit {
				return
			}
			walk(append(chain, n))
		}
	}
	walk([]string{a})
	l := newLoader(s.ctx, s.view)
	var out [][]Hop
	for _, chain := range found {
		var hops []Hop
		for i := range chain[1:] {
			h, err := s.hop(l, chain[i], chain[i+1])
			if err != nil {
				return nil, err
			}
			hops = append(hops, h)
		}
		out = append(out, hops)
	}
	return out, nil
}

func (s *search) hop(l *loader, from, to string) (Hop, error) {
	var h Hop
	ends, err := l.refsInOrder(from, to)
	if err != nil {
		return h, err
	}
	h.From, h.To = ends[0], ends[1]
	around, err := s.around(from)
	if err != nil {
		return h, err
	}
	for _, e := range around[to] {
		head, err := l.head(e.Statement)
		if err != nil {
			return h, err
		}
		st, err := l.statement(e.Statement, head)
		if err != nil {
			return h, err
		}
		h.Statements = append(h.Statements, *st)
	}
	order(h.Statements)
	slices.SortStableFunc(h.Statements, func(a, b Statement) int { return cmp.Compare(b.Sources, a.Sources) })
	return h, nil
}
