package format

import (
	"iter"
	"strings"
)

// byteOrderMark tells spreadsheet programs that a CSV file is UTF-8.
const byteOrderMark = "\uFEFF"

// table writes a file of CSV: a header and the rows of each item, whose cells write ends
// with a comma each.
func table[T any](to files, name, mark string, header []string, items iter.Seq2[*T, error], write func(*buffer, *T)) error {
	return to.file(name, func(w *writer) error {
		w.syntax = csvText
		w.raw(mark, strings.Join(header, ","), "\n")
		return each(w, items, "", write)
	})
}

// cells appends texts as cells, with a comma after each.
func (b *buffer) cells(texts ...string) {
	for _, s := range texts {
		b.cell(func() { b.text(s) })
	}
}

// endRow turns the comma after the last cell into the end of the row.
func (b *buffer) endRow() { b.bytes[b.n-1] = '\n' }

// fieldCells appends the fields as cells.
func fieldCells[T any](b *buffer, of *T, fields []field[T]) {
	for i := range fields {
		b.cell(func() { fields[i].put(b, of) })
	}
}

func names[T any](fields []field[T]) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.name)
	}
	return out
}

// writeCSV writes four tables for people: entities, statements (literals too), the
// evidence of each, and the articles, none if the graph is a part.
func writeCSV(g *Graph, to files) error {
	header := append([]string{"iri", "name"}, names(nodeFields)...)
	err := table(to, "entities.csv", byteOrderMark, header, g.Nodes, func(b *buffer, n *Node) {
		b.cells(n.IRI, n.Name)
		fieldCells(b, n, nodeFields)
		b.endRow()
	})
	if err != nil {
		return err
	}
	header = append([]string{"iri", "subject", "object", "value", "value_type", "symmetric"}, names(shortFields)...)
	err = table(to, "statements.csv", byteOrderMark, header, g.Edges, func(b *buffer, e *Edge) {
		b.cells(e.IRI, e.Source, e.Target, e.Value, string(e.ValueType))
		b.cell(func() { b.bool(e.Undirected) })
		fieldCells(b, e, shortFields)
		b.endRow()
	})
	if err != nil {
		return err
	}
	header = []string{"statement", "quote", "said_by", "article", "url", "title", "publisher", "published"}
	err = table(to, "evidence.csv", byteOrderMark, header, g.Edges, func(b *buffer, e *Edge) {
		for i := range e.Evidence {
			v := &e.Evidence[i]
			b.cells(e.IRI, v.Quote, v.SaidBy, v.Article, v.URL, v.Title, v.Publisher, v.Published)
			b.endRow()
		}
	})
	if err != nil {
		return err
	}
	return csvArticles(g, to)
}

// csvArticles writes one article at a time: they are long.
func csvArticles(g *Graph, to files) error {
	return to.file("articles.csv", func(w *writer) error {
		w.syntax = csvText
		w.raw(byteOrderMark, "iri,id,url,title,publisher,published,language,document\n")
		var document buffer
		return eachInOrder(w, g.articles(), "", func(b *buffer, a *Article) {
			b.cells(a.IRI, a.ID, a.URL, a.Title, a.Publisher, a.Published, a.Language)
			document.n = 0
			document.document(string(a.Document))
			b.cells(string(document.written()))
			b.endRow()
		})
	})
}

// writeGephi writes the two tables of Gephi's spreadsheet import.
func writeGephi(g *Graph, to files) error {
	err := table(to, "nodes.csv", "", append([]string{"Id", "Label"}, names(nodeFields)...), g.Nodes, func(b *buffer, n *Node) {
		b.cells(n.IRI)
		b.cell(func() { b.line(n.Name) })
		fieldCells(b, n, nodeFields)
		b.endRow()
	})
	if err != nil {
		return err
	}
	header := append([]string{"Source", "Target", "Type", "Id", "Label", "Weight"}, names(edgeFields)...)
	return table(to, "edges.csv", "", header, g.links(), func(b *buffer, e *Edge) {
		kind := "Directed"
		if e.Undirected {
			kind = "Undirected"
		}
		b.cells(e.Source, e.Target, kind, e.IRI)
		b.cell(func() { b.label(e) })
		b.cell(func() { b.int(max(e.Sources, 1)) })
		fieldCells(b, e, edgeFields)
		b.endRow()
	})
}
