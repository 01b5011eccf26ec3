package format

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"

	"isnad/schema"
)

// Read reads a graph that somebody made in another tool: jsongraph (node-link JSON) or
// graphml. Of its attributes class, label, latin, predicate, status, date, confidence and
// quotes are read; others are left.
func Read(name string, r io.Reader) (nodes []*Node, edges []*Edge, err error) {
	switch name {
	case "jsongraph":
		nodes, edges, err = readNodeLink(r)
	case "graphml":
		nodes, edges, err = readGraphML(r)
	default:
		err = fmt.Errorf("format %q cannot be read: there is graphml, jsongraph", name)
	}
	if err != nil {
		return nil, nil, err
	}
	return nodes, edges, nil
}

// attributes are those of a node or an edge, by name.
type attributes map[string]string

func (a attributes) node(id string) *Node {
	n := &Node{IRI: id, Name: a["label"], Class: schema.Class(a["class"]), Latin: a["latin"]}
	if n.Name == "" {
		n.Name = id
	}
	return n
}

func (a attributes) edge(source, target string) (*Edge, error) {
	e := &Edge{Source: source, Target: target, Predicate: a["predicate"], Status: schema.Status(a["status"]), Date: a["date"], Confidence: 1}
	if e.Predicate == "" {
		e.Predicate = a["label"]
	}
	if e.Status == "" {
		e.Status = schema.Asserted
	}
	if c := a["confidence"]; c != "" {
		f, err := strconv.ParseFloat(c, 64)
		if err != nil {
			return nil, fmt.Errorf("the edge from %q to %q: confidence %q is no number", source, target, c)
		}
		e.Confidence = f
	}
	if q := a["quotes"]; q != "" {
		e.Evidence = []Evidence{{Quote: q}}
	}
	return e, nil
}

func readNodeLink(r io.Reader) (nodes []*Node, edges []*Edge, err error) {
	var file struct{ Nodes, Links, Edges []map[string]any }
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, nil, fmt.Errorf("no node-link JSON: %w", err)
	}
	for _, object := range file.Nodes {
		a := attributesOf(object)
		nodes = append(nodes, a.node(a["id"]))
	}
	for _, object := range append(file.Links, file.Edges...) {
		a := attributesOf(object)
		e, err := a.edge(a["source"], a["target"])
		if err != nil {
			return nil, nil, err
		}
		edges = append(edges, e)
	}
	return nodes, edges, nil
}

func attributesOf(object map[string]any) attributes {
	a := attributes{}
	for name, value := range object {
		switch v := value.(type) {
		case string:
			a[name] = v
		case float64:
			a[name] = strconv.FormatFloat(v, 'g', -1, 64)
		}
	}
	return a
}

// graphmlValue is <data key="…">…</data>.
type graphmlValue struct {
	Key  string `xml:"key,attr"`
	Text string `xml:",chardata"`
}

func readGraphML(r io.Reader) (nodes []*Node, edges []*Edge, err error) {
	var file struct {
		XMLName xml.Name `xml:"graphml"`
		Keys    []struct {
			ID   string `xml:"id,attr"`
			Name string `xml:"attr.name,attr"`
		} `xml:"key"`
		Nodes []struct {
			ID   string         `xml:"id,attr"`
			Data []graphmlValue `xml:"data"`
		} `xml:"graph>node"`
		Edges []struct {
			Source string         `xml:"source,attr"`
			Target string         `xml:"target,attr"`
			Data   []graphmlValue `xml:"data"`
		} `xml:"graph>edge"`
	}
	if err := xml.NewDecoder(r).Decode(&file); err != nil {
		return nil, nil, fmt.Errorf("no GraphML: %w", err)
	}
	names := map[string]string{}
	for _, k := range file.Keys {
		names[k.ID] = k.Name
	}
	read := func(data []graphmlValue) attributes {
		a := attributes{}
		for _, d := range data {
			a[names[d.Key]] = d.Text
		}
		return a
	}
	for _, n := range file.Nodes {
		nodes = append(nodes, read(n.Data).node(n.ID))
	}
	for _, x := range file.Edges {
		e, err := read(x.Data).edge(x.Source, x.Target)
		if err != nil {
			return nil, nil, err
		}
		edges = append(edges, e)
	}
	return nodes, edges, nil
}
