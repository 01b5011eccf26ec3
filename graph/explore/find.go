package explore

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/schema"
)

// Filter says which statements to find. Zero fields do not filter.
type Filter struct {
	Predicate  string        // name in the ontology
	Of         []string      // IRIs: one of them is at one end
	With       []string      // IRIs: one of them is at the other end
	Since      string        // ISO date, truncated as one likes; undated statements
	Until      string        // count by the first publication of their evidence
	Place      []string      // IRIs: it happened in one of them, or in a place located there
	Status     schema.Status // empty: any
	MinSources int           // independent articles
	Limit      int           // 0: all; the latest first
}

// ErrNoFilter says that a Filter names neither a predicate nor an entity.
var ErrNoFilter = errors.New("explore: name a predicate or an entity to find statements of")

// Find returns the statements that pass the filter: by date, the latest first and
// undated ones last, then by their ends.
func Find(ctx context.Context, v *graph.View, f Filter) ([]Statement, error) {
	if len(f.Of) == 0 && len(f.With) > 0 {
		f.Of, f.With = f.With, nil
	}
	l := newLoader(ctx, v)
	found, err := l.match(f)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.date(), a.date()), cmp.Compare(a.iri.String(), b.iri.String()))
	})
	if f.Limit > 0 && len(found) > f.Limit {
		found = found[:f.Limit]
	}
	var out []Statement
	for _, m := range found {
		st, err := l.statement(m.iri, m.head)
		if err != nil {
			return nil, err
		}
		out = append(out, *st)
	}
	order(out)
	slices.SortStableFunc(out, func(a, b Statement) int { return cmp.Compare(b.Date, a.Date) })
	return out, nil
}

// match is a statement that passes a filter, before its evidence is read.
type match struct {
	iri  quad.Value
	head map[quad.IRI][]quad.Value
}

func (m match) date() string { return text(m.head[graph.Date]) }

// match returns the statements that pass the filter, in no order.
func (l *loader) match(f Filter) ([]match, error) {
	iris, err := l.pool(f)
	if err != nil {
		return nil, err
	}
	var out []match
	for _, iri := range iris {
		m := match{iri: iri}
		if m.head, err = l.head(iri); err != nil {
			return nil, err
		}
		if !f.passes(m.head) {
			continue
		}
		inTime, err := l.inTime(f, m)
		if err != nil {
			return nil, err
		}
		inPlace, err := l.inPlace(f.Place, m.head)
		if err != nil {
			return nil, err
		}
		if inTime && inPlace {
			out = append(out, m)
		}
	}
	return out, nil
}

// pool returns the statements to look at.
func (l *loader) pool(f Filter) ([]quad.Value, error) {
	if len(f.Of) == 0 {
		if f.Predicate == "" {
			return nil, ErrNoFilter
		}
		return l.view.Subjects(l.ctx, graph.Predicate, graph.WorldPredicate(f.Predicate), 0)
	}
	var out []quad.Value
	seen := map[quad.Value]bool{}
	for _, iri := range f.Of {
		for _, end := range []quad.IRI{graph.Subject, graph.Object} {
			found, err := l.view.Subjects(l.ctx, end, quad.IRI(iri), 0)
			if err != nil {
				return nil, err
			}
			for _, st := range found {
				if !seen[st] {
					seen[st] = true
					out = append(out, st)
				}
			}
		}
	}
	return out, nil
}

func (f *Filter) passes(head map[quad.IRI][]quad.Value) bool {
	s, o := text(head[graph.Subject]), text(head[graph.Object])
	has := func(set []string, iri string) bool { return len(set) == 0 || slices.Contains(set, iri) }
	switch {
	case f.Predicate != "" && text(head[graph.Predicate]) != graph.World+f.Predicate:
		return false
	case f.Status != "" && text(head[graph.Status]) != string(f.Status):
		return false
	case int(number(head[graph.Sources])) < f.MinSources:
		return false
	}
	return has(f.Of, s) && has(f.With, o) || has(f.Of, o) && has(f.With, s)
}

// inTime reports whether the statement's date, as far as it is known, can lie between
// Since and Until.
func (l *loader) inTime(f Filter, m match) (bool, error) {
	if f.Since == "" && f.Until == "" {
		return true, nil
	}
	date := m.date()
	if date == "" {
		st, err := l.statement(m.iri, m.head)
		if err != nil {
			return false, err
		}
		for _, e := range st.Evidence {
			if p := e.Article.Published; p != "" && (date == "" || p < date) {
				date = p
			}
		}
	}
	const after = "~" // sorts after what completes a truncated date
	return date != "" && date+after >= f.Since && (f.Until == "" || date <= f.Until+after), nil
}

// maxDepth is how many steps of locatedIn are followed.
const maxDepth = 5

// inPlace reports whether a place or the object of the statement is one of the places or
// lies in one.
func (l *loader) inPlace(want []string, head map[quad.IRI][]quad.Value) (bool, error) {
	if len(want) == 0 {
		return true, nil
	}
	locatedIn := graph.WorldPredicate("locatedIn")
	at := slices.Concat(head[graph.Place], head[graph.Object])
	seen := map[quad.Value]bool{}
	for range maxDepth {
		var next []quad.Value
		for _, v := range at {
			iri, ok := v.(quad.IRI)
			if !ok || seen[v] {
				continue
			}
			seen[v] = true
			if slices.Contains(want, string(iri)) {
				return true, nil
			}
			if c := graph.ClassOf(string(iri)); c != "place" && c != "country" {
				continue
			}
			got, err := l.view.Objects(l.ctx, iri, locatedIn)
			if err != nil {
				return false, err
			}
			next = append(next, got[locatedIn]...)
		}
		at = next
	}
	return false, nil
}
