package pipeline

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/extract/relation"
)

// Explain writes how each stage reads each sentence of the article, for a person who
// wants to know why something is stated, or is not. It fails if ctx is done or w does.
func (p *Pipeline) Explain(ctx context.Context, a *article.Article, w io.Writer) error {
	d, err := p.Annotate(ctx, a)
	if err != nil {
		return err
	}
	readings := make([]relation.Reading, len(d.Sentences))
	for _, s := range p.stages {
		if e, ok := s.(*relation.Engine); ok {
			readings = e.Explain(d)
		}
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# %s\n", a.ID)
	for i := range d.Sentences {
		explainSentence(out, d, i, readings[i])
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("pipeline: %w", err)
	}
	return nil
}

func explainSentence(w io.Writer, d *extract.Document, i int, r relation.Reading) {
	s := &d.Sentences[i]
	part := ""
	switch {
	case s.Furniture:
		part = " (furniture)"
	case s.Title:
		part = " (title)"
	}
	fmt.Fprintf(w, "\n## sentence %d%s\n\n%s\n", i+1, part, strings.Join(strings.Fields(d.Text[s.Start:s.End]), " "))
	if s.Furniture {
		return
	}
	for _, part := range []struct {
		name  string
		lines []string
	}{
		{"tokens", []string{tokens(d, s)}}, {"verbs", verbs(d, s)}, {"times", times(d, i)}, {"mentions", mentions(d, i)},
		{"offices", offices(d, i)}, {"clauses", r.Clauses}, {"frames", slices.Compact(r.Frames)}, {"statements", statements(d, s)},
	} {
		for k, line := range part.lines {
			name := part.name
			if k > 0 {
				name = ""
			}
			fmt.Fprintf(w, "%-11s %s\n", name, line)
		}
	}
}

// tokens joins the tokens of s; + stands where a clitic was split off.
func tokens(d *extract.Document, s *extract.Sentence) string {
	var out []string
	for i := s.First; i < s.Last; i++ {
		switch t := &d.Tokens[i]; t.Kind {
		case extract.Proclit:
			out = append(out, t.Form+"+")
		case extract.Enclit:
			out = append(out, "+"+t.Form)
		default:
			out = append(out, t.Form)
		}
	}
	return strings.Join(out, " ")
}

// verbs returns the lemmas of the words of s that can be finite verbs.
func verbs(d *extract.Document, s *extract.Sentence) []string {
	var out []string
	for i := s.First; i < s.Last; i++ {
		t := &d.Tokens[i]
		var lemmas []string
		for _, v := range t.Verb {
			if !slices.Contains(lemmas, v.Lemma) {
				lemmas = append(lemmas, v.Lemma)
			}
		}
		if len(lemmas) > 0 {
			out = append(out, t.Form+" = "+strings.Join(lemmas, " or "))
		}
	}
	return out
}

func times(d *extract.Document, sentence int) []string {
	var out []string
	for i := range d.Times {
		t := &d.Times[i]
		if t.Sentence != sentence {
			continue
		}
		value := t.Value
		if value == "" {
			value = "unknown"
		}
		if t.End != "" {
			value += " to " + t.End
		}
		out = append(out, words(d, t.Span)+" = "+value)
	}
	return out
}

var forms = [...]string{extract.Name: "name", extract.Nominal: "description", extract.Nisba: "adjective", extract.Pronoun: "pronoun"}

func mentions(d *extract.Document, sentence int) []string {
	var out []string
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Sentence != sentence {
			continue
		}
		line := fmt.Sprintf("%s = %s, %s", words(d, m.Span), m.Class, forms[m.Form])
		if m.Code != "" {
			line += " of the gazetteer (" + m.Code + ")"
		}
		if m.Parent != extract.None {
			line += " within " + words(d, d.Mentions[m.Parent].Span)
		}
		if m.Entity != extract.None {
			line += " → " + d.Entities[m.Entity].Name
		}
		out = append(out, line)
	}
	return out
}

func offices(d *extract.Document, sentence int) []string {
	var out []string
	for i := range d.Offices {
		o := &d.Offices[i]
		if o.Sentence != sentence {
			continue
		}
		line := words(d, o.Span)
		for _, part := range []struct {
			name    string
			mention int
		}{{"holder", o.Holder}, {"body", o.Body}, {"country", o.Country}} {
			if part.mention != extract.None {
				line += ", " + part.name + " " + words(d, d.Mentions[part.mention].Span)
			}
		}
		out = append(out, line)
	}
	return out
}

// statements returns what the document states with evidence that begins in s.
func statements(d *extract.Document, s *extract.Sentence) []string {
	var out []string
	for i := range d.Relations {
		if r := &d.Relations[i]; r.Evidence.Start >= s.Start && r.Evidence.Start < s.End {
			out = append(out, fmt.Sprintf("%s [%s %.2f]", d.Describe(r), r.Rule, r.Confidence))
		}
	}
	return out
}

func words(d *extract.Document, s extract.Span) string {
	return strings.Join(strings.Fields(d.Text[s.Start:s.End]), " ")
}
