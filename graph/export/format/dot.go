package format

import (
	"bufio"
	"strings"
)

// writeDOT writes the language of Graphviz. Labels hold the name and, on a second line,
// its Latin form; quotations are tool tips of SVG.
func writeDOT(g *Graph, w *bufio.Writer) error {
	put(w, "digraph isnad {\n  graph [charset=\"UTF-8\", overlap=prism, label=", dotString(clean(g.Title)), "];\n",
		"  node [style=filled, fontcolor=\"#000000\", fontname=\"DejaVu Sans\"];\n  edge [fontname=\"DejaVu Sans\", fontsize=10];\n")
	err := g.eachNode(func(n *Node) error {
		label := clean(n.Name)
		if n.Latin != "" && n.Latin != n.Name {
			label += "\n" + clean(n.Latin)
		}
		put(w, "  ", dotString(n.IRI), " [label=", dotString(label), ", shape=", dotShape(n), ", fillcolor=\"", nodeColor(n).hex(), "66\", tooltip=",
			dotString(nodeTip(n)), "];\n")
		return nil
	})
	if err != nil {
		return err
	}
	err = g.eachLink(func(e *Edge) error {
		put(w, "  ", dotString(e.Source), " -> ", dotString(e.Target), " [label=", dotString(e.label()), ", color=\"", linkColor(e).hex(), "\"")
		if e.Undirected {
			put(w, ", dir=none")
		}
		if yedLine(e) == "dashed" {
			put(w, ", style=dashed")
		}
		put(w, ", tooltip=", dotString(quotes(e)), "];\n")
		return nil
	})
	put(w, "}\n")
	return err
}

// nodeTip says what an entity is, in a line.
func nodeTip(n *Node) string {
	parts := []string{string(n.Class)}
	for _, s := range append(append([]string{}, n.Offices...), n.Countries...) {
		parts = append(parts, clean(s))
	}
	return strings.Join(parts, ", ")
}

var dotEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func dotString(s string) string { return `"` + dotEscapes.Replace(lines(s)) + `"` }

func dotShape(n *Node) string {
	switch n.Class {
	case "Person":
		return "ellipse"
	case "Event":
		return "diamond"
	case "Country", "Place":
		return "hexagon"
	}
	return "box"
}
