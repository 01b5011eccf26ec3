package format

import "bufio"

// writeYEd writes GraphML with yFiles' drawings, as yEd reads it: labelled shapes and
// lines in colour. yEd places the nodes itself (Layout, Organic).
func writeYEd(g *Graph, w *bufio.Writer) error {
	put(w, `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
 <key id="node_graphics" for="node" yfiles.type="nodegraphics"/>
 <key id="edge_graphics" for="edge" yfiles.type="edgegraphics"/>
 <key id="edge_description" for="edge" attr.name="description" attr.type="string"/>
`)
	graphmlKeys(w, "node", nodeFields)
	graphmlKeys(w, "edge", edgeFields)
	put(w, " <graph id=\"isnad\" edgedefault=\"directed\">\n")
	err := g.eachNode(func(n *Node) error {
		size := number(g.size(n))
		put(w, `  <node id="`, attr(n.IRI), `">`)
		graphmlData(w, "node", n, nodeFields)
		put(w, `<data key="node_graphics"><y:ShapeNode><y:Geometry width="`, size, `" height="`, size, `"/><y:Fill color="`, nodeColor(n).hex(),
			`" transparent="false"/><y:BorderStyle color="#000000" type="line" width="1.0"/><y:NodeLabel modelName="sides" modelPosition="s">`,
			text(clean(n.Name)), "</y:NodeLabel><y:Shape type=\"", yedShape(n), "\"/></y:ShapeNode></data></node>\n")
		return nil
	})
	if err != nil {
		return err
	}
	err = g.eachLink(func(e *Edge) error {
		graphmlEdge(w, e)
		graphmlData(w, "edge", e, edgeFields)
		put(w, `<data key="edge_description">`, text(quotes(e)), `</data><data key="edge_graphics"><y:PolyLineEdge><y:LineStyle color="`, linkColor(e).hex(),
			`" type="`, yedLine(e), `" width="1.0"/><y:Arrows source="none" target="`, yedArrow(e), `"/><y:EdgeLabel>`, text(e.label()),
			"</y:EdgeLabel></y:PolyLineEdge></data></edge>\n")
		return nil
	})
	put(w, " </graph>\n</graphml>\n")
	return err
}

func yedShape(n *Node) string {
	switch n.Class {
	case "Person":
		return "ellipse"
	case "Event":
		return "diamond"
	case "Country", "Place":
		return "hexagon"
	}
	return "roundrectangle"
}

func yedLine(e *Edge) string {
	if e.Status == "planned" || e.Status == "denied" {
		return "dashed"
	}
	return "line"
}

func yedArrow(e *Edge) string {
	if e.Undirected {
		return "none"
	}
	return "standard"
}
