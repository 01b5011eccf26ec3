package format

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
)

// ftmEntity is an entity of FollowTheMoney (https://followthemoney.tech).
type ftmEntity struct {
	id, schema string
	order      []string // of properties
	properties map[string][]string
}

func newFTM(iri, schema string) *ftmEntity {
	return &ftmEntity{id: ftmID(iri), schema: schema, properties: map[string][]string{}}
}

func (x *ftmEntity) add(property string, values ...string) {
	for _, v := range values {
		if v = clean(v); v == "" {
			continue
		}
		if x.properties[property] == nil {
			x.order = append(x.order, property)
		}
		x.properties[property] = append(x.properties[property], v)
	}
}

// String returns the entity as JSON.
func (x *ftmEntity) String() string {
	var o, properties object
	for _, p := range x.order {
		properties.list(p, x.properties[p])
	}
	o.add("id", x.id)
	o.add("schema", x.schema)
	o.raw("properties", properties.String())
	return o.String()
}

// ftmID returns an id of the characters that FollowTheMoney allows.
func ftmID(iri string) string {
	sum := sha256.Sum256([]byte(iri))
	return "isnad-" + hex.EncodeToString(sum[:16])
}

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

// writeFTM writes entities of FollowTheMoney, one JSON object a line. A link bears its
// quotations as description; the articles are entities of their own.
func writeFTM(g *Graph, w *bufio.Writer) error {
	classes := make(map[string]string, g.NodeCount)
	names := make(map[string]string, g.NodeCount)
	write := func(x *ftmEntity) { put(w, x.String(), "\n") }
	err := g.eachNode(func(n *Node) error {
		classes[n.IRI], names[n.IRI] = string(n.Class), n.Name
		write(ftmNode(n))
		return nil
	})
	if err != nil {
		return err
	}
	return g.eachLink(func(e *Edge) error {
		for i := range e.Evidence {
			write(ftmArticle(&e.Evidence[i]))
		}
		write(ftmEdge(e, classes, names))
		return nil
	})
}

func ftmNode(n *Node) *ftmEntity {
	kind := ftmClasses[string(n.Class)]
	if kind == "" {
		kind = "LegalEntity"
	}
	x := newFTM(n.IRI, kind)
	x.add("name", n.Name)
	if x.properties["name"] == nil {
		x.add("name", n.IRI)
	}
	x.add("alias", n.Latin)
	x.add("alias", n.Other...)
	switch kind {
	case "Person":
		x.add("position", n.Offices...)
	case "Address":
		x.add("full", n.Name)
	}
	return x
}

func ftmArticle(v *Evidence) *ftmEntity {
	x := newFTM(v.IRI, "Article")
	title := v.Title
	if title == "" {
		title = v.Article
	}
	x.add("title", title)
	x.add("publisher", v.Publisher)
	x.add("publishedAt", v.Published)
	x.add("sourceUrl", v.URL)
	return x
}

func ftmEdge(e *Edge, classes, names map[string]string) *ftmEntity {
	link, known := ftmLinks[e.Predicate]
	if !known || !ftmFits(link, classes[e.Source], classes[e.Target]) {
		link = unknownLink
	}
	x := newFTM(e.IRI, link.schema)
	x.add(link.from, ftmID(e.Source))
	x.add(link.to, ftmID(e.Target))
	x.add("date", e.Date)
	x.add("summary", names[e.Source]+" "+e.label()+" "+names[e.Target])
	if link.schema == "Family" {
		x.add("relationship", e.label())
	} else {
		x.add("role", e.label())
	}
	for i := range e.Evidence {
		x.add("description", e.Evidence[i].line())
		x.add("sourceUrl", e.Evidence[i].URL)
	}
	return x
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
