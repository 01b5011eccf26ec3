//go:build proof

package format

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// read is what a reader of another tool found in an export.
type read struct {
	Nodes map[string]string // label by id
	Edges [][]string        // source, target, label
	Times int
}

// proofs say which tool reads which format: a script of testdata/readers with its argument.
var proofs = []struct {
	format, tool, reader, file string
	labels                     bool // nodes come under their IRIs, with labels
	literals                   bool // statements of literals are edges too
	asserted                   bool // only what is asserted is an edge
}{
	{format: "gexf", tool: "graphology-gexf", reader: "read.mjs gexf", file: "g.gexf", labels: true},
	{format: "gexf", tool: "networkx", reader: "read.py gexf", file: "g.gexf", labels: true},
	{format: "graphml", tool: "graphology-graphml", reader: "read.mjs graphml", file: "g.graphml", labels: true},
	{format: "graphml", tool: "networkx", reader: "read.py graphml", file: "g.graphml", labels: true},
	{format: "yed", tool: "networkx", reader: "read.py graphml", file: "yed.graphml"},
	{format: "jsongraph", tool: "networkx", reader: "read.py jsongraph", file: "g.json", labels: true},
	{format: "cytoscape", tool: "cytoscape", reader: "read.mjs cytoscape", file: "cy.json", labels: true},
	{format: "turtle", tool: "n3", reader: "read.mjs turtle", file: "g.ttl", labels: true, literals: true, asserted: true},
	{format: "turtle", tool: "oxigraph", reader: "read.mjs oxigraph", file: "g.ttl", labels: true, literals: true, asserted: true},
	{format: "nquads", tool: "n3", reader: "read.mjs nquads", file: "g.nq", labels: true, literals: true, asserted: true},
	{format: "nquads", tool: "oxigraph", reader: "read.mjs oxigraph", file: "g.nq", labels: true, literals: true, asserted: true},
	{format: "jsonld", tool: "jsonld", reader: "read.mjs jsonld", file: "g.jsonld", labels: true, literals: true, asserted: true},
	{format: "jsonld", tool: "oxigraph", reader: "read.mjs oxigraph", file: "g.jsonld", labels: true, literals: true, asserted: true},
	{format: "cypher", tool: "Neo4j's language support", reader: "read.mjs cypher", file: "g.cypher"},
	{format: "mermaid", tool: "mermaid", reader: "read.mjs mermaid", file: "g.mmd"},
	{format: "ftm", tool: "followthemoney", reader: "read.mjs ftm", file: "g.ftm.json"},
}

// proven is a graph with each text of the hostile ones as a name, and every kind of edge.
func proven() *Graph {
	var texts []string
	for _, s := range hostile {
		if strings.TrimSpace(clean(s)) != "" && !strings.Contains(s, "\xff") {
			texts = append(texts, s)
		}
	}
	return randomGraph(11, 60, 300, texts)
}

func TestProofs(t *testing.T) {
	g := proven()
	for _, p := range proofs {
		t.Run(p.format+" by "+p.tool, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), p.file)
			write(t, p.format, g, path)
			got := runReader(t, p.reader, path)
			edges, times := 0, 0
			for e := range g.Edges {
				counts := (e.Target != "" || p.literals) && (!p.asserted || e.Status == "asserted")
				if counts {
					edges++
				}
				if counts && e.Date != "" {
					times++
				}
			}
			if len(got.Nodes) != g.NodeCount || len(got.Edges) != edges {
				t.Errorf("%d nodes and %d edges, want %d and %d", len(got.Nodes), len(got.Edges), g.NodeCount, edges)
			}
			if p.tool == "networkx" && p.format == "gexf" && got.Times != times {
				t.Errorf("%d edges with times, want %d", got.Times, times)
			}
			if !p.labels {
				return
			}
			for n := range g.Nodes {
				if label := got.Nodes[n.IRI]; clean(label) != clean(n.Name) {
					t.Errorf("%s is called %q, want %q", n.IRI, label, n.Name)
				}
			}
		})
	}
}

