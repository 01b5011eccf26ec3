package export

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/export/format"
	"isnad/graph/export/read"
	"isnad/schema"
)

// Terms of RDF that say what a resource is called, in order of preference, and what
// stands around a statement.
const (
	rdfNS  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	provNS = "http://www.w3.org/ns/prov#"
)

var namings = []string{"http://www.w3.org/2000/01/rdf-schema#label", "rdfs:label", "isnad:name", "http://www.w3.org/2004/02/skos/core#prefLabel",
	"http://xmlns.com/foaf/0.1/name", "http://schema.org/name", "https://schema.org/name", "http://purl.org/dc/terms/title"}

var otherNamings = []string{"http://www.w3.org/2004/02/skos/core#altLabel", "skos:altLabel", "http://schema.org/alternateName", "https://schema.org/alternateName"}

// maxTriples is how many statements of RDF are read at once: they are put in order in
// memory.
const maxTriples = 1_000_000

// rdfGraph is RDF by subject.
type rdfGraph struct {
	file     string
	order    []string // subjects as they first came
	subjects map[string]*rdfSubject
}

type rdfSubject struct {
	line   int
	values map[string][]rdfValue // by predicate
}

// rdfValue is an object, the line on which it stands, and the graph that holds it.
type rdfValue struct {
	text  string
	isIRI bool
	line  int
	graph string
}

// located is a quad and its line.
type located struct {
	quad.Quad
	line int
}

func nameOf(v quad.Value) string {
	switch v := v.(type) {
	case quad.IRI:
		return string(v)
	case quad.BNode:
		return "_:" + string(v)
	}
	return ""
}

// readRDF puts RDF in order.
func readRDF(file string, quads iter.Seq2[located, error]) (*rdfGraph, error) {
	g := &rdfGraph{file: file, subjects: map[string]*rdfSubject{}}
	n := 0
	for q, err := range quads {
		if err != nil {
			return nil, err
		}
		if n++; n > maxTriples {
			return nil, fmt.Errorf("%s: more than %d statements of RDF: import it in parts", file, maxTriples)
		}
		value := rdfValue{line: q.line, graph: nameOf(q.Label)}
		switch o := q.Object.(type) {
		case quad.IRI, quad.BNode:
			value.text, value.isIRI = nameOf(o), true
		case quad.LangString:
			value.text = string(o.Value)
		default:
			value.text = lexical(o)
		}
		s := g.subject(nameOf(q.Subject), q.line)
		p := nameOf(q.Predicate)
		s.values[p] = append(s.values[p], value)
	}
	return g, nil
}

// lexical returns the text of a literal without its type.
func lexical(v quad.Value) string {
	switch v := v.(type) {
	case quad.String:
		return string(v)
	case quad.TypedString:
		return string(v.Value)
	case quad.Int:
		return formatInt(v)
	case quad.Float:
		return formatFloat(v)
	case quad.Bool:
		return strconv.FormatBool(bool(v))
	case quad.Time:
		return formatTime(v)
	}
	return ""
}

func (g *rdfGraph) subject(name string, line int) *rdfSubject {
	s := g.subjects[name]
	if s == nil {
		s = &rdfSubject{line: line, values: map[string][]rdfValue{}}
		g.subjects[name], g.order = s, append(g.order, name)
	}
	return s
}

// first returns the first value under one of the predicates.
func (s *rdfSubject) first(predicates ...string) rdfValue {
	if s == nil {
		return rdfValue{}
	}
	for _, p := range predicates {
		if vs := s.values[p]; len(vs) > 0 {
			return vs[0]
		}
	}
	return rdfValue{}
}

