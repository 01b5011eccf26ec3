package format

import (
	"bufio"
	"strconv"
	"strings"
)

// jsonEscapes holds what stands for a byte within a JSON string, "" for the byte itself:
// also for those that would end a script in a page.
var jsonEscapes = [256]string{'"': `\"`, '\\': `\\`, '\n': `\n`, '<': `\u003c`, '>': `\u003e`, '&': `\u0026`}

// appendJSON appends the lines of s as a JSON string.
func appendJSON(to []byte, s string) []byte {
	s = lines(s)
	to = append(to, '"')
	from := 0
	for i := range len(s) {
		if escape := jsonEscapes[s[i]]; escape != "" {
			to = append(append(to, s[from:i]...), escape...)
			from = i + 1
		}
	}
	return append(append(to, s[from:]...), '"')
}

// jsonString returns the lines of s as a JSON string.
func jsonString(s string) string { return string(appendJSON(make([]byte, 0, len(s)+2), s)) }

// putJSON writes the lines of s as a JSON string.
func putJSON(w *bufio.Writer, s string) { w.Write(appendJSON(w.AvailableBuffer(), s)) }

// object is a JSON object whose members stand in the order in which they are added.
// Members without a value are left out.
type object struct{ text []byte }

func (o *object) raw(key, value string) {
	if len(o.text) == 0 {
		o.text = append(o.text, `{"`...)
	} else {
		o.text = append(o.text, `,"`...)
	}
	o.text = append(append(append(o.text, key...), `":`...), value...)
}

func (o *object) add(key, value string) {
	if value != "" {
		o.raw(key, jsonString(value))
	}
}

func (o *object) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	items := make([]string, len(values))
	for i, v := range values {
		items[i] = jsonString(v)
	}
	o.raw(key, "["+strings.Join(items, ",")+"]")
}

func (o *object) objects(key string, values []object) {
	if len(values) == 0 {
		return
	}
	items := make([]string, len(values))
	for i := range values {
		items[i] = values[i].String()
	}
	o.raw(key, "["+strings.Join(items, ",")+"]")
}

// String returns the object as JSON.
func (o *object) String() string {
	if len(o.text) == 0 {
		return "{}"
	}
	return string(o.text) + "}"
}

// evidenceJSON returns the evidence as a JSON array, or "".
func evidenceJSON(e *Edge) string { return string(appendEvidence(nil, e)) }

// appendEvidence appends the evidence as a JSON array, or nothing if there is none.
func appendEvidence(to []byte, e *Edge) []byte {
	if len(e.Evidence) == 0 {
		return to
	}
	to = append(to, '[')
	for i := range e.Evidence {
		v := &e.Evidence[i]
		if i > 0 {
			to = append(to, ',')
		}
		to = appendJSON(append(to, `{"quote":`...), v.Quote)
		to = appendMember(to, `,"saidBy":`, v.SaidBy)
		to = appendJSON(append(to, `,"article":`...), v.Article)
		to = appendMember(to, `,"iri":`, v.IRI)
		to = appendMember(to, `,"url":`, v.URL)
		to = appendMember(to, `,"title":`, v.Title)
		to = appendMember(to, `,"publisher":`, v.Publisher)
		to = appendMember(to, `,"published":`, v.Published)
		to = append(to, '}')
	}
	return append(to, ']')
}

// appendMember appends a member of an object, or nothing if it has no value.
func appendMember(to []byte, key, value string) []byte {
	if value == "" {
		return to
	}
	return appendJSON(append(to, key...), value)
}

// jsonFields writes "name":value for each field with a value, with a comma before each.
func jsonFields[T any](w *bufio.Writer, of *T, fields []field[T]) {
	for _, f := range fields {
		v := f.get(of)
		if v == "" {
			continue
		}
		put(w, `,"`, f.name, `":`)
		if f.kind == "string" {
			putJSON(w, v)
		} else {
			put(w, v)
		}
	}
}

// separator returns what stands between the elements of an array.
func separator(first *bool) string {
	if *first {
		*first = false
		return "\n"
	}
	return ",\n"
}

// writeNodeLink writes JSON Graph in node-link form, as d3-force and networkx's
// node_link_graph read it.
func writeNodeLink(g *Graph, w *bufio.Writer) error {
	put(w, `{"directed":true,"multigraph":true,"graph":{"name":`, jsonString(clean(g.Title)), `},"nodes":[`)
	first := true
	err := g.eachNode(func(n *Node) error {
		put(w, separator(&first), `{"id":`, jsonString(n.IRI), `,"label":`, jsonString(clean(n.Name)))
		jsonFields(w, n, nodeFields)
		put(w, "}")
		return nil
	})
	if err != nil {
		return err
	}
	put(w, "\n],\"links\":[")
	first = true
	err = g.eachLink(func(e *Edge) error {
		put(w, separator(&first), `{"source":`)
		putJSON(w, e.Source)
		put(w, `,"target":`)
		putJSON(w, e.Target)
		put(w, `,"key":`)
		putJSON(w, e.IRI)
		jsonFields(w, e, edgeFields)
		jsonTail(w, e)
		return nil
	})
	put(w, "\n]}\n")
	return err
}

// jsonTail ends an edge: whether it is directed, and its evidence.
func jsonTail(w *bufio.Writer, e *Edge) {
	put(w, `,"directed":`, strconv.FormatBool(!e.Undirected))
	if len(e.Evidence) > 0 {
		put(w, `,"evidence":`)
		w.Write(appendEvidence(w.AvailableBuffer(), e))
	}
	put(w, "}")
}

// writeCytoscape writes Cytoscape.js JSON with a style sheet, for cytoscape({…}).
func writeCytoscape(g *Graph, w *bufio.Writer) error {
	put(w, `{"data":{"name":`, jsonString(clean(g.Title)), `},"elements":{"nodes":[`)
	first := true
	err := g.eachNode(func(n *Node) error {
		put(w, separator(&first), `{"data":{"id":`, jsonString(n.IRI), `,"label":`, jsonString(clean(n.Name)), `,"color":"`, nodeColor(n).hex(),
			`","size":`, number(g.size(n)))
		jsonFields(w, n, nodeFields)
		put(w, "}}")
		return nil
	})
	if err != nil {
		return err
	}
	put(w, "\n],\"edges\":[")
	first = true
	err = g.eachLink(func(e *Edge) error {
		put(w, separator(&first), `{"data":{"id":`, jsonString(e.IRI), `,"source":`, jsonString(e.Source), `,"target":`, jsonString(e.Target),
			`,"label":`, jsonString(e.label()), `,"color":"`, linkColor(e).hex(), `","arrow":"`, cytoscapeArrow(e), `"`)
		jsonFields(w, e, edgeFields)
		jsonTail(w, e)
		put(w, "}")
		return nil
	})
	put(w, "\n]},\n", `"style":[
{"selector":"node","style":{"label":"data(label)","background-color":"data(color)","width":"data(size)","height":"data(size)","text-valign":"bottom"}},
{"selector":"edge","style":{"label":"data(label)","line-color":"data(color)","target-arrow-color":"data(color)","target-arrow-shape":"data(arrow)","curve-style":"bezier","font-size":8}}
]}
`)
	return err
}

func cytoscapeArrow(e *Edge) string {
	if e.Undirected {
		return "none"
	}
	return "triangle"
}
