package format

// field is an attribute of nodes or edges, of T, in the formats that declare them.
type field[T any] struct {
	name string
	kind string            // string, integer, double or boolean
	put  func(*buffer, *T) // appends the value, nothing if there is none
}

// nodeFields are the attributes of an entity beside its IRI and name.
var nodeFields = []field[Node]{
	{"class", "string", func(b *buffer, n *Node) { b.line(string(n.Class)) }},
	{"latin", "string", func(b *buffer, n *Node) { b.line(n.Latin) }},
	{"names", "string", func(b *buffer, n *Node) { b.list(n.Other) }},
	{"offices", "string", func(b *buffer, n *Node) { b.list(n.Offices) }},
	{"countries", "string", func(b *buffer, n *Node) { b.list(n.Countries) }},
	{"articles", "integer", func(b *buffer, n *Node) { b.int(n.Articles) }},
	{"mentions", "integer", func(b *buffer, n *Node) { b.int(n.Mentions) }},
	{"first_seen", "string", func(b *buffer, n *Node) { b.line(n.First) }},
	{"last_seen", "string", func(b *buffer, n *Node) { b.line(n.Last) }},
}

// edgeFields are the attributes of a statement beside its IRI and ends, the quotations last.
var edgeFields = []field[Edge]{
	{"predicate", "string", func(b *buffer, e *Edge) { b.line(e.Predicate) }},
	{"status", "string", func(b *buffer, e *Edge) { b.line(string(e.Status)) }},
	{"date", "string", func(b *buffer, e *Edge) { b.line(e.Date) }},
	{"places", "string", func(b *buffer, e *Edge) { b.list(e.Places) }},
	{"confidence", "double", func(b *buffer, e *Edge) { b.number(e.Confidence) }},
	{"sources", "integer", func(b *buffer, e *Edge) { b.int(e.Sources) }},
	{"quotes", "string", (*buffer).quotes},
}

// shortFields leave out the quotations, for formats that have them elsewhere.
var shortFields = edgeFields[:len(edgeFields)-1]

// tagged is a field with what opens and closes its value in a format.
type tagged[T any] struct {
	open, close string
	put         func(*buffer, *T)
}

// tag prepares fields for putFields. mark returns what opens and closes a value.
func tag[T any](fields []field[T], mark func(name, kind string) (open, close string)) []tagged[T] {
	var out []tagged[T]
	for _, f := range fields {
		open, close := mark(f.name, f.kind)
		out = append(out, tagged[T]{open, close, f.put})
	}
	return out
}

// putFields appends the fields that have a value.
func putFields[T any](b *buffer, of *T, fields []tagged[T]) {
	for i := range fields {
		f := &fields[i]
		start := b.n
		b.copy(f.open)
		inner := b.n
		if f.put(b, of); b.n == inner {
			b.n = start
			continue
		}
		b.copy(f.close)
	}
}
