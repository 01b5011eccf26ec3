package resolve

import (
	"context"
	"slices"

	"isnad/graph"
	"isnad/schema"
)

// Index is a Source in memory, for resolving everything anew without a store.
type Index struct {
	tallies map[string]*graph.Tally
	keys    map[string][]string // key → IRIs
}

// NewIndex returns an empty Index.
func NewIndex() *Index {
	return &Index{tallies: map[string]*graph.Tally{}, keys: map[string][]string{}}
}

// Add adds an article with its assignment.
func (x *Index) Add(r *schema.Result, assigned map[string]string) {
	done := map[string]bool{}
	for _, iri := range assigned {
		if done[iri] {
			continue
		}
		done[iri] = true
		t := x.tallies[iri]
		if t == nil {
			t = graph.NewTally()
			x.tallies[iri] = t
		}
		t.Add(r, assigned, iri)
		for _, key := range t.Keys() {
			if !slices.Contains(x.keys[key], iri) {
				x.keys[key] = append(x.keys[key], iri)
			}
		}
	}
}

// Tally implements Source.
func (x *Index) Tally(_ context.Context, iri string) (*graph.Tally, error) {
	if t := x.tallies[iri]; t != nil {
		return t, nil
	}
	return graph.NewTally(), nil
}

// ByKey implements Source.
func (x *Index) ByKey(_ context.Context, class schema.Class, kind graph.KeyKind, key string, limit int) ([]string, error) {
	found := slices.Sorted(slices.Values(x.keys[graph.Key(class, kind, key)]))
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	return found, nil
}
