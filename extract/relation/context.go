package relation

import (
	"isnad/extract"
	"isnad/schema"
)

// newChunker indexes the layers of d by token.
func newChunker(d *extract.Document, w *wordLists) *chunker {
	n := len(d.Tokens)
	buf := make([]int, 4*n)
	for i := range buf {
		buf[i] = extract.None
	}
	c := &chunker{doc: d, words: w, at: buf[:n], office: buf[n : 2*n], times: buf[2*n : 3*n], nisba: buf[3*n:], nameless: nameless(d, w)}
	for m := range d.Mentions {
		x := &d.Mentions[m]
		switch {
		case x.Form == extract.Pronoun:
			c.pronouns = append(c.pronouns, m)
		case x.Form == extract.Nisba:
			c.nisba[x.First] = m
		case x.Class == schema.Event && w.calendar[d.Tokens[x.Head].Base]:
			// a day or week is no event
		case c.at[x.First] == extract.None:
			c.at[x.First] = m // mentions are sorted by start, longest first
		}
	}
	for o := range d.Offices {
		if at := &c.office[d.Offices[o].First]; *at == extract.None {
			*at = o
		}
	}
	for t := range d.Times {
		if at := &c.times[d.Times[t].First]; *at == extract.None {
			*at = t
		}
	}
	return c
}

// carry keeps of the parsed sentence what the next one may leave unsaid.
func (r *reader) carry() {
	if len(r.nodes) > 0 {
		r.quoting()
	}
	if len(r.clauses) == 0 || r.doc.Sentences[r.index].Title {
		return
	}
	for i := range r.nodes {
		if r.nodes[i].event {
			if args := r.head(i); len(args) > 0 && r.inList("gatherings", r.headWord(i)) {
				r.lastEvent = absent(args)
			}
		}
	}
	for c := range r.clauses {
		cl := &r.clauses[c]
		if cl.kind != mainClause || cl.verb < 0 {
			continue
		}
		if args := r.subjectOf(c); len(args) > 0 {
			r.topic = absent(args)
			return
		}
	}
	if args := r.topicOf(0); len(args) == 1 && r.doc.Entities[args[0].entity].Class == schema.Person {
		r.topic = absent(args)
	}
}
