package format

import "isnad/schema"

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

// rdfSyntax is how properties of one subject follow each other.
type rdfSyntax struct {
	next  string // what stands between them
	again bool   // whether the subject is written again
	named bool   // whether what is asserted stands in a named graph
}

var (
	turtle = rdfSyntax{next: " ;\n  "}
	nquads = rdfSyntax{next: " .\n", again: true, named: true}
)

// describer writes resources with their properties.
type describer struct {
	*buffer
	rdfSyntax
	iri   string // the subject: an IRI, or if that is "" a blank node
	blank int
	begun bool
}

// describe begins a resource.
func (d *describer) describe(iri string, blank int) { d.iri, d.blank, d.begun = iri, blank, false }

// end ends a resource.
func (d *describer) end() {
	if d.begun {
		d.raw(" .\n")
	}
}

// property begins a property of the resource; its object follows.
func (d *describer) property(name string) {
	if d.begun {
		d.raw(d.next)
	}
	if !d.begun || d.again {
		if d.iri != "" {
			d.term(d.iri)
		} else {
			d.blankNode(d.blank)
		}
		d.raw(" ")
	}
	d.begun = true
	d.raw("<", name, "> ")
}

// reference adds an IRI, string a literal, date one with the type of its precision; each
// only if there is one.
func (d *describer) reference(name, iri string) {
	if iri != "" {
		d.property(name)
		d.term(iri)
	}
}

func (d *describer) string(name, s, language string) {
	if s == "" {
		return
	}
	d.property(name)
	d.quoted(s)
	if language != "" {
		d.raw("@", language)
	}
}

func (d *describer) integer(name string, n int) {
	d.property(name)
	d.raw(`"`)
	d.int(n)
	d.datatype("integer")
}

func (d *describer) date(name, s string) {
	if s != "" {
		d.property(name)
		d.buffer.date(s)
	}
}

func (b *buffer) term(iri string) { b.raw("<", iri, ">") }

// blankNode appends the n-th blank node of the item.
func (b *buffer) blankNode(n int) {
	b.raw("_:q")
	b.int(b.item)
	b.raw("_")
	b.int(n)
}

// datatype ends a literal that has begun with a quote.
func (b *buffer) datatype(name string) { b.raw(`"^^<`, xsd, name, ">") }

// date appends a truncated ISO date with the type of its precision.
func (b *buffer) date(s string) {
	kind := datePrecision(s)
	if kind == "" {
		b.quoted(s)
		return
	}
	b.raw(`"`, s)
	b.datatype(kind)
}

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

// object appends what a statement says of its subject, as a term.
func (b *buffer) object(e *Edge) {
	switch {
	case e.Target != "":
		b.term(e.Target)
	case e.ValueType == schema.Date:
		b.date(e.Value)
	default:
		b.quoted(e.Value)
	}
}

// triple appends what a statement says.
func (b *buffer) triple(e *Edge) {
	b.term(e.Source)
	b.raw(" <", world, e.Predicate, "> ")
	b.object(e)
}

// node describes an entity.
func (d *describer) node(n *Node) {
	d.describe(n.IRI, 0)
	d.reference(rdf+"type", world+string(n.Class))
	d.string(rdfs+"label", n.Name, "ar")
	d.string(rdfs+"label", n.Latin, "en")
	for _, other := range n.Other {
		d.string(skos+"altLabel", other, "")
	}
	d.integer(sanad+"articleCount", n.Articles)
	d.integer(sanad+"mentionCount", n.Mentions)
	d.date(sanad+"firstSeen", n.First)
	d.date(sanad+"lastSeen", n.Last)
	d.end()
}

// edge describes a statement: what it says, how surely, and where from, in terms of
// PROV-O.
func (d *describer) edge(e *Edge, rdf12 bool) {
	d.describe(e.IRI, 0)
	if rdf12 {
		d.property(rdf + "reifies")
		d.raw("<<( ")
		d.triple(e)
		d.raw(" )>>")
	} else {
		d.reference(rdf+"type", rdf+"Statement")
		d.reference(rdf+"subject", e.Source)
		d.property(rdf + "predicate")
		d.raw("<", world, e.Predicate, ">")
		d.property(rdf + "object")
		d.object(e)
	}
	d.reference(rdf+"type", prov+"Entity")
	d.string(sanad+"status", string(e.Status), "")
	d.property(sanad + "confidence")
	d.raw(`"`)
	d.number(e.Confidence)
	d.datatype("double")
	d.integer(sanad+"sources", e.Sources)
	d.date(sanad+"date", e.Date)
	for _, place := range e.Places {
		d.string(sanad+"place", place, "")
	}
	for i := range e.Evidence {
		d.property(prov + "wasDerivedFrom")
		d.blankNode(i)
	}
	d.end()
	for i := range e.Evidence {
		d.evidence(&e.Evidence[i], i)
	}
}

// evidence describes a quotation and its article.
func (d *describer) evidence(v *Evidence, blank int) {
	d.describe("", blank)
	d.reference(rdf+"type", prov+"Entity")
	d.string(prov+"value", v.Quote, "")
	d.reference(prov+"wasQuotedFrom", v.IRI)
	d.string(sanad+"saidBy", v.SaidBy, "")
	d.end()
	d.describe(v.IRI, blank)
	d.reference(rdf+"type", sanad+"Article")
	d.string(dcterms+"identifier", v.Article, "")
	d.string(dcterms+"title", v.Title, "")
	d.string(dcterms+"publisher", v.Publisher, "")
	d.date(dcterms+"issued", v.Published)
	d.string(dcterms+"source", v.URL, "")
	d.end()
}

// writeTurtle writes Turtle. What is asserted stands as a plain triple too.
func writeTurtle(g *Graph, w *writer) error { return writeRDF(g, w, turtle) }

// writeNQuads writes N-Quads. What is asserted stands in a named graph, the statement's
// IRI, of which the default graph says where it is from.
func writeNQuads(g *Graph, w *writer) error { return writeRDF(g, w, nquads) }

// writeRDF writes each resource as the syntax has it.
func writeRDF(g *Graph, w *writer, syntax rdfSyntax) error {
	err := each(w, g.Nodes, "", func(b *buffer, n *Node) {
		d := describer{buffer: b, rdfSyntax: syntax}
		d.node(n)
	})
	if err != nil {
		return err
	}
	return each(w, g.Edges, "", func(b *buffer, e *Edge) {
		d := describer{buffer: b, rdfSyntax: syntax}
		if e.Status == schema.Asserted {
			d.triple(e)
			d.raw(" ")
			if syntax.named {
				d.term(e.IRI)
				d.raw(" ")
			}
			d.raw(".\n")
		}
		d.edge(e, g.RDF12)
	})
}
