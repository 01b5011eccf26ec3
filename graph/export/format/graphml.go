package format

import "bufio"

// graphmlTypes maps kinds of fields to attr.type.
var graphmlTypes = map[string]string{"string": "string", "integer": "int", "double": "double", "boolean": "boolean"}

// graphmlEdges are the attributes of edges in GraphML: those of edgeFields, and the
// evidence in JSON, which holds all that the quotations say.
var graphmlEdges = append(append([]field[Edge]{}, edgeFields...),
	field[Edge]{"evidence", "string", evidenceJSON})

// writeGraphML writes GraphML (http://graphml.graphdrawing.org). Literals, such as
// offices, are attributes of nodes.
func writeGraphML(g *Graph, w *bufio.Writer) error {
	put(w, `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" `+
		`xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
 <key id="node_label" for="node" attr.name="label" attr.type="string"/>
 <key id="edge_label" for="edge" attr.name="label" attr.type="string"/>
`)
	graphmlKeys(w, "node", nodeFields)
	graphmlKeys(w, "edge", graphmlEdges)
	put(w, " <graph id=\"isnad\" edgedefault=\"directed\">\n")
	err := g.eachNode(func(n *Node) error {
		put(w, `  <node id="`, attr(n.IRI), `"><data key="node_label">`, text(clean(n.Name)), "</data>")
		graphmlData(w, "node", n, nodeFields)
		put(w, "</node>\n")
		return nil
	})
	if err != nil {
		return err
	}
	err = g.eachLink(func(e *Edge) error {
		graphmlEdge(w, e)
		put(w, `<data key="edge_label">`, text(e.label()), "</data>")
		graphmlData(w, "edge", e, graphmlEdges)
		put(w, "</edge>\n")
		return nil
	})
	put(w, " </graph>\n</graphml>\n")
	return err
}

func graphmlEdge(w *bufio.Writer, e *Edge) {
	put(w, `  <edge id="`, attr(e.IRI), `" source="`, attr(e.Source), `" target="`, attr(e.Target), `"`)
	if e.Undirected {
		put(w, ` directed="false"`)
	}
	put(w, ">")
}

func graphmlKeys[T any](w *bufio.Writer, of string, fields []field[T]) {
	for _, f := range fields {
		put(w, ` <key id="`, of, "_", f.name, `" for="`, of, `" attr.name="`, f.name, `" attr.type="`, graphmlTypes[f.kind], "\"/>\n")
	}
}

func graphmlData[T any](w *bufio.Writer, kind string, of *T, fields []field[T]) {
	for _, f := range fields {
		if v := f.get(of); v != "" {
			put(w, `<data key="`, kind, "_", f.name, `">`, text(v), "</data>")
		}
	}
}
