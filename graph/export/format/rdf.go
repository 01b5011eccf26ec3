package format

import (
	"bufio"
	"strconv"
	"strings"

	"isnad/schema"
)

// Terms of the vocabularies in use.
const (
	rdf     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfs    = "http://www.w3.org/2000/01/rdf-schema#"
	skos    = "http://www.w3.org/2004/02/skos/core#"
	xsd     = "http://www.w3.org/2001/XMLSchema#"
	prov    = "http://www.w3.org/ns/prov#"
	dcterms = "http://purl.org/dc/terms/"
	world   = "isnad:"
	sanad   = "sanad:"
)

// resource is a subject with its predicates and objects, as terms of N-Triples.
type resource struct {
	subject string
	pairs   [][2]string
}

func (r *resource) add(predicate, object string) {
	if object != "" {
		r.pairs = append(r.pairs, [2]string{"<" + predicate + ">", object})
	}
}

func iri(s string) string {
	if s == "" {
		return ""
	}
	return "<" + s + ">"
}

var literalEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// literal returns a plain literal, or "" for an empty one.
func literal(s string) string {
	if s == "" {
		return ""
	}
	return `"` + literalEscapes.Replace(lines(s)) + `"`
}

func tagged(s, language string) string {
	if s == "" {
		return ""
	}
	return literal(s) + "@" + language
}

func typed(s, datatype string) string { return `"` + s + `"^^<` + xsd + datatype + ">" }

// datePrecision returns the XML Schema type of a truncated ISO date, or "".
func datePrecision(s string) string {
	switch len(s) {
	case len("2006"):
		return "gYear"
	case len("2006-01"):
		return "gYearMonth"
	case len("2006-01-02"):
		return "date"
	}
	return ""
}

// date returns a truncated ISO date with the type of its precision.
func date(s string) string {
	if kind := datePrecision(s); kind != "" {
		return typed(s, kind)
	}
	return literal(s)
}

// nodeResource describes an entity.
func nodeResource(n *Node) resource {
	r := resource{subject: iri(n.IRI)}
	r.add(rdf+"type", iri(world+string(n.Class)))
	r.add(rdfs+"label", tagged(n.Name, "ar"))
	r.add(rdfs+"label", tagged(n.Latin, "en"))
	for _, other := range n.Other {
		r.add(skos+"altLabel", literal(other))
	}
	r.add(sanad+"articleCount", typed(strconv.Itoa(n.Articles), "integer"))
	r.add(sanad+"mentionCount", typed(strconv.Itoa(n.Mentions), "integer"))
	r.add(sanad+"firstSeen", date(n.First))
	r.add(sanad+"lastSeen", date(n.Last))
	return r
}

// triple returns what a statement says, as terms.
func (e *Edge) triple() (s, p, o string) {
	s, p, o = iri(e.Source), iri(world+e.Predicate), iri(e.Target)
	if e.Target == "" {
		if o = literal(e.Value); e.ValueType == schema.Date {
			o = date(e.Value)
		}
	}
	if o == "" {
		o = `""`
	}
	return s, p, o
}

// edgeResources describes a statement: what it says, how surely, and where from, in terms
// of PROV-O. Blank nodes are numbered from *blank on.
func edgeResources(e *Edge, rdf12 bool, blank *int) []resource {
	s, p, o := e.triple()
	st := resource{subject: iri(e.IRI)}
	if rdf12 {
		st.add(rdf+"reifies", "<<( "+s+" "+p+" "+o+" )>>")
	} else {
		st.add(rdf+"type", iri(rdf+"Statement"))
		st.add(rdf+"subject", s)
		st.add(rdf+"predicate", p)
		st.add(rdf+"object", o)
	}
	st.add(rdf+"type", iri(prov+"Entity"))
	st.add(sanad+"status", literal(string(e.Status)))
	st.add(sanad+"confidence", typed(number(e.Confidence), "double"))
	st.add(sanad+"sources", typed(strconv.Itoa(e.Sources), "integer"))
	st.add(sanad+"date", date(e.Date))
	for _, place := range e.Places {
		st.add(sanad+"place", literal(place))
	}
	out := []resource{{}}
	for i := range e.Evidence {
		quote := "_:q" + strconv.Itoa(*blank)
		*blank++
		st.add(prov+"wasDerivedFrom", quote)
		out = append(out, evidenceResources(&e.Evidence[i], quote)...)
	}
	out[0] = st
	return out
}

// evidenceResources describes a quotation and its article.
func evidenceResources(v *Evidence, quote string) []resource {
	q := resource{subject: quote}
	q.add(rdf+"type", iri(prov+"Entity"))
	q.add(prov+"value", literal(v.Quote))
	q.add(prov+"wasQuotedFrom", iri(v.IRI))
	q.add(sanad+"saidBy", literal(v.SaidBy))
	a := resource{subject: iri(v.IRI)}
	a.add(rdf+"type", iri(sanad+"Article"))
	a.add(dcterms+"identifier", literal(v.Article))
	a.add(dcterms+"title", literal(v.Title))
	a.add(dcterms+"publisher", literal(v.Publisher))
	a.add(dcterms+"issued", date(v.Published))
	a.add(dcterms+"source", literal(v.URL))
	return []resource{q, a}
}

// turtle writes a resource in Turtle, its predicates in a list.
func (r *resource) turtle(w *bufio.Writer) {
	if len(r.pairs) == 0 {
		return
	}
	put(w, r.subject, " ")
	for i, pair := range r.pairs {
		if i > 0 {
			put(w, " ;\n  ")
		}
		put(w, pair[0], " ", pair[1])
	}
	put(w, " .\n")
}

// triples writes a resource in N-Triples.
func (r *resource) triples(w *bufio.Writer) {
	for _, pair := range r.pairs {
		put(w, r.subject, " ", pair[0], " ", pair[1], " .\n")
	}
}

// writeTurtle writes Turtle. What is asserted stands as a plain triple too.
func writeTurtle(g *Graph, w *bufio.Writer) error {
	return writeRDF(g, w, (*resource).turtle, func(*Edge) string { return "" })
}

// writeNQuads writes N-Quads. What is asserted stands in a named graph, the statement's
// IRI, of which the default graph says where it is from.
func writeNQuads(g *Graph, w *bufio.Writer) error {
	return writeRDF(g, w, (*resource).triples, func(e *Edge) string { return iri(e.IRI) + " " })
}

// writeRDF writes each resource as the syntax has it, and each asserted triple with the
// name of the graph that holds it.
func writeRDF(g *Graph, w *bufio.Writer, write func(*resource, *bufio.Writer), graph func(*Edge) string) error {
	err := g.eachNode(func(n *Node) error {
		r := nodeResource(n)
		write(&r, w)
		return nil
	})
	if err != nil {
		return err
	}
	blank := 0
	return g.eachEdge(func(e *Edge) error {
		if e.Status == schema.Asserted {
			s, p, o := e.triple()
			put(w, s, " ", p, " ", o, " ", graph(e), ".\n")
		}
		for _, r := range edgeResources(e, g.RDF12, &blank) {
			write(&r, w)
		}
		return nil
	})
}
