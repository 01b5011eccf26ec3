package format

const cytoscapeStyle = `"layout":{"name":"preset"},
"style":[
{"selector":"node","style":{"label":"data(label)","background-color":"data(color)","width":"data(size)","height":"data(size)","text-valign":"bottom","text-margin-y":3,"text-outline-color":"#fff","text-outline-width":2}},
{"selector":"edge","style":{"label":"data(label)","line-color":"data(color)","target-arrow-color":"data(color)","target-arrow-shape":"data(arrow)","width":1,"arrow-scale":0.8,"curve-style":"bezier","font-size":9,"color":"#555","text-background-color":"#fff","text-background-opacity":0.8,"min-zoomed-font-size":7}},
{"selector":"edge[status='planned'],edge[status='denied']","style":{"line-style":"dashed"}}
]}
`

// writeCytoscape writes Cytoscape.js JSON with a style sheet, for cytoscape({…}).
func writeCytoscape(g *Graph, w *writer) error {
	place, err := g.places()
	if err != nil {
		return err
	}
	w.syntax = jsonText
	w.raw(`{"data":{"name":`)
	w.jsonLine(g.Title)
	w.raw(`},"elements":{"nodes":[`)
	err = each(w, g.Nodes, ",", func(b *buffer, n *Node) {
		b.raw("\n", `{"data":`)
		drawnNode(b, g, n)
		b.raw(`,"position":{`)
		jsonPlace(b, place(b.item))
		b.raw("}}")
	})
	if err != nil {
		return err
	}
	w.raw("\n],\"edges\":[")
	err = each(w, g.links(), ",", func(b *buffer, e *Edge) {
		b.raw("\n", `{"data":{"id":`)
		b.json(e.IRI)
		b.raw(`,"source":`)
		b.json(e.Source)
		b.raw(`,"target":`)
		b.json(e.Target)
		b.raw(`,"label":"`)
		b.label(e)
		b.raw(`","color":"`, linkColor(e).hex, `","arrow":"`, cytoscapeArrow(e), `"`)
		putFields(b, e, jsonEdge)
		jsonTail(b, e)
		b.raw("}")
	})
	w.raw("\n]},\n", cytoscapeStyle)
	return err
}

// drawnNode appends a node with its colour and size as an object.
func drawnNode(b *buffer, g *Graph, n *Node) {
	b.raw(`{"id":`)
	b.json(n.IRI)
	b.raw(`,"label":`)
	b.jsonLine(n.Name)
	b.raw(`,"color":"`, nodeColor(n).hex, `","size":`)
	b.number(g.size(n))
	putFields(b, n, jsonNode)
	b.raw("}")
}

// jsonPlace appends the members x and y.
func jsonPlace(b *buffer, at point) {
	b.raw(`"x":`)
	b.number(at.x)
	b.raw(`,"y":`)
	b.number(at.y)
}

func cytoscapeArrow(e *Edge) string {
	if e.Undirected {
		return "none"
	}
	return "triangle"
}
