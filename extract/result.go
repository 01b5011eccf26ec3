package extract

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"isnad/extract/article"
	"isnad/schema"
)

// Hash identifies what an article says, wherever it is held: see article.Article.Hash.
func Hash(a *article.Article) string { return a.Hash() }

// Result assembles the document result. Entities that neither take part in a
// relation nor bear a proper name are left out, and the others numbered e1, e2, …
// in order of first mention.
func (d *Document) Result(extractor string) *schema.Result {
	r := &schema.Result{
		ID:        d.Article.ID,
		URL:       optional(d.Article.URL),
		Publisher: optional(d.Article.Publisher),
		Title:     d.Article.Title,
		Published: optional(d.Article.Published),
		Language:  d.Article.Language,
		Text:      d.Text,
		Hash:      Hash(&d.Article),
		Extractor: extractor,
		Entities:  []schema.Entity{},
		Relations: []schema.Relation{},
	}
	ids := d.numberEntities()
	for i, e := range d.Entities {
		if ids[i] != "" {
			r.Entities = append(r.Entities, d.resultEntity(ids[i], &e))
		}
	}
	slices.SortFunc(r.Entities, func(a, b schema.Entity) int { return entityNumber(a.ID) - entityNumber(b.ID) })
	for _, rel := range d.Relations {
		r.Relations = append(r.Relations, d.resultRelation(ids, &rel))
	}
	return r
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func entityNumber(id string) int {
	var n int
	if _, err := fmt.Sscanf(id, "e%d", &n); err != nil {
		return math.MaxInt
	}
	return n
}

// numberEntities gives each entity that the result keeps its id, in order of first
// mention, and the others the empty string.
func (d *Document) numberEntities() []string {
	keep := make([]bool, len(d.Entities))
	use := func(e int) {
		if e != None {
			keep[e] = true
		}
	}
	for _, rel := range d.Relations {
		use(rel.Subject)
		use(rel.Object)
		use(rel.Place)
		use(rel.To)
		for _, a := range rel.Attribution {
			use(a.Speaker)
		}
	}
	order := make([]int, 0, len(d.Entities))
	for i, e := range d.Entities {
		named := slices.ContainsFunc(e.Mentions, func(m int) bool { return d.Mentions[m].Form == Name })
		if (keep[i] || named) && len(e.Mentions) > 0 {
			order = append(order, i)
		}
	}
	first := func(i int) int { return d.Mentions[d.Entities[i].Mentions[0]].Start }
	slices.SortStableFunc(order, func(a, b int) int { return first(a) - first(b) })
	ids := make([]string, len(d.Entities))
	for n, i := range order {
		ids[i] = fmt.Sprintf("e%d", n+1)
	}
	return ids
}

func (d *Document) resultEntity(id string, e *Entity) schema.Entity {
	out := schema.Entity{ID: id, Type: e.Class, Name: e.Name, NameLatin: e.Latin, Code: e.Code, Mentions: []schema.Mention{}}
	for _, m := range e.Mentions {
		mention := d.Mentions[m]
		if mention.Form == Pronoun {
			continue
		}
		out.Mentions = append(out.Mentions, schema.Mention{Text: d.words(&mention), Span: mention.Span})
	}
	return out
}

// words returns the words of a mention as the text has them, but with the letters of
// the article that ل has swallowed at its start.
func (d *Document) words(m *Mention) string {
	text := d.Text[m.Start:m.End]
	if m.First == m.Last || m.First >= len(d.Tokens) {
		return text
	}
	tok := &d.Tokens[m.First]
	written := d.Text[tok.Start:tok.End]
	if swallowed, ok := strings.CutSuffix(tok.Form, written); ok && tok.Start == m.Start {
		return swallowed + text
	}
	return text
}

func (d *Document) resultRelation(ids []string, rel *Relation) schema.Relation {
	id := func(e int) string {
		if e == None {
			return ""
		}
		return ids[e]
	}
	out := schema.Relation{
		S: id(rel.Subject), P: rel.Predicate, O: schema.Object{Entity: id(rel.Object), Literal: rel.Literal},
		Status: rel.Status, Date: rel.Date, Place: id(rel.Place), To: id(rel.To), Kind: rel.Kind, As: rel.As,
		Confidence: math.Round(rel.Confidence*100) / 100, Rule: rel.Rule,
		Evidence: schema.Evidence{Text: d.Text[rel.Evidence.Start:rel.Evidence.End], Span: rel.Evidence},
	}
	for _, a := range rel.Attribution {
		out.Attribution = append(out.Attribution, schema.Attribution{Speaker: id(a.Speaker), Text: a.Text, Verb: a.Verb})
	}
	return out
}
