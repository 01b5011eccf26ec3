package main

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"isnad/schema"
)

// printPretty writes a document result for a person to read: the text with every
// mention in brackets beside its entity's number, the entities, and the relations
// each with the words that state it.
func (a *app) printPretty(r *schema.Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "== %s\n", a.shown(r.ID))
	for _, meta := range []struct{ name, value string }{
		{"published", deref(r.Published)}, {"publisher", deref(r.Publisher)}, {"url", deref(r.URL)},
	} {
		if meta.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", meta.name, a.shown(meta.value))
		}
	}
	fmt.Fprintf(&b, "\n%s\n\n", a.marked(r))
	for _, e := range r.Entities {
		fmt.Fprintf(&b, "%-4s %-13s %s%s\n", e.ID, e.Type, a.shown(e.Name), a.otherNames(e))
	}
	b.WriteByte('\n')
	for _, rel := range r.Relations {
		a.writeRelation(&b, r, rel)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(a.out, b.String())
	return err
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// marked returns the text of r with mentions in brackets: [e1 ناصر بوريطة].
func (a *app) marked(r *schema.Result) string {
	type edge struct {
		at, other int // where this bracket stands, and its partner
		open      bool
		id        string
	}
	var edges []edge
	for _, e := range r.Entities {
		for _, m := range e.Mentions {
			edges = append(edges, edge{m.Start, m.End, true, e.ID}, edge{m.End, m.Start, false, e.ID})
		}
	}
	sort.SliceStable(edges, func(i, j int) bool {
		x, y := edges[i], edges[j]
		switch {
		case x.at != y.at:
			return x.at < y.at
		case x.open != y.open:
			return !x.open // close before opening the next
		}
		return x.other > y.other // the outer opens first, the inner closes first
	})
	var b strings.Builder
	last := 0
	for _, e := range edges {
		b.WriteString(r.Text[last:e.at])
		last = e.at
		if e.open {
			b.WriteString("[" + e.id + " ")
		} else {
			b.WriteString("]")
		}
	}
	b.WriteString(r.Text[last:])
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		lines[i] = a.shown(line)
	}
	return strings.Join(lines, "\n")
}

// otherNames lists the distinct wordings of an entity beside its name.
func (a *app) otherNames(e schema.Entity) string {
	seen := map[string]bool{e.Name: true}
	var names []string
	for _, m := range e.Mentions {
		if !seen[m.Text] {
			seen[m.Text] = true
			names = append(names, a.shown(m.Text))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "  (" + strings.Join(names, "، ") + ")"
}

func (a *app) writeRelation(b *strings.Builder, r *schema.Result, rel schema.Relation) {
	name := func(id string) string {
		for _, e := range r.Entities {
			if e.ID == id {
				return a.shown(e.Name) + " " + id
			}
		}
		return id
	}
	object := name(rel.O.Entity)
	if rel.O.Literal != nil {
		object = a.shown(rel.O.Literal.Value)
	}
	fmt.Fprintf(b, "%s | %s | %s\n", name(rel.S), rel.P, object)
	notes := []string{string(rel.Status)}
	if rel.Date != "" {
		notes = append(notes, rel.Date)
	}
	if rel.Place != "" {
		notes = append(notes, "at "+name(rel.Place))
	}
	if rel.To != "" {
		notes = append(notes, "to "+name(rel.To))
	}
	if rel.As != "" {
		notes = append(notes, "as "+a.shown(rel.As))
	}
	notes = append(notes, fmt.Sprintf("confidence %.2f", rel.Confidence), rel.Rule)
	for _, at := range rel.Attribution {
		speaker := a.shown(at.Text)
		if at.Speaker != "" {
			speaker = name(at.Speaker)
		}
		notes = append(notes, "said by "+strings.TrimSpace(speaker+" "+a.shown(at.Verb)))
	}
	fmt.Fprintf(b, "     %s\n     «%s»\n", strings.Join(notes, ", "), a.shown(rel.Evidence.Text))
}
