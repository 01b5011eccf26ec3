package format

// json appends s as a JSON string.
func (b *buffer) json(s string) {
	b.raw(`"`)
	b.escape(jsonText, s, jsonText.newline)
	b.raw(`"`)
}

// jsonLine appends s as a JSON string of one line.
func (b *buffer) jsonLine(s string) {
	b.raw(`"`)
	b.escape(jsonText, s, " ")
	b.raw(`"`)
}

// key begins a member of an object.
func (b *buffer) key(name string) {
	b.comma()
	b.raw(`"`, name, `":`)
}

// comma appends what stands between the members of an object or an array, unless this is
// the first.
func (b *buffer) comma() {
	if last := b.bytes[b.n-1]; last != '{' && last != '[' {
		b.raw(",")
	}
}

// member appends a member of an object, or nothing if it has no value.
func (b *buffer) member(name, value string) {
	if value != "" {
		b.key(name)
		b.json(value)
	}
}

// members appends a member whose value is an array of strings, or nothing if it has none.
func (b *buffer) members(name string, values []string) {
	if len(values) == 0 {
		return
	}
	b.key(name)
	b.raw("[")
	for _, v := range values {
		b.comma()
		b.json(v)
	}
	b.raw("]")
}

// jsonField returns what tags a field as a member of an object that has others before it.
func jsonField(name, kind string) (open, close string) {
	if kind == "string" {
		return `,"` + name + `":"`, `"`
	}
	return `,"` + name + `":`, ""
}

var (
	jsonNode  = tag(nodeFields, jsonField)
	jsonEdge  = tag(edgeFields, jsonField)
	jsonShort = tag(shortFields, jsonField)
)

// jsonEvidence are the members of a passage after its quotation.
var jsonEvidence = tag([]field[Evidence]{
	{"saidBy", "string", func(b *buffer, v *Evidence) { b.text(v.SaidBy) }},
	{"article", "string", func(b *buffer, v *Evidence) { b.text(v.Article) }},
	{"iri", "string", func(b *buffer, v *Evidence) { b.text(v.IRI) }},
	{"url", "string", func(b *buffer, v *Evidence) { b.text(v.URL) }},
	{"title", "string", func(b *buffer, v *Evidence) { b.text(v.Title) }},
	{"publisher", "string", func(b *buffer, v *Evidence) { b.text(v.Publisher) }},
	{"published", "string", func(b *buffer, v *Evidence) { b.text(v.Published) }},
}, jsonField)

// evidence appends the evidence of an edge as a JSON array, or nothing if there is none.
func (b *buffer) evidence(e *Edge) {
	if len(e.Evidence) == 0 {
		return
	}
	around := b.syntax
	b.syntax = jsonText
	before := `[{"quote":"`
	for i := range e.Evidence {
		b.copy(before)
		b.text(e.Evidence[i].Quote)
		b.copy(`"`)
		putFields(b, &e.Evidence[i], jsonEvidence)
		before = `},{"quote":"`
	}
	b.copy("}]")
	b.syntax = around
}

// jsonTail ends an edge: whether it is directed, and its evidence.
func jsonTail(b *buffer, e *Edge) {
	b.raw(`,"directed":`)
	b.bool(!e.Undirected)
	if len(e.Evidence) > 0 {
		b.raw(`,"evidence":`)
		b.evidence(e)
	}
	b.raw("}")
}

// writeNodeLink writes JSON Graph in node-link form, as d3-force and networkx's
// node_link_graph read it.
func writeNodeLink(g *Graph, w *writer) error {
	w.syntax = jsonText
	w.raw(`{"directed":true,"multigraph":true,"graph":{"name":`)
	w.jsonLine(g.Title)
	if err := nodeLinkArticles(g, w); err != nil {
		return err
	}
	w.raw(`},"nodes":[`)
	err := each(w, g.Nodes, ",", func(b *buffer, n *Node) {
		b.raw("\n", `{"id":`)
		b.json(n.IRI)
		b.raw(`,"label":`)
		b.jsonLine(n.Name)
		putFields(b, n, jsonNode)
		b.raw("}")
	})
	if err != nil {
		return err
	}
	w.raw("\n],\"links\":[")
	err = each(w, g.links(), ",", func(b *buffer, e *Edge) {
		b.raw("\n", `{"source":`)
		b.json(e.Source)
		b.raw(`,"target":`)
		b.json(e.Target)
		b.raw(`,"key":`)
		b.json(e.IRI)
		putFields(b, e, jsonEdge)
		jsonTail(b, e)
	})
	w.raw("\n]}\n")
	return err
}

// nodeLinkArticles writes the articles as an attribute of the graph.
func nodeLinkArticles(g *Graph, w *writer) error {
	if g.Articles == nil {
		return nil
	}
	w.raw(`,"articles":[`)
	err := eachInOrder(w, g.Articles, ",", func(b *buffer, a *Article) {
		b.raw("\n")
		b.document(string(a.Document))
	})
	w.raw("\n]")
	return err
}
