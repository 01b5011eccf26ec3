package ingest_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/graph"
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

// TestPureFunction puts, replaces and retracts at random and expects at every stop what
// a new graph of the live articles is.
func TestPureFunction(t *testing.T) {
	type version struct {
		r  *schema.Result
		as graph.Assignment
	}
	onStores(t, func(t *testing.T, open func(testing.TB) *graph.Graph) {
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
				fresh := open(t)
				for _, n := range slices.Sorted(maps.Keys(live)) {
					if _, err := fresh.Put(ctx, live[n].r, live[n].as); err != nil {
						t.Fatal(err)
					}
				}
				if diff := cmp.Diff(dump(t, fresh), dump(t, g)); diff != "" {
					t.Fatalf("seed %d, step %d: the way there shows:\n%s", seed, step, diff)
				}
			}
		}
	})
}
