package format

import (
	"math"
	"testing"
)

// TestPlaces holds that nodes that are laid out do not lie upon one another, that linked ones
// are nearer than others, and that a large graph has a place for each node too.
func TestPlaces(t *testing.T) {
	g := randomGraph(9, 80, 60, hostile[:1])
	place, err := g.places()
	if err != nil {
		t.Fatal(err)
	}
	between := func(i, j int) float64 { return math.Hypot(place(i).x-place(j).x, place(i).y-place(j).y) }
	var all, pairs float64
	for i := range g.NodeCount {
		for j := range i {
			if d := between(i, j); d < 10 {
				t.Errorf("%d and %d lie %.1f apart", i, j, d)
			}
			all += between(i, j)
			pairs++
		}
	}
	ids := numbers{}
	for n := range g.Nodes {
		ids.add(n)
	}
	var linked, links float64
	for e := range g.links() {
		s, o, err := ids.ends(e)
		if err != nil {
			t.Fatal(err)
		}
		if s != o {
			linked += between(s, o)
			links++
		}
	}
	if linked/links > .7*all/pairs {
		t.Errorf("linked nodes lie %.0f apart, any two %.0f", linked/links, all/pairs)
	}
	if again, _ := g.places(); again(7) != place(7) {
		t.Error("another place the second time")
	}
	for i := 1; i < 5000; i++ {
		if a, b := spiral(i), spiral(i-1); math.Hypot(a.x-b.x, a.y-b.y) < spacing {
			t.Fatalf("%d and %d of the spiral touch", i, i-1)
		}
	}
}

// TestPlacesOfOne is a graph without room to fill.
func TestPlacesOfOne(t *testing.T) {
	for _, nodes := range []int{1, 2} {
		place, err := randomGraph(1, nodes, nodes, hostile[:1]).places()
		if err != nil {
			t.Fatal(err)
		}
		for i := range nodes {
			if p := place(i); math.IsNaN(p.x) || math.IsNaN(p.y) {
				t.Errorf("%d of %d is nowhere", i, nodes)
			}
		}
	}
}
