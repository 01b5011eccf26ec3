package explore

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/names"
	"isnad/schema"
)

// Candidate is an entity that a name may mean.
type Candidate struct {
	Ref
	Offices   []string `json:"offices,omitempty"`
	Countries []string `json:"countries,omitempty"` // names
	Articles  int      `json:"articles"`            // that mention it

	kind graph.KeyKind
}

// Lookup returns the entities that a name in any spelling means: those of that name,
// those whose name ends so (persons), or else those that some article calls so, or else
// those whose Latin name sounds so; the most mentioned first. An IRI means its entity. No entity is no error.
func Lookup(ctx context.Context, v *graph.View, ont *schema.Ontology, name string) ([]Candidate, error) {
	found := map[string]graph.KeyKind{}
	if name = strings.Trim(strings.TrimSpace(name), "<>"); strings.HasPrefix(name, graph.World) {
		found[name] = graph.ByName
	}
	for _, kinds := range [][]graph.KeyKind{{graph.ByName, graph.ByShort, graph.ByCode}, {graph.ByForm}, {graph.BySound}} {
		if len(found) > 0 {
			break
		}
		for _, class := range ont.Classes() {
			for _, kind := range kinds {
				if err := lookup(ctx, v, class.Name, kind, name, found); err != nil {
					return nil, err
				}
			}
		}
	}
	l := newLoader(ctx, v)
	var out []Candidate
	for iri, kind := range found {
		c, err := l.candidate(iri)
		if err != nil {
			return nil, err
		}
		if c.kind = kind; c.Articles > 0 {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.IRI, b.IRI))
	})
	return out, nil
}

func lookup(ctx context.Context, v *graph.View, class schema.Class, kind graph.KeyKind, name string, found map[string]graph.KeyKind) error {
	key := names.Key(class, name)
	switch kind {
	case graph.ByCode:
		key = strings.ToUpper(name)
	case graph.BySound:
		key = names.Sound(key)
	}
	if key == "" {
		return nil
	}
	iris, err := v.ByKey(ctx, class, kind, key, 0)
	for _, iri := range iris {
		if _, ok := found[iri]; !ok {
			found[iri] = kind
		}
	}
	return err
}

// candidate describes an entity in a line.
func (l *loader) candidate(iri string) (Candidate, error) {
	t, err := l.view.Tally(l.ctx, iri)
	if err != nil {
		return Candidate{}, err
	}
	c := Candidate{Ref: Ref{IRI: iri, Name: t.Name(), Class: t.Class()}, Articles: t.Articles}
	office, affiliated, located := graph.WorldPredicate("holdsPosition"), graph.WorldPredicate("affiliatedWith"), graph.WorldPredicate("locatedIn")
	got, err := l.view.Objects(l.ctx, quad.IRI(iri), office, affiliated, located)
	if err != nil {
		return c, err
	}
	for _, v := range got[office] {
		c.Offices = append(c.Offices, text([]quad.Value{v}))
	}
	for _, v := range append(got[affiliated], got[located]...) {
		r, err := l.ref(v)
		if err != nil {
			return c, err
		}
		if r.Class == schema.Country {
			c.Countries = append(c.Countries, r.Name)
		}
	}
	for _, list := range []*[]string{&c.Offices, &c.Countries} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return c, nil
}
