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
	said := r.beyondQuotation()
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
	if two := r.two(len(r.nodes)); two != nil {
		r.lastTwo = absent(two)
	}
	r.decide()
	spoke := r.spoke(said)
	for c := range r.clauses {
		if cl := &r.clauses[c]; !r.leading(c) || cl.verb < said {
			continue
		}
		subj := r.subject(c)
		if len(subj.args) > 0 || subj.said {
			r.topic = absent(subj.args)
			return
		}
	}
	if args := r.topicOf(0); !spoke && said == 0 && len(args) == 1 && r.doc.Entities[args[0].entity].Class == schema.Person {
		r.topic = absent(args)
	}
}

// decide keeps who is said to decide on appointments in the sentence.
func (r *reader) decide() {
	for c := range r.clauses {
		cl := &r.clauses[c]
		if cl.verb < 0 || !r.lemmaIn(cl.verb, r.words.deciding) {
			continue
		}
		for i := cl.verb + 1; i < len(r.nodes); i++ {
			if r.nodes[i].kind == wordNode && r.inList("appointments", r.headWord(i)) {
				if subj := r.subjectOf(c); r.agentive(subj) {
					r.decider = absent(subj)
				}
				break
			}
		}
	}
}

// leading reports whether clause c carries the sentence: a main clause, or one behind "كما"
// with nothing before it.
func (r *reader) leading(c int) bool {
	cl := &r.clauses[c]
	return cl.kind == mainClause || cl.kind == adverbialClause && cl.parent == 0 && r.clauses[0].verb < 0 && cl.intro >= 0 && r.nodes[cl.intro].norm == "كما"
}

// spoke keeps who spoke last in the sentence, behind node from, and reports whether anyone did.
func (r *reader) spoke(from int) bool {
	for c := len(r.clauses) - 1; c >= 0; c-- {
		cl := &r.clauses[c]
		if !r.leading(c) || cl.verb < from || !r.isSpeech(cl.verb) {
			continue
		}
		switch subj := r.subject(c); {
		case len(subj.args) > 0:
			r.speaker, r.origin = absent(subj.args), ""
		case subj.said:
			r.speaker, r.origin = nil, r.layer(nil, cl.verb).Text
		default:
			continue
		}
		return true
	}
	return false
}

// beyondQuotation returns the node from which the sentence is the article's own words:
// behind the end of the quotation that was open when it began.
func (r *reader) beyondQuotation() int {
	if !r.quoted {
		return 0
	}
	for i := range r.nodes {
		if r.nodes[i].kind == quoteNode {
			return i
		}
	}
	return len(r.nodes)
}
