package format

import (
	"math"
	"strings"
)

// writeYEd writes GraphML with yFiles' drawings, as yEd reads it: labelled shapes and
// lines in colour, the quotations as descriptions, which are tool tips.
func writeYEd(g *Graph, w *writer) error {
	place, err := g.places()
	if err != nil {
		return err
	}
	w.syntax = xmlText
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
 <key id="node_graphics" for="node" yfiles.type="nodegraphics"/>
 <key id="edge_graphics" for="edge" yfiles.type="edgegraphics"/>
 <key id="edge_description" for="edge" attr.name="description" attr.type="string"/>
`)
	graphmlKeys(w, "node", nodeFields)
	graphmlKeys(w, "edge", shortFields)
	w.raw(symmetricKey)
	w.raw(" <graph id=\"isnad\" edgedefault=\"directed\">\n")
	nodeTags, edgeTags := tag(nodeFields, graphmlData("node")), tag(shortFields, graphmlData("edge"))
	err = each(w, g.Nodes, "", func(b *buffer, n *Node) {
		b.raw(`  <node`)
		b.attr("id", n.IRI)
		b.raw(">")
		putFields(b, n, nodeTags)
		yedNode(b, n, g.size(n), place(b.item))
		b.raw("</node>\n")
	})
	if err != nil {
		return err
	}
	err = each(w, g.links(), "", func(b *buffer, e *Edge) {
		graphmlEdge(b, e)
		putFields(b, e, edgeTags)
		b.between(`<data key="edge_description">`, func() { b.quotes(e) }, "</data>")
		yedLink(b, e)
		b.raw("</edge>\n")
	})
	w.raw(" </graph>\n</graphml>\n")
	return err
}

func yedNode(b *buffer, n *Node, size float64, at point) {
	b.raw(`<data key="node_graphics"><y:ShapeNode><y:Geometry width="`)
	b.number(size)
	b.raw(`" height="`)
	b.number(size)
	b.raw(`" x="`) // of the left upper corner
	b.number(math.Round((at.x-size/2)*100) / 100)
	b.raw(`" y="`)
	b.number(math.Round((at.y-size/2)*100) / 100)
	b.raw(`"/><y:Fill color="`, nodeColor(n).hex,
		`" transparent="false"/><y:BorderStyle color="#000000" type="line" width="1.0"/><y:NodeLabel modelName="sides" modelPosition="s">`)
	b.line(n.Name)
	b.raw(`</y:NodeLabel><y:Shape type="`, yedShape(n), `"/></y:ShapeNode></data>`)
}

func yedLink(b *buffer, e *Edge) {
	b.raw(`<data key="edge_graphics"><y:PolyLineEdge><y:LineStyle color="`, linkColor(e).hex, `" type="`, yedLine(e),
		`" width="1.0"/><y:Arrows source="none" target="`, yedArrow(e), `"/><y:EdgeLabel>`)
	b.label(e)
	b.raw("</y:EdgeLabel></y:PolyLineEdge></data>")
}

// yedShape returns the shape under yFiles' name.
func yedShape(n *Node) string { return strings.ReplaceAll(shape(n), "-", "") }

func yedLine(e *Edge) string {
	if dashed(e) {
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
