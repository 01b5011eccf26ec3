package graph

import (
	"context"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"isnad/schema"
)

// reader reads the persisted form from any quad store. Every method costs no more than
// the quads of the nodes it names.
type reader struct{ qs cayley.QuadStore }

// each calls f with every quad that has v in direction d, until f returns false.
func (r reader) each(ctx context.Context, d quad.Direction, v quad.Value, f func(cayley.Ref) bool) error {
	ref := r.node(v)
	if ref == nil {
		return nil
	}
	it := r.qs.QuadIterator(d, ref)
	defer it.Close()
	for it.Next(ctx) {
		if !f(it.Result()) {
			break
		}
	}
	if err := it.Err(); err != nil {
		return fmt.Errorf("graph: reading %v: %w", v, err)
	}
	return ctx.Err()
}

// node returns the node of a value, or nil if the store can tell that there is none
// without asking for it.
func (r reader) node(v quad.Value) cayley.Ref {
	if s, ok := r.qs.(interface{ RefOf(quad.Value) cayley.Ref }); ok {
		return s.RefOf(v)
	}
	return r.qs.ValueOf(v)
}

// readError returns the first error that the store met where Cayley's interface has no
// room for one, and where absence would be taken for the answer.
func (r reader) readError() error {
	if s, ok := r.qs.(interface{ Err() error }); ok && s.Err() != nil {
		return fmt.Errorf("graph: reading: %w", s.Err())
	}
	return nil
}

// at returns the value of a quad in a direction.
func (r reader) at(q cayley.Ref, d quad.Direction) quad.Value {
	return r.qs.NameOf(r.qs.QuadDirection(q, d))
}

// objects returns the objects of subject s under each of the predicates.
func (r reader) objects(ctx context.Context, s quad.Value, ps ...quad.IRI) (map[quad.IRI][]quad.Value, error) {
	out := map[quad.IRI][]quad.Value{}
	err := r.each(ctx, quad.Subject, s, func(q cayley.Ref) bool {
		p, _ := r.at(q, quad.Predicate).(quad.IRI)
		for _, want := range ps {
			if p == want {
				out[p] = append(out[p], r.at(q, quad.Object))
			}
		}
		return true
	})
	return out, err
}

// subjects returns up to limit subjects that have object o under predicate p.
func (r reader) subjects(ctx context.Context, p quad.IRI, o quad.Value, limit int) ([]quad.Value, error) {
	var out []quad.Value
	want := r.node(p)
	if want == nil {
		return nil, nil
	}
	key := cayley.ToKey(want)
	err := r.each(ctx, quad.Object, o, func(q cayley.Ref) bool {
		if cayley.ToKey(r.qs.QuadDirection(q, quad.Predicate)) == key {
			out = append(out, r.at(q, quad.Subject))
		}
		return limit <= 0 || len(out) < limit
	})
	return out, err
}

func first(vs []quad.Value) string {
	if len(vs) == 0 {
		return ""
	}
	return quad.ToString(vs[0])
}

// article returns the live article with the IRI, or nil.
func (r reader) article(ctx context.Context, iri quad.IRI) (*article, error) {
	got, err := r.objects(ctx, iri, ResultOf, AssignmentOf, ID, Text)
	if err != nil || len(got[ResultOf]) == 0 {
		return nil, err
	}
	var res schema.Result
	if err := decode("the result of "+string(iri), first(got[ResultOf]), &res); err != nil {
		return nil, err
	}
	res.ID, res.Text = first(got[ID]), first(got[Text]) // which, unlike JSON, hold any bytes
	var as Assignment
	if err := decode("the assignment of "+string(iri), first(got[AssignmentOf]), &as); err != nil {
		return nil, err
	}
	a, err := newArticle(&res, as)
	if err != nil {
		return nil, err
	}
	a.iri, a.encoded = string(iri), first(got[ResultOf])
	return a, nil
}

// tallied decodes the tally that a node bears into v and reports whether there is one.
func (r reader) tallied(ctx context.Context, n quad.IRI, v any) (bool, error) {
	got, err := r.objects(ctx, n, TallyOf)
	if err != nil || len(got[TallyOf]) == 0 {
		return false, err
	}
	return true, decode("the tally of "+string(n), first(got[TallyOf]), v)
}

func (r reader) tally(ctx context.Context, iri string) (*Tally, error) {
	t := NewTally()
	_, err := r.tallied(ctx, tallyNode(iri), t)
	return t.clone(), err // clone makes the maps that JSON left out
}

func (r reader) days(ctx context.Context, iri, year string) (days, error) {
	d := days{}
	_, err := r.tallied(ctx, daysNode(iri, year), &d)
	return d, err
}

func (r reader) claim(ctx context.Context, c claim) (*claimTally, error) {
	t := newClaimTally()
	_, err := r.tallied(ctx, c.group(), t)
	return t.clone(), err
}

func (r reader) byKey(ctx context.Context, class schema.Class, kind KeyKind, key string, limit int) ([]string, error) {
	nodes, err := r.subjects(ctx, LookupKey, quad.String(Key(class, kind, key)), limit)
	out := make([]string, 0, len(nodes))
	for _, n := range nodes {
		if iri, ok := n.(quad.IRI); ok {
			out = append(out, string(iri))
		}
	}
	return out, err
}
