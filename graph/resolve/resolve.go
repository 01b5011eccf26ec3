// Package resolve decides which entity of the graph each entity of a document is.
//
// It prefers two nodes to one wrong merge. Entities of different classes never meet;
// nor do those of different countries, or whom the document itself relates to each
// other. Countries meet by their code, everything else by its name in any spelling
// (package names), and then:
//
//   - A person's single name joins a full one only if no other person it could mean is
//     known, or hardly ever mentioned; a mere given name only with an office, body or
//     country in common.
//   - Two given names (محمد إبراهيم) need something in common beside the name.
//   - Two transcriptions of a person's name need an office or body in common, or a country
//     if they differ in weak letters only, or nothing if they differ by a letter of a long word.
//   - A body or place may be called by part of its name once an article calls it so, but not
//     by what another head governs: قيادة الجيش is not الجيش, nor جهة مراكش the city.
//   - A body of a kind that every country has (وزارة الخارجية) needs a country, place,
//     parent or outlet in common.
//   - An event needs a date in common, or a place within the year, or reports of the same
//     weeks. One that is only called الاجتماع needs date and place, الحرب a place within the year.
package resolve

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"isnad/graph"
	"isnad/graph/names"
	"isnad/schema"
)

// Source is what is known of entities so far: a graph.Graph or an Index.
type Source interface {
	// Tally returns what is said of the entity; Articles is 0 if it is not known.
	Tally(ctx context.Context, iri string) (*graph.Tally, error)
	// ByKey returns up to limit entities of the class that have the key, in any order.
	ByKey(ctx context.Context, class schema.Class, kind graph.KeyKind, key string, limit int) ([]string, error)
}

// maxCandidates is how many entities under one key are looked at.
const maxCandidates = 64

// document is one result under resolution.
type document struct {
	ctx    context.Context
	source Source
	pins   *Pins
	result *schema.Result

	former   map[string]string // document entity → IRI of an earlier resolution, for pins
	sticky   map[string]string // class and key → IRI of the article's version before
	assigned map[string]string
	related  map[string][]string     // document entity → those it is related to
	local    map[string]*graph.Tally // IRI → what this document says of it
	keys     map[string][]string     // look-up key → IRIs of this document
	err      error                   // the first error of the source
}

// subject is the document entity at hand.
type subject struct {
	*schema.Entity
	key  string
	ties map[string]bool
}

// Options carry what is known of the document beside the source.
type Options struct {
	Pins *Pins
	// Before is what the article said before and how that was resolved, if it replaces
	// itself: what kept its name keeps its entity.
	Before           *schema.Result
	BeforeAssignment *graph.Assignment
	// Former is the assignment to be revised, for pins that name IRIs.
	Former *graph.Assignment
}

// Resolve returns the entity of the graph for each entity of the result. It is
// deterministic: the same result, source and options give the same assignment.
func Resolve(ctx context.Context, source Source, r *schema.Result, opts Options) (map[string]string, error) {
	d := &document{ctx: ctx, source: source, pins: opts.Pins, result: r,
		former: map[string]string{}, sticky: map[string]string{}, assigned: map[string]string{},
		related: map[string][]string{}, local: map[string]*graph.Tally{}, keys: map[string][]string{}}
	if opts.Former != nil {
		d.former = opts.Former.Entities
	}
	if opts.Before != nil && opts.BeforeAssignment != nil {
		for _, e := range opts.Before.Entities {
			d.sticky[string(e.Type)+" "+names.Key(e.Type, e.Name)] = opts.BeforeAssignment.Entities[e.ID]
		}
	}
	for _, rel := range r.Relations {
		if o := rel.O.Entity; o != "" && o != rel.S {
			d.related[rel.S] = append(d.related[rel.S], o)
			d.related[o] = append(d.related[o], rel.S)
		}
	}
	for _, e := range inOrder(r.Entities) {
		iri := d.resolve(&subject{Entity: e, key: names.Key(e.Type, e.Name), ties: d.ties(e)})
		if d.err != nil {
			return nil, d.err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d.assigned[e.ID] = iri
		d.learn(e, iri)
	}
	return d.assigned, nil
}

// rank orders classes so that what tells others apart is resolved first.
var rank = map[schema.Class]int{schema.Country: -5, schema.Place: -4, schema.Organization: -3, schema.Event: -2, schema.Person: -1}

// inOrder returns the entities in order of resolution: by class, full names first.
func inOrder(entities []schema.Entity) []*schema.Entity {
	out := make([]*schema.Entity, len(entities))
	words := map[*schema.Entity]int{}
	for i := range entities {
		out[i] = &entities[i]
		words[out[i]] = len(strings.Fields(names.Key(out[i].Type, out[i].Name)))
	}
	slices.SortStableFunc(out, func(a, b *schema.Entity) int {
		return cmp.Or(cmp.Compare(rank[a.Type], rank[b.Type]), cmp.Compare(words[b], words[a]))
	})
	return out
}

// ties returns what the document says of the entity that tells it from homonyms, as far
// as the other ends are resolved.
func (d *document) ties(e *schema.Entity) map[string]bool {
	as := maps.Clone(d.assigned)
	const self = "self"
	as[e.ID] = self
	return graph.Ties(d.result, as, self, e.Type)
}

// learn notes what the document says of an entity, for the ones after it.
func (d *document) learn(e *schema.Entity, iri string) {
	as := map[string]string{e.ID: iri}
	t := d.local[iri]
	if t == nil {
		t = graph.NewTally()
		d.local[iri] = t
	}
	one := *d.result
	one.Entities = []schema.Entity{*e}
	one.Relations = nil
	t.Add(&one, as, iri)
	for tie := range d.ties(e) {
		t.Ties[tie]++
	}
	for _, key := range t.Keys() {
		d.keys[key] = append(d.keys[key], iri)
	}
}

func (d *document) resolve(s *subject) string {
	if iri := d.pins.target(s.Type, s.key, d.former[s.ID]); iri != "" {
		return iri
	}
	if iri := d.sticky[string(s.Type)+" "+s.key]; iri != "" && s.key != "" {
		return iri
	}
	iri := d.find(s)
	if iri == "" {
		iri = d.mint(s)
	}
	if to := d.pins.target(s.Type, "", iri); to != "" {
		return to
	}
	return iri
}

// find returns the entity of the graph that the subject is, or "".
func (d *document) find(s *subject) string {
	if s.key == "" {
		return ""
	}
	if s.Code != "" {
		if found := d.candidates(s, graph.ByCode, s.Code); len(found) > 0 {
			return d.choose(s, found)
		}
	}
	if s.Type == schema.Person && !strings.Contains(s.key, " ") {
		return d.findShort(s)
	}
	if iri := d.choose(s, d.candidates(s, graph.ByName, s.key)); iri != "" {
		return iri
	}
	switch s.Type {
	case schema.Person:
		return d.findPerson(s)
	case schema.Organization, schema.Place:
		return d.findByPart(s)
	}
	return ""
}

// mint returns an IRI that no known entity has.
func (d *document) mint(s *subject) string {
	name := s.Name
	if usual := names.Country(s.Code); usual != "" && s.Type == schema.Country {
		name = usual
	}
	for n := 1; ; n++ {
		iri := graph.EntityIRI(s.Type, name, n)
		if d.local[iri] != nil {
			continue
		}
		t, err := d.source.Tally(d.ctx, iri)
		if err != nil {
			d.err = err
			return iri
		}
		if t.Articles == 0 {
			return iri
		}
	}
}
