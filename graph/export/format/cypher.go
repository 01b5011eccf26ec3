package format

import "strings"

// writeCypher writes statements of openCypher, one a line, that make the graph anew or
// bring it up to date: nodes and relationships are merged by their IRI.
func writeCypher(g *Graph, w *writer) error {
	w.syntax = cypher
	w.raw("CREATE CONSTRAINT entity_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE;\n")
	if err := each(w, g.Nodes, "", cypherNode); err != nil {
		return err
	}
	return each(w, g.links(), "", cypherLink)
}

func cypherNode(b *buffer, n *Node) {
	b.raw("MERGE (n:Entity {iri: '")
	b.text(n.IRI)
	b.raw("'}) SET n:", cypherName(string(n.Class)), ", n += {name: '")
	b.line(n.Name)
	b.raw("'")
	cypherText(b, "latin", n.Latin)
	cypherList(b, "names", n.Other)
	cypherList(b, "offices", n.Offices)
	cypherList(b, "countries", n.Countries)
	b.raw(", articles: ")
	b.int(n.Articles)
	b.raw(", mentions: ")
	b.int(n.Mentions)
	cypherText(b, "first_seen", n.First)
	cypherText(b, "last_seen", n.Last)
	b.raw("};\n")
}

func cypherLink(b *buffer, e *Edge) {
	b.raw("MATCH (a:Entity {iri: '")
	b.text(e.Source)
	b.raw("'}), (b:Entity {iri: '")
	b.text(e.Target)
	b.raw("'}) MERGE (a)-[r:", cypherName(relationType(e.Predicate)), " {iri: '")
	b.text(e.IRI)
	b.raw("'}]->(b) SET r += {status: '")
	b.text(string(e.Status))
	b.raw("', confidence: ")
	b.number(e.Confidence)
	b.raw(", sources: ")
	b.int(e.Sources)
	b.raw(", symmetric: ")
	b.bool(e.Undirected)
	cypherText(b, "date", e.Date)
	if first, last := span(e.Date); first != "" {
		b.raw(", first: date('", first, "'), last: date('", last, "')")
	}
	cypherList(b, "places", e.Places)
	if len(e.Evidence) > 0 {
		b.raw(", quotes: [")
		for i := range e.Evidence {
			if i > 0 {
				b.raw(", ")
			}
			b.raw("'")
			b.quote(&e.Evidence[i])
			b.raw("'")
		}
		b.raw("]")
	}
	b.raw("};\n")
}

// cypherName quotes a label or type that is no plain identifier.
func cypherName(s string) string {
	return "`" + strings.ReplaceAll(clean(s), "`", "``") + "`"
}

// cypherText appends a property, unless nothing is left of its value.
func cypherText(b *buffer, name, value string) {
	start := b.n
	b.raw(", ", name, ": '")
	text := b.n
	if b.line(value); b.n == text {
		b.n = start
		return
	}
	b.raw("'")
}

// cypherList appends the items of which something is left, if there are any.
func cypherList(b *buffer, name string, items []string) {
	start, before := b.n, "["
	b.raw(", ", name, ": ")
	for _, s := range items {
		item := b.n
		b.raw(before, "'")
		text := b.n
		if b.line(s); b.n == text {
			b.n = item
			continue
		}
		b.raw("'")
		before = ", "
	}
	if before == "[" {
		b.n = start
		return
	}
	b.raw("]")
}
