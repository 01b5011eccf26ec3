package export

import (
	"errors"
	"math"
	"reflect"
	"testing"

	"isnad/graph/export/format"
	"isnad/graph/internal/extsort"
)

func TestSpool(t *testing.T) {
	nodes := []*format.Node{
		{IRI: "isnad:country/المغرب", Class: "Country", Name: "المغرب", Latin: "Morocco", Other: []string{"المملكة", ""}, Countries: []string{"المغرب"}, Articles: 3, Mentions: 1 << 40, First: "2022"},
		{IRI: "isnad:person/ا", Class: "Person", Name: "a\x00\n\xff", Offices: []string{"وزير"}, Mentions: -1, Last: "2022-05-11"},
	}
	edges := []*format.Edge{
		{IRI: "isnad:statement/1", Source: "a", Target: "b", Predicate: "met", Undirected: true, Status: "asserted", Date: "2022-05", Places: []string{"مراكش"}, Confidence: .87, Sources: 2,
			Evidence: []format.Evidence{{Quote: "q\n", SaidBy: "s", Article: "1", IRI: "isnad:article/1", URL: "u", Title: "t", Publisher: "p", Published: "2022"}, {}}},
		{IRI: "isnad:statement/2", Source: "a", Value: "وزير", ValueType: "Position", Predicate: "holdsPosition", Status: "denied", Confidence: math.SmallestNonzeroFloat64},
		{},
	}
	defer func(n int) { extsort.Memory = n }(extsort.Memory)
	extsort.Memory = 1 // a run for each
	ns, es := newSpool(encodeNode, decodeNode), newSpool(encodeEdge, decodeEdge)
	for i, n := range nodes {
		if err := ns.add([]byte{byte(i)}, n); err != nil {
			t.Fatal(err)
		}
	}
	for i, e := range edges {
		if err := es.add([]byte{byte(i)}, e); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		i := 0
		for n, err := range ns.items() {
			if err != nil || !reflect.DeepEqual(n, nodes[i]) {
				t.Errorf("%+v (%v), want %+v", n, err, nodes[i])
			}
			i++
		}
		for e, err := range es.items() {
			if err != nil || !reflect.DeepEqual(e, edges[i-len(nodes)]) {
				t.Errorf("%+v (%v), want %+v", e, err, edges[i-len(nodes)])
			}
			i++
		}
		if want := len(nodes) + len(edges); i != want {
			t.Errorf("read %d items, want %d", i, want)
		}
	}
	if ns.Runs() == 0 || es.Runs() == 0 {
		t.Error("nothing is in a file")
	}
	if err := errors.Join(ns.Close(), es.Close()); err != nil {
		t.Error(err)
	}
	for _, err := range ns.items() {
		if err == nil {
			t.Error("a spool was read after its end")
		}
		break
	}
}

// FuzzDecode holds that an item that was changed is an error, not a panic.
func FuzzDecode(f *testing.F) {
	f.Add(string(encodeEdge(nil, &format.Edge{Source: "a", Evidence: make([]format.Evidence, 2)})))
	f.Add(string(encodeNode(nil, &format.Node{Name: "a", Other: []string{"b", "c"}})))
	f.Fuzz(func(t *testing.T, s string) {
		d := decoder{rest: s}
		decodeEdge(&d, &format.Edge{})
		d = decoder{rest: s}
		decodeNode(&d, &format.Node{})
	})
}
