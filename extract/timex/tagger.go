// Package timex finds time expressions and resolves them against the day on which the
// article was published. It never invents: what the text and that day do not fix has
// an empty value.
package timex

import (
	"io"
	"strings"

	"isnad/extract"
)

// Tagger is the stage that fills a document's Times. It is safe for concurrent use.
type Tagger struct{ lex *lexicon }

var _ extract.Stage = (*Tagger)(nil)

// New loads the lexicon.
func New() (*Tagger, error) {
	lex, err := load()
	if err != nil {
		return nil, err
	}
	return &Tagger{lex}, nil
}

// Name is "timex".
func (*Tagger) Name() string { return "timex" }

// Fingerprint writes the lexicon in force.
func (*Tagger) Fingerprint(w io.Writer) {
	for _, file := range []string{"months", "hijri", "words", "numbers", "counts"} {
		text, _ := data.ReadFile("data/" + file + ".txt") // New has read it
		w.Write(text)
	}
}

// Annotate fills the document's Times. An article of unknown date that says "today,
// Saturday 11 June 2016" thereby fixes the day that its other expressions refer to.
func (t *Tagger) Annotate(d *extract.Document) {
	published := parseISO(d.Article.Published)
	today := t.annotate(d, published)
	if published.day == 0 && today.day > 0 && strings.HasPrefix(today.String(), published.String()) {
		t.annotate(d, today)
	}
}

// annotate fills Times against a day of publication, and returns the first such day
// that the text itself fixes.
func (t *Tagger) annotate(d *extract.Document, published moment) (today moment) {
	d.Times = d.Times[:0]
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		if sent.Furniture {
			continue
		}
		p := parser{lex: t.lex, tokens: d.Tokens[sent.First:sent.Last], published: published}
		for i := 0; i < len(p.tokens); {
			e, ok := p.expression(i)
			if !ok {
				i++
				continue
			}
			if today.day == 0 {
				today = e.today
			}
			d.Times = append(d.Times, extract.Time{
				Span:     extract.Span{Start: p.tokens[e.first].Start, End: p.tokens[e.last-1].End},
				First:    sent.First + e.first,
				Last:     sent.First + e.last,
				Sentence: s,
				Value:    e.value.String(),
				End:      e.until(),
			})
			i = e.last
		}
	}
	return today
}
