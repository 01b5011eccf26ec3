package format

// writeGEXF writes GEXF 1.3 (https://gexf.net): attributes, places, colours and sizes, and
// the times of edges as intervals of days.
func writeGEXF(g *Graph, w *writer) error {
	w.syntax = xmlAttr
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
 <meta><creator>isnad</creator><description>`)
	w.escape(xmlText, g.Title, " ")
	w.raw(`</description></meta>
 <graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">
`)
	gexfAttributes(w, "node", nodeFields)
	gexfAttributes(w, "edge", edgeFields)
	w.raw(`  <nodes count="`)
	w.int(g.NodeCount)
	w.raw("\">\n")
	nodeTags, edgeTags := tag(nodeFields, gexfValue), tag(edgeFields, gexfValue)
	place, err := g.places()
	if err != nil {
		return err
	}
	err = each(w, g.Nodes, "", func(b *buffer, n *Node) {
		b.raw(`   <node`)
		b.attr("id", n.IRI)
		b.raw(` label="`)
		b.line(n.Name)
		b.raw(`"><attvalues>`)
		putFields(b, n, nodeTags)
		b.raw("</attvalues>")
		gexfColor(b, nodeColor(n))
		at := place(b.item)
		b.raw(`<viz:position x="`)
		b.number(at.x)
		b.raw(`" y="`)
		b.number(0 - at.y) // upwards
		b.raw(`"/><viz:size value="`)
		b.number(g.size(n))
		b.raw("\"/></node>\n")
	})
	if err != nil {
		return err
	}
	w.raw("  </nodes>\n  <edges count=\"")
	w.int(g.Links)
	w.raw("\">\n")
	err = each(w, g.links(), "", func(b *buffer, e *Edge) {
		gexfEdge(b, e)
		b.raw("<attvalues>")
		putFields(b, e, edgeTags)
		b.raw("</attvalues>")
		gexfColor(b, linkColor(e))
		b.raw("</edge>\n")
	})
	w.raw("  </edges>\n </graph>\n</gexf>\n")
	return err
}

func gexfEdge(b *buffer, e *Edge) {
	b.raw(`   <edge`)
	b.attr("id", e.IRI)
	b.attr("source", e.Source)
	b.attr("target", e.Target)
	b.raw(` label="`)
	b.label(e)
	b.raw(`"`)
	b.attr("kind", e.Predicate)
	b.raw(` weight="`)
	b.int(max(e.Sources, 1))
	b.raw(`"`)
	if e.Undirected {
		b.raw(` type="undirected"`)
	}
	if first, last := span(e.Date); first != "" {
		b.attr("start", first)
		b.attr("end", last)
	}
	b.raw(">")
}

func gexfColor(b *buffer, c color) { b.raw(`<viz:color r="`, c.r, `" g="`, c.g, `" b="`, c.b, `"/>`) }

func gexfAttributes[T any](w *writer, class string, fields []field[T]) {
	w.raw(`  <attributes class="`, class, "\" mode=\"static\">\n")
	for _, f := range fields {
		w.raw(`   <attribute id="`, f.name, `" title="`, f.name, `" type="`, f.kind, "\"/>\n")
	}
	w.raw("  </attributes>\n")
}

func gexfValue(name, _ string) (open, close string) {
	return `<attvalue for="` + name + `" value="`, `"/>`
}
