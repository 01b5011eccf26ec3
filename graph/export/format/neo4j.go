package format

import "strings"

// writeNeo4j writes the tables of 'neo4j-admin database import': lists have ; between
// their items, so that one inside an item becomes a comma. A date that is known to the
// month or year stands as text, and with its first and last day.
func writeNeo4j(g *Graph, to files) error {
	header := []string{"iri:ID(entity)", ":LABEL", "name", "latin", "names:string[]", "offices:string[]", "countries:string[]",
		"articles:long", "mentions:long", "first_seen", "last_seen"}
	err := table(to, "nodes.csv", "", header, g.Nodes, func(b *buffer, n *Node) {
		b.cells(n.IRI)
		b.cell(func() {
			b.raw("Entity;")
			b.text(string(n.Class))
		})
		b.cell(func() { b.line(n.Name) })
		b.cell(func() { b.line(n.Latin) })
		b.array(n.Other)
		b.array(n.Offices)
		b.array(n.Countries)
		b.cell(func() { b.int(n.Articles) })
		b.cell(func() { b.int(n.Mentions) })
		b.cells(n.First, n.Last)
		b.endRow()
	})
	if err != nil {
		return err
	}
	header = []string{":START_ID(entity)", ":END_ID(entity)", ":TYPE", "iri", "status", "date", "first:date", "last:date", "places:string[]", "confidence:double",
		"sources:long", "symmetric:boolean", "quotes:string[]"}
	return table(to, "relationships.csv", "", header, g.links(), func(b *buffer, e *Edge) {
		first, last := span(e.Date)
		b.cells(e.Source, e.Target, relationType(e.Predicate), e.IRI, string(e.Status), e.Date, first, last)
		b.array(e.Places)
		b.cell(func() { b.number(e.Confidence) })
		b.cell(func() { b.int(e.Sources) })
		b.cell(func() { b.bool(e.Undirected) })
		b.items(len(e.Evidence), func(i int) { b.quote(&e.Evidence[i]) })
		b.endRow()
	})
}

// array appends a cell of texts with semicolons between them.
func (b *buffer) array(texts []string) {
	b.items(len(texts), func(i int) { b.line(texts[i]) })
}

// items appends a cell of those of n items of which something is left, with semicolons
// between them.
func (b *buffer) items(n int, write func(int)) {
	b.cell(func() {
		b.syntax = csvItem
		before := ""
		for i := range n {
			item := b.n
			b.raw(before)
			text := b.n
			if write(i); b.n == text {
				b.n = item
				continue
			}
			before = ";"
		}
		b.syntax = csvText
	})
}

// relationType writes a predicate as Neo4j's style guide has it: participatedIn,
// PARTICIPATED_IN.
func relationType(predicate string) string {
	var b strings.Builder
	for i, r := range predicate {
		if r >= 'A' && r <= 'Z' && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}
