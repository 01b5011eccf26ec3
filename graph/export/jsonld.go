package export

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/piprate/json-gold/ld"

	"isnad/graph/export/read"
)

// maxJSONLD is how many bytes of JSON-LD of others are read: the algorithms of JSON-LD
// need all of it in memory.
const maxJSONLD = 32 << 20

// jsonLD reads JSON-LD: what isnad writes object by object, else as RDF.
func jsonLD(file string, r io.Reader) read.Items {
	in := bufio.NewReaderSize(r, 1<<16)
	if read.OurJSONLD(in) {
		return read.JSONLD(file, in)
	}
	return foreignRDF(file, func(yield func(located, error) bool) {
		text, err := io.ReadAll(io.LimitReader(in, maxJSONLD+1))
		if err == nil && len(text) > maxJSONLD {
			err = fmt.Errorf("more than %d MiB of JSON-LD that isnad did not write: import it in parts, or as N-Quads", maxJSONLD>>20)
		}
		var quads []quad.Quad
		if err == nil {
			quads, err = expand(text)
		}
		if err != nil {
			yield(located{}, fmt.Errorf("%s: %w", file, err))
			return
		}
		for _, q := range quads {
			if !yield(located{Quad: q}, nil) {
				return
			}
		}
	})
}

// noContexts refuses to fetch a context, and keeps the address of the first.
type noContexts struct{ asked string }

func (n *noContexts) LoadDocument(address string) (*ld.RemoteDocument, error) {
	if n.asked == "" {
		n.asked = address
	}
	return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, address)
}

// expand returns the quads of a JSON-LD document.
func expand(text []byte) (quads []quad.Quad, err error) {
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, fmt.Errorf("no JSON: %w", err)
	}
	defer func() { // the library is not ours
		if wrong := recover(); wrong != nil {
			quads, err = nil, fmt.Errorf("no JSON-LD: %v", wrong)
		}
	}()
	options := ld.NewJsonLdOptions("")
	contexts := &noContexts{}
	options.DocumentLoader = contexts
	found, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	if contexts.asked != "" {
		return nil, fmt.Errorf("its context stands at %s, which isnad does not fetch: put the context into the file", contexts.asked)
	}
	if err != nil {
		return nil, fmt.Errorf("no JSON-LD: %w", err)
	}
	set, ok := found.(*ld.RDFDataset)
	if !ok {
		return nil, errors.New("no JSON-LD: it says nothing")
	}
	for _, name := range sortedKeys(set.Graphs) {
		for _, q := range set.Graphs[name] {
			one := quad.Quad{Subject: rdfTerm(q.Subject), Predicate: rdfTerm(q.Predicate), Object: rdfTerm(q.Object)}
			if name != "@default" {
				one.Label = quad.IRI(name)
			}
			quads = append(quads, one)
		}
	}
	slices.SortFunc(quads, func(a, b quad.Quad) int { return strings.Compare(a.String(), b.String()) }) // which the library does not
	return quads, nil
}

func rdfTerm(n ld.Node) quad.Value {
	switch n := n.(type) {
	case ld.IRI:
		return quad.IRI(n.Value)
	case ld.BlankNode:
		return quad.BNode(strings.TrimPrefix(n.Attribute, "_:"))
	case ld.Literal:
		if n.Language != "" {
			return quad.LangString{Value: quad.String(n.Value), Lang: n.Language}
		}
		return quad.String(n.Value)
	}
	return nil
}
