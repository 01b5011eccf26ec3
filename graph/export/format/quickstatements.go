package format

import "strings"

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
func writeQuickStatements(g *Graph, w *writer) error {
	names, err := g.names()
	if err != nil {
		return err
	}
	edges := under(g.Edges)
	defer edges.stop()
	return eachInOrder(w, g.Nodes, "", func(b *buffer, n *Node) {
		b.raw("CREATE\n")
		quick(b, "Lar", n.Name)
		quick(b, "Len", n.Latin)
		for _, other := range n.Other {
			quick(b, "Aar", other)
		}
		if class := wikidataClasses[string(n.Class)]; class != "" {
			b.raw("LAST\tP31\t", class, "\n")
		}
		edges.of(b, n, func(e *Edge) { quickComment(b, e, names) })
	})
}

func quick(b *buffer, field, value string) {
	if value = quickText(value); value != "" {
		b.raw("LAST\t", field, "\t\"", value, "\"\n")
	}
}

var quickEscapes = strings.NewReplacer(`"`, "''", "||", "|", "/*", "/ *", "*/", "* /")

// quickText takes from a text what would end a field.
func quickText(s string) string { return strings.TrimSpace(quickEscapes.Replace(clean(s))) }

func quickComment(b *buffer, e *Edge, names map[string]string) {
	property := wikidataProperties[e.Predicate]
	if property == "" || e.Status != "asserted" {
		return
	}
	object := e.Value
	if e.Target != "" {
		object = names[e.Target]
	}
	b.raw("/* ", property, " ", quickText(object))
	if e.Date != "" {
		b.raw(" P585 ", e.Date)
	}
	if len(e.Evidence) > 0 {
		b.raw(" S854 ", quickText(e.Evidence[0].source()))
	}
	b.raw(" */\n")
}
