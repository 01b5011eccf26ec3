package explore

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/schema"
)

// Ref names one end of a statement: an entity, or a literal, which has no IRI.
type Ref struct {
	IRI   string       `json:"iri,omitempty"`
	Name  string       `json:"name"`
	Class schema.Class `json:"class,omitempty"`
}

// Statement is what articles say about two ends, at one date.
type Statement struct {
	IRI        string        `json:"iri"`
	Subject    Ref           `json:"subject"`
	Predicate  string        `json:"predicate"` // name in the ontology
	Object     Ref           `json:"object"`
	Status     schema.Status `json:"status"`
	Date       string        `json:"date,omitempty"` // ISO 8601, truncated
	Places     []Ref         `json:"places,omitempty"`
	Confidence float64       `json:"confidence"`
	Sources    int           `json:"sources"`  // independent articles
	Evidence   []Evidence    `json:"evidence"` // best first; at most maxEvidence
}

// Evidence is one passage that states a statement, and where it stands.
type Evidence struct {
	IRI         string        `json:"iri"`
	Quote       string        `json:"quote"`
	Span        string        `json:"span"` // "start-end", bytes of the article's text
	Confidence  float64       `json:"confidence"`
	Rule        string        `json:"rule,omitempty"`
	Date        string        `json:"date,omitempty"` // as this passage states it
	Kind        string        `json:"kind,omitempty"`
	As          string        `json:"as,omitempty"`
	To          *Ref          `json:"to,omitempty"`
	Attribution []Attribution `json:"attribution,omitempty"` // outermost first
	Article     Article       `json:"article"`
}

// Attribution is one layer of reported speech.
type Attribution struct {
	Speaker *Ref   `json:"speaker,omitempty"`
	Text    string `json:"text,omitempty"`
	Verb    string `json:"verb"`
}

