// Package format writes a graph in the formats of other tools: those that draw
// (GEXF, GraphML, DOT …), databases (CSV for Neo4j, Cypher) and people (CSV, Markdown).
//
// A Graph is two sequences, nodes and edges, each in order of IRI and read as often as a
// format needs. Writers hold a few hundred of them at a time, so a graph of a million
// statements is written in constant memory. The same graph gives the same bytes.
package format

import (
	"iter"

	"isnad/schema"
)

// Graph is what a format writes.
type Graph struct {
	Title string
	// Nodes are the entities, by IRI; Edges the statements, by subject, predicate, object,
	// status, date and IRI. Each may be read several times, and what it yields stays as it
	// is. An error ends a sequence.
	Nodes iter.Seq2[*Node, error]
	Edges iter.Seq2[*Edge, error]
	// Articles are those of the whole graph, by IRI; nil if this is a part of it. The formats
	// that can be read back hold them, so that nothing is lost.
	Articles iter.Seq2[*Article, error]
	// How many there are, so that headers can say so. Links counts the edges between two
	// entities, which Edges yields beside those that end in a literal.
	NodeCount, EdgeCount, Links int
	// MostArticles is the number of articles that mention the most mentioned entity.
	MostArticles int
	// RDF12 writes statements about statements in RDF as triple terms of RDF 1.2, which not
	// every reader knows yet, instead of rdf:subject, rdf:predicate and rdf:object.
	RDF12 bool
}

// Node is an entity.
type Node struct {
	IRI       string       `json:"iri"`
	Class     schema.Class `json:"class"`
	Name      string       `json:"name"`
	Latin     string       `json:"latin,omitempty"`   // the name in Latin letters
	Other     []string     `json:"other,omitempty"`   // further names
	Offices   []string     `json:"offices,omitempty"` // positions, sorted
	Countries []string     `json:"countries,omitempty"`
	Articles  int          `json:"articles"` // that mention it
	Mentions  int          `json:"mentions"`
	First     string       `json:"first,omitempty"` // earliest and latest publication, ISO 8601
	Last      string       `json:"last,omitempty"`
}

// Edge is a statement: of two entities, or of an entity and a literal.
type Edge struct {
	IRI        string        `json:"iri"`
	Source     string        `json:"source"`           // IRI
	Target     string        `json:"target,omitempty"` // IRI, "" if the object is a literal
	Value      string        `json:"value,omitempty"`  // the literal
	ValueType  schema.Class  `json:"valueType,omitempty"`
	Predicate  string        `json:"predicate"`            // name in the ontology
	Undirected bool          `json:"undirected,omitempty"` // the predicate is symmetric
	Status     schema.Status `json:"status"`
	Date       string        `json:"date,omitempty"` // ISO 8601, truncated to what is known
	Places     []string      `json:"places,omitempty"`
	Confidence float64       `json:"confidence"`
	Sources    int           `json:"sources"` // independent articles
	Evidence   []Evidence    `json:"evidence,omitempty"`
}

// Evidence is a passage that states an edge.
type Evidence struct {
	Quote     string `json:"quote"`
	SaidBy    string `json:"saidBy,omitempty"` // who is quoted, outermost first
	Article   string `json:"article"`          // id
	IRI       string `json:"iri"`              // of the article
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"` // ISO 8601
}
