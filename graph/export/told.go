package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"

	"isnad/graph/names"
	"isnad/schema"
)

// result makes the document result of what was collected. Its text has a line for each
// name and each quotation; a statement without one is put into words.
func (f *foreign) result() (*schema.Result, error) {
	name := f.Name
	r := &schema.Result{ID: "import/" + name, Publisher: &name, Title: name, Language: "ar", Extractor: "import"}
	var text strings.Builder
	line := func(s string) schema.Span {
		start := text.Len()
		text.WriteString(s)
		end := text.Len()
		text.WriteByte('\n')
		return schema.Span{Start: start, End: end}
	}
	for i, e := range f.entities {
		e.id = "e" + strconv.Itoa(i+1)
		told := schema.Entity{ID: e.id, Type: e.Class, Name: e.Name, NameLatin: e.Latin}
		if e.Class == schema.Country {
			told.Code = names.CountryCode(e.Name)
		}
		for _, name := range append([]string{e.Name}, e.Other...) {
			told.Mentions = append(told.Mentions, schema.Mention{Text: name, Span: line(name)})
		}
		r.Entities = append(r.Entities, told)
	}
	for _, st := range f.statements {
		rel := schema.Relation{S: st.subject.id, P: st.Predicate, Status: st.Status, Date: st.Date, Confidence: math.Round(st.Confidence*100) / 100, Rule: "import"}
		if st.object != nil {
			rel.O.Entity = st.object.id
		} else {
			rel.O.Literal = &schema.Literal{Type: st.ValueType, Value: st.Value}
		}
		for _, words := range f.passages(st) {
			rel.Evidence = schema.Evidence{Text: words, Span: line(words)}
			r.Relations = append(r.Relations, rel)
		}
	}
	r.Text = text.String()
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00%s\x00%+v\x00", name, r.Text, r.Entities)
	for i := range r.Relations {
		fmt.Fprintf(sum, "%+v%+v\x00", r.Relations[i], r.Relations[i].O.Literal)
	}
	r.Hash = hex.EncodeToString(sum.Sum(nil))
	return r, nil
}

// passages returns the quotations of a statement, or its words.
func (f *foreign) passages(st *statement) []string {
	var out []string
	for _, v := range st.Evidence {
		if strings.TrimSpace(v.Quote) != "" {
			out = append(out, v.Quote)
		}
	}
	if out != nil {
		return out
	}
	object := st.Value
	if st.object != nil {
		object = st.object.Name
	}
	verb := st.Predicate
	if label := f.Ontology.Predicate(verb).Label["ar"]; label != "" {
		verb = label
	}
	return []string{st.subject.Name + " " + verb + " " + object}
}
