package format

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"isnad/schema"
)

// facts are what is known of a node or an edge, by name: strings, numbers, truth values and
// lists, as JSON has them.
type facts map[string]any

// seen is a graph as a reader of another tool found it.
type seen struct{ Nodes, Edges []facts }

// Names of facts that most formats carry.
const (
	nodeAttributes = "class latin names offices countries articles mentions first_seen last_seen"
	edgeAttributes = "predicate status date places confidence sources quotes"
)

// exported returns all that a reader could find in an export of the graph.
func exported(g *Graph) seen {
	var out seen
	names := map[string]string{}
	place, err := g.places()
	if err != nil {
		panic(err)
	}
	for n := range g.Nodes {
		at := place(len(out.Nodes))
		names[n.IRI] = clean(n.Name)
		f := facts{"iri": n.IRI, "ftm": ftmID(n.IRI), "label": clean(n.Name), "color": nodeColor(n).hex, "size": g.size(n), "shape": shape(n),
			"yed_shape": yedShape(n), "dot_shape": dotShape(n), "about": about(n),
			"x": at.x, "y": at.y, "up": 0 - at.y}
		f.set("other", distinct(n.Other))
		f.set("aliases", given(append([]string{n.Latin}, n.Other...)))
		addFields(f, n, nodeFields)
		out.Nodes = append(out.Nodes, f)
	}
	stated := map[[4]string]bool{} // triples that stand plainly
	triple := func(e *Edge) [4]string { return [4]string{e.Source, e.Predicate, e.Target, e.Value} }
	for e := range g.Edges {
		stated[triple(e)] = stated[triple(e)] || e.Status == schema.Asserted
	}
	for e := range g.Edges {
		f := edgeFacts(e)
		f["stated"] = stated[triple(e)]
		f["said"] = names[e.Target] + clean(e.Value)
		if e.Date != "" {
			f["said"] = f["said"].(string) + " (" + e.Date + ")"
		}
		out.Edges = append(out.Edges, f)
	}
	return out
}

func edgeFacts(e *Edge) facts {
	first, last := span(e.Date)
	f := facts{"iri": e.IRI, "ftm": ftmID(e.IRI), "source": e.Source, "from": ftmID(e.Source), "to": ftmID(e.Target), "kind": e.Predicate,
		"label": bareText(func(b *buffer) { b.label(e) }), "type": relationType(e.Predicate), "directed": !e.Undirected, "symmetric": e.Undirected,
		"color": linkColor(e).hex, "dashed": dashed(e), "weight": float64(max(e.Sources, 1)), "arrow": "triangle", "yed_arrow": "standard",
		"named": e.Status == schema.Asserted}
	if e.Undirected {
		f["arrow"], f["yed_arrow"] = "none", "none"
	}
	for name, value := range map[string]string{"target": e.Target, "value": lines(e.Value), "value_type": string(e.ValueType), "first": first, "last": last} {
		f.text(name, value)
	}
	f.set("place_set", distinct(e.Places))
	f.set("evidence", evidenceFacts(e))
	f.set("cited", cited(evidenceFacts(e)))
	addFields(f, e, edgeFields)
	return f
}

func evidenceFacts(e *Edge) []any {
	var out []any
	for _, v := range e.Evidence {
		f := facts{}
		for name, value := range map[string]string{"quote": v.Quote, "saidBy": v.SaidBy, "article": v.Article, "iri": v.IRI, "url": v.URL, "title": v.Title,
			"publisher": v.Publisher, "published": v.Published} {
			f.text(name, lines(value))
		}
		out = append(out, map[string]any(f))
	}
	return out
}

// cited leaves out the IRIs of articles.
func cited(evidence []any) []any {
	for _, v := range evidence {
		delete(v.(map[string]any), "iri")
	}
	return evidence
}

func (f facts) text(name, value string) {
	if value != "" {
		f[name] = value
	}
}

func (f facts) set(name string, values []any) {
	if len(values) > 0 {
		f[name] = values
	}
}

// bareText returns what put appends.
func bareText(put func(*buffer)) string {
	b := buffer{syntax: bare}
	put(&b)
	return string(b.written())
}

// lines returns s as every format can hold it, with its lines.
func lines(s string) string { return bareText(func(b *buffer) { b.text(s) }) }

