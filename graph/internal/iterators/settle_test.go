package iterators

import (
	"context"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// TestSettled asks a recursive path, as another part of a query may, for nodes in an order
// that is not its own: each is found with its own tags.
func TestSettled(t *testing.T) {
	var quads []quad.Quad
	for _, q := range [][2]string{{"a", "b"}, {"b", "c"}, {"c", "d"}, {"x", "y"}} {
		quads = append(quads, quad.MakeIRI(q[0], "p", q[1], ""))
	}
	store, ctx := memstore.New(quads...), context.Background()
	steps := path.StartMorphism().Out(quad.IRI("p")).Tag("at")
	recursive := path.StartPath(store, quad.IRI("a")).FollowRecursive(steps, 5, nil).Shape()
	for name, composite := range map[string]shape.Shape{
		"save":   shape.Save{From: recursive, Tags: []string{"found"}},
		"unique": shape.Unique{From: recursive},
		"union":  shape.Union{recursive},
	} {
		settled, ok := Settle(composite)
		if !ok {
			t.Errorf("%s: nothing is settled", name)
			continue
		}
		index := graph.AsShape(settled.BuildIterator(store)).Lookup()
		for _, test := range []struct {
			node string
			want bool
		}{{"c", true}, {"b", true}, {"d", true}, {"y", false}, {"a", false}, {"c", true}} {
			node := store.ValueOf(quad.IRI(test.node))
			if got := index.Contains(ctx, node); got != test.want {
				t.Errorf("%s: contains %s: %v", name, test.node, got)
				continue
			}
			tags := map[string]graph.Ref{}
			index.TagResults(tags)
			if at := store.NameOf(tags["at"]); test.want && at != quad.IRI(test.node) {
				t.Errorf("%s: %s has the tag of %v", name, test.node, at)
			}
		}
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, ok := Settle(shape.Save{From: shape.AllNodes{}}); ok {
		t.Error("a shape without a recursive path has changed")
	}
}
