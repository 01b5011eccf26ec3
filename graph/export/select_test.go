package export

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"isnad/graph"
	"isnad/graph/explore"
	"isnad/graph/export/format"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

// coalition builds the graph of the common fixture: first in order, for the assignments,
// then with these in the order of the seed.
func coalition(t *testing.T, seed uint64) (*graph.View, *schema.Ontology) {
	t.Helper()
	ctx := context.Background()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	first, second := memory(t), memory(t)
	results := fixture.Coalition()
	w := ingest.NewWriter(first, ont, nil)
	for _, r := range results {
		if _, err := w.Write(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	assigned := first.View()
	defer assigned.Close()
	for _, i := range rand.New(rand.NewPCG(seed, 1)).Perm(len(results)) {
		_, as, err := assigned.Article(ctx, results[i].ID)
		if err == nil {
			_, err = second.Put(ctx, results[i], *as)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	v := second.View()
	t.Cleanup(func() { v.Close() })
	return v, ont
}

func memory(t *testing.T) *graph.Graph {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

func selectAll(t *testing.T, v *graph.View, ont *schema.Ontology, what Selection) *Selected {
	t.Helper()
	s, err := Select(context.Background(), v, ont, what)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestSelectWhole(t *testing.T) {
	v, ont := coalition(t, 0)
	stats, err := v.Stats(context.Background(), ont)
	if err != nil {
		t.Fatal(err)
	}
	entities := 0
	for _, n := range stats.Entities {
		entities += n
	}
	s := selectAll(t, v, ont, Selection{})
	if s.NodeCount != entities || s.NodeCount == 0 {
		t.Errorf("%d nodes, want %d", s.NodeCount, entities)
	}
	last, nodes := "", 0
	for n, err := range s.Nodes {
		if err != nil {
			t.Fatal(err)
		}
		if n.IRI <= last || n.Name == "" || n.Class == "" || n.Articles == 0 {
			t.Errorf("%+v after %s", n, last)
		}
		last = n.IRI
		nodes++
	}
	edges, quoted := 0, 0
	for e, err := range s.Edges {
		if err != nil {
			t.Fatal(err)
		}
		if e.Source == "" || (e.Target == "") == (e.Value == "") {
			t.Errorf("%+v: want one object", e)
		}
		edges++
		quoted += len(e.Evidence)
	}
	if nodes != s.NodeCount || edges != s.EdgeCount || quoted < edges {
		t.Errorf("read %d nodes, %d edges, %d quotations; counted %d, %d", nodes, edges, quoted, s.NodeCount, s.EdgeCount)
	}
}

func TestSelectParts(t *testing.T) {
	v, ont := coalition(t, 0)
	whole := selectAll(t, v, ont, Selection{})
	var center string
	for n, err := range whole.Nodes {
		if err != nil {
			t.Fatal(err)
		}
		if n.Class == schema.Person {
			center = n.IRI
		}
	}
	none := selectAll(t, v, ont, Selection{Entities: []string{center}})
	near := selectAll(t, v, ont, Selection{Entities: []string{center}, Depth: 1})
	if none.NodeCount != 1 || near.NodeCount <= 1 || near.NodeCount > whole.NodeCount || near.Links == 0 {
		t.Errorf("around %s: %d, then %d nodes of %d", center, none.NodeCount, near.NodeCount, whole.NodeCount)
	}
	ends := map[string]bool{}
	for n := range near.Nodes {
		ends[n.IRI] = true
	}
	for e := range near.Edges {
		if !ends[e.Source] || e.Target != "" && !ends[e.Target] {
			t.Errorf("%s: an end is no node", e.IRI)
		}
	}
	met := selectAll(t, v, ont, Selection{Filter: &explore.Filter{Predicate: "met"}})
	for e := range met.Edges {
		if e.Predicate != "met" || !e.Undirected {
			t.Errorf("%+v passed the filter", e)
		}
	}
	if met.EdgeCount == 0 || met.NodeCount == 0 || met.NodeCount >= whole.NodeCount {
		t.Errorf("met: %d edges, %d nodes", met.EdgeCount, met.NodeCount)
	}
}

// TestSelectOrder holds that equal graphs give equal bytes, in whatever order they were built.
func TestSelectOrder(t *testing.T) {
	for _, f := range format.All() {
		var want string
		for seed := range uint64(3) {
			v, ont := coalition(t, seed)
			var b bytes.Buffer
			if err := f.Write(&selectAll(t, v, ont, Selection{}).Graph, &b); err != nil {
				t.Fatal(err)
			}
			if seed == 0 {
				want = b.String()
			} else if b.String() != want {
				t.Errorf("%s: seed %d differs", f.Name, seed)
			}
		}
		if strings.TrimSpace(want) == "" {
			t.Errorf("%s: nothing was written", f.Name)
		}
	}
}
