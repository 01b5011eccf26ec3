package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"isnad/extract/article"
	"isnad/graph"
	"isnad/graph/explore"
	"isnad/graph/names"
	"isnad/schema"
)

// entity finds the one entity that the user means by a name in any spelling or an IRI,
// of one of the classes if any are given. If several fit, it returns an ambiguousError.
func (a *app) entity(ctx context.Context, v *graph.View, name string, classes ...schema.Class) (explore.Ref, error) {
	ont, err := a.ontology()
	if err != nil {
		return explore.Ref{}, err
	}
	found, err := explore.Lookup(ctx, v, ont, name)
	if err == nil && len(found) == 0 {
		found, err = a.readName(ctx, v, ont, name)
	}
	if err != nil {
		return explore.Ref{}, err
	}
	if len(classes) > 0 {
		found = slices.DeleteFunc(found, func(c explore.Candidate) bool {
			return !slices.ContainsFunc(classes, func(want schema.Class) bool { return ont.Is(c.Class, want) })
		})
	}
	switch len(found) {
	case 0:
		return explore.Ref{}, fmt.Errorf("nothing in the graph is called %q", name)
	case 1:
		return found[0].Ref, nil
	}
	return explore.Ref{}, &ambiguousError{name, found}
}

// ambiguousError says that a name fits several entities.
type ambiguousError struct {
	name  string
	found []explore.Candidate
}

func (e *ambiguousError) Error() string {
	return fmt.Sprintf("%q fits %d entities: name one by its IRI", e.name, len(e.found))
}

func (e *ambiguousError) iris() []string {
	var out []string
	for _, c := range e.found {
		out = append(out, c.IRI)
	}
	return out
}

// readName looks up what the extractor makes of a name that the graph does not hold as
// it stands: without the title before it, without clitics (للتحالف), or under another
// name of the same country or body (الولايات المتحدة الأمريكية, أميركا); and at last the
// names that a long vowel tells from it (بلينكين).
func (a *app) readName(ctx context.Context, v *graph.View, ont *schema.Ontology, name string) ([]explore.Candidate, error) {
	x, err := a.extractor()
	if err != nil {
		return nil, err
	}
	for _, text := range []string{name, strings.Replace(name, "لل", "ال", 1)} {
		r, err := x.Extract(ctx, &article.Article{ID: "name", Body: text, Language: "ar"})
		if err != nil {
			return nil, err
		}
		tries := []string{text}
		if e := lastNamed(r); e != nil {
			tries = []string{e.Code, e.Name, text}
		}
		for _, try := range tries {
			found, err := explore.Lookup(ctx, v, ont, try)
			if err != nil || len(found) > 0 {
				return found, err
			}
		}
	}
	for _, variant := range names.Variants(name) {
		found, err := explore.Lookup(ctx, v, ont, variant)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return nil, nil
}

// lastNamed returns the entity of the last mention, or nil: titles and nationalities
// stand before the name they belong to.
func lastNamed(r *schema.Result) *schema.Entity {
	var last *schema.Entity
	end := 0
	for i, e := range r.Entities {
		for _, m := range e.Mentions {
			if m.End > end {
				last, end = &r.Entities[i], m.End
			}
		}
	}
	return last
}

func (a *app) printCandidates(found []explore.Candidate) error {
	if a.config.JSON {
		return a.printJSON(map[string]any{"candidates": found})
	}
	t := &table{header: []string{"name", "class", "offices", "countries", "articles", "IRI"}, right: []int{4}}
	for _, c := range found {
		t.add(c.Name, c.Class, strings.Join(c.Offices, "، "), strings.Join(c.Countries, "، "), c.Articles, c.IRI)
	}
	return a.printTable(t)
}

// writeEvidence writes the passages that state st, each with its source, best first:
// a few of them, or with --verbose all.
func (a *app) writeEvidence(b *strings.Builder, st *explore.Statement, indent string) {
	const few = 2
	shown := st.Evidence
	if len(shown) > few && !a.config.Verbose {
		shown = shown[:few]
	}
	for _, e := range shown {
		fmt.Fprintf(b, "%s«%s»\n%s  %s\n", indent, a.shown(strings.Join(strings.Fields(e.Quote), " ")), indent, strings.Join(a.source(e), ", "))
	}
	if more := len(st.Evidence) - len(shown); more > 0 {
		fmt.Fprintf(b, "%s… %d more (--verbose shows all)\n", indent, more)
	}
}

// source says where a passage stands and who is quoted in it.
func (a *app) source(e explore.Evidence) []string {
	var parts []string
	for _, part := range []string{e.Article.Publisher, e.Article.Published, e.Article.ID} {
		if part != "" {
			parts = append(parts, a.shown(part))
		}
	}
	for _, at := range e.Attribution {
		speaker := at.Text
		if at.Speaker != nil {
			speaker = at.Speaker.Name
		}
		parts = append(parts, "said by "+a.shown(strings.TrimSpace(speaker+" ("+at.Verb+")")))
	}
	return parts
}

// circumstances says when, where and how surely a statement holds.
func (a *app) circumstances(st *explore.Statement) string {
	var parts []string
	if st.Status != schema.Asserted {
		parts = append(parts, string(st.Status))
	}
	if st.Date != "" {
		parts = append(parts, st.Date)
	}
	for _, p := range st.Places {
		parts = append(parts, "at "+a.shown(p.Name))
	}
	parts = append(parts, plural(st.Sources, "article", "articles"), fmt.Sprintf("confidence %.2f", st.Confidence))
	return strings.Join(parts, ", ")
}
