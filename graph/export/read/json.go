package read

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// jsonReader reads a JSON file token by token.
type jsonReader struct {
	file  string
	in    *bounded
	lines *lineCounter
	d     *json.Decoder
	yield func(*Item, error) bool
}

func newJSONReader(file string, r io.Reader, yield func(*Item, error) bool) *jsonReader {
	j := &jsonReader{file: file, in: &bounded{from: unmarked(r)}, yield: yield}
	j.lines = &lineCounter{from: j.in}
	j.d = json.NewDecoder(j.lines)
	return j
}

// errStop ends a reading that nobody listens to any more.
var errStop = errors.New("stop")

// NodeLink reads node-link JSON: an object with nodes, and links or edges. The attributes
// of the graph may hold articles.
func NodeLink(file string, r io.Reader) Items {
	return func(yield func(*Item, error) bool) {
		j := newJSONReader(file, r, yield)
		found := false
		err := j.object(func(key string) error {
			switch key {
			case "nodes":
				found = true
				return j.elements(j.node)
			case "links", "edges":
				return j.elements(j.edge)
			case "graph":
				return j.attributesOfGraph()
			}
			return j.skip()
		})
		if err == nil && !found {
			err = errors.New(`no node-link JSON: it has no "nodes"`)
		}
		j.end(err)
	}
}

// end passes on what went wrong, with the line on which the item begins that is at fault.
func (j *jsonReader) end(err error) {
	if err == nil || errors.Is(err, errStop) {
		return
	}
	offset := j.d.InputOffset()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		offset, err = j.lines.offset, errors.New("the file ends too soon")
	} else if rest, unread := io.ReadAll(j.d.Buffered()); unread == nil {
		offset += int64(len(rest) - len(bytes.TrimLeft(rest, " \t\r\n,:")))
	}
	j.yield(nil, at(j.file, j.lines.at(offset), err))
}

func (j *jsonReader) token() (json.Token, error) {
	j.in.next(maxItem)
	return j.d.Token()
}

// open reads the bracket that begins a value.
func (j *jsonReader) open(bracket json.Delim) error {
	t, err := j.token()
	if err != nil {
		return err
	}
	if t != bracket {
		return fmt.Errorf("%v where %v should stand", t, bracket)
	}
	return nil
}

// object calls f with each key of an object; f reads the value.
func (j *jsonReader) object(f func(key string) error) error {
	if err := j.open('{'); err != nil {
		return err
	}
	for j.d.More() {
		t, err := j.token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := f(key); err != nil {
			return err
		}
	}
	_, err := j.token()
	return err
}

// elements calls f with each element of an array, as JSON.
func (j *jsonReader) elements(f func(json.RawMessage) error) error {
	if err := j.open('['); err != nil {
		return err
	}
	for j.more() {
		var element json.RawMessage
		if err := j.d.Decode(&element); err != nil {
			return err
		}
		if err := f(element); err != nil {
			return err
		}
	}
	_, err := j.token()
	return err
}

func (j *jsonReader) more() bool {
	j.in.next(maxItem)
	return j.d.More()
}

// skip reads a value and forgets it.
func (j *jsonReader) skip() error {
	for depth := 0; ; {
		t, err := j.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return errDeep
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

func (j *jsonReader) give(i *Item) error {
	i.File, i.Line = j.file, j.lines.at(j.d.InputOffset())
	if !j.yield(i, nil) {
		return errStop
	}
	return nil
}

// objectAttributes reads an element as an object and keeps what has a meaning.
func objectAttributes(element json.RawMessage) (attributes, error) {
	d := json.NewDecoder(bytes.NewReader(element))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("a node or edge that is no object")
	}
	a := attributes{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		a.setJSON(key.(string), value)
	}
	return a, nil
}

func (j *jsonReader) node(element json.RawMessage) error {
	a, err := objectAttributes(element)
	if err != nil {
		return err
	}
	n, err := a.node()
	if err != nil {
		return err
	}
	return j.give(&Item{Node: n})
}

func (j *jsonReader) edge(element json.RawMessage) error {
	a, err := objectAttributes(element)
	if err != nil {
		return err
	}
	e, err := a.edge()
	if err != nil {
		return err
	}
	return j.give(&Item{Edge: e})
}

func (j *jsonReader) article(element json.RawMessage) error { return j.give(&Item{Article: element}) }

// attributesOfGraph reads the articles among the attributes of the graph.
func (j *jsonReader) attributesOfGraph() error {
	return j.object(func(key string) error {
		if key == "articles" {
			return j.elements(j.article)
		}
		return j.skip()
	})
}

// lineCounter knows on which line each byte stands that was read lately.
type lineCounter struct {
	from   io.Reader
	offset int64
	line   int     // of the last offset asked for, from 0
	breaks []int64 // offsets of line breaks after it
}

func (l *lineCounter) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	for i := 0; i < n; {
		next := bytes.IndexByte(p[i:n], '\n')
		if next < 0 {
			break
		}
		i += next + 1
		l.breaks = append(l.breaks, l.offset+int64(i))
	}
	l.offset += int64(n)
	return n, err
}

// at returns the line of an offset; offsets may only grow.
func (l *lineCounter) at(offset int64) int {
	for len(l.breaks) > 0 && l.breaks[0] <= offset {
		l.breaks = l.breaks[1:]
		l.line++
	}
	return l.line + 1
}
