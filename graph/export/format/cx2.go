package format

// writeCX2 writes Cytoscape Exchange 2 (https://cytoscape.org/cx/cx2/specification).
// CX2 knows nodes by number, so the numbers of all nodes are held while edges are written.
func writeCX2(g *Graph, w *writer) error {
	place, err := g.places()
	if err != nil {
		return err
	}
	w.syntax = jsonText
	cx2Head(g, w)
	ids := numbers{}
	err = eachInOrder(w, g.Nodes, ",", func(b *buffer, n *Node) {
		b.raw("\n", `{"id":`)
		b.int(ids.add(n))
		b.raw(",")
		jsonPlace(b, place(b.item))
		b.raw(`,"v":{"iri":`)
		b.json(n.IRI)
		b.raw(`,"name":`)
		b.jsonLine(n.Name)
		b.raw(`,"size":`)
		b.number(g.size(n))
		putFields(b, n, jsonNode)
		b.raw("}}")
	})
	if err != nil {
		return err
	}
	w.raw("\n]},\n{\"edges\":[")
	err = each(w, g.links(), ",", func(b *buffer, e *Edge) {
		source, target, err := ids.ends(e)
		if err != nil {
			b.fail(err)
			return
		}
		b.raw("\n", `{"id":`)
		b.int(b.item)
		b.raw(`,"s":`)
		b.int(source)
		b.raw(`,"t":`)
		b.int(target)
		b.raw(`,"v":{"iri":`)
		b.json(e.IRI)
		b.raw(`,"interaction":"`)
		b.label(e)
		b.raw(`","directed":`)
		b.bool(!e.Undirected)
		putFields(b, e, jsonEdge)
		b.raw("}}")
	})
	w.raw("\n]},\n", cx2Style(), ",\n", `{"status":[{"success":true}]}]`, "\n")
	return err
}

func cx2Head(g *Graph, w *writer) {
	w.raw(`[{"CXVersion":"2.0","hasFragments":false},
{"metaData":[{"name":"attributeDeclarations","elementCount":1},{"name":"networkAttributes","elementCount":1},{"name":"nodes","elementCount":`)
	w.int(g.NodeCount)
	w.raw(`},{"name":"edges","elementCount":`)
	w.int(g.Links)
	w.raw(`},{"name":"visualProperties","elementCount":1}]},
{"attributeDeclarations":[{"networkAttributes":{"name":{"d":"string"}},"nodes":{"iri":{"d":"string"},"name":{"d":"string"},"size":{"d":"double"}`)
	cxDeclare(w, nodeFields)
	w.raw(`},"edges":{"iri":{"d":"string"},"interaction":{"d":"string"},"directed":{"d":"boolean"}`)
	cxDeclare(w, edgeFields)
	w.raw(`}}]},
{"networkAttributes":[{"name":`)
	w.jsonLine(g.Title)
	w.raw(`}]},
{"nodes":[`)
}

func cxDeclare[T any](w *writer, fields []field[T]) {
	for _, f := range fields {
		w.raw(`,"`, f.name, `":{"d":"`, f.kind, `"}`)
	}
}
