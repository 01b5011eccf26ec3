//go:build linux

package pipeline

import (
	"context"
	"slices"
	"syscall"
	"testing"
	"time"

	"isnad/extract"
	"isnad/extract/article"
)

// BenchmarkStages runs each stage, and all of them, over the sample articles.
// Rates are tokens a second of processor time, so that a busy machine says the same.
func BenchmarkStages(b *testing.B) {
	p, err := New()
	if err != nil {
		b.Fatal(err)
	}
	before := make([][]*extract.Document, len(p.stages)) // as each stage finds the documents
	for a, err := range article.Walk(context.Background(), []string{"../../docs/samples"}, article.Options{}) {
		if err != nil {
			b.Fatal(err)
		}
		d := &extract.Document{Article: *a, Text: a.Text(), Title: extract.Span{End: len(a.Title)}}
		for i, s := range p.stages {
			before[i] = append(before[i], duplicate(d))
			s.Annotate(d)
		}
	}
	for i, s := range p.stages {
		b.Run(s.Name(), func(b *testing.B) {
			rate(b, before[i], func(d *extract.Document) int {
				d = duplicate(d)
				s.Annotate(d)
				return len(d.Tokens)
			})
		})
	}
	b.Run("document", func(b *testing.B) {
		rate(b, before[0], func(d *extract.Document) int {
			d, err := p.Annotate(context.Background(), &d.Article)
			if err != nil {
				b.Fatal(err)
			}
			d.Result(p.Version())
			return len(d.Tokens)
		})
	})
}

// rate runs work over the documents and reports the tokens it did.
func rate(b *testing.B, docs []*extract.Document, work func(*extract.Document) int) {
	b.ReportAllocs()
	tokens, begin := 0, processorTime(b)
	for b.Loop() {
		for _, d := range docs {
			tokens += work(d)
		}
	}
	b.ReportMetric(float64(tokens)/(processorTime(b)-begin).Seconds(), "tokens/s/core")
}

// duplicate copies a document, so that a stage can fill its layers again.
func duplicate(d *extract.Document) *extract.Document {
	c := *d
	c.Tokens, c.Sentences, c.Times = slices.Clone(d.Tokens), slices.Clone(d.Sentences), slices.Clone(d.Times)
	c.Mentions, c.Offices = slices.Clone(d.Mentions), slices.Clone(d.Offices)
	c.Entities, c.Relations = slices.Clone(d.Entities), slices.Clone(d.Relations)
	return &c
}

// processorTime is the time that all threads of the process have used.
func processorTime(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
