package format

import (
	"maps"
	"slices"
	"strings"
)

// writeMermaid writes a Mermaid flowchart. Mermaid knows nodes by plain words, so the
// numbers of all nodes are held while edges are written.
func writeMermaid(g *Graph, w *writer) error {
	w.syntax = mermaid
	w.raw("flowchart LR\n")
	ids := numbers{}
	err := eachInOrder(w, g.Nodes, "", func(b *buffer, n *Node) {
		left, right := mermaidShape(n)
		b.raw("  n")
		b.int(ids.add(n))
		b.raw(left, `"`)
		b.line(n.Name)
		b.raw(`"`, right, ":::", strings.ToLower(string(n.Class)), "\n")
	})
	if err != nil {
		return err
	}
	err = each(w, g.links(), "", func(b *buffer, e *Edge) {
		source, target, err := ids.ends(e)
		if err != nil {
			b.fail(err)
			return
		}
		b.raw("  n")
		b.int(source)
		b.raw(" ", mermaidArrow(e), `|"`)
		b.label(e)
		b.raw(`"| n`)
		b.int(target)
		b.raw("\n")
	})
	for _, class := range slices.Sorted(maps.Keys(palette)) {
		w.raw("  classDef ", strings.ToLower(string(class)), " fill:", palette[class].hex, ",color:", palette[class].text, "\n")
	}
	return err
}

func mermaidShape(n *Node) (left, right string) {
	switch n.Class {
	case "Person":
		return "([", "])"
	case "Event":
		return "{{", "}}"
	}
	return "[", "]"
}

func mermaidArrow(e *Edge) string {
	switch {
	case dashed(e) && e.Undirected:
		return "-.-"
	case dashed(e):
		return "-.->"
	case e.Undirected:
		return "---"
	}
	return "-->"
}
