package format

import (
	"bufio"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// writeMermaid writes a Mermaid flowchart. Mermaid knows nodes by plain words, so the
// numbers of all nodes are held while edges are written.
func writeMermaid(g *Graph, w *bufio.Writer) error {
	put(w, "flowchart LR\n")
	numbers := make(map[string]int, g.NodeCount)
	err := g.eachNode(func(n *Node) error {
		id := len(numbers)
		numbers[n.IRI] = id
		left, right := mermaidShape(n)
		put(w, "  n", strconv.Itoa(id), left, mermaidString(n.Name), right, ":::", strings.ToLower(string(n.Class)), "\n")
		return nil
	})
	if err != nil {
		return err
	}
	err = g.eachLink(func(e *Edge) error {
		s, ok1 := numbers[e.Source]
		t, ok2 := numbers[e.Target]
		if !ok1 || !ok2 {
			return fmt.Errorf("%s ends at no node of the graph", e.IRI)
		}
		put(w, "  n", strconv.Itoa(s), " ", mermaidArrow(e), "|", mermaidString(e.label()), "| n", strconv.Itoa(t), "\n")
		return nil
	})
	for _, class := range slices.Sorted(maps.Keys(palette)) {
		put(w, "  classDef ", strings.ToLower(string(class)), " fill:", palette[class].hex(), ",color:#fff\n")
	}
	return err
}

var mermaidEscapes = strings.NewReplacer(`"`, "#quot;", "#", "#35;", "<", "#lt;", ">", "#gt;", "`", "#96;")

func mermaidString(s string) string { return `"` + mermaidEscapes.Replace(clean(s)) + `"` }

func mermaidShape(n *Node) (left, right string) {
	switch n.Class {
	case "Person":
		return "([", "])"
	case "Event":
		return "{{", "}}"
	}
	return "[", "]"
}

func mermaidArrow(e *Edge) string {
	dashed := yedLine(e) == "dashed"
	switch {
	case dashed && e.Undirected:
		return "-.-"
	case dashed:
		return "-.->"
	case e.Undirected:
		return "---"
	}
	return "-->"
}
