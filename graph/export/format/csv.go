package format

import (
	"bufio"
	"encoding/csv"
	"strconv"
	"strings"
)

// byteOrderMark tells spreadsheet programs that a CSV file is UTF-8.
const byteOrderMark = "\uFEFF"

// row cleans the cells of a row.
func row(cells ...string) []string {
	for i, c := range cells {
		cells[i] = lines(c)
	}
	return cells
}

func table(to files, name, mark string, header []string, rows func(func(...string) error) error) error {
	return to.file(name, func(w *bufio.Writer) error {
		put(w, mark)
		out := csv.NewWriter(w)
		if err := out.Write(header); err != nil {
			return err
		}
		if err := rows(func(cells ...string) error { return out.Write(row(cells...)) }); err != nil {
			return err
		}
		out.Flush()
		return out.Error()
	})
}

// cells returns the values of the fields.
func cells[T any](of *T, fields []field[T]) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.get(of))
	}
	return out
}

func names[T any](fields []field[T]) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.name)
	}
	return out
}

// writeCSV writes three tables for people: entities, statements (literals too) and the
// evidence of each.
func writeCSV(g *Graph, to files) error {
	err := table(to, "entities.csv", byteOrderMark, append([]string{"iri", "name"}, names(nodeFields)...), func(add func(...string) error) error {
		return g.eachNode(func(n *Node) error { return add(append([]string{n.IRI, n.Name}, cells(n, nodeFields)...)...) })
	})
	if err != nil {
		return err
	}
	fields := edgeFields[:len(edgeFields)-1] // quotations stand in evidence.csv
	header := append([]string{"iri", "subject", "object", "value", "value_type", "symmetric"}, names(fields)...)
	err = table(to, "statements.csv", byteOrderMark, header, func(add func(...string) error) error {
		return g.eachEdge(func(e *Edge) error {
			fixed := []string{e.IRI, e.Source, e.Target, e.Value, string(e.ValueType), strconv.FormatBool(e.Undirected)}
			return add(append(fixed, cells(e, fields)...)...)
		})
	})
	if err != nil {
		return err
	}
	header = []string{"statement", "quote", "said_by", "article", "url", "title", "publisher", "published"}
	return table(to, "evidence.csv", byteOrderMark, header, func(add func(...string) error) error {
		return g.eachEdge(func(e *Edge) error {
			for _, v := range e.Evidence {
				if err := add(e.IRI, v.Quote, v.SaidBy, v.Article, v.URL, v.Title, v.Publisher, v.Published); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// writeGephi writes the two tables of Gephi's spreadsheet import.
func writeGephi(g *Graph, to files) error {
	err := table(to, "nodes.csv", "", append([]string{"Id", "Label"}, names(nodeFields)...), func(add func(...string) error) error {
		return g.eachNode(func(n *Node) error { return add(append([]string{n.IRI, clean(n.Name)}, cells(n, nodeFields)...)...) })
	})
	if err != nil {
		return err
	}
	header := append([]string{"Source", "Target", "Type", "Id", "Label", "Weight"}, names(edgeFields)...)
	return table(to, "edges.csv", "", header, func(add func(...string) error) error {
		return g.eachLink(func(e *Edge) error {
			kind := "Directed"
			if e.Undirected {
				kind = "Undirected"
			}
			fixed := []string{e.Source, e.Target, kind, e.IRI, e.label(), strconv.Itoa(max(e.Sources, 1))}
			return add(append(fixed, cells(e, edgeFields)...)...)
		})
	})
}

// writeNeo4j writes the tables of 'neo4j-admin database import': lists have ; between
// their items, so that one inside an item becomes a comma.
func writeNeo4j(g *Graph, to files) error {
	header := []string{"iri:ID(entity)", ":LABEL", "name", "latin", "names:string[]", "offices:string[]", "countries:string[]",
		"articles:long", "mentions:long", "first_seen", "last_seen"}
	err := table(to, "nodes.csv", "", header, func(add func(...string) error) error {
		return g.eachNode(func(n *Node) error {
			return add(n.IRI, "Entity;"+string(n.Class), clean(n.Name), clean(n.Latin), array(n.Other), array(n.Offices), array(n.Countries),
				strconv.Itoa(n.Articles), strconv.Itoa(n.Mentions), n.First, n.Last)
		})
	})
	if err != nil {
		return err
	}
	header = []string{":START_ID(entity)", ":END_ID(entity)", ":TYPE", "iri", "status", "date", "places:string[]", "confidence:double",
		"sources:long", "symmetric:boolean", "quotes:string[]"}
	return table(to, "relationships.csv", "", header, func(add func(...string) error) error {
		return g.eachLink(func(e *Edge) error {
			var quoted []string
			for i := range e.Evidence {
				quoted = append(quoted, e.Evidence[i].line())
			}
			return add(e.Source, e.Target, relationType(e.Predicate), e.IRI, string(e.Status), e.Date, array(e.Places), number(e.Confidence),
				strconv.Itoa(e.Sources), strconv.FormatBool(e.Undirected), array(quoted))
		})
	})
}

func array(items []string) string {
	var out []string
	for _, s := range items {
		out = append(out, strings.ReplaceAll(clean(s), ";", ","))
	}
	return strings.Join(out, ";")
}

// relationType writes a predicate as Neo4j's style guide has it: participatedIn,
// PARTICIPATED_IN.
func relationType(predicate string) string {
	var b strings.Builder
	for i, r := range predicate {
		if r >= 'A' && r <= 'Z' && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}
