// Package pipeline puts the stages of extraction together: arabic → timex → ner →
// coref → relation → latin. What it returns is the only Extractor isnad ships; another (a
// language model, a neural tagger) would implement the same interface.
package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/extract/article"
	"isnad/extract/coref"
	"isnad/extract/latin"
	"isnad/extract/ner"
	"isnad/extract/relation"
	"isnad/extract/timex"
	"isnad/schema"
)

// Release names the code of extraction. It is raised with every release whose
// results may differ, so that graphs know which articles to read again.
const Release = "0.1.0"

// Pipeline is the shipped Extractor. It is safe for concurrent use.
type Pipeline struct {
	ontology *schema.Ontology
	stages   []extract.Stage
	version  string
}

// New assembles the pipeline over the shipped ontology, lexicons and frames, and
// whatever the extensions add to each.
func New(extensions ...schema.Source) (*Pipeline, error) {
	ont, err := schema.Load(extensions...)
	if err != nil {
		return nil, err
	}
	tagger, err := ner.New(ont, extensions...)
	if err != nil {
		return nil, fmt.Errorf("pipeline: %w", err)
	}
	analyzer, err := arabic.New(arabic.Options{Words: tagger.Words()})
	if err != nil {
		return nil, fmt.Errorf("pipeline: %w", err)
	}
	times, err := timex.New()
	if err != nil {
		return nil, fmt.Errorf("pipeline: %w", err)
	}
	resolver, err := coref.New()
	if err != nil {
		return nil, fmt.Errorf("pipeline: %w", err)
	}
	frames, err := relation.New(ont, extensions...)
	if err != nil {
		return nil, fmt.Errorf("pipeline: %w", err)
	}
	p := &Pipeline{ontology: ont, stages: []extract.Stage{analyzer, times, tagger, resolver, frames, latin.Stage{}}}
	p.version = p.fingerprint()
	return p, nil
}

// fingerprinter is a stage that knows something beyond its code.
type fingerprinter interface {
	// Fingerprint writes all knowledge in force: lexicons, frames, models.
	Fingerprint(io.Writer)
}

func (p *Pipeline) fingerprint() string {
	h := sha256.New()
	h.Write(p.ontology.Bytes())
	for _, s := range p.stages {
		io.WriteString(h, s.Name())
		if f, ok := s.(fingerprinter); ok {
			f.Fingerprint(h)
		}
	}
	return "isnad " + Release + " " + hex.EncodeToString(h.Sum(nil)[:6])
}

// Ontology returns the ontology in force.
func (p *Pipeline) Ontology() *schema.Ontology { return p.ontology }

// Version identifies the code and all knowledge in force.
func (p *Pipeline) Version() string { return p.version }

// Extract returns what the article says. It fails only if ctx is done.
func (p *Pipeline) Extract(ctx context.Context, a *article.Article) (*schema.Result, error) {
	d, err := p.Annotate(ctx, a)
	if err != nil {
		return nil, err
	}
	return d.Result(p.version), nil
}

// Annotate runs all stages over the article and returns the annotated document,
// for those who want to see more than the result.
func (p *Pipeline) Annotate(ctx context.Context, a *article.Article) (*extract.Document, error) {
	d := &extract.Document{Article: *a, Text: a.Text()}
	if a.Title != "" {
		d.Title.End = len(a.Title)
	}
	for _, s := range p.stages {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("pipeline: %s: %w", a.ID, err)
		}
		s.Annotate(d)
	}
	return d, nil
}
