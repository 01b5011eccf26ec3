package graph

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"isnad/graph/postgres"
	"isnad/graph/quadstore"
	"isnad/schema"
)

// View is a read-only state of a graph. It must be closed. Over a store of Open it does
// not change while it is open; over any other it shows what is written meanwhile.
type View struct {
	reader
	close func() error
}

// View returns the graph as it is now.
func (g *Graph) View() *View {
	switch s := g.qs.(type) {
	case *quadstore.Store:
		v := s.View()
		return &View{reader{v}, v.Close}
	case *postgres.Store:
		v := s.View()
		return &View{reader{v}, v.Close}
	case *postgres.Tx: // which sees what the update has written
		return &View{reader{s}, s.Close}
	}
	return &View{reader{readOnly{g.qs}}, func() error { return nil }}
}

// Close gives back what the view holds.
func (v *View) Close() error { return v.close() }

// readOnly hides the writing methods of a quad store without snapshots.
type readOnly struct{ cayley.QuadStore }

func (readOnly) ApplyDeltas([]cayley.Delta, cayley.IgnoreOpts) error { return quadstore.ErrReadOnly }

func (readOnly) NewQuadWriter() (quad.WriteCloser, error) { return nil, quadstore.ErrReadOnly }

func (readOnly) Close() error { return nil }

// Known reports whether the article is live with this hash and extractor, so that
// extracting it again would change nothing.
func (v *View) Known(ctx context.Context, id, hash, extractor string) (bool, error) {
	got, err := v.objects(ctx, quad.IRI(ArticleIRI(id)), Hash, Extractor)
	if err != nil || got == nil {
		return false, err
	}
	return len(got[Hash]) > 0 && first(got[Hash]) == hash && first(got[Extractor]) == extractor, nil
}

// Article returns a live article's result, with its text, and its assignment; nil if
// there is none of the id.
func (v *View) Article(ctx context.Context, id string) (*schema.Result, *Assignment, error) {
	a, err := v.article(ctx, quad.IRI(ArticleIRI(id)))
	if err != nil || a == nil {
		return nil, nil, err
	}
	return a.Result, &a.Assignment, nil
}

// Articles returns the ids of all live articles, in the store's order.
func (v *View) Articles(ctx context.Context) ([]string, error) {
	nodes, err := v.subjects(ctx, Type, ArticleClass, 0)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(nodes))
	for _, n := range nodes {
		got, err := v.objects(ctx, n, ID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, first(got[ID]))
	}
	return ids, nil
}

// Published returns the date of publication of a live article, or "".
func (v *View) Published(ctx context.Context, id string) (string, error) {
	got, err := v.objects(ctx, quad.IRI(ArticleIRI(id)), Published)
	return first(got[Published]), err
}

// Tally returns what is said of the entity; Articles is 0 if it is not in the graph.
func (v *View) Tally(ctx context.Context, iri string) (*Tally, error) { return v.tally(ctx, iri) }

// ByKey returns up to limit entities of the class that have the key; 0 is no limit.
func (v *View) ByKey(ctx context.Context, class schema.Class, kind KeyKind, key string, limit int) ([]string, error) {
	return v.byKey(ctx, class, kind, key, limit)
}

// Objects returns the objects of subject s under each of the predicates. It reads all of
// the subject's quads, but the values of those asked for only.
func (v *View) Objects(ctx context.Context, s quad.Value, ps ...quad.IRI) (map[quad.IRI][]quad.Value, error) {
	return v.objects(ctx, s, ps...)
}

// Subjects returns up to limit subjects (0: all) that have object o under predicate p.
func (v *View) Subjects(ctx context.Context, p quad.IRI, o quad.Value, limit int) ([]quad.Value, error) {
	return v.subjects(ctx, p, o, limit)
}

