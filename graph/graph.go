package graph

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"isnad/graph/postgres"
	"isnad/graph/quadstore"
	"isnad/schema"
)

// Options are the settings of a Graph. The zero value is good.
type Options struct {
	ReadOnly bool // open an existing store and refuse writes
	NoSync   bool // do not wait for the disk at each write; a crash may lose the last ones, whole
}

// ErrForm says that the store holds another version of the persisted form.
var ErrForm = errors.New("the store was built by another version of isnad")

// Graph is a graph that is written. Its methods may be called from several goroutines
// if the quad store allows it, as that of Open does; writes take turns.
type Graph struct {
	reader
	*writer
	updating bool // it is that of an Update
}

// Open opens the graph in a folder, or in the PostgreSQL database of an address such as
// postgres://user@host/name, and creates it if there is none.
func Open(address string, opts Options) (*Graph, error) {
	ctx := context.Background()
	var qs cayley.QuadStore
	var err error
	switch scheme, _, url := strings.Cut(address, "://"); {
	case !url:
		qs, err = quadstore.Open(address, quadstore.Options{ReadOnly: opts.ReadOnly, NoSync: opts.NoSync})
	case scheme == "postgres" || scheme == "postgresql":
		qs, err = postgres.Open(ctx, address, postgres.Options{ReadOnly: opts.ReadOnly, NoSync: opts.NoSync})
	default:
		err = fmt.Errorf("%s: no store of kind %q: name a folder, or postgres://user@host/database", Address(address), scheme)
	}
	if err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	g := New(qs)
	v := g.View()
	defer v.Close()
	if err := g.checkForm(ctx, v.reader); err != nil {
		return nil, errors.Join(fmt.Errorf("graph: %s: %w", Address(address), err), qs.Close())
	}
	return g, nil
}

// OpenMemory returns an empty graph that lives in memory.
func OpenMemory() (*Graph, error) {
	qs, err := quadstore.OpenMemory()
	if err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	return New(qs), nil
}

// New returns the graph in a quad store, which the graph's Close closes.
func New(qs cayley.QuadStore) *Graph { return &Graph{reader: reader{qs}, writer: &writer{}} }

// Close closes the graph.
func (g *Graph) Close() error { return g.qs.Close() }

func (g *Graph) checkForm(ctx context.Context, r reader) error {
	got, err := r.objects(ctx, StoreNode, FormOf, loading.Predicate.(quad.IRI))
	if err != nil {
		return err
	}
	if len(got[loading.Predicate.(quad.IRI)]) > 0 {
		return ErrUnfinished
	}
	switch form := first(got[FormOf]); form {
	case Form:
		g.formed = true
	case "":
	default:
		return fmt.Errorf("%w (form %s, this one writes %s): build it anew from the articles", ErrForm, form, Form)
	}
	return nil
}

// Put writes an article, or replaces what it said before, and returns the number of
// quads that changed; 0 means that the graph held exactly this already. Steps move the
// store's Progress in the same batch and are not counted.
func (g *Graph) Put(ctx context.Context, r *schema.Result, as Assignment, steps ...Step) (int, error) {
	if err := checkInput(r, as); err != nil {
		return 0, err
	}
	a, err := newArticle(r, as)
	if err != nil {
		return 0, err
	}
	return g.update(ctx, a.iri, a, steps...)
}

// Retract removes an article and reports whether it was there. No quad remains that no
// other article supports.
func (g *Graph) Retract(ctx context.Context, id string) (bool, error) {
	n, err := g.update(ctx, ArticleIRI(id), nil)
	return n > 0, err
}

// update makes a change in an Update of its own, if there is none.
func (g *Graph) update(ctx context.Context, iri string, after *article, steps ...Step) (changed int, err error) {
	err = g.Update(ctx, func(g *Graph) (err error) {
		changed, err = g.change(ctx, iri, after, steps...)
		return err
	})
	if err != nil {
		changed = 0
	}
	return changed, err
}

// change applies the net difference that an article makes, and the steps, as one batch,
// and returns the number of quads that the article makes differ.
func (g *Graph) change(ctx context.Context, iri string, after *article, steps ...Step) (int, error) {
	before, err := g.article(ctx, quad.IRI(iri))
	if err != nil {
		return 0, err
	}
	c := &change{reader: g.reader, graph: g, ctx: ctx, before: before, after: after}
	if before != nil || after != nil {
		if err := c.compute(); err != nil {
			return 0, err
		}
	}
	if err := g.readError(); err != nil {
		return 0, err
	}
	if after != nil && !g.formed {
		if err := g.checkForm(ctx, g.reader); err != nil {
			return 0, fmt.Errorf("graph: %w", err)
		}
		if !g.formed {
			c.add(formQuad)
		}
	}
	deltas, err := c.deltas()
	if err != nil {
		return 0, err
	}
	changed := len(deltas)
	for _, s := range steps {
		more, err := s.deltas(ctx, g.reader)
		if err != nil {
			return 0, err
		}
		deltas = append(deltas, more...)
	}
	if err := ctx.Err(); err != nil || len(deltas) == 0 {
		return 0, err
	}
	if err := g.qs.ApplyDeltas(deltas, cayley.IgnoreOpts{}); err != nil {
		return 0, fmt.Errorf("graph: writing %s: %w", iri, err)
	}
	g.formed = g.formed || after != nil
	g.known.add(c.entities...)
	return changed, nil
}

// formQuad says in which form a store is.
var formQuad = quad.Quad{Subject: StoreNode, Predicate: FormOf, Object: quad.String(Form)}

var isoDate = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// checkInput refuses what the persisted form cannot hold.
func checkInput(r *schema.Result, as Assignment) error {
	if r.ID == "" {
		return errors.New("graph: the result has no id")
	}
	for _, e := range r.Entities {
		switch iri := as.Entities[e.ID]; {
		case iri == "":
			return fmt.Errorf("graph: result %q: entity %q is assigned to nothing", r.ID, e.ID)
		case !utf8.ValidString(e.ID) || !utf8.ValidString(iri):
			return fmt.Errorf("graph: result %q: entity %q or its IRI %q is no UTF-8", r.ID, e.ID, iri)
		}
	}
	for i, rel := range r.Relations {
		for _, id := range []string{rel.S, rel.O.Entity, rel.Place, rel.To} {
			if id != "" && as.Entities[id] == "" {
				return fmt.Errorf("graph: result %q: relation %d (%s): unknown entity %q", r.ID, i, rel.P, id)
			}
		}
		if rel.S == "" || rel.O.Entity == "" && rel.O.Literal == nil {
			return fmt.Errorf("graph: result %q: relation %d (%s) lacks an end", r.ID, i, rel.P)
		}
		if rel.Date != "" && !isoDate.MatchString(rel.Date) {
			return fmt.Errorf("graph: result %q: relation %d (%s): date %q is not YYYY, YYYY-MM or YYYY-MM-DD", r.ID, i, rel.P, rel.Date)
		}
	}
	return nil
}

// formatSpan writes a span as "start-end".
func formatSpan(s schema.Span) string { return fmt.Sprintf("%d-%d", s.Start, s.End) }
