package format

import (
	"bufio"
	"strconv"
	"strings"
)

// writeCypher writes statements of openCypher, one a line, that make the graph anew or
// bring it up to date: nodes and relationships are merged by their IRI.
func writeCypher(g *Graph, w *bufio.Writer) error {
	put(w, "CREATE CONSTRAINT entity_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE;\n")
	err := g.eachNode(func(n *Node) error {
		put(w, "MERGE (n:Entity {iri: ", cypherString(n.IRI), "}) SET n:", cypherName(string(n.Class)), ", n += {name: ", cypherString(clean(n.Name)))
		if n.Latin != "" {
			put(w, ", latin: ", cypherString(clean(n.Latin)))
		}
		cypherList(w, "names", n.Other)
		cypherList(w, "offices", n.Offices)
		cypherList(w, "countries", n.Countries)
		put(w, ", articles: ", strconv.Itoa(n.Articles), ", mentions: ", strconv.Itoa(n.Mentions))
		cypherText(w, "first_seen", n.First)
		cypherText(w, "last_seen", n.Last)
		put(w, "};\n")
		return nil
	})
	if err != nil {
		return err
	}
	return g.eachLink(func(e *Edge) error {
		put(w, "MATCH (a:Entity {iri: ", cypherString(e.Source), "}), (b:Entity {iri: ", cypherString(e.Target), "}) MERGE (a)-[r:",
			cypherName(relationType(e.Predicate)), " {iri: ", cypherString(e.IRI), "}]->(b) SET r += {status: ", cypherString(string(e.Status)),
			", confidence: ", number(e.Confidence), ", sources: ", strconv.Itoa(e.Sources), ", symmetric: ", strconv.FormatBool(e.Undirected))
		cypherText(w, "date", e.Date)
		cypherList(w, "places", e.Places)
		var quoted []string
		for i := range e.Evidence {
			quoted = append(quoted, e.Evidence[i].line())
		}
		cypherList(w, "quotes", quoted)
		put(w, "};\n")
		return nil
	})
}

var cypherEscapes = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`)

func cypherString(s string) string { return "'" + cypherEscapes.Replace(lines(s)) + "'" }

// cypherName quotes a label or type that is no plain identifier.
func cypherName(s string) string {
	return "`" + strings.ReplaceAll(clean(s), "`", "``") + "`"
}

func cypherText(w *bufio.Writer, name, value string) {
	if value != "" {
		put(w, ", ", name, ": ", cypherString(value))
	}
}

func cypherList(w *bufio.Writer, name string, items []string) {
	if len(items) == 0 {
		return
	}
	put(w, ", ", name, ": [")
	for i, s := range items {
		if i > 0 {
			put(w, ", ")
		}
		put(w, cypherString(clean(s)))
	}
	put(w, "]")
}
