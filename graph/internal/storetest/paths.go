package storetest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// Paths asks random queries of stores and of an evaluation that merely tries every quad:
// our own shapes and orders must not change what a query means. All nodes must be found
// and no row invented. (Of the ways to a node Cayley gives some only, and which depends on
// the plan, so rows may lack.)
func Paths(t *testing.T, open Open, graphs int) {
	rnd := rand.New(rand.NewPCG(11, 12))
	for range graphs {
		s := open(t)
		quads := randomQuads(rnd)
		Add(t, s, quads...)
		for range 50 {
			q := randomQuery(rnd)
			got, want := cayleyRows(t, s, q.path(s)), q.rows(quads)
			if ids := idsOf(got); !maps.Equal(ids, idsOf(want)) {
				t.Errorf("%v\ngot nodes  %v\nwant nodes %v", q, slices.Sorted(maps.Keys(ids)), slices.Sorted(maps.Keys(idsOf(want))))
			}
			for row := range got {
				if !want[row] {
					t.Errorf("%v: invented %v", q, row)
				}
			}
		}
		if t.Failed() {
			return
		}
	}
}

func iri(kind string, n int) quad.IRI { return quad.IRI(fmt.Sprint(kind, n)) }

func randomQuads(rnd *rand.Rand) []quad.Quad {
	set := map[quad.Quad]bool{}
	var quads []quad.Quad
	for range 60 {
		q := quad.Quad{Subject: iri("n", rnd.IntN(12)), Predicate: iri("p", rnd.IntN(3)), Object: iri("n", rnd.IntN(12))}
		if rnd.IntN(3) == 0 {
			q.Label = iri("l", rnd.IntN(2))
		}
		if !set[q] {
			set[q] = true
			quads = append(quads, q)
		}
	}
	return quads
}

// query is a start, any node if empty, and steps.
type query struct {
	start quad.IRI
	steps []step
}

type step struct {
	kind string // out, in, has, hasr, any, save, tag, recursive; follow, which tags each node it comes to
	pred quad.IRI
	node quad.IRI
	tag  string
}

func randomQuery(rnd *rand.Rand) query {
	kinds := []string{"out", "out", "in", "in", "has", "hasr", "any", "save", "tag", "recursive", "follow"}
	var q query
	if rnd.IntN(3) > 0 {
		q.start = iri("n", rnd.IntN(12))
	}
	for i := range 1 + rnd.IntN(4) {
		q.steps = append(q.steps, step{
			kind: kinds[rnd.IntN(len(kinds))],
			pred: iri("p", rnd.IntN(3)), node: iri("n", rnd.IntN(12)), tag: fmt.Sprint("t", i),
		})
	}
	return q
}

func (q query) path(qs graph.QuadStore) *path.Path {
	p := path.StartPath(qs)
	if q.start != "" {
		p = path.StartPath(qs, q.start)
	}
	for _, s := range q.steps {
		switch s.kind {
		case "out":
			p = p.Out(s.pred)
		case "in":
			p = p.In(s.pred)
		case "has":
			p = p.Has(s.pred, s.node)
		case "hasr":
			p = p.HasReverse(s.pred, s.node)
		case "any":
			p = p.Has(s.pred)
		case "save":
			p = p.Save(s.pred, s.tag)
		case "tag":
			p = p.Tag(s.tag)
		case "recursive":
			p = p.FollowRecursive(s.pred, 2, nil)
		case "follow":
			p = p.FollowRecursive(path.StartMorphism().Out(s.pred).Tag(s.tag), 2, nil)
		}
	}
	return p
}

// row is a node and the tags that led to it.
type row struct {
	node quad.Value
	tags string
}

func (r row) tag(name string, v quad.Value) row {
	return row{r.node, r.tags + " " + name + "=" + quad.StringOf(v)}
}

func idsOf(rows map[row]bool) map[string]bool {
	ids := map[string]bool{}
	for r := range rows {
		ids[quad.StringOf(r.node)] = true
	}
	return ids
}

// rows evaluates the query over the quads, a step at a time.
func (q query) rows(quads []quad.Quad) map[row]bool {
	rows := map[row]bool{}
	for _, e := range quads {
		for _, d := range quad.Directions {
			if v := e.Get(d); v != nil && (q.start == "" || v == q.start) {
				rows[row{v, ""}] = true
			}
		}
	}
	for _, s := range q.steps {
		next := map[row]bool{}
		for r := range rows {
			s.from(r, quads, func(r row) { next[r] = true })
		}
		rows = next
	}
	return rows
}

func (s step) from(r row, quads []quad.Quad, yield func(row)) {
	if s.kind == "tag" {
		yield(r.tag(s.tag, r.node))
		return
	}
	for _, e := range quads {
		if e.Predicate != s.pred {
			continue
		}
		from, to := e.Subject == r.node, e.Object == r.node
		switch {
		case s.kind == "out" && from:
			yield(row{e.Object, r.tags})
		case s.kind == "in" && to:
			yield(row{e.Subject, r.tags})
		case s.kind == "has" && from && e.Object == s.node, s.kind == "any" && from,
			s.kind == "hasr" && to && e.Subject == s.node:
			yield(r)
		case s.kind == "save" && from:
			yield(r.tag(s.tag, e.Object))
		case s.kind == "recursive" && from:
			yield(row{e.Object, r.tags})
			step{kind: "out", pred: s.pred}.from(row{e.Object, r.tags}, quads, yield)
		case s.kind == "follow" && from:
			tagged := func(to row) { yield(to.tag(s.tag, to.node)) }
			tagged(row{e.Object, r.tags})
			step{kind: "out", pred: s.pred}.from(row{e.Object, r.tags}, quads, tagged)
		}
	}
}

// cayleyRows runs a path as Gizmo does and returns its different rows.
func cayleyRows(t *testing.T, qs graph.QuadStore, p *path.Path) map[row]bool {
	t.Helper()
	it, _ := shape.BuildIterator(qs, p.Shape()).Optimize()
	defer it.Close()
	rows := map[row]bool{}
	ctx := context.Background()
	for it.Next(ctx) {
		for more := true; more; more = it.NextPath(ctx) {
			tags := map[string]graph.Ref{}
			it.TagResults(tags)
			r := row{node: qs.NameOf(it.Result())}
			for _, tag := range slices.Sorted(maps.Keys(tags)) {
				r = r.tag(tag, qs.NameOf(tags[tag]))
			}
			rows[r] = true
		}
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// String writes the query for a person.
func (q query) String() string {
	words := []string{"V(" + string(q.start) + ")"}
	for _, s := range q.steps {
		words = append(words, fmt.Sprintf("%s(%s %s %s)", s.kind, s.pred, s.node, s.tag))
	}
	return strings.Join(words, ".")
}
