package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"

	"isnad/graph/export/format"
	"isnad/schema"
)

// Foreign turns a graph that somebody made into the document result of a source of that
// name, which is written, resolved and removed like an article. Its text has a line for
// each entity, the name, and one for each statement: its quotation, or else the names of
// its ends about the predicate.
func Foreign(source string, nodes []*format.Node, edges []*format.Edge) (*schema.Result, error) {
	r := &schema.Result{ID: "import/" + source, Publisher: &source, Title: source, Language: "ar", Extractor: "import"}
	var text strings.Builder
	line := func(s string) schema.Span {
		start := text.Len()
		text.WriteString(s)
		end := text.Len()
		text.WriteByte('\n')
		return schema.Span{Start: start, End: end}
	}
	ids := map[string]string{}
	names := map[string]string{}
	for i, n := range nodes {
		if n.IRI == "" || ids[n.IRI] != "" {
			return nil, fmt.Errorf("node %d: its id %q is empty or that of another", i+1, n.IRI)
		}
		ids[n.IRI], names[n.IRI] = "e"+strconv.Itoa(i+1), n.Name
		r.Entities = append(r.Entities, schema.Entity{ID: ids[n.IRI], Type: n.Class, Name: n.Name, NameLatin: n.Latin,
			Mentions: []schema.Mention{{Text: n.Name, Span: line(n.Name)}}})
	}
	for _, e := range edges {
		for _, end := range []string{e.Source, e.Target} {
			if ids[end] == "" {
				return nil, fmt.Errorf("the edge from %q to %q: there is no node %q", e.Source, e.Target, end)
			}
		}
		words := names[e.Source] + " " + e.Predicate + " " + names[e.Target]
		if len(e.Evidence) > 0 {
			words = e.Evidence[0].Quote
		}
		r.Relations = append(r.Relations, schema.Relation{S: ids[e.Source], P: e.Predicate, O: schema.Object{Entity: ids[e.Target]}, Status: e.Status, Date: e.Date,
			Confidence: math.Round(e.Confidence*100) / 100, Rule: "import", Evidence: schema.Evidence{Text: words, Span: line(words)}})
	}
	r.Text = text.String()
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00%s\x00%+v\x00%+v", source, r.Text, r.Entities, r.Relations)
	r.Hash = hex.EncodeToString(sum.Sum(nil))
	return r, nil
}
