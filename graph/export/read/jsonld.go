package read

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"isnad/graph/export/format"
	"isnad/schema"
)

// OurJSONLD reports whether a file begins as the JSON-LD that isnad writes, so that
// JSONLD reads it.
func OurJSONLD(in *bufio.Reader) bool {
	head, _ := in.Peek(len(format.JSONLDHead))
	return string(head) == format.JSONLDHead
}

// JSONLD reads the JSON-LD that isnad writes, object by object.
func JSONLD(file string, r io.Reader) Items {
	return func(yield func(*Item, error) bool) {
		j := newJSONReader(file, r, yield)
		j.end(j.object(func(key string) error {
			if key == "@graph" {
				return j.elements(j.resource)
			}
			return j.skip()
		}))
	}
}

// resource is an object of our JSON-LD: an article, an entity or a statement.
type resource struct {
	ID       string          `json:"@id"`
	Type     many            `json:"@type"`
	Document json.RawMessage `json:"document"`

	Label    []ldText `json:"label"`
	AltLabel []string `json:"altLabel"`

	Subject    string       `json:"subject"`
	Predicate  string       `json:"predicate"`
	Object     ldText       `json:"object"`
	Status     string       `json:"status"`
	Confidence float64      `json:"confidence"`
	Date       ldText       `json:"date"`
	Derived    []ldEvidence `json:"derivedFrom"`
}

type ldEvidence struct {
	Value string `json:"value"`
}

// many is one string or a list of them.
type many []string

func (m *many) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*m = many{""}
		return json.Unmarshal(b, &(*m)[0])
	}
	return json.Unmarshal(b, (*[]string)(m))
}

// ldText is a plain string, a value with its language or type, or a reference.
type ldText struct {
	ID       string `json:"@id"`
	Value    string `json:"@value"`
	Language string `json:"@language"`
	Type     string `json:"@type"`
}

func (t *ldText) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &t.Value)
	}
	type object ldText
	return json.Unmarshal(b, (*object)(t))
}

const world = "isnad:"

func (j *jsonReader) resource(element json.RawMessage) error {
	var r resource
	if err := json.Unmarshal(element, &r); err != nil {
		return err
	}
	switch {
	case r.Document != nil:
		return j.give(&Item{Article: r.Document})
	case slices.Contains(r.Type, "rdf:Statement"):
		return j.give(&Item{Edge: r.edge()})
	default:
		return j.give(&Item{Node: r.node()})
	}
}

func (r *resource) node() *format.Node {
	n := &format.Node{IRI: r.ID, Other: r.AltLabel}
	if len(r.Type) > 0 {
		n.Class = schema.Class(strings.TrimPrefix(r.Type[0], world))
	}
	if len(r.Label) > 0 {
		n.Name = r.Label[0].Value
	}
	if len(r.Label) > 1 {
		n.Latin = r.Label[1].Value
	}
	return n
}

func (r *resource) edge() *format.Edge {
	e := &format.Edge{IRI: r.ID, Source: r.Subject, Target: r.Object.ID, Value: r.Object.Value, Predicate: strings.TrimPrefix(r.Predicate, world),
		Status: schema.Status(r.Status), Date: r.Date.Value, Confidence: r.Confidence}
	for _, v := range r.Derived {
		e.Evidence = append(e.Evidence, format.Evidence{Quote: v.Value})
	}
	return e
}
