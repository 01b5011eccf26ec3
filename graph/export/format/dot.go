package format

import "isnad/schema"

// writeDOT writes the language of Graphviz, to be laid out by springs (sfdp). Labels hold
// the name and, on a second line, its Latin form; quotations are tool tips of SVG.
func writeDOT(g *Graph, w *writer) error {
	w.syntax = dotText
	w.raw("digraph isnad {\n  graph [charset=\"UTF-8\", layout=sfdp, overlap=prism, sep=\"+8\", outputorder=edgesfirst, tooltip=\"")
	w.line(g.Title)
	w.raw("\"];\n  node [style=filled, color=\"#00000066\", fontname=\"DejaVu Sans\"];\n",
		"  edge [fontname=\"DejaVu Sans\", fontsize=9, fontcolor=\"#555555\", arrowsize=0.7];\n")
	err := each(w, g.Nodes, "", func(b *buffer, n *Node) {
		b.raw("  ")
		b.quoted(n.IRI)
		b.raw(" [label=\"")
		b.line(n.Name)
		if n.Latin != "" && n.Latin != n.Name {
			b.text("\n")
			b.line(n.Latin)
		}
		b.raw("\", fontsize=")
		b.int(10 + int(g.size(n)/6))
		b.raw(", shape=", dotShape(n), ", fillcolor=\"", nodeColor(n).hex, "66\", tooltip=\"")
		dotTip(b, n)
		b.raw("\"];\n")
	})
	if err != nil {
		return err
	}
	err = each(w, g.links(), "", func(b *buffer, e *Edge) {
		b.raw("  ")
		b.quoted(e.Source)
		b.raw(" -> ")
		b.quoted(e.Target)
		b.raw(" [label=\"")
		b.label(e)
		b.raw("\", color=\"", linkColor(e).hex, "\"")
		if e.Undirected {
			b.raw(", dir=none")
		}
		if dashed(e) {
			b.raw(", style=dashed")
		}
		b.raw(", tooltip=\"")
		b.quotes(e)
		b.raw("\"];\n")
	})
	w.raw("}\n")
	return err
}

// dotTip says what an entity is, in a line.
func dotTip(b *buffer, n *Node) {
	b.line(string(n.Class))
	for _, more := range [...][]string{n.Offices, n.Countries} {
		for _, s := range more {
			b.raw(", ")
			b.line(s)
		}
	}
}

// dotShape returns the shape of a class; each holds a long name.
func dotShape(n *Node) string {
	switch n.Class {
	case schema.Person:
		return "ellipse"
	case schema.Country, schema.Place:
		return "hexagon"
	case schema.Event:
		return "note"
	}
	return "box"
}
