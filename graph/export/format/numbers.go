package format

import "fmt"

// numbers counts the nodes from 0, for formats that know nodes by number. It holds the
// IRIs of all nodes.
type numbers map[string]int

// add numbers a node.
func (x numbers) add(n *Node) int {
	id := len(x)
	x[n.IRI] = id
	return id
}

// ends returns the numbers of an edge's ends.
func (x numbers) ends(e *Edge) (source, target int, err error) {
	source, ok := x[e.Source]
	target, ok2 := x[e.Target]
	if !ok || !ok2 {
		return 0, 0, fmt.Errorf("export: %s ends at no node of the graph", e.IRI)
	}
	return source, target, nil
}
