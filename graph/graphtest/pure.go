package graphtest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"isnad/graph"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

// pick returns one of the values.
func pick[T any](rnd *rand.Rand, of ...T) T { return of[rnd.IntN(len(of))] }

// dense returns a version of article n in a world so small that articles speak of the
// same claims at dates of all precisions, and often repeat each other's text.
func dense(rnd *rand.Rand, n int) (*schema.Result, graph.Assignment) {
	published := pick(rnd, "2020", "2021-12", "2022-05-11", "2022-05-12", "2022-06-01")
	r := &schema.Result{ID: fmt.Sprint("a", n), Language: pick(rnd, "ar", "fr"), Extractor: "v", Hash: fmt.Sprint(rnd.Int()),
		Text: pick(rnd, "خبر", "خبر آخر", fmt.Sprint(rnd.Int()))}
	if rnd.IntN(4) > 0 {
		r.Published = &published
	}
	as := graph.Assignment{Entities: map[string]string{}, Symmetric: []string{"met"}}
	for i := range 5 {
		name := pick(rnd, "ا ب", "ج د", "ه و", "ز ح")
		id := fmt.Sprint("e", i)
		r.Entities = append(r.Entities, schema.Entity{ID: id, Type: schema.Person, Name: name,
			Mentions: []schema.Mention{{Text: pick(rnd, name, "ب", "د")}}})
		as.Entities[id] = graph.EntityIRI(schema.Person, name, 1)
	}
	for range rnd.IntN(8) {
		rel := schema.Relation{S: fmt.Sprint("e", rnd.IntN(5)), P: "met", O: schema.Object{Entity: fmt.Sprint("e", rnd.IntN(5))},
			Status: pick(rnd, schema.Asserted, schema.Asserted, schema.Denied), Confidence: pick(rnd, 0.5, 0.9),
			Date: pick(rnd, "", "2022", "2022-05", "2022-05-11", "2022-05-18", "2022-06"), Rule: "r"}
		if rnd.IntN(3) == 0 {
			rel.Place = fmt.Sprint("e", rnd.IntN(5))
		}
		r.Relations = append(r.Relations, rel)
	}
	return r, as
}

// version is an article as it was put.
type version struct {
	r  *schema.Result
	as graph.Assignment
}

// testPureFunction puts, replaces and retracts at random and expects at every stop what
// a new graph of the live articles is.
func testPureFunction(t *testing.T, open Open) {
	ctx := context.Background()
	for seed := range uint64(6) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		g := open(t)
		live := map[int]version{}
		for step := range 60 {
			n := rnd.IntN(8)
			if _, there := live[n]; there && rnd.IntN(3) == 0 {
				if was, err := g.Retract(ctx, fmt.Sprint("a", n)); err != nil || !was {
					t.Fatal(was, err)
				}
				delete(live, n)
			} else {
				r, as := dense(rnd, n)
				if _, err := g.Put(ctx, r, as); err != nil {
					t.Fatalf("seed %d, step %d: %v", seed, step, err)
				}
				live[n] = version{r, as}
			}
			if step%15 != 14 {
				continue
			}
			fresh := memory(t)
			for _, n := range slices.Sorted(maps.Keys(live)) {
				if _, err := fresh.Put(ctx, live[n].r, live[n].as); err != nil {
					t.Fatal(err)
				}
			}
			same(t, fmt.Sprintf("seed %d, step %d: the way there shows", seed, step), dump(t, fresh), dump(t, g))
			if t.Failed() {
				return
			}
		}
	}
}

// testShuffled puts the same articles with the same assignments in any order, with
// removals in between, and expects the same bytes.
func testShuffled(t *testing.T, open Open) {
	ctx := context.Background()
	ordered := built(t, fixture.Coalition()...)
	want := dump(t, ordered)
	v := ordered.View()
	defer v.Close()
	all := fixture.Coalition()
	assigned := map[string]graph.Assignment{}
	for _, r := range all {
		_, as, err := v.Article(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		assigned[r.ID] = *as
	}
	for seed := range uint64(4) {
		rnd := rand.New(rand.NewPCG(seed, 0))
		g := open(t)
		live := map[string]bool{}
		for range 40 {
			r := all[rnd.IntN(len(all))]
			if live[r.ID] && rnd.IntN(2) == 0 {
				if was, err := g.Retract(ctx, r.ID); err != nil || !was {
					t.Fatal(was, err)
				}
				delete(live, r.ID)
				continue
			}
			n, err := g.Put(ctx, r, assigned[r.ID])
			if err != nil || live[r.ID] != (n == 0) {
				t.Fatalf("%s: %d quads changed, live before: %v; %v", r.ID, n, live[r.ID], err)
			}
			live[r.ID] = true
		}
		for _, i := range rnd.Perm(len(all)) {
			if _, err := g.Put(ctx, all[i], assigned[all[i].ID]); err != nil {
				t.Fatal(err)
			}
		}
		same(t, fmt.Sprintf("seed %d: another order gave another graph", seed), want, dump(t, g))
	}
}
