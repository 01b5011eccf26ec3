package format

import (
	"bufio"
	"strconv"
)

// writeGEXF writes GEXF 1.3 (https://gexf.net): attributes, colours and sizes, and the
// times of edges as intervals of days.
func writeGEXF(g *Graph, w *bufio.Writer) error {
	put(w, `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
 <meta><creator>isnad</creator><description>`, text(g.Title), `</description></meta>
 <graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">
`)
	gexfAttributes(w, "node", nodeFields)
	gexfAttributes(w, "edge", edgeFields)
	put(w, "  <nodes count=\"", strconv.Itoa(g.NodeCount), "\">\n")
	err := g.eachNode(func(n *Node) error {
		put(w, `   <node id="`, attr(n.IRI), `" label="`, attr(clean(n.Name)), `">`)
		gexfValues(w, n, nodeFields)
		c := nodeColor(n)
		put(w, `<viz:color r="`, strconv.Itoa(int(c[0])), `" g="`, strconv.Itoa(int(c[1])), `" b="`, strconv.Itoa(int(c[2])),
			`"/><viz:size value="`, number(g.size(n)), "\"/></node>\n")
		return nil
	})
	if err != nil {
		return err
	}
	put(w, "  </nodes>\n  <edges count=\"", strconv.Itoa(g.Links), "\">\n")
	err = g.eachLink(func(e *Edge) error {
		put(w, `   <edge id="`, attr(e.IRI), `" source="`, attr(e.Source), `" target="`, attr(e.Target), `" label="`, attr(e.label()),
			`" kind="`, attr(e.Predicate), `" weight="`, strconv.Itoa(max(e.Sources, 1)), `"`)
		if e.Undirected {
			put(w, ` type="undirected"`)
		}
		if first, last := span(e.Date); first != "" {
			put(w, ` start="`, first, `" end="`, last, `"`)
		}
		put(w, ">")
		gexfValues(w, e, edgeFields)
		c := linkColor(e)
		put(w, `<viz:color r="`, strconv.Itoa(int(c[0])), `" g="`, strconv.Itoa(int(c[1])), `" b="`, strconv.Itoa(int(c[2])), "\"/></edge>\n")
		return nil
	})
	put(w, "  </edges>\n </graph>\n</gexf>\n")
	return err
}

func gexfAttributes[T any](w *bufio.Writer, class string, fields []field[T]) {
	put(w, `  <attributes class="`, class, "\" mode=\"static\">\n")
	for _, f := range fields {
		put(w, `   <attribute id="`, f.name, `" title="`, f.name, `" type="`, f.kind, "\"/>\n")
	}
	put(w, "  </attributes>\n")
}

func gexfValues[T any](w *bufio.Writer, of *T, fields []field[T]) {
	put(w, "<attvalues>")
	for _, f := range fields {
		if v := f.get(of); v != "" {
			put(w, `<attvalue for="`, f.name, `" value="`, attr(v), `"/>`)
		}
	}
	put(w, "</attvalues>")
}
