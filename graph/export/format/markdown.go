package format

import (
	"bufio"
	"strings"
)

// writeMarkdown writes a dossier: each entity with what is said of it, and the words that
// say so. Statements stand under their subject.
func writeMarkdown(g *Graph, w *bufio.Writer) error {
	put(w, "# ", markdown(g.Title), "\n")
	next, stop := pull(g.Edges)
	defer stop()
	edge, err := next()
	if err != nil {
		return err
	}
	labels, err := g.names()
	if err != nil {
		return err
	}
	return g.eachNode(func(n *Node) error {
		markdownHead(w, n)
		for edge != nil && edge.Source <= n.IRI {
			if edge.Source == n.IRI {
				markdownEdge(w, edge, labels)
			}
			if edge, err = next(); err != nil {
				return err
			}
		}
		return nil
	})
}

func markdownHead(w *bufio.Writer, n *Node) {
	put(w, "\n## ", markdown(n.Name), "\n\n", string(n.Class))
	for _, more := range []string{n.Latin, list(n.Offices), list(n.Countries), list(n.Other)} {
		if more != "" {
			put(w, " · ", markdown(more))
		}
	}
	put(w, "\n")
}

func markdownEdge(w *bufio.Writer, e *Edge, labels map[string]string) {
	object := e.Value
	if e.Target != "" {
		object = labels[e.Target]
	}
	put(w, "\n- **", e.label(), "** ", markdown(object))
	if e.Date != "" {
		put(w, " (", e.Date, ")")
	}
	put(w, "\n")
	for i := range e.Evidence {
		put(w, "  > ", markdown(e.Evidence[i].line()), "\n")
		if i < len(e.Evidence)-1 {
			put(w, "  >\n")
		}
	}
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "#", `\#`, "|", `\|`)

func markdown(s string) string { return markdownEscapes.Replace(clean(s)) }