// Article is where a passage stands.
type Article struct {
	ID        string `json:"id"`
	IRI       string `json:"iri"`
	URL       string `json:"url,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
}

// maxEvidence is how many passages of one statement are read for people to look at.
const maxEvidence = 20

// loader reads statements and remembers names and articles it has met.
type loader struct {
	ctx      context.Context
	view     *graph.View
	passages int  // read of each statement, at most
	bare     bool // the ends of statements are not named
	refs     map[string]Ref
	articles map[string]Article
}

func newLoader(ctx context.Context, v *graph.View) *loader {
	return &loader{ctx: ctx, view: v, passages: maxEvidence, refs: map[string]Ref{}, articles: map[string]Article{}}
}

// text returns the first value as plain text.
func text(vs []quad.Value) string {
	if len(vs) == 0 {
		return ""
	}
	if iri, ok := vs[0].(quad.IRI); ok {
		return string(iri)
	}
	return quad.ToString(vs[0])
}

func number(vs []quad.Value) float64 {
	if len(vs) == 0 {
		return 0
	}
	switch n := vs[0].(type) {
	case quad.Float:
		return float64(n)
	case quad.Int:
		return float64(n)
	}
	return 0
}

// ref names a value.
func (l *loader) ref(v quad.Value) (Ref, error) {
	iri, ok := v.(quad.IRI)
	if !ok {
		return Ref{Name: quad.ToString(v)}, nil
	}
	if r, ok := l.refs[string(iri)]; ok {
		return r, nil
	}
	t, err := l.view.Tally(l.ctx, string(iri))
	if err != nil {
		return Ref{}, err
	}
	r := Ref{IRI: string(iri), Name: string(iri)}
	if t.Articles > 0 {
		r.Name, r.Class = t.Name(), t.Class()
	}
	l.refs[r.IRI] = r
	return r, nil
}

func (l *loader) refsOf(vs []quad.Value) ([]Ref, error) {
	var out []Ref
	for _, v := range vs {
		r, err := l.ref(v)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Ref) int { return cmp.Compare(a.IRI, b.IRI) })
	return out, nil
}

// refsInOrder names entities.
func (l *loader) refsInOrder(iris ...string) ([]Ref, error) {
	var out []Ref
	for _, iri := range iris {
		r, err := l.ref(quad.IRI(iri))
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// head reads a statement without its evidence and without names.
func (l *loader) head(iri quad.Value) (map[quad.IRI][]quad.Value, error) {
	return l.view.Objects(l.ctx, iri, graph.Subject, graph.Predicate, graph.Object, graph.Status, graph.Date,
		graph.Place, graph.Confidence, graph.Sources, graph.EvidenceOf)
}

// statement completes what head read.
func (l *loader) statement(iri quad.Value, head map[quad.IRI][]quad.Value) (*Statement, error) {
	st := &Statement{
		IRI: text([]quad.Value{iri}), Status: schema.Status(text(head[graph.Status])), Date: text(head[graph.Date]),
		Predicate:  strings.TrimPrefix(text(head[graph.Predicate]), graph.World),
		Confidence: number(head[graph.Confidence]), Sources: int(number(head[graph.Sources])),
	}
	for _, end := range []struct {
		p  quad.IRI
		to *Ref
	}{{graph.Subject, &st.Subject}, {graph.Object, &st.Object}} {
		if len(head[end.p]) == 0 {
			continue
		}
		if iri, ok := head[end.p][0].(quad.IRI); ok && l.bare {
			end.to.IRI = string(iri)
			continue
		}
		var err error
		if *end.to, err = l.ref(head[end.p][0]); err != nil {
			return nil, err
		}
	}
	var err error
	if st.Places, err = l.refsOf(head[graph.Place]); err != nil {
		return nil, err
	}
	passages := slices.Clone(head[graph.EvidenceOf])
	slices.SortFunc(passages, func(a, b quad.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, v := range passages[:min(len(passages), l.passages)] {
		e, err := l.evidence(v)
		if err != nil {
			return nil, err
		}
		st.Evidence = append(st.Evidence, e)
	}
	slices.SortStableFunc(st.Evidence, func(a, b Evidence) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Article.Published, b.Article.Published),
			cmp.Compare(a.Article.ID, b.Article.ID), cmp.Compare(a.Span, b.Span))
	})
	return st, nil
}

func (l *loader) evidence(iri quad.Value) (Evidence, error) {
	got, err := l.view.Objects(l.ctx, iri, graph.Quote, graph.SpanOf, graph.Confidence, graph.Rule, graph.Date,
		graph.Kind, graph.As, graph.To, graph.Attribution, graph.ArticleOf)
	if err != nil {
		return Evidence{}, err
	}
	e := Evidence{IRI: text([]quad.Value{iri}), Quote: text(got[graph.Quote]), Span: text(got[graph.SpanOf]),
		Confidence: number(got[graph.Confidence]), Rule: text(got[graph.Rule]), Date: text(got[graph.Date]),
		Kind: text(got[graph.Kind]), As: text(got[graph.As])}
	if len(got[graph.To]) > 0 {
		to, err := l.ref(got[graph.To][0])
		if err != nil {
			return e, err
		}
		e.To = &to
	}
	if e.Attribution, err = l.attribution(text(got[graph.Attribution])); err != nil {
		return e, err
	}
	if len(got[graph.ArticleOf]) > 0 {
		e.Article, err = l.article(got[graph.ArticleOf][0])
	}
	return e, err
}

func (l *loader) attribution(encoded string) ([]Attribution, error) {
	if encoded == "" {
		return nil, nil
	}
	var chain []schema.Attribution
	if err := json.Unmarshal([]byte(encoded), &chain); err != nil {
		return nil, err
	}
	var out []Attribution
	for _, a := range chain {
		layer := Attribution{Text: a.Text, Verb: a.Verb}
		if a.Speaker != "" {
			r, err := l.ref(quad.IRI(a.Speaker))
			if err != nil {
				return nil, err
			}
			layer.Speaker = &r
		}
		out = append(out, layer)
	}
	return out, nil
}

func (l *loader) article(iri quad.Value) (Article, error) {
	key := text([]quad.Value{iri})
	if a, ok := l.articles[key]; ok {
		return a, nil
	}
	got, err := l.view.Objects(l.ctx, iri, graph.ID, graph.URL, graph.Publisher, graph.Title, graph.Published)
	a := Article{ID: text(got[graph.ID]), IRI: key, URL: text(got[graph.URL]), Publisher: text(got[graph.Publisher]),
		Title: text(got[graph.Title]), Published: text(got[graph.Published])}
	if err == nil {
		l.articles[key] = a
	}
	return a, err
}

// order sorts statements by predicate, status, date (latest first) and IRI.
func order(sts []Statement) {
	slices.SortFunc(sts, func(a, b Statement) int {
		return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Status, b.Status),
			cmp.Compare(b.Date, a.Date), cmp.Compare(a.Subject.Name, b.Subject.Name),
			cmp.Compare(a.Object.Name, b.Object.Name), cmp.Compare(a.IRI, b.IRI))
	})
}
