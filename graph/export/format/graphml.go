package format

// graphmlTypes maps kinds of fields to attr.type.
var graphmlTypes = map[string]string{"string": "string", "integer": "int", "double": "double", "boolean": "boolean"}

// graphmlEdges are the attributes of edges in GraphML: those of edgeFields, and the
// evidence in JSON, which holds all that the quotations say. Our JSON has no character
// that XML minds.
var graphmlEdges = append(append([]field[Edge]{}, edgeFields...), field[Edge]{"evidence", "string", (*buffer).evidence})

// symmetricKey and symmetric mark what holds in both directions. Such an edge is not
// written as undirected: NetworkX refuses graphs of both kinds of edges.
const (
	symmetricKey = ` <key id="edge_symmetric" for="edge" attr.name="symmetric" attr.type="boolean"/>` + "\n"
	symmetric    = `<data key="edge_symmetric">true</data>`
)

const graphmlHead = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
	`xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
 <key id="node_label" for="node" attr.name="label" attr.type="string"/>
 <key id="edge_label" for="edge" attr.name="label" attr.type="string"/>
`

// writeGraphML writes GraphML (http://graphml.graphdrawing.org). Literals, such as
// offices, are attributes of nodes.
func writeGraphML(g *Graph, w *writer) error {
	w.syntax = xmlText
	w.raw(graphmlHead)
	graphmlKeys(w, "node", nodeFields)
	graphmlKeys(w, "edge", graphmlEdges)
	w.raw(symmetricKey)
	if g.Articles != nil {
		w.raw(` <key id="article" for="graph" attr.name="article" attr.type="string"/>`, "\n")
	}
	w.raw(" <graph id=\"isnad\" edgedefault=\"directed\">\n")
	err := eachInOrder(w, g.articles(), "", func(b *buffer, a *Article) {
		b.raw(`  <data key="article">`)
		b.document(string(a.Document))
		b.raw("</data>\n")
	})
	if err != nil {
		return err
	}
	nodeTags, edgeTags := tag(nodeFields, graphmlData("node")), tag(graphmlEdges, graphmlData("edge"))
	err = each(w, g.Nodes, "", func(b *buffer, n *Node) {
		b.raw(`  <node`)
		b.attr("id", n.IRI)
		b.raw(`><data key="node_label">`)
		b.line(n.Name)
		b.raw("</data>")
		putFields(b, n, nodeTags)
		b.raw("</node>\n")
	})
	if err != nil {
		return err
	}
	err = each(w, g.links(), "", func(b *buffer, e *Edge) {
		graphmlEdge(b, e)
		b.raw(`<data key="edge_label">`)
		b.label(e)
		b.raw("</data>")
		putFields(b, e, edgeTags)
		b.raw("</edge>\n")
	})
	w.raw(" </graph>\n</graphml>\n")
	return err
}

func graphmlEdge(b *buffer, e *Edge) {
	b.raw(`  <edge`)
	b.attr("id", e.IRI)
	b.attr("source", e.Source)
	b.attr("target", e.Target)
	b.raw(">")
	if e.Undirected {
		b.raw(symmetric)
	}
}

func graphmlKeys[T any](w *writer, of string, fields []field[T]) {
	for _, f := range fields {
		w.raw(` <key id="`, of, "_", f.name, `" for="`, of, `" attr.name="`, f.name, `" attr.type="`, graphmlTypes[f.kind], "\"/>\n")
	}
}

// graphmlData returns what tags the fields of nodes or edges.
func graphmlData(of string) func(name, kind string) (open, close string) {
	return func(name, _ string) (open, close string) { return `<data key="` + of + "_" + name + `">`, "</data>" }
}
