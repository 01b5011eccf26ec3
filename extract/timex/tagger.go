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
// Saturday 11 June 2016", or opens with a dateline ("الرباط – 11 ماي 2022 (ومع) –"), thereby
// fixes the day that its other expressions refer to.
func (t *Tagger) Annotate(d *extract.Document) {
	published := parseISO(d.Article.Published)
	today := t.annotate(d, published)
	if published.day == 0 && today.day > 0 && strings.HasPrefix(today.String(), published.String()) {
		t.annotate(d, today)
	}
}

// annotate fills Times against a day of publication, and returns the first such day
// that the text itself fixes.
func (t *Tagger) annotate(d *extract.Document, published moment) moment {
	var today, dateline moment
	d.Times = d.Times[:0]
	opening := 0 // sentences of the body so far
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		if !sent.Title && !sent.Furniture {
			opening++
		}
		p := parser{lex: t.lex, tokens: d.Tokens[sent.First:sent.Last], published: published}
		for i := 0; i < len(p.tokens); {
			e, ok := p.expression(i)
			if !ok {
				i++
				continue
			}
			if dateline.day == 0 && !sent.Title && opening <= datelines && p.dateline(&e) {
				dateline = e.value
			}
			if i = e.last; sent.Furniture {
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
		}
	}
	if today.day == 0 {
		return dateline
	}
	return today
}

// datelines is in how many sentences at the beginning of the body a dateline may stand.
const datelines = 2

// longestPlace is how many tokens may stand before the date of a dateline: place and agency.
const longestPlace = 6

// dateline reports whether e, a day with its year, is that of a dateline: behind a place or
// an agency, with no verb, and before a mark that sets it off.
func (p *parser) dateline(e *expression) bool {
	if e.value.day == 0 || e.end.day != 0 || e.first > longestPlace || e.value.year < 1990 {
		return false
	}
	year := false
	for i := e.first; i < e.last; i++ {
		year = year || p.norm(i) == e.value.String()[:4]
	}
	for i := range p.tokens[:e.first] {
		if tok := &p.tokens[i]; len(tok.Verb) > 0 && len(tok.Noun) == 0 && !tok.Def || p.norm(i) == "من" || p.norm(i) == "منذ" {
			return false
		}
	}
	return year && (e.last == len(p.tokens) || p.tokens[e.last].Kind == extract.Punct && p.norm(e.last) != "،" && p.norm(e.last) != "\"")
}
