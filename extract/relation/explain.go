package relation

import (
	"fmt"
	"strings"

	"isnad/extract"
)

var kindNames = [...]string{"word", "name", "verb", "prep", "and", "comma", "stop", "quote", "that", "rel", "sub", "time", "skip", "neg", "pron"}

var clauseNames = [...]string{"main", "complement", "relative", "adverbial", "participial"}

// Explain describes how the clause parser reads sentence i of d: one line for
// each clause, with its kind, the clause it belongs to, its subject, and its nodes;
// then one for each frame that a word of the sentence triggers, and what came of it.
func (e *Engine) Explain(d *extract.Document, i int) string {
	c := newChunker(d, e.words)
	s := &sentence{doc: d, words: e.words, index: i, nisba: c.nisba, pronouns: c.pronouns, nameless: nameless(d), nodes: c.chunk(d.Sentences[i].First, d.Sentences[i].Last, nil)}
	s.parse()
	var b strings.Builder
	for k := range s.clauses {
		cl := &s.clauses[k]
		fmt.Fprintf(&b, "%d %s", k, clauseNames[cl.kind])
		if cl.parent >= 0 {
			fmt.Fprintf(&b, " of %d", cl.parent)
		}
		for _, a := range s.subjectOf(k) {
			fmt.Fprintf(&b, " [%s]", d.Entities[a.entity].Name)
		}
		b.WriteByte(':')
		for n := range s.nodes {
			if s.nodes[n].clause == k {
				sp := s.span(n)
				fmt.Fprintf(&b, " %s:%s", kindNames[s.nodes[n].kind], strings.Join(strings.Fields(d.Text[sp.Start:sp.End]), "_"))
			}
		}
		b.WriteByte('\n')
	}
	r := &reader{ont: e.ont, sentence: s, trace: func(t trigger, outcome string) {
		sp := s.span(t.node)
		fmt.Fprintf(&b, "%s at %s: %s\n", t.frame.Name, d.Text[sp.Start:sp.End], outcome)
	}}
	e.sentence(r, &collector{doc: d, ont: e.ont})
	return b.String()
}