// EachSubject yields every subject that has object o under predicate p, in the store's
// order and one at a time; the error, if any, comes last.
func (v *View) EachSubject(ctx context.Context, p quad.IRI, o quad.Value) iter.Seq2[quad.Value, error] {
	return func(yield func(quad.Value, error) bool) {
		want := v.node(p)
		if want == nil {
			return
		}
		key, stopped := cayley.ToKey(want), false
		err := v.each(ctx, quad.Object, o, func(q cayley.Ref) bool {
			if cayley.ToKey(v.qs.QuadDirection(q, quad.Predicate)) == key {
				stopped = !yield(v.at(q, quad.Subject), nil)
			}
			return !stopped
		})
		if err != nil && !stopped {
			yield(nil, err)
		}
	}
}

// Edge is a plain edge between two entities, as one statement asserts it.
type Edge struct {
	Subject, Object string // IRIs
	Predicate       string // name in the ontology
	Statement       quad.IRI
}

// Edges returns the plain edges from and to an entity, in no order.
func (v *View) Edges(ctx context.Context, entity string) ([]Edge, error) {
	var out []Edge
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		err := v.each(ctx, d, quad.IRI(entity), func(q cayley.Ref) bool {
			if v.qs.QuadDirection(q, quad.Label) == nil { // of the machinery
				return true
			}
			full := v.qs.Quad(q)
			s, ok1 := full.Subject.(quad.IRI)
			o, ok2 := full.Object.(quad.IRI)
			p, ok3 := full.Predicate.(quad.IRI)
			st, ok4 := full.Label.(quad.IRI)
			if ok1 && ok2 && ok3 && ok4 {
				out = append(out, Edge{string(s), string(o), strings.TrimPrefix(string(p), World), st})
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Quads yields every quad, in the store's order; the error, if any, comes last.
func (v *View) Quads(ctx context.Context) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		it := v.qs.QuadsAllIterator()
		defer it.Close()
		for it.Next(ctx) {
			if !yield(v.qs.Quad(it.Result()), nil) {
				return
			}
		}
		err := it.Err()
		if err == nil {
			err = ctx.Err()
		}
		if err != nil && err != io.EOF {
			yield(quad.Quad{}, fmt.Errorf("graph: reading all quads: %w", err))
		}
	}
}

// Stats counts what is in the graph.
type Stats struct {
	Articles   int            `json:"articles"`
	Entities   map[string]int `json:"entities"`   // by class
	Statements map[string]int `json:"statements"` // by predicate, all statuses
	Quads      int            `json:"quads"`
}

// Stats counts articles, the entities of the ontology's classes, the statements of its
// predicates and all quads.
func (v *View) Stats(ctx context.Context, ont *schema.Ontology) (*Stats, error) {
	s := &Stats{Entities: map[string]int{}, Statements: map[string]int{}}
	total, err := v.qs.Stats(ctx, true)
	if err != nil {
		return nil, fmt.Errorf("graph: counting: %w", err)
	}
	s.Quads = int(total.Quads.Size)
	if s.Articles, err = v.uses(ctx, ArticleClass); err != nil {
		return nil, err
	}
	for _, c := range ont.Classes() {
		if n, err := v.uses(ctx, quad.IRI(World+string(c.Name))); err != nil {
			return nil, err
		} else if n > 0 {
			s.Entities[string(c.Name)] = n
		}
	}
	for _, p := range ont.Predicates() {
		if n, err := v.uses(ctx, WorldPredicate(p.Name)); err != nil {
			return nil, err
		} else if n > 0 {
			s.Statements[p.Name] = n
		}
	}
	return s, nil
}

// uses counts the quads that have o as object.
func (v *View) uses(ctx context.Context, o quad.Value) (int, error) {
	ref := v.qs.ValueOf(o)
	if ref == nil {
		return 0, ctx.Err()
	}
	size, err := v.qs.QuadIteratorSize(ctx, quad.Object, ref)
	if err != nil {
		return 0, fmt.Errorf("graph: counting %v: %w", o, err)
	}
	return int(size.Size), nil
}