func ftmID(iri string) string { return bareText(func(b *buffer) { b.ftmID(iri) }) }

func list(items []string) string { return bareText(func(b *buffer) { b.list(items) }) }

// about is what a dossier says of an entity beside its name.
func about(n *Node) string {
	parts := []string{string(n.Class)}
	for _, s := range []string{n.Latin, list(n.Offices), list(n.Countries), list(n.Other)} {
		if s != "" {
			parts = append(parts, clean(s))
		}
	}
	return strings.Join(parts, " · ")
}

// given returns the texts of which something is left.
func given(all []string) []any {
	var out []any
	for _, s := range all {
		if s = clean(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// distinct returns the different texts, as formats without an order hold them.
func distinct(all []string) []any {
	var out []any
	for _, s := range all {
		if s = lines(s); !slices.Contains(out, any(s)) {
			out = append(out, s)
		}
	}
	return out
}

// addFields adds the attributes that have a value.
func addFields[T any](to facts, of *T, fields []field[T]) {
	for _, x := range fields {
		value := bareText(func(b *buffer) { x.put(b, of) })
		switch {
		case value == "":
		case x.kind == "string":
			to[x.name] = value
		default:
			n, err := strconv.ParseFloat(value, 64)
			if err != nil {
				panic(err)
			}
			to[x.name] = n
		}
	}
}

// links leaves the statements of two entities.
func (s seen) links() seen {
	return seen{s.Nodes, slices.DeleteFunc(slices.Clone(s.Edges), func(f facts) bool { return f["target"] == nil })}
}

// only returns the facts of the names, as JSON, of each node or edge, in an order of its
// own. Where untyped, numbers and truth values are strings. Ends of an edge without
// direction are put in order.
func only(all []facts, names string, untyped bool) []string {
	var out []string
	wanted := strings.Fields(names)
	for _, f := range all {
		kept := map[string]any{}
		for _, name := range wanted {
			if value, ok := f[name]; ok {
				kept[name] = plainValue(value, untyped)
			}
		}
		if s, t := fmt.Sprint(kept["source"]), fmt.Sprint(kept["target"]); fmt.Sprint(kept["directed"]) == "false" && s > t {
			kept["source"], kept["target"] = t, s
		}
		text, err := json.Marshal(kept)
		if err != nil {
			panic(err)
		}
		out = append(out, string(text))
	}
	slices.Sort(out)
	return out
}

// plainValue writes a value so that readers which hold it otherwise agree.
func plainValue(value any, untyped bool) any {
	switch v := value.(type) {
	case string:
		return strings.ReplaceAll(v, "\n", " ")
	case float64:
		if untyped {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
	case bool:
		if untyped {
			return strconv.FormatBool(v)
		}
	case []any: // quotations, which some formats keep in no order
		var items []string
		for _, item := range v {
			text, _ := json.Marshal(plainValue(item, untyped))
			items = append(items, string(text))
		}
		slices.Sort(items)
		return items
	case map[string]any:
		out := map[string]any{}
		for key, item := range v {
			out[key] = plainValue(item, untyped)
		}
		return out
	}
	return value
}

// same compares what a reader found with what was exported, both as only returns them, and
// says where the first that differ do.
func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d %s, want %d", len(got), what, len(want))
	}
	missing := slices.DeleteFunc(slices.Clone(want), func(s string) bool { return slices.Contains(got, s) })
	besides := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return slices.Contains(want, s) })
	for i := range min(max(len(missing), len(besides)), 2) {
		var a, b map[string]any
		for _, side := range []struct {
			lines []string
			into  *map[string]any
		}{{besides, &a}, {missing, &b}} {
			if i < len(side.lines) {
				json.Unmarshal([]byte(side.lines[i]), side.into)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(union(a, b))) {
			if !reflect.DeepEqual(a[name], b[name]) {
				t.Errorf("%s (%v): %s is %q, want %q", what, a["iri"], name, fmt.Sprint(a[name]), fmt.Sprint(b[name]))
			}
		}
	}
	if len(got) == len(want) && len(missing) == 0 && !slices.Equal(got, want) {
		t.Errorf("%s: some come another number of times", what)
	}
}

func union(a, b map[string]any) map[string]any {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]any{}
	}
	maps.Copy(out, b)
	return out
}
