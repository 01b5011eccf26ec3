package format

import (
	_ "embed"
	"strings"
)

//go:embed assets/report.html
var reportPage string

// writeHTML writes one page that holds the graph and shows it: a list to search, a
// drawing of the most mentioned entities, and the words behind each statement.
func writeHTML(g *Graph, w *writer) error {
	w.syntax = jsonText
	head, tail, _ := strings.Cut(reportPage, "@DATA@")
	w.raw(head, `{"title":`)
	w.jsonLine(g.Title)
	w.raw(`,"nodes":[`)
	err := each(w, g.Nodes, ",", func(b *buffer, n *Node) {
		b.raw("\n")
		drawnNode(b, g, n)
	})
	if err != nil {
		return err
	}
	w.raw(`],"edges":[`)
	err = each(w, g.Edges, ",", func(b *buffer, e *Edge) {
		b.raw("\n", `{"source":`)
		b.json(e.Source)
		b.raw(`,"target":`)
		b.json(e.Target)
		b.raw(`,"value":`)
		b.json(e.Value)
		b.raw(`,"color":"`, linkColor(e).hex, `"`)
		putFields(b, e, jsonShort) // the evidence holds the quotations
		jsonTail(b, e)
	})
	w.raw("]}", tail)
	return err
}
