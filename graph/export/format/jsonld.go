package format

import (
	"bufio"
	"strconv"

	"isnad/schema"
)

// jsonldContext gives the short names of the terms in use.
const jsonldContext = `{"rdf":"` + rdf + `","rdfs":"` + rdfs + `","skos":"` + skos + `","xsd":"` + xsd +
	`","prov":"` + prov + `","dcterms":"` + dcterms + `",
"label":"rdfs:label","altLabel":"skos:altLabel","articleCount":"sanad:articleCount","mentionCount":"sanad:mentionCount",
"firstSeen":"sanad:firstSeen","lastSeen":"sanad:lastSeen","status":"sanad:status","confidence":{"@id":"sanad:confidence","@type":"xsd:double"},"sources":"sanad:sources",
"date":"sanad:date","place":"sanad:place","subject":{"@id":"rdf:subject","@type":"@id"},"predicate":{"@id":"rdf:predicate","@type":"@id"},"object":"rdf:object",
"derivedFrom":"prov:wasDerivedFrom","quotedFrom":"prov:wasQuotedFrom","value":"prov:value","saidBy":"sanad:saidBy","identifier":"dcterms:identifier",
"title":"dcterms:title","publisher":"dcterms:publisher","issued":"dcterms:issued","source":"dcterms:source"}`

// date adds a date with the type of its precision.
func (o *object) date(key, s string) {
	kind := datePrecision(s)
	if kind == "" {
		o.add(key, s)
		return
	}
	var value object
	value.add("@value", s)
	value.add("@type", "xsd:"+kind)
	o.raw(key, value.String())
}

func reference(iri string) object {
	var o object
	o.add("@id", iri)
	return o
}

func ldString(s, language string) object {
	var o object
	o.raw("@value", jsonString(s))
	o.add("@language", language)
	return o
}

// writeJSONLD writes JSON-LD 1.1, an object a line. What is asserted stands in a named
// graph, the statement's IRI.
func writeJSONLD(g *Graph, w *bufio.Writer) error {
	put(w, `{"@context":`, jsonldContext, ",\n\"@graph\":[")
	first := true
	write := func(o object) error {
		put(w, separator(&first), o.String())
		return nil
	}
	if err := g.eachNode(func(n *Node) error { return write(ldNode(n)) }); err != nil {
		return err
	}
	err := g.eachEdge(func(e *Edge) error { return write(ldEdge(e)) })
	put(w, "\n]}\n")
	return err
}

func ldNode(n *Node) object {
	var o object
	o.add("@id", n.IRI)
	o.add("@type", world+string(n.Class))
	labels := []object{ldString(n.Name, "ar")}
	if n.Latin != "" {
		labels = append(labels, ldString(n.Latin, "en"))
	}
	o.objects("label", labels)
	o.list("altLabel", n.Other)
	o.raw("articleCount", strconv.Itoa(n.Articles))
	o.raw("mentionCount", strconv.Itoa(n.Mentions))
	o.date("firstSeen", n.First)
	o.date("lastSeen", n.Last)
	return o
}

// ldEdge describes a statement; the graph it names holds what it says, if that is asserted.
func ldEdge(e *Edge) object {
	var o object
	o.add("@id", e.IRI)
	o.list("@type", []string{"rdf:Statement", "prov:Entity"})
	o.add("subject", e.Source)
	o.add("predicate", world+e.Predicate)
	ldObject(&o, "object", e)
	o.add("status", string(e.Status))
	o.raw("confidence", number(e.Confidence))
	o.raw("sources", strconv.Itoa(e.Sources))
	o.date("date", e.Date)
	o.list("place", e.Places)
	var quotes []object
	for i := range e.Evidence {
		quotes = append(quotes, ldQuote(&e.Evidence[i]))
	}
	o.objects("derivedFrom", quotes)
	if e.Status == schema.Asserted {
		said := reference(e.Source)
		ldObject(&said, world+e.Predicate, e)
		o.objects("@graph", []object{said})
	}
	return o
}

// ldObject adds the object of a statement.
func ldObject(o *object, key string, e *Edge) {
	switch {
	case e.Target != "":
		end := reference(e.Target)
		o.raw(key, end.String())
	case e.ValueType == schema.Date:
		o.date(key, e.Value)
	default:
		o.raw(key, jsonString(e.Value))
	}
}

func ldQuote(v *Evidence) object {
	var q object
	q.add("@type", "prov:Entity")
	q.add("value", v.Quote)
	q.add("saidBy", v.SaidBy)
	a := reference(v.IRI)
	a.add("@type", sanad+"Article")
	a.add("identifier", v.Article)
	a.add("title", v.Title)
	a.add("publisher", v.Publisher)
	a.date("issued", v.Published)
	a.add("source", v.URL)
	q.raw("quotedFrom", a.String())
	return q
}
