package read

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxTag is how many bytes a tag with its attributes may have.
const maxTag = 1 << 20

// graphML reads GraphML element by element.
type graphML struct {
	file  string
	in    *bounded
	d     *xml.Decoder
	yield func(*Item, error) bool

	keys     map[string]graphmlKey
	standard []string // keys with a value for elements that have none of their own
	path     []string // names of the open elements

	a      attributes // of the node or edge that is open
	isEdge bool
	line   int
	key    string          // of the data that is open
	text   strings.Builder // of that data
}

type graphmlKey struct {
	of, name string // node, edge, graph or all; the attribute's name
	drawing  bool   // of yFiles
	standard string // value of elements without one
}

// GraphML reads GraphML, also that of yEd. Attributes of the graph may hold articles.
func GraphML(file string, r io.Reader) Items {
	return func(yield func(*Item, error) bool) {
		g := &graphML{file: file, in: &bounded{from: unmarked(r), mark: '='}, yield: yield, keys: map[string]graphmlKey{}}
		g.d = xml.NewDecoder(g.in)
		if err := g.run(); err != nil && !errors.Is(err, errStop) {
			line, _ := g.d.InputPos()
			yield(nil, at(file, line, plainXML(err)))
		}
	}
}

// plainXML says in our words what the decoder has found.
func plainXML(err error) error {
	if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) {
		return errors.New("no XML: " + syntax.Msg) // which has no line of its own
	}
	return err
}

func (g *graphML) run() error {
	for root := false; ; {
		g.in.next(maxTag)
		if g.key != "" {
			g.in.next(maxItem)
		}
		token, err := g.d.Token()
		if err == io.EOF && root {
			return nil
		}
		if err == io.EOF {
			return errors.New("no GraphML: there is no element")
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !root && t.Name.Local != "graphml" {
				return errors.New("no GraphML: its first element is <" + t.Name.Local + ">")
			}
			root = true
			if g.path = append(g.path, t.Name.Local); len(g.path) > maxDepth {
				return errDeep
			}
			err = g.start(t)
		case xml.EndElement:
			g.path = g.path[:len(g.path)-1]
			err = g.end(t.Name.Local)
		case xml.CharData:
			err = g.chars(t)
		}
		if err != nil {
			return err
		}
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (g *graphML) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "key":
		g.key = attribute(t, "id")
		g.keys[g.key] = graphmlKey{of: attribute(t, "for"), name: attribute(t, "attr.name"), drawing: strings.HasSuffix(attribute(t, "yfiles.type"), "graphics")}
		if len(g.keys) > 1000 {
			return errors.New("more than 1000 keys: this is no graph")
		}
	case "default":
		g.text.Reset()
	case "node", "edge":
		if g.a != nil && t.Name.Local == "edge" {
			return errors.New("an edge within a node or edge")
		}
		if err := g.flush(); err != nil { // a node within a node: its group is a node too
			return err
		}
		g.line, _ = g.d.InputPos()
		g.isEdge = t.Name.Local == "edge"
		g.a = attributes{"id": attribute(t, "id"), "source": attribute(t, "source"), "target": attribute(t, "target")}
	case "data":
		g.key = attribute(t, "key")
		g.text.Reset()
	}
	return nil
}

func (g *graphML) chars(text xml.CharData) error {
	switch {
	case g.key == "":
	case g.text.Len()+len(text) > maxItem:
		return errLong
	case g.keys[g.key].drawing && !strings.HasSuffix(g.path[len(g.path)-1], "Label"):
	default:
		g.text.Write(text)
	}
	return nil
}

func (g *graphML) end(name string) error {
	switch name {
	case "default":
		key := g.keys[g.key]
		key.standard = strings.TrimSpace(g.text.String())
		g.keys[g.key] = key
		g.standard = append(g.standard, g.key)
		g.text.Reset()
	case "key":
		g.key = ""
		g.text.Reset()
	case "data":
		return g.data()
	case "node", "edge":
		return g.flush()
	}
	return nil
}

// data ends an attribute of a node, an edge or the graph.
func (g *graphML) data() error {
	key := g.keys[g.key]
	value := g.text.String()
	g.key = ""
	g.text.Reset()
	switch {
	case g.a != nil && key.drawing:
		g.a.set("label", strings.TrimSpace(value))
	case g.a != nil:
		g.a.set(key.name, value)
	case key.of == "graph" && key.name == "article":
		return g.give(&Item{Article: json.RawMessage(value)})
	}
	return nil
}

// flush gives the node or edge that is open.
func (g *graphML) flush() error {
	if g.a == nil {
		return nil
	}
	a, of := g.a, "node"
	g.a = nil
	if g.isEdge {
		of = "edge"
	}
	for _, id := range g.standard {
		if key := g.keys[id]; key.of == of || key.of == "all" {
			a.set(key.name, key.standard)
		}
	}
	item := &Item{Line: g.line}
	var err error
	if g.isEdge {
		item.Edge, err = a.edge()
	} else {
		item.Node, err = a.node()
	}
	if err != nil {
		return err
	}
	return g.give(item)
}

func (g *graphML) give(i *Item) error {
	i.File = g.file
	if i.Line == 0 {
		i.Line, _ = g.d.InputPos()
	}
	if !g.yield(i, nil) {
		return errStop
	}
	return nil
}
