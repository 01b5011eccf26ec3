package read

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"isnad/graph/export/format"
	"isnad/schema"
)

// attributes are the values of a node or an edge by what they mean.
type attributes map[string]string

//go:embed data/attributes.txt
var attributeList string

// meanings gives the meaning of a folded heading or name of an attribute.
var meanings = parseMeanings(attributeList)

func parseMeanings(list string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(list) {
		if heading, meaning, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			out[heading] = meaning
		}
	}
	return out
}

// meaning returns what a heading or the name of an attribute says, or "".
func meaning(heading string) string { return meanings[schema.FoldKey(heading)] }

// set keeps a value under its meaning; of several under one meaning the first counts.
func (a attributes) set(heading, value string) {
	if m := meaning(heading); m != "" && a[m] == "" {
		a[m] = value
	}
}

func (a attributes) first(names ...string) string {
	for _, name := range names {
		if v := strings.TrimSpace(a[name]); v != "" {
			return v
		}
	}
	return ""
}

// node returns the node that the attributes describe.
func (a attributes) node() (*format.Node, error) {
	n := &format.Node{IRI: a.first("id", "label"), Name: a.first("label", "id"), Class: schema.Class(a.first("class", "type")), Latin: a.first("latin"),
		Other: split(a["names"]), Offices: split(a["offices"])}
	if n.IRI == "" {
		return nil, fmt.Errorf("a node without id and label")
	}
	return n, nil
}

// split takes apart what our formats join.
func split(joined string) []string {
	var out []string
	for item := range strings.SplitSeq(joined, "|") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// edge returns the edge that the attributes describe, asserted unless they say otherwise.
func (a attributes) edge() (*format.Edge, error) {
	e := &format.Edge{IRI: a.first("id"), Source: a.first("source"), Target: a.first("target"), Value: a.first("value"), ValueType: schema.Class(a.first("value_type")), Predicate: a.predicate(),
		Status: schema.Status(strings.ToLower(a.first("status"))), Date: a.first("date"), Confidence: 1}
	if e.Status == "" {
		e.Status = schema.Asserted
	}
	if c := a.first("confidence"); c != "" {
		f, err := strconv.ParseFloat(strings.Replace(c, ",", ".", 1), 64)
		if err != nil {
			return nil, fmt.Errorf("confidence %q is no number", c)
		}
		e.Confidence = f
	}
	if v := a["evidence"]; strings.HasPrefix(v, "[") && json.Unmarshal([]byte(v), &e.Evidence) == nil {
		return e, nil
	}
	if q := a.first("quotes", "evidence"); q != "" {
		e.Evidence = []format.Evidence{{Quote: q}}
	}
	return e, nil
}

// predicate returns what an edge says: its predicate, its type unless that is about
// arrows, or what stands beside it in a drawing.
func (a attributes) predicate() string {
	if p := a.first("predicate"); p != "" {
		return p
	}
	switch kind := a.first("type"); strings.ToLower(kind) {
	case "", "directed", "undirected", "mutual":
		return a.first("label")
	default:
		return kind
	}
}

// setJSON keeps a value of a JSON object: text, a number, the items of a list, or else
// the JSON itself.
func (a attributes) setJSON(key string, value json.RawMessage) {
	var text string
	var list []string
	switch {
	case meaning(key) == "", string(value) == "null", string(value) == "true", string(value) == "false":
	case json.Unmarshal(value, &text) == nil:
		a.set(key, text)
	case json.Unmarshal(value, &list) == nil:
		a.set(key, strings.Join(list, " | "))
	default:
		a.set(key, string(value))
	}
}
