package format

import "strconv"

// field is an attribute of nodes or edges, of T, in the formats that declare them.
type field[T any] struct {
	name string
	kind string // string, integer, double or boolean
	get  func(*T) string
}

// nodeFields are the attributes of an entity beside its IRI and name. An empty value is left out.
var nodeFields = []field[Node]{
	{"class", "string", func(n *Node) string { return string(n.Class) }},
	{"latin", "string", func(n *Node) string { return clean(n.Latin) }},
	{"names", "string", func(n *Node) string { return list(n.Other) }},
	{"offices", "string", func(n *Node) string { return list(n.Offices) }},
	{"countries", "string", func(n *Node) string { return list(n.Countries) }},
	{"articles", "integer", func(n *Node) string { return strconv.Itoa(n.Articles) }},
	{"mentions", "integer", func(n *Node) string { return strconv.Itoa(n.Mentions) }},
	{"first_seen", "string", func(n *Node) string { return n.First }},
	{"last_seen", "string", func(n *Node) string { return n.Last }},
}

// edgeFields are the attributes of a statement beside its IRI and ends.
var edgeFields = []field[Edge]{
	{"predicate", "string", func(e *Edge) string { return e.Predicate }},
	{"status", "string", func(e *Edge) string { return string(e.Status) }},
	{"date", "string", func(e *Edge) string { return e.Date }},
	{"places", "string", func(e *Edge) string { return list(e.Places) }},
	{"confidence", "double", func(e *Edge) string { return number(e.Confidence) }},
	{"sources", "integer", func(e *Edge) string { return strconv.Itoa(e.Sources) }},
	{"quotes", "string", quotes},
}
