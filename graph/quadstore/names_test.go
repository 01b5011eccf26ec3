package quadstore

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// starred returns a view of a store in which n nodes are of one class, each with a label.
func starred(t *testing.T, n int) *View {
	t.Helper()
	s := mustMemory(t)
	var quads []quad.Quad
	for i := range n {
		quads = append(quads, quad.Quad{Subject: quad.IRI(fmt.Sprintf("node/%04d", i)), Predicate: quad.IRI("is"),
			Object: quad.IRI("class"), Label: quad.IRI(fmt.Sprintf("label/%d", i%3))})
	}
	mustAdd(t, s, quads...)
	s.names.clear()
	v := s.View()
	t.Cleanup(func() { v.Close() })
	return v
}

// classHop is a walk from the class to its nodes.
func classHop(v *View) graph.Scanner {
	h := &hop{view: v, result: quad.Subject, save: []savedTag{{quad.Label, "label"}}}
	for d, name := range map[quad.Direction]string{quad.Predicate: "is", quad.Object: "class"} {
		id, _ := nodeID(v.ValueOf(quad.IRI(name)))
		h.pattern.set(d, id)
	}
	return h.Iterate()
}

// Whatever way a query comes to a node, the node brings its name.
func TestEveryNodeBringsItsName(t *testing.T) {
	const n = 1000
	v := starred(t, n)
	ctx := context.Background()
	seen := map[quad.Value]bool{}
	named := func(ref graph.Ref) quad.Value {
		t.Helper()
		p, ok := ref.(graph.PreFetchedValue)
		if !ok {
			t.Fatalf("%T brings no name", ref)
		}
		return p.NameOf()
	}
	it := classHop(v)
	defer it.Close()
	for i := 0; it.Next(ctx); i++ {
		tags := map[string]graph.Ref{}
		it.TagResults(tags)
		if got := named(tags["label"]); got != quad.IRI(fmt.Sprintf("label/%d", i%3)) {
			t.Fatalf("the label of node %d is %v", i, got)
		}
		seen[named(it.Result())] = true
	}
	quads := v.QuadsAllIterator()
	defer quads.Close()
	for quads.Next(ctx) {
		for _, d := range quad.Directions {
			ref := v.QuadDirection(quads.Result(), d)
			if got, want := named(ref), v.Quad(quads.Result()).Get(d); got != want || v.NameOf(ref) != want {
				t.Fatalf("the %v is %v, not %v", d, got, want)
			}
		}
	}
	if len(seen) != n || v.Err() != nil {
		t.Errorf("%d names of %d nodes, %v", len(seen), n, v.Err())
	}
}

// readOf counts the nodes of a column whose values have been read.
func readOf(c *column) (n int) {
	for i := range c.refs {
		if c.refs[i].val != nil {
			n++
		}
	}
	return n
}

// Names are read together for those who ask for one after another, and not for others.
func TestNamesAreReadAhead(t *testing.T) {
	for _, test := range []struct {
		name  string
		every int // so many nodes one is asked for its name; 0: none
	}{{"none", 0}, {"all", 1}, {"few", 10}} {
		t.Run(test.name, func(t *testing.T) {
			v := starred(t, 2000)
			it := classHop(v).(*hopScanner)
			defer it.Close()
			asked, walks := 0, 0
			var column *column
			for i := 0; it.Next(context.Background()); i++ {
				if it.nodes != column {
					column, asked = it.nodes, 0
				}
				if test.every == 0 || i%test.every > 0 {
					continue
				}
				before := readOf(column)
				if it.Result().(graph.PreFetchedValue).NameOf() == nil {
					t.Fatal("no name")
				}
				asked++
				if readOf(column) > before {
					walks++
				}
				if test.every > 1 && readOf(column) > 2*asked {
					t.Fatalf("%d names were read for %d nodes", readOf(column), asked)
				}
			}
			if test.every == 0 && readOf(column) > 0 {
				t.Errorf("%d names were read and none was asked for", readOf(column))
			}
			if test.every == 1 && walks > 40 {
				t.Errorf("the names of 2000 nodes were read in %d walks", walks)
			}
		})
	}
}

// A node outlives its view, but not what it could tell.
func TestNameAfterClose(t *testing.T) {
	v := starred(t, 100)
	it := classHop(v)
	if !it.Next(context.Background()) {
		t.Fatal(it.Err())
	}
	lazy := v.ref(1)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	for _, ref := range []graph.Ref{it.Result(), lazy} {
		if name := v.NameOf(ref); name != nil || !errors.Is(v.Err(), ErrClosed) {
			t.Errorf("%T of a closed view: %v, %v", ref, name, v.Err())
		}
	}
	if err := it.Close(); err != nil {
		t.Error(err)
	}
	tags := map[string]graph.Ref{}
	it.TagResults(tags)
	if len(tags) > 0 || it.Next(context.Background()) {
		t.Error("a closed iterator goes on")
	}
}
