package format

import "isnad/schema"

// jsonldContext gives the short names of the terms in use.
const jsonldContext = `{"rdf":"` + rdf + `","rdfs":"` + rdfs + `","skos":"` + skos + `","xsd":"` + xsd +
	`","prov":"` + prov + `","dcterms":"` + dcterms + `",
"label":"rdfs:label","altLabel":"skos:altLabel","articleCount":"sanad:articleCount","mentionCount":"sanad:mentionCount",
"firstSeen":"sanad:firstSeen","lastSeen":"sanad:lastSeen","status":"sanad:status","confidence":{"@id":"sanad:confidence","@type":"xsd:double"},"sources":"sanad:sources",
"date":"sanad:date","place":"sanad:place","subject":{"@id":"rdf:subject","@type":"@id"},"predicate":{"@id":"rdf:predicate","@type":"@id"},"object":"rdf:object",
"derivedFrom":"prov:wasDerivedFrom","quotedFrom":"prov:wasQuotedFrom","value":"prov:value","saidBy":"sanad:saidBy","identifier":"dcterms:identifier",
"document":{"@id":"sanad:document","@type":"@json"},"language":"dcterms:language","title":"dcterms:title","publisher":"dcterms:publisher","issued":"dcterms:issued","source":"dcterms:source"}`

// JSONLDHead is how a file of our JSON-LD begins; objects follow, one a line.
const JSONLDHead = `{"@context":` + jsonldContext + ",\n\"@graph\":["

// writeJSONLD writes JSON-LD 1.1, an object a line. What is asserted stands in a named
// graph, the statement's IRI.
func writeJSONLD(g *Graph, w *writer) error {
	w.raw(JSONLDHead)
	any := false
	err := eachInOrder(w, g.articles(), ",", func(b *buffer, a *Article) { any = true; ldArticle(b, a) })
	if err != nil {
		return err
	}
	if any && g.NodeCount+g.EdgeCount > 0 {
		w.raw(",")
	}
	if err = each(w, g.Nodes, ",", ldNode); err != nil {
		return err
	}
	if g.NodeCount > 0 && g.EdgeCount > 0 {
		w.raw(",")
	}
	err = each(w, g.Edges, ",", ldEdge)
	w.raw("\n]}\n")
	return err
}

func ldArticle(b *buffer, a *Article) {
	b.raw("\n{")
	b.member("@id", a.IRI)
	b.member("@type", sanad+"Article")
	b.member("identifier", a.ID)
	b.member("title", a.Title)
	b.member("publisher", a.Publisher)
	ldDate(b, "issued", a.Published)
	b.member("source", a.URL)
	b.member("language", a.Language)
	b.key("document")
	b.document(string(a.Document))
	b.raw("}")
}

func ldNode(b *buffer, n *Node) {
	b.raw("\n{")
	b.member("@id", n.IRI)
	b.member("@type", world+string(n.Class))
	b.key("label")
	b.raw("[")
	ldString(b, n.Name, "ar")
	if n.Latin != "" {
		b.raw(",")
		ldString(b, n.Latin, "en")
	}
	b.raw("]")
	b.members("altLabel", n.Other)
	b.key("articleCount")
	b.int(n.Articles)
	b.key("mentionCount")
	b.int(n.Mentions)
	ldDate(b, "firstSeen", n.First)
	ldDate(b, "lastSeen", n.Last)
	b.raw("}")
}

// ldEdge describes a statement; the graph it names holds what it says, if that is asserted.
func ldEdge(b *buffer, e *Edge) {
	b.raw("\n{")
	b.member("@id", e.IRI)
	b.raw(`,"@type":["rdf:Statement","prov:Entity"]`)
	b.member("subject", e.Source)
	b.member("predicate", world+e.Predicate)
	ldObject(b, "object", e)
	b.member("status", string(e.Status))
	b.key("confidence")
	b.number(e.Confidence)
	b.key("sources")
	b.int(e.Sources)
	ldDate(b, "date", e.Date)
	b.members("place", e.Places)
	if len(e.Evidence) > 0 {
		b.key("derivedFrom")
		b.raw("[")
		for i := range e.Evidence {
			b.comma()
			ldQuote(b, &e.Evidence[i])
		}
		b.raw("]")
	}
	if e.Status == schema.Asserted {
		b.raw(`,"@graph":[{`)
		b.member("@id", e.Source)
		ldObject(b, world+e.Predicate, e)
		b.raw("}]")
	}
	b.raw("}")
}

// ldObject appends the object of a statement as a member.
func ldObject(b *buffer, key string, e *Edge) {
	switch {
	case e.Target != "":
		b.key(key)
		b.raw("{")
		b.member("@id", e.Target)
		b.raw("}")
	case e.ValueType == schema.Date:
		ldDate(b, key, e.Value)
	default:
		b.key(key)
		b.json(e.Value)
	}
}

func ldQuote(b *buffer, v *Evidence) {
	b.raw("{")
	b.member("@type", "prov:Entity")
	b.member("value", v.Quote)
	b.member("saidBy", v.SaidBy)
	b.key("quotedFrom")
	b.raw("{")
	b.member("@id", v.IRI)
	b.member("@type", sanad+"Article")
	b.member("identifier", v.Article)
	b.member("title", v.Title)
	b.member("publisher", v.Publisher)
	ldDate(b, "issued", v.Published)
	b.member("source", v.URL)
	b.raw("}}")
}

// ldDate appends a date with the type of its precision as a member.
func ldDate(b *buffer, key, s string) {
	kind := datePrecision(s)
	if kind == "" {
		b.member(key, s)
		return
	}
	b.key(key)
	b.raw("{")
	b.member("@value", s)
	b.raw(`,"@type":"xsd:`, kind, `"}`)
}

func ldString(b *buffer, s, language string) {
	b.raw("{")
	b.key("@value")
	b.json(s)
	b.raw(`,"@language":"`, language, `"}`)
}
