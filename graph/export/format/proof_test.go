//go:build proof

package format

import (
	"bytes"
	"encoding/json"
	"html"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// proof is a tool that reads a format, by a script of testdata/readers, and the facts that
// the format and the tool carry of nodes and edges.
type proof struct {
	format, tool, reader, file string
	nodes, edges               string
	untyped                    bool // numbers and truth values are read as text
	literals                   bool // statements of literals are edges too
	numbered                   bool // nodes have numbers for ids
	rdf12                      bool // with triple terms
}

const (
	drawnNodes = "iri label color size " + nodeAttributes
	drawnEdges = "iri source target directed label color " + edgeAttributes
	plainNodes = "iri label " + nodeAttributes
	rdfNodes   = "iri label class latin other articles mentions first_seen last_seen"
	rdfEdges   = "iri source target value predicate status date confidence sources place_set evidence stated"
)

var proofs = []proof{
	{format: "gexf", tool: "graphology-gexf", reader: "read.mjs gexf", file: "gexf", nodes: drawnNodes + " x up", edges: drawnEdges + " kind weight"},
	{format: "gexf", tool: "networkx", reader: "read.py gexf", file: "gexf", nodes: drawnNodes + " x up",
		edges: "iri source target directed label weight first last " + edgeAttributes},
	{format: "graphml", tool: "graphology-graphml", reader: "read.mjs graphml", file: "graphml", nodes: plainNodes,
		edges: "iri source target symmetric label evidence " + edgeAttributes},
	{format: "graphml", tool: "networkx", reader: "read.py graphml", file: "graphml", nodes: plainNodes,
		edges: "iri source target symmetric label evidence " + edgeAttributes},
	{format: "graphml", tool: "cytoscape-graphml", reader: "read.mjs cytoscapeGraphml", file: "graphml", nodes: plainNodes,
		edges: "iri source target symmetric label evidence " + edgeAttributes, untyped: true},
	{format: "yed", tool: "networkx", reader: "read.py yed", file: "graphml", nodes: drawnNodes + " x y yed_shape", edges: "iri source target symmetric label color dashed yed_arrow " + edgeAttributes},
	{format: "cytoscape", tool: "cytoscape", reader: "read.mjs cytoscape", file: "json", nodes: drawnNodes + " x y", edges: drawnEdges + " evidence dashed arrow"},
	{format: "cx2", tool: "schema and rules of CX2", reader: "read.mjs cx2", file: "cx2", nodes: drawnNodes + " x y shape", edges: drawnEdges + " dashed arrow"},
	{format: "dot", tool: "Graphviz", reader: "read.py dot", file: "dot", nodes: "iri label color dot_shape", edges: "source target directed label color dashed quotes"},
	{format: "jsongraph", tool: "networkx", reader: "read.py jsongraph", file: "json", nodes: plainNodes,
		edges: "iri source target directed evidence " + edgeAttributes},
	{format: "gephi-csv", tool: "csvkit", reader: "read.py gephi", nodes: plainNodes, edges: "iri source target directed label weight " + edgeAttributes, untyped: true},
	{format: "csv", tool: "csvkit", reader: "read.py csv", nodes: plainNodes,
		edges: "iri source target directed value value_type predicate status date places confidence sources cited", untyped: true, literals: true},
	{format: "cypher", tool: "Neo4j's language support", reader: "read.mjs cypher", file: "cypher", nodes: plainNodes,
		edges: "iri source target type symmetric first last status date places confidence sources quotes"},
	{format: "turtle", tool: "n3", reader: "read.mjs n3", file: "ttl", nodes: rdfNodes, edges: rdfEdges, literals: true},
	{format: "turtle", tool: "oxigraph", reader: "read.mjs oxigraph", file: "ttl", nodes: rdfNodes, edges: rdfEdges, literals: true},
	{format: "turtle", tool: "rapper", reader: "read.mjs rapper", file: "ttl", nodes: rdfNodes, edges: rdfEdges, literals: true},
	{format: "turtle", tool: "oxigraph, RDF 1.2", reader: "read.mjs oxigraph", file: "ttl", nodes: rdfNodes, edges: rdfEdges, literals: true, rdf12: true},
	{format: "nquads", tool: "n3", reader: "read.mjs n3", file: "nq", nodes: rdfNodes, edges: rdfEdges + " named", literals: true},
	{format: "nquads", tool: "oxigraph", reader: "read.mjs oxigraph", file: "nq", nodes: rdfNodes, edges: rdfEdges + " named", literals: true},
	{format: "nquads", tool: "rapper", reader: "read.mjs rapper", file: "nq", nodes: rdfNodes, edges: rdfEdges + " named", literals: true},
	{format: "nquads", tool: "oxigraph, RDF 1.2", reader: "read.mjs oxigraph", file: "nq", nodes: rdfNodes, edges: rdfEdges + " named", literals: true, rdf12: true},
	{format: "jsonld", tool: "jsonld", reader: "read.mjs jsonld", file: "jsonld", nodes: rdfNodes, edges: rdfEdges + " named", literals: true},
	{format: "jsonld", tool: "oxigraph", reader: "read.mjs oxigraph", file: "jsonld", nodes: rdfNodes, edges: rdfEdges + " named", literals: true},
	{format: "ftm", tool: "followthemoney", reader: "read.mjs ftm", file: "ftm.json", nodes: "ftm label aliases", edges: "ftm from to label date quotes"},
	{format: "mermaid", tool: "mermaid", reader: "read.mjs mermaid", file: "mmd", nodes: "iri label class", edges: "source target directed label dashed", numbered: true},
	{format: "markdown", tool: "marked", reader: "read.mjs markdown", file: "md", nodes: "iri label about", edges: "source label said quotes", literals: true, numbered: true},
}

// provenGraphs are those that each tool reads: one to read, a whole one with its articles,
// one of hostile texts with every kind of edge, and one of nothing.
func provenGraphs() map[string]*Graph {
	var texts []string
	for _, s := range hostile {
		if strings.TrimSpace(clean(s)) != "" {
			texts = append(texts, s)
		}
	}
	whole := sampleGraph()
	whole.Articles = sequence([]*Article{sampleArticle("a1"), sampleArticle("a2"), sampleArticle("a3")})
	return map[string]*Graph{"sample": sampleGraph(), "whole": whole, "hostile": randomGraph(11, 60, 300, texts), "empty": newGraph(nil, nil)}
}

// TestProofs has each tool read what is exported for it, and compares all that it finds.
func TestProofs(t *testing.T) {
	for _, p := range proofs {
		t.Run(p.format+" by "+p.tool, func(t *testing.T) {
			var names, paths []string
			graphs, dir := provenGraphs(), t.TempDir()
			for name, g := range graphs {
				names, paths = append(names, name), append(paths, filepath.Join(dir, name+"."+p.file))
				g.RDF12 = p.rdf12
				write(t, p.format, g, paths[len(paths)-1])
			}
			var found []seen
			runReader(t, &found, p.reader, paths...)
			for i, name := range names {
				t.Run(name, func(t *testing.T) { p.compare(t, found[i], exported(graphs[name])) })
			}
		})
	}
}

// TestProofsOfAll holds that no format is without a proof.
func TestProofsOfAll(t *testing.T) {
	proven := map[string]bool{"html": true, "neo4j": true, "quickstatements": true} // TestPage, TestNeo4j, TestQuickStatements
	for _, p := range proofs {
		proven[p.format] = true
	}
	for _, f := range All() {
		if !proven[f.Name] {
			t.Errorf("no tool reads %s", f.Name)
		}
	}
}

// TestProofsBySchema has libxml2 hold the formats in XML to schemata.
func TestProofsBySchema(t *testing.T) {
	for name, schema := range map[string]string{"gexf": "gexf.rng", "graphml": "graphml.rng", "yed": "graphml.rng"} {
		for which, g := range provenGraphs() {
			path := filepath.Join(t.TempDir(), which+".xml")
			write(t, name, g, path)
			if out, err := exec.Command("xmllint", "--noout", "--relaxng", filepath.Join("testdata", "readers", schema), path).CombinedOutput(); err != nil {
				t.Errorf("%s of the %s graph: %v\n%s", name, which, err, out[:min(len(out), 1000)])
			}
		}
	}
}

// TestProofsByGraphviz renders the graphs and finds every label in the picture.
func TestProofsByGraphviz(t *testing.T) {
	for which, g := range provenGraphs() {
		path := filepath.Join(t.TempDir(), "g.dot")
		write(t, "dot", g, path)
		command := exec.Command("dot", "-Tsvg", path)
		if g.Links > 100 {
			command = exec.Command("sfdp", "-Tsvg", path)
		}
		var stderr bytes.Buffer
		command.Stderr = &stderr
		svg, err := command.Output()
		if err != nil || stderr.Len() > 0 {
			t.Fatalf("%s: %v\n%s", command, err, stderr.String())
		}
		for class, want := range map[string]int{"node": g.NodeCount, "edge": g.Links} {
			if n := bytes.Count(svg, []byte(`class="`+class+`"`)); n != want {
				t.Errorf("the %s graph: %d of %s drawn, want %d", which, n, class, want)
			}
		}
		picture := strings.ReplaceAll(html.UnescapeString(string(svg)), "\u00a0", " ")
		for n := range g.Nodes {
			if label := strings.TrimSpace(clean(n.Name)); !strings.Contains(picture, label) {
				t.Errorf("the %s graph: %q is not in the picture", which, label)
			}
		}
	}
}

// TestProofsByCSVClean has csvkit look for faults in the tables.
func TestProofsByCSVClean(t *testing.T) {
	for _, name := range []string{"csv", "gephi-csv", "neo4j"} {
		for which, g := range provenGraphs() {
			dir := t.TempDir()
			write(t, name, g, dir)
			for _, file := range Lookup(name).Files {
				out, err := exec.Command("csvclean", "--dry-run", filepath.Join(dir, file)).CombinedOutput()
				if err != nil || !bytes.Contains(out, []byte("No errors")) {
					t.Errorf("%s of the %s graph: %s: %v\n%s", name, which, file, err, out)
				}
			}
		}
	}
}

func (p *proof) compare(t *testing.T, found, want seen) {
	if !p.literals {
		want = want.links()
	}
	if p.numbered {
		want = want.numbered()
	}
	unknown(t, found.Nodes, p.nodes)
	unknown(t, found.Edges, p.edges)
	same(t, "nodes", only(found.Nodes, p.nodes, p.untyped), only(want.Nodes, p.nodes, p.untyped))
	same(t, "edges", only(found.Edges, p.edges, p.untyped), only(want.Edges, p.edges, p.untyped))
}

// write writes a file, or a folder if the format is several.
func write(t *testing.T, name string, g *Graph, path string) {
	t.Helper()
	if f := Lookup(name); f.Several() {
		if err := f.WriteFolder(g, path); err != nil {
			t.Fatal(err)
		}
		return
	}
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
func runReader(t *testing.T, into any, reader string, paths ...string) {
	t.Helper()
	script, kind, _ := strings.Cut(reader, " ")
	program := "node"
	if strings.HasSuffix(script, ".py") {
		program = "/usr/bin/python3" // Debian's, which has networkx
	}
	cmd := exec.Command(program, append([]string{filepath.Join("testdata", "readers", script), kind}, paths...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, stderr.String())
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%s: %v: %s", cmd, err, out[:min(len(out), 500)])
	}
}

// numbered names nodes by their place in the order of IRIs, as formats do that know no other ids.
func (s seen) numbered() seen {
	number := map[any]string{}
	for i, n := range s.Nodes {
		number[n["iri"]] = strconv.Itoa(i)
		s.Nodes[i] = maps.Clone(n)
		s.Nodes[i]["iri"] = strconv.Itoa(i)
	}
	for i, e := range s.Edges {
		s.Edges[i] = maps.Clone(e)
		s.Edges[i]["source"], s.Edges[i]["target"] = number[e["source"]], number[e["target"]]
	}
	return s
}

// unknown reports facts that a reader found and nobody exported.
func unknown(t *testing.T, found []facts, names string) {
	t.Helper()
	known := strings.Fields(names)
	for _, f := range found {
		for name, value := range f {
			if !slices.Contains(known, name) {
				t.Fatalf("%s=%v besides %s", name, value, names)
			}
		}
	}
}
