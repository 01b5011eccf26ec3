package explore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"isnad/graph"
)

// ErrUnknown says that the graph holds no entity of an IRI.
var ErrUnknown = errors.New("no such entity in the graph")

// Entity is everything the graph says of one entity.
type Entity struct {
	Candidate
	Names    []string    `json:"names"`           // of articles, the most frequent first
	Latin    []string    `json:"latin,omitempty"` // names in Latin script
	Forms    []string    `json:"forms,omitempty"` // further ways in which articles refer to it
	Codes    []string    `json:"codes,omitempty"`
	Mentions int         `json:"mentions"`
	First    string      `json:"first,omitempty"` // publication date
	Last     string      `json:"last,omitempty"`  // publication date
	Says     []Predicate `json:"relations"`       // by predicate, then direction
}

// Predicate is the statements of one predicate that have the entity at one end.
type Predicate struct {
	Name       string      `json:"predicate"`
	Inverse    bool        `json:"inverse,omitempty"` // the entity is the object
	Statements []Statement `json:"statements"`
}

// Describe returns what the graph says of the entity. Statements of which it is a mere
// qualifier (a place, a speaker) are left out.
func Describe(ctx context.Context, v *graph.View, iri string) (*Entity, error) {
	l := newLoader(ctx, v)
	t, err := v.Tally(ctx, iri)
	if err != nil {
		return nil, err
	}
	if t.Articles == 0 {
		return nil, fmt.Errorf("explore: %s: %w", iri, ErrUnknown)
	}
	e := &Entity{Mentions: t.Mentions, First: t.First, Last: t.Last, Latin: byCount(t.Latin), Codes: byCount(t.Codes)}
	if e.Candidate, err = l.candidate(iri); err != nil {
		return nil, err
	}
	all := map[string]int{}
	for _, m := range t.Names {
		for name, n := range m {
			all[name] += n
		}
	}
	e.Names = byCount(all)
	for _, form := range byCount(t.Forms) {
		if all[form] == 0 {
			e.Forms = append(e.Forms, form)
		}
	}
	for _, end := range []quad.IRI{graph.Subject, graph.Object} {
		if err := l.relations(e, end); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(e.Says, func(a, b Predicate) int { return strings.Compare(a.Name, b.Name) })
	return e, nil
}

// relations adds the statements that have e at the end, by predicate.
func (l *loader) relations(e *Entity, end quad.IRI) error {
	iris, err := l.view.Subjects(l.ctx, end, quad.IRI(e.IRI), 0)
	if err != nil {
		return err
	}
	var sts []Statement
	for _, iri := range iris {
		head, err := l.head(iri)
		if err != nil {
			return err
		}
		st, err := l.statement(iri, head)
		if err != nil {
			return err
		}
		sts = append(sts, *st)
	}
	order(sts)
	for _, st := range sts {
		if n := len(e.Says); n == 0 || e.Says[n-1].Name != st.Predicate || e.Says[n-1].Inverse != (end == graph.Object) {
			e.Says = append(e.Says, Predicate{Name: st.Predicate, Inverse: end == graph.Object})
		}
		last := &e.Says[len(e.Says)-1]
		last.Statements = append(last.Statements, st)
	}
	return nil
}

// byCount returns the keys by falling count, then in order.
func byCount(counts map[string]int) []string {
	keys := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(keys, func(a, b string) int { return counts[b] - counts[a] })
	return keys
}
