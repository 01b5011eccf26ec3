package relation

import (
	"fmt"
	"strings"

	"isnad/extract"
)

var kindNames = [...]string{"word", "name", "verb", "prep", "and", "comma", "stop", "quote", "that", "rel", "sub", "time", "skip", "neg", "pron"}

var clauseNames = [...]string{"main", "complement", "relative", "adverbial", "participial"}

// Reading is how the engine reads one sentence.
type Reading struct {
	Clauses []string // each with its kind, the clause it belongs to, its subject in brackets, and its nodes
	Frames  []string // each frame that a word of the sentence triggers, the word, and what came of it; of those a class of names triggers, what they state
}

// Explain reads d as Annotate does, without changing it, and returns the reading of
// each sentence; that of furniture is empty.
func (e *Engine) Explain(d *extract.Document) []Reading {
	out := make([]Reading, len(d.Sentences))
	e.read(d, out)
	return out
}

// describe returns a line for each clause.
func (s *sentence) describe() []string {
	var out []string
	for k := range s.clauses {
		var b strings.Builder
		cl := &s.clauses[k]
		fmt.Fprintf(&b, "%d %s", k, clauseNames[cl.kind])
		if cl.parent >= 0 {
			fmt.Fprintf(&b, " of %d", cl.parent)
		}
		for _, a := range s.subjectOf(k) {
			fmt.Fprintf(&b, " [%s]", s.doc.Entities[a.entity].Name)
		}
		b.WriteByte(':')
		for n := range s.nodes {
			if s.nodes[n].clause == k {
				fmt.Fprintf(&b, " %s:%s", kindNames[s.nodes[n].kind], strings.Join(strings.Fields(s.text(n)), "_"))
			}
		}
		out = append(out, b.String())
	}
	return out
}

// outcome says what came of the frame of t.
func (r *reader) outcome(t trigger, outcome string, stated []extract.Relation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s at %s: %s", t.frame.Name, r.text(t.node), outcome)
	for i := range stated {
		b.WriteString("; " + r.doc.Describe(&stated[i]))
	}
	return b.String()
}

// text returns the words of node i.
func (s *sentence) text(i int) string {
	sp := s.span(i)
	return s.doc.Text[sp.Start:sp.End]
}
