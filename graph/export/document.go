package export

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/export/format"
	"isnad/schema"
)

// document is what restores an article: its document result, as 'isnad extract' prints
// it, and which entities of the graph its own are.
type document struct {
	schema.Result
	Assignment graph.Assignment `json:"assignment"`
	Bytes      *notText         `json:"bytes,omitempty"`
}

// notText holds what is no UTF-8, which JSON cannot say, in base64.
type notText struct {
	ID   []byte `json:"id,omitempty"`
	Text []byte `json:"text,omitempty"`
}

func encodeDocument(a graph.Live) (json.RawMessage, error) {
	d := document{Result: *a.Result, Assignment: a.Assignment}
	var raw notText
	if !utf8.ValidString(d.ID) {
		raw.ID = []byte(d.ID)
	}
	if !utf8.ValidString(d.Text) {
		raw.Text = []byte(d.Text)
	}
	if raw.ID != nil || raw.Text != nil {
		d.Bytes = &raw
	}
	encoded, err := json.Marshal(&d)
	if err != nil {
		return nil, fmt.Errorf("export: article %q: %w", d.ID, err)
	}
	return encoded, nil
}

func decodeDocument(encoded json.RawMessage) (graph.Live, error) {
	var d document
	if err := json.Unmarshal(encoded, &d); err != nil {
		return graph.Live{}, fmt.Errorf("no article of isnad: %w", err)
	}
	if d.Bytes != nil && d.Bytes.ID != nil {
		d.ID = string(d.Bytes.ID)
	}
	if d.Bytes != nil && d.Bytes.Text != nil {
		d.Text = string(d.Bytes.Text)
	}
	return graph.Live{Result: &d.Result, Assignment: d.Assignment}, nil
}

// articles yields every article of the view by IRI, each read when its turn comes.
func articles(ctx context.Context, v *graph.View, iris *spool[format.Article]) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		for named, err := range iris.items() {
			var a *format.Article
			if err == nil {
				a, err = article(ctx, v, named)
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// spoolArticles sorts the IRIs of all articles.
func spoolArticles(ctx context.Context, v *graph.View, to *spool[format.Article]) error {
	for node, err := range v.EachSubject(ctx, graph.Type, graph.ArticleClass) {
		if err != nil {
			return err
		}
		iri, _ := node.(quad.IRI)
		if err := to.add([]byte(iri), &format.Article{IRI: string(iri)}); err != nil {
			return err
		}
	}
	return nil
}

// Only their IRIs are sorted.
func encodeArticle(to []byte, a *format.Article) []byte { return putString(to, a.IRI) }

func decodeArticle(d *decoder, a *format.Article) { a.IRI = d.string() }

func article(ctx context.Context, v *graph.View, named *format.Article) (*format.Article, error) {
	got, err := v.Objects(ctx, quad.IRI(named.IRI), graph.ID)
	if err != nil {
		return nil, err
	}
	if len(got[graph.ID]) == 0 {
		return nil, fmt.Errorf("export: article %s: %w", named.IRI, fs.ErrNotExist)
	}
	r, as, err := v.Article(ctx, quad.ToString(got[graph.ID][0]))
	if err == nil && r == nil {
		err = errors.New("it has no result")
	}
	if err != nil {
		return nil, fmt.Errorf("export: article %s: %w", named.IRI, err)
	}
	a := &format.Article{IRI: named.IRI, ID: r.ID, URL: text(r.URL), Title: r.Title, Publisher: text(r.Publisher), Published: text(r.Published), Language: r.Language}
	a.Document, err = encodeDocument(graph.Live{Result: r, Assignment: *as})
	return a, err
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
