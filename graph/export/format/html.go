package format

import (
	"bufio"
	_ "embed"
	"strings"
)

//go:embed assets/report.html
var reportPage string

// writeHTML writes one page that holds the graph and shows it: a list to search, a
// drawing of the most mentioned entities, and the words behind each statement.
func writeHTML(g *Graph, w *bufio.Writer) error {
	head, tail, _ := strings.Cut(reportPage, "@DATA@")
	put(w, head, `{"title":`, jsonString(clean(g.Title)), `,"nodes":[`)
	first := true
	err := g.eachNode(func(n *Node) error {
		put(w, separator(&first), `{"id":`, jsonString(n.IRI), `,"label":`, jsonString(clean(n.Name)), `,"color":"`, nodeColor(n).hex(),
			`","size":`, number(g.size(n)))
		jsonFields(w, n, nodeFields)
		put(w, "}")
		return nil
	})
	if err != nil {
		return err
	}
	put(w, `],"edges":[`)
	first = true
	fields := edgeFields[:len(edgeFields)-1] // the evidence holds the quotations
	err = g.eachEdge(func(e *Edge) error {
		put(w, separator(&first), `{"source":`, jsonString(e.Source), `,"target":`, jsonString(e.Target), `,"value":`, jsonString(e.Value),
			`,"color":"`, linkColor(e).hex(), `"`)
		jsonFields(w, e, fields)
		jsonTail(w, e)
		return nil
	})
	put(w, "]}", tail)
	return err
}
