//go:build proof

package format

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"isnad/schema"
)

// manyEdges is a graph of n edges with a quotation each and n/10 nodes, made while it is
// read.
func manyEdges(n int) *Graph {
	nodes := max(n/10, 1)
	node := func(i int) string { return "isnad:person/" + strconv.Itoa(1_000_000+i) }
	return &Graph{Title: "isnad", NodeCount: nodes, EdgeCount: n, Links: n, MostArticles: 50,
		Nodes: func(yield func(*Node, error) bool) {
			for i := range nodes {
				if !yield(&Node{IRI: node(i), Class: schema.Person, Name: "ناصر بوريطة " + strconv.Itoa(i), Latin: "Nasser Bourita", Offices: []string{"وزير الخارجية"},
					Countries: []string{"المغرب"}, Articles: 1 + i%50, Mentions: i % 99, First: "2022-05-11", Last: "2022-06-01"}, nil) {
					return
				}
			}
		},
		Edges: func(yield func(*Edge, error) bool) {
			quoted := []Evidence{{Quote: "التقى وزير الخارجية نظيره في مراكش على هامش الاجتماع الوزاري", Article: "a1", IRI: "isnad:article/a1",
				URL: "https://news.example/1", Title: "لقاء في مراكش", Publisher: "وكالة", Published: "2022-05-11"}}
			for i := range n {
				if !yield(&Edge{IRI: "isnad:statement/" + strconv.Itoa(10_000_000+i), Source: node(i / 10 % nodes), Target: node(i * 7919 % nodes), Predicate: "met",
					Status: schema.Asserted, Date: "2022-05-11", Confidence: .87, Sources: 2, Evidence: quoted}, nil) {
					return
				}
			}
		}}
}

// TestRatioChild writes a format in a process of its own, for TestRatio to measure.
func TestRatioChild(t *testing.T) {
	name, path := os.Getenv("ISNAD_RATIO_FORMAT"), os.Getenv("ISNAD_RATIO_FILE")
	if name == "" {
		return // this is no child
	}
	edges, err := strconv.Atoi(os.Getenv("ISNAD_RATIO_EDGES"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, manyEdges(edges), path)
}

// TestRatio writes one graph with our writers and with networkx's own, and prints the
// processor time of each and its peak memory. networkx's graph is made before its clock
// starts, ours while it runs.
func TestRatio(t *testing.T) {
	edges := os.Getenv("ISNAD_RATIO_EDGES")
	if edges == "" {
		edges = "20000"
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "jsongraph")
	for _, name := range []string{"jsongraph", "graphml", "gexf"} {
		child := exec.Command(os.Args[0], "-test.run", "^TestRatioChild$")
		child.Env = append(os.Environ(), "ISNAD_RATIO_FORMAT="+name, "ISNAD_RATIO_FILE="+filepath.Join(dir, name), "ISNAD_RATIO_EDGES="+edges)
		if out, err := child.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		state := child.ProcessState
		ours, memory := state.UserTime()+state.SystemTime(), state.SysUsage().(*syscall.Rusage).Maxrss>>10
		other := exec.Command("/usr/bin/python3", filepath.Join("testdata", "readers", "write.py"), name, source, filepath.Join(dir, "networkx"))
		other.Stderr = os.Stderr
		out, err := other.Output()
		if err != nil {
			t.Fatalf("networkx: %s: %v", name, err)
		}
		var theirs struct{ Seconds, MiB float64 }
		if err := json.Unmarshal(out, &theirs); err != nil {
			t.Fatal(err)
		}
		took := time.Duration(theirs.Seconds * float64(time.Second))
		fmt.Printf("%-9s %s edges: isnad %.2fs %d MiB, networkx %.2fs %.0f MiB: %.1f times as fast\n", name, edges, ours.Seconds(), memory,
			took.Seconds(), theirs.MiB, took.Seconds()/ours.Seconds())
	}
}
