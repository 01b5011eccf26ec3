package format

import (
	"crypto/sha256"
	"encoding/hex"
)

// ftmClasses maps classes to schemata.
var ftmClasses = map[string]string{"Person": "Person", "Organization": "Organization", "Country": "PublicBody", "Place": "Address", "Event": "Event"}

// ftmLink is a schema for a relation, with the properties of its ends.
type ftmLink struct{ schema, from, to string }

// ftmLinks maps predicates to schemata; whatever else is said is an UnknownLink, its
// predicate the role.
var ftmLinks = map[string]ftmLink{
	"memberOf":       {"Membership", "member", "organization"},
	"joined":         {"Membership", "member", "organization"},
	"leads":          {"Directorship", "director", "organization"},
	"affiliatedWith": {"Employment", "employee", "employer"},
	"owns":           {"Ownership", "owner", "asset"},
	"relatedTo":      {"Family", "person", "relative"},
}

var unknownLink = ftmLink{"UnknownLink", "subject", "object"}

// writeFTM writes entities of FollowTheMoney (https://followthemoney.tech), one JSON
// object a line. A link bears its quotations as description; the articles are entities of
// their own.
func writeFTM(g *Graph, w *writer) error {
	w.syntax = jsonText
	classes := make(map[string]string, g.NodeCount)
	names := make(map[string]string, g.NodeCount)
	err := eachInOrder(w, g.Nodes, "", func(b *buffer, n *Node) {
		classes[n.IRI], names[n.IRI] = string(n.Class), n.Name
		ftmNode(b, n)
	})
	if err != nil {
		return err
	}
	return each(w, g.links(), "", func(b *buffer, e *Edge) {
		for i := range e.Evidence {
			ftmArticle(b, &e.Evidence[i])
		}
		ftmEdge(b, e, classes, names)
	})
}

// ftmBegin begins an entity; its properties follow.
func ftmBegin(b *buffer, iri, schema string) {
	b.raw(`{"id":"`)
	b.ftmID(iri)
	b.raw(`","schema":"`, schema, `","properties":{`)
}

func ftmEnd(b *buffer) { b.raw("}}\n") }

// ftmID appends an id of the characters that FollowTheMoney allows.
func (b *buffer) ftmID(iri string) {
	sum := sha256.Sum256([]byte(iri))
	b.raw("isnad-")
	b.room(32)
	b.n += hex.Encode(b.bytes[b.n:], sum[:16])
}

// property appends a property with those of n values that are not empty, if there are any.
func (b *buffer) property(name string, n int, value func(i int)) {
	start := b.n
	b.key(name)
	b.between("[", func() {
		for i := range n {
			before := b.n
			b.comma()
			b.raw(`"`)
			text := b.n
			if value(i); b.n == text {
				b.n = before
				continue
			}
			b.raw(`"`)
		}
	}, "]")
	if b.bytes[b.n-1] == ':' {
		b.n = start
	}
}

// properties appends a property with those of the values that are not empty.
func (b *buffer) properties(name string, values ...string) {
	b.property(name, len(values), func(i int) { b.line(values[i]) })
}

func ftmNode(b *buffer, n *Node) {
	kind := ftmClasses[string(n.Class)]
	if kind == "" {
		kind = "LegalEntity"
	}
	ftmBegin(b, n.IRI, kind)
	none := b.n
	if b.properties("name", n.Name); b.n == none {
		b.properties("name", n.IRI)
	}
	b.property("alias", 1+len(n.Other), func(i int) {
		if i == 0 {
			b.line(n.Latin)
		} else {
			b.line(n.Other[i-1])
		}
	})
	switch kind {
	case "Person":
		b.properties("position", n.Offices...)
	case "Address":
		b.properties("full", n.Name)
	}
	ftmEnd(b)
}

func ftmArticle(b *buffer, v *Evidence) {
	ftmBegin(b, v.IRI, "Article")
	title := v.Title
	if title == "" {
		title = v.Article
	}
	b.properties("title", title)
	b.properties("publisher", v.Publisher)
	b.properties("publishedAt", v.Published)
	b.properties("sourceUrl", v.URL)
	ftmEnd(b)
}

func ftmEdge(b *buffer, e *Edge, classes, names map[string]string) {
	link, known := ftmLinks[e.Predicate]
	if !known || !ftmFits(link, classes[e.Source], classes[e.Target]) {
		link = unknownLink
	}
	ftmBegin(b, e.IRI, link.schema)
	b.property(link.from, 1, func(int) { b.ftmID(e.Source) })
	b.property(link.to, 1, func(int) { b.ftmID(e.Target) })
	b.properties("date", e.Date)
	b.property("summary", 1, func(int) {
		b.line(names[e.Source])
		b.raw(" ")
		b.label(e)
		b.raw(" ")
		b.line(names[e.Target])
	})
	role := "role"
	if link.schema == "Family" {
		role = "relationship"
	}
	b.property(role, 1, func(int) { b.label(e) })
	b.property("description", len(e.Evidence), func(i int) { b.quote(&e.Evidence[i]) })
	b.property("sourceUrl", len(e.Evidence), func(i int) { b.line(e.Evidence[i].URL) })
	ftmEnd(b)
}

// ftmFits reports whether the ends of a link are of the classes that its schema wants.
func ftmFits(link ftmLink, from, to string) bool {
	agent := func(class string) bool { return class == "Person" || class == "Organization" || class == "Country" }
	switch link.schema {
	case "Family":
		return from == "Person" && to == "Person"
	case "Employment":
		return from == "Person" && (to == "Organization" || to == "Country")
	}
	return agent(from) && (to == "Organization" || to == "Country")
}
