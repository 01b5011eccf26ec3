package format

import (
	"bufio"
	"strings"
)

// wikidataClasses maps classes to the items that Wikidata says of their instances.
var wikidataClasses = map[string]string{"Person": "Q5", "Organization": "Q43229", "Country": "Q6256", "Place": "Q2221906", "Event": "Q1656682"}

// wikidataProperties maps predicates to properties, for the comments of the draft.
var wikidataProperties = map[string]string{
	"affiliatedWith": "P1416", "diedIn": "P20", "foundedOn": "P571", "founded": "P112", "heldIn": "P276", "heldOn": "P585",
	"holdsPosition": "P39", "leads": "P488", "locatedIn": "P131", "memberOf": "P463", "organized": "P664", "owns": "P1830",
	"participatedIn": "P1344", "partOf": "P361", "relatedTo": "P1038",
}

// writeQuickStatements writes a draft in QuickStatements' first syntax: every entity as a
// new item with labels, aliases and class, and what is asserted of it as comments with
// property, other end and source, for an editor to look up and turn into statements.
func writeQuickStatements(g *Graph, w *bufio.Writer) error {
	names, err := g.names()
	if err != nil {
		return err
	}
	next, stop := pull(g.Edges)
	defer stop()
	edge, err := next()
	if err != nil {
		return err
	}
	return g.eachNode(func(n *Node) error {
		put(w, "CREATE\n")
		quick(w, "Lar", n.Name)
		quick(w, "Len", n.Latin)
		for _, other := range n.Other {
			quick(w, "Aar", other)
		}
		if class := wikidataClasses[string(n.Class)]; class != "" {
			put(w, "LAST\tP31\t", class, "\n")
		}
		for edge != nil && edge.Source <= n.IRI {
			if edge.Source == n.IRI {
				quickComment(w, edge, names)
			}
			if edge, err = next(); err != nil {
				return err
			}
		}
		return nil
	})
}

func quick(w *bufio.Writer, field, value string) {
	if value = quickText(value); value != "" {
		put(w, "LAST\t", field, "\t\"", value, "\"\n")
	}
}

// quickText takes from a text what would end a field.
func quickText(s string) string {
	return strings.TrimSpace(strings.NewReplacer(`"`, "''", "||", "|", "/*", "/ *", "*/", "* /").Replace(clean(s)))
}

func quickComment(w *bufio.Writer, e *Edge, names map[string]string) {
	property := wikidataProperties[e.Predicate]
	if property == "" || e.Status != "asserted" {
		return
	}
	object := e.Value
	if e.Target != "" {
		object = names[e.Target]
	}
	put(w, "/* ", property, " ", quickText(object))
	if e.Date != "" {
		put(w, " P585 ", e.Date)
	}
	if len(e.Evidence) > 0 {
		put(w, " S854 ", quickText(e.Evidence[0].source()))
	}
	put(w, " */\n")
}
