package format

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Format is one way to write a graph.
type Format struct {
	Name  string   // as --format takes it
	About string   // for whom, in a few words
	Files []string // names of its files; one name is the extension of a single file
	write func(*Graph, files) error
}

// Several reports whether the format is more than one file.
func (f *Format) Several() bool { return len(f.Files) > 1 }

// all lists the formats by name.
var all = []*Format{
	{"csv", "spreadsheets, people", []string{"entities.csv", "statements.csv", "evidence.csv", "articles.csv"}, writeCSV},
	{"cx2", "Cytoscape desktop and web", []string{"cx2"}, single(writeCX2)},
	{"cypher", "Neo4j, Memgraph", []string{"cypher"}, single(writeCypher)},
	{"cytoscape", "Cytoscape.js", []string{"json"}, single(writeCytoscape)},
	{"dot", "Graphviz", []string{"dot"}, single(writeDOT)},
	{"ftm", "Aleph, OpenAleph (FollowTheMoney)", []string{"ftm.json"}, single(writeFTM)},
	{"gephi-csv", "Gephi, by its spreadsheet import", []string{"nodes.csv", "edges.csv"}, writeGephi},
	{"gexf", "Gephi, Gephi Lite", []string{"gexf"}, single(writeGEXF)},
	{"graphml", "Cytoscape, igraph, NetworkX", []string{"graphml"}, single(writeGraphML)},
	{"html", "colleagues: one page that needs nothing else", []string{"html"}, single(writeHTML)},
	{"jsongraph", "d3, NetworkX (node-link JSON)", []string{"json"}, single(writeNodeLink)},
	{"jsonld", "triple stores, web pages", []string{"jsonld"}, single(writeJSONLD)},
	{"markdown", "a dossier to read", []string{"md"}, single(writeMarkdown)},
	{"mermaid", "diagrams in Markdown", []string{"mmd"}, single(writeMermaid)},
	{"neo4j", "neo4j-admin database import", []string{"nodes.csv", "relationships.csv"}, writeNeo4j},
	{"nquads", "triple stores", []string{"nq"}, single(writeNQuads)},
	{"quickstatements", "Wikidata editors: a draft", []string{"qs.txt"}, single(writeQuickStatements)},
	{"turtle", "triple stores, people", []string{"ttl"}, single(writeTurtle)},
	{"yed", "yEd", []string{"graphml"}, single(writeYEd)},
}

// All returns the formats by name.
func All() []*Format { return slices.Clone(all) }

// Lookup returns the format of the name, or nil.
func Lookup(name string) *Format {
	i := slices.IndexFunc(all, func(f *Format) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return all[i]
}

// Write writes the graph to w: the only file, or a ZIP archive of several.
func (f *Format) Write(g *Graph, w io.Writer) error {
	if !f.Several() {
		return f.write(g, one{w})
	}
	archive := zip.NewWriter(w)
	err := f.write(g, zipped{archive})
	return errors.Join(err, archive.Close())
}

// WriteFolder writes the files of the format into a folder, which is made if need be.
func (f *Format) WriteFolder(g *Graph, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return f.write(g, dir(folder))
}

// files receives the files of a format, one after the other.
type files interface {
	file(name string, write func(*writer) error) error
}

func single(write func(*Graph, *writer) error) func(*Graph, files) error {
	return func(g *Graph, to files) error {
		return to.file("", func(w *writer) error { return write(g, w) })
	}
}

type one struct{ w io.Writer }

func (o one) file(_ string, write func(*writer) error) error { return writeTo(o.w, write) }

type zipped struct{ archive *zip.Writer }

// epoch dates the files of an archive: the earliest that ZIP knows, so that nothing
// depends on the clock.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func (z zipped) file(name string, write func(*writer) error) error {
	w, err := z.archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch})
	if err != nil {
		return err
	}
	return writeTo(w, write)
}

type dir string

func (d dir) file(name string, write func(*writer) error) error {
	f, err := os.Create(filepath.Join(string(d), name))
	if err != nil {
		return err
	}
	return errors.Join(writeTo(f, write), f.Close())
}

// Names lists the names of all formats, with commas between them.
func Names() string {
	var names []string
	for _, f := range all {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// Extension returns what the name of the format's file ends in.
func (f *Format) Extension() string {
	if f.Several() {
		return "zip"
	}
	return f.Files[0]
}

// mediaTypes are the types of files, by what their names end in.
var mediaTypes = map[string]string{
	"cx2": "application/json", "cypher": "text/plain; charset=utf-8", "json": "application/json", "dot": "text/vnd.graphviz; charset=utf-8",
	"ftm.json": "application/x-ndjson", "gexf": "application/gexf+xml", "graphml": "application/graphml+xml", "html": "text/html; charset=utf-8",
	"jsonld": "application/ld+json", "md": "text/markdown; charset=utf-8", "mmd": "text/vnd.mermaid; charset=utf-8", "nq": "application/n-quads",
	"qs.txt": "text/plain; charset=utf-8", "ttl": "text/turtle; charset=utf-8", "zip": "application/zip",
}

// MediaType returns the type of the format's file for HTTP.
func (f *Format) MediaType() string { return mediaTypes[f.Extension()] }

// links are the edges between two entities.
func (g *Graph) links() iter.Seq2[*Edge, error] {
	return func(yield func(*Edge, error) bool) {
		for e, err := range g.Edges {
			if (err != nil || e.Target != "") && !yield(e, err) {
				return
			}
		}
	}
}

// names returns the name of every node by its IRI.
func (g *Graph) names() (map[string]string, error) {
	out := make(map[string]string, g.NodeCount)
	for n, err := range g.Nodes {
		if err != nil {
			return nil, fmt.Errorf("export: %w", err)
		}
		out[n.IRI] = n.Name
	}
	return out, nil
}