// TestRDF12 reads the triple terms of RDF 1.2, and that the other forms do without them.
func TestRDF12(t *testing.T) {
	g := proven()
	g.RDF12 = true
	for name, file := range map[string]string{"turtle": "g.ttl", "nquads": "g.nq"} {
		path := filepath.Join(t.TempDir(), file)
		write(t, name, g, path)
		if got := runReader(t, "read.mjs oxigraph", path); len(got.Nodes) != g.NodeCount {
			t.Errorf("%s: %d nodes, want %d", name, len(got.Nodes), g.NodeCount)
		}
	}
}

// TestRapper has raptor count the triples of both syntaxes.
func TestRapper(t *testing.T) {
	for name, syntax := range map[string]string{"turtle": "turtle", "nquads": "nquads"} {
		path := filepath.Join(t.TempDir(), "g")
		write(t, name, proven(), path)
		if out, err := exec.Command("rapper", "-c", "-i", syntax, path).CombinedOutput(); err != nil || bytes.Contains(out, []byte("rror")) {
			t.Errorf("rapper: %s: %v\n%s", name, err, out)
		}
	}
}

// TestGraphviz renders the graph and finds the labels in the picture.
func TestGraphviz(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.dot")
	g := proven()
	write(t, "dot", g, path)
	svg, err := exec.Command("dot", "-Tsvg", path).Output()
	if err != nil {
		t.Fatalf("dot: %v", err)
	}
	if n := bytes.Count(svg, []byte(`class="node"`)); n != g.NodeCount {
		t.Errorf("%d nodes drawn, want %d", n, g.NodeCount)
	}
	if n := bytes.Count(svg, []byte(`class="edge"`)); n != g.Links {
		t.Errorf("%d edges drawn, want %d", n, g.Links)
	}
	if !bytes.Contains(svg, []byte("ناصر بوريطة")) {
		t.Error("the label of a node is not in the picture")
	}
}

// TestXMLLint holds the XML formats to be well formed for libxml2.
func TestXMLLint(t *testing.T) {
	for _, name := range []string{"gexf", "graphml", "yed"} {
		path := filepath.Join(t.TempDir(), "g.xml")
		write(t, name, proven(), path)
		if out, err := exec.Command("xmllint", "--noout", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// TestCSVKit has csvkit read the tables.
func TestCSVKit(t *testing.T) {
	g := proven()
	for _, name := range []string{"csv", "gephi-csv", "neo4j"} {
		dir := t.TempDir()
		if err := Lookup(name).WriteFolder(g, dir); err != nil {
			t.Fatal(err)
		}
		for _, file := range Lookup(name).Files {
			out, err := exec.Command("csvclean", "--dry-run", filepath.Join(dir, file)).CombinedOutput()
			if err != nil || !bytes.Contains(out, []byte("No errors")) {
				t.Errorf("%s: %s: %v\n%s", name, file, err, out)
			}
		}
	}
}

func write(t *testing.T, name string, g *Graph, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := Lookup(name).Write(g, f); err != nil {
		t.Fatal(err)
	}
}

// runReader runs a script of testdata/readers and decodes what it prints.
func runReader(t *testing.T, reader, path string) read {
	t.Helper()
	script, kind, _ := strings.Cut(reader, " ")
	program := "node"
	if strings.HasSuffix(script, ".py") {
		program = "/usr/bin/python3" // Debian's, which has networkx
	}
	cmd := exec.Command(program, filepath.Join("testdata", "readers", script), kind, path)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, stderr.String())
	}
	var got read
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%s: %v: %s", cmd, err, out[:min(len(out), 500)])
	}
	if len(got.Nodes) == 0 {
		t.Errorf("no nodes: %v", slices.Collect(maps.Keys(got.Nodes)))
	}
	return got
}