// items yields the nodes and edges that RDF describes: resources with a type or a name,
// what stands between resources, and statements of rdf:Statement with what is said of
// them. Triples of a graph named by such a statement are that statement.
func (g *rdfGraph) items() read.Items {
	return func(yield func(*read.Item, error) bool) {
		for _, name := range g.order {
			s := g.subjects[name]
			for item := range g.itemsOf(name, s) {
				item.File = g.file
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

func (g *rdfGraph) itemsOf(name string, s *rdfSubject) iter.Seq[*read.Item] {
	return func(yield func(*read.Item) bool) {
		if about := s.first(rdfNS + "subject"); about.text != "" {
			yield(&read.Item{Line: s.line, Edge: g.statement(name, s), Open: true})
			return
		}
		if n := node(name, s); n != nil && !yield(&read.Item{Line: s.line, Node: n, Open: true}) {
			return
		}
		for _, p := range sortedKeys(s.values) {
			if p == rdfNS+"type" || p == "rdf:type" || slices.Contains(namings, p) || slices.Contains(otherNamings, p) {
				continue
			}
			for _, v := range s.values[p] {
				if g.subjects[v.graph].first(rdfNS+"subject").text != "" {
					continue
				}
				e := &format.Edge{Source: name, Predicate: p, Status: schema.Asserted, Confidence: 1}
				if v.isIRI {
					e.Target = v.text
				} else {
					e.Value = v.text
				}
				if !yield(&read.Item{Line: v.line, Edge: e, Open: true}) {
					return
				}
			}
		}
	}
}

// node describes a resource that has a type or a name, or returns nil. Of several names
// an Arabic one is preferred, and the first in other letters is that in Latin.
func node(iri string, s *rdfSubject) *format.Node {
	class := s.first(rdfNS+"type", "rdf:type")
	n := &format.Node{IRI: iri, Class: schema.Class(class.text)}
	var all []string
	for _, p := range slices.Concat(namings, otherNamings) {
		for _, v := range s.values[p] {
			if !v.isIRI && v.text != "" && !slices.Contains(all, v.text) {
				all = append(all, v.text)
			}
		}
	}
	if len(all) == 0 {
		if class.text == "" {
			return nil
		}
		return n
	}
	n.Name = all[max(0, slices.IndexFunc(all, isArabic))]
	for _, name := range all {
		switch {
		case name == n.Name:
		case n.Latin == "" && isArabic(n.Name) && !isArabic(name):
			n.Latin = name
		default:
			n.Other = append(n.Other, name)
		}
	}
	return n
}

func isArabic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
}

// statement describes an rdf:Statement.
func (g *rdfGraph) statement(iri string, s *rdfSubject) *format.Edge {
	e := &format.Edge{IRI: iri, Source: s.first(rdfNS + "subject").text, Predicate: s.first(rdfNS + "predicate").text, Confidence: 1,
		Status: schema.Status(s.first(string(graph.Status)).text), Date: s.first(string(graph.Date)).text}
	if o := s.first(rdfNS + "object"); o.isIRI {
		e.Target = o.text
	} else {
		e.Value = o.text
	}
	if e.Status == "" {
		e.Status = schema.Asserted
	}
	if c := s.first(string(graph.Confidence)).text; c != "" {
		if _, err := fmt.Sscan(c, &e.Confidence); err != nil {
			e.Confidence = -1 // which is refused where the line is known
		}
	}
	for _, from := range s.values[provNS+"wasDerivedFrom"] {
		if quote := g.subjects[from.text].first(provNS + "value").text; quote != "" {
			e.Evidence = append(e.Evidence, format.Evidence{Quote: quote})
		}
	}
	return e
}

// foreignRDF yields what RDF of any vocabulary says as a graph that somebody made.
func foreignRDF(file string, quads iter.Seq2[located, error]) read.Items {
	return func(yield func(*read.Item, error) bool) {
		g, err := readRDF(file, quads)
		if err != nil {
			yield(nil, err)
			return
		}
		g.items()(yield)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// local returns the last part of an IRI, or the word itself.
func local(term string) string {
	if i := strings.LastIndexAny(term, "/#:"); i >= 0 && i+1 < len(term) {
		return term[i+1:]
	}
	return term
}
