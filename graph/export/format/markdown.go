package format

import "strings"

// writeMarkdown writes a dossier: each entity with what is said of it, and the words that
// say so. Statements stand under their subject.
func writeMarkdown(g *Graph, w *writer) error {
	w.syntax = markdown
	w.raw("# ")
	w.line(g.Title)
	w.raw("\n")
	labels, err := g.names()
	if err != nil {
		return err
	}
	edges := under(g.Edges)
	defer edges.stop()
	return eachInOrder(w, g.Nodes, "", func(b *buffer, n *Node) {
		markdownHead(b, n)
		edges.of(b, n, func(e *Edge) { markdownEdge(b, e, labels) })
	})
}

func markdownHead(b *buffer, n *Node) {
	b.raw("\n## ")
	b.line(n.Name)
	b.raw("\n\n", string(n.Class))
	b.between(" · ", func() { b.line(n.Latin) }, "")
	for _, more := range [...][]string{n.Offices, n.Countries, n.Other} {
		b.between(" · ", func() { b.list(more) }, "")
	}
	b.raw("\n")
}

func markdownEdge(b *buffer, e *Edge, labels map[string]string) {
	b.raw("\n- **")
	b.label(e)
	b.raw("** ")
	if e.Target != "" {
		b.line(labels[e.Target])
	} else {
		b.line(e.Value)
	}
	if e.Date != "" {
		b.raw(" (", e.Date, ")")
	}
	b.raw("\n")
	for i := range e.Evidence {
		b.raw("  > ")
		markdownQuote(b, &e.Evidence[i])
		b.raw("\n")
		if i < len(e.Evidence)-1 {
			b.raw("  >\n")
		}
	}
}

// markdownQuote appends a quotation; an address on the web is a link.
func markdownQuote(b *buffer, v *Evidence) {
	if !strings.HasPrefix(v.URL, "http://") && !strings.HasPrefix(v.URL, "https://") || strings.ContainsAny(v.URL, " <>\\") || clean(v.URL) != v.URL {
		b.quote(v)
		return
	}
	b.raw(b.saying(v), "<", v.URL, ">)")
}
