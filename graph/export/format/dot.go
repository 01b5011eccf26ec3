package format

// writeDOT writes the language of Graphviz. Labels hold the name and, on a second line,
// its Latin form; quotations are tool tips of SVG.
func writeDOT(g *Graph, w *writer) error {
	w.syntax = dotText
	w.raw("digraph isnad {\n  graph [charset=\"UTF-8\", overlap=prism, label=\"")
	w.line(g.Title)
	w.raw("\"];\n  node [style=filled, fontcolor=\"#000000\", fontname=\"DejaVu Sans\"];\n  edge [fontname=\"DejaVu Sans\", fontsize=10];\n")
	err := each(w, g.Nodes, "", func(b *buffer, n *Node) {
		b.raw("  ")
		b.quoted(n.IRI)
		b.raw(" [label=\"")
		b.line(n.Name)
		if n.Latin != "" && n.Latin != n.Name {
			b.text("\n")
			b.line(n.Latin)
		}
		b.raw("\", shape=", dotShape(n), ", fillcolor=\"", nodeColor(n).hex, "66\", tooltip=\"")
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
