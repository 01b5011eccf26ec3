package format

import (
	"bufio"
	"fmt"
	"strconv"
)

// writeCX2 writes Cytoscape Exchange 2 (https://cytoscape.org/cx/cx2/specification).
// CX2 knows nodes by number, so the numbers of all nodes are held while edges are written.
func writeCX2(g *Graph, w *bufio.Writer) error {
	put(w, `[{"CXVersion":"2.0","hasFragments":false},
{"metaData":[{"name":"attributeDeclarations","elementCount":1},{"name":"networkAttributes","elementCount":1},{"name":"nodes","elementCount":`, strconv.Itoa(g.NodeCount),
		`},{"name":"edges","elementCount":`, strconv.Itoa(g.Links), `},{"name":"visualProperties","elementCount":1}]},
{"attributeDeclarations":[{"networkAttributes":{"name":{"d":"string"}},"nodes":{"iri":{"d":"string"},"name":{"d":"string"},"color":{"d":"string"},"size":{"d":"double"}`)
	cxDeclare(w, nodeFields)
	put(w, `},"edges":{"iri":{"d":"string"},"interaction":{"d":"string"},"directed":{"d":"boolean"}`)
	cxDeclare(w, edgeFields)
	put(w, `}}]},
{"networkAttributes":[{"name":`, jsonString(clean(g.Title)), `}]},
{"nodes":[`)
	numbers := make(map[string]int, g.NodeCount)
	first := true
	err := g.eachNode(func(n *Node) error {
		id := len(numbers)
		numbers[n.IRI] = id
		put(w, separator(&first), `{"id":`, strconv.Itoa(id), `,"v":{"iri":`, jsonString(n.IRI), `,"name":`, jsonString(clean(n.Name)),
			`,"color":"`, nodeColor(n).hex(), `","size":`, number(g.size(n)))
		jsonFields(w, n, nodeFields)
		put(w, "}}")
		return nil
	})
	if err != nil {
		return err
	}
	put(w, "\n]},\n{\"edges\":[")
	first = true
	id := 0
	err = g.eachLink(func(e *Edge) error {
		s, ok1 := numbers[e.Source]
		t, ok2 := numbers[e.Target]
		if !ok1 || !ok2 {
			return fmt.Errorf("%s ends at no node of the graph", e.IRI)
		}
		put(w, separator(&first), `{"id":`, strconv.Itoa(id), `,"s":`, strconv.Itoa(s), `,"t":`, strconv.Itoa(t), `,"v":{"iri":`, jsonString(e.IRI),
			`,"interaction":`, jsonString(e.label()), `,"directed":`, strconv.FormatBool(!e.Undirected))
		jsonFields(w, e, edgeFields)
		put(w, "}}")
		id++
		return nil
	})
	put(w, `
]},
{"visualProperties":[{"default":{"node":{"NODE_SHAPE":"ellipse","NODE_LABEL_POSITION":"S"},"edge":{"EDGE_TARGET_ARROW_SHAPE":"triangle"}},"nodeMapping":{"NODE_LABEL":{"type":"PASSTHROUGH","definition":{"attribute":"name","type":"string"}},"NODE_BACKGROUND_COLOR":{"type":"PASSTHROUGH","definition":{"attribute":"color","type":"string"}},"NODE_WIDTH":{"type":"PASSTHROUGH","definition":{"attribute":"size","type":"double"}},"NODE_HEIGHT":{"type":"PASSTHROUGH","definition":{"attribute":"size","type":"double"}}},"edgeMapping":{"EDGE_LABEL":{"type":"PASSTHROUGH","definition":{"attribute":"interaction","type":"string"}}}}]},
{"status":[{"success":true}]}]
`)
	return err
}

func cxDeclare[T any](w *bufio.Writer, fields []field[T]) {
	for _, f := range fields {
		put(w, `,"`, f.name, `":{"d":"`, f.kind, `"}`)
	}
}
