package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// attribution returns who is quoted as stating what clause c states, outermost first.
func (r *reader) attribution(c int) []extract.Attribution {
	var layers []extract.Attribution
	for at := c; at >= 0; at = r.clauses[at].parent {
		cl := &r.clauses[at]
		up := cl.parent
		if cl.kind != complementClause || up < 0 {
			continue
		}
		v := r.clauses[up].verb
		if v < 0 || v > cl.intro || !r.isSpeech(v) {
			continue
		}
		layers = append(layers, r.layer(r.subjectOf(up), v))
	}
	if said := r.according(c); said != nil {
		layers = append(layers, *said)
	}
	if said := r.headlined(c); said != nil {
		layers = append(layers, *said)
	}
	slices.Reverse(layers)
	if len(layers) == 0 {
		layers = slices.Clone(r.continued)
	}
	return layers
}

// quoting keeps, where a quotation is still open at the end of the sentence, who is
// quoted: the sentences up to its end say what they say. Marks within a name count too.
func (r *reader) quoting() {
	last := -1 // node with which the quotation opened
	for i := range r.nodes {
		for t := r.nodes[i].first; t < r.nodes[i].last; t++ {
			if r.doc.Tokens[t].Kind != extract.Punct || punctKind(r.doc.Tokens[t].Form) != quoteNode {
				continue
			}
			switch r.doc.Tokens[t].Form {
			case "“", "«", "„":
				r.quoted, last = true, i
			case "”", "»":
				r.quoted = false
			default:
				r.quoted, last = !r.quoted, i
			}
		}
	}
	switch {
	case !r.quoted:
		r.continued = nil
	case last >= 0:
		r.continued = r.attribution(r.nodes[len(r.nodes)-1].clause)
		if len(r.continued) == 0 {
			r.continued = r.attribution(r.nodes[last].clause)
		}
	}
}

func (r *reader) layer(speakers []argument, v int) extract.Attribution {
	a := extract.Attribution{Speaker: extract.None, Verb: r.verbatim(r.nodes[v].first, r.nodes[v].last)}
	if len(speakers) > 0 {
		a.Speaker = speakers[0].entity
		a.Text = r.doc.Entities[a.Speaker].Name
		if sp := speakers[0].span; sp.End > sp.Start {
			a.Text = r.doc.Text[sp.Start:sp.End]
		}
		return a
	}
	// Speakers that are no entity are quoted in words: "مصدر أمني".
	first, last := v+1, v+1
	for last < len(r.nodes) && r.nodes[last].kind == wordNode && last < v+4 {
		last++
	}
	switch {
	case last > first:
		a.Text = r.verbatim(r.nodes[first].first, r.nodes[last-1].last)
	case r.lemmaIn(v, r.words.continuing):
		a.Text = r.origin
	}
	return a
}

func (r *reader) verbatim(first, last int) string {
	return r.doc.Text[r.doc.Tokens[first].Start:r.doc.Tokens[last-1].End]
}

// according returns the source that a phrase such as "وفق X" or "حسبما أعلن X" names for
// clause c.
func (r *reader) according(c int) *extract.Attribution {
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.kind == subNode && n.clause != c && r.inList("as_said", n.norm) {
			if v := r.clauses[n.clause].verb; v >= 0 && r.isSpeech(v) && r.covers(i, r.clauses[n.clause].parent, c) {
				a := r.layer(r.subjectOf(n.clause), v)
				return &a
			}
		}
		if n.kind != prepNode || !r.inList("sources", n.norm) || i > 0 && r.nodes[i-1].norm == "ف" || !r.covers(i, n.clause, c) {
			continue
		}
		if a := r.informant(i); a != nil {
			return a
		}
	}
	return nil
}

// covers reports whether a source named at node i, in clause at, is that of clause c: it
// stands in it, in one around it, or behind a comma after all of it.
func (r *reader) covers(i, at, c int) bool {
	for up := c; up >= 0; up = r.clauses[up].parent {
		if up == at {
			return true
		}
	}
	if i == 0 || r.nodes[i-1].kind != commaNode {
		return false
	}
	for up := at; up >= 0; up = r.clauses[up].parent {
		if up == c {
			return true
		}
	}
	return false
}

// informant returns whom the preposition of node i names as source: a person, body or country,
// perhaps behind what it has said ("بيان للوزارة"), or in words who informs ("مصادر أمنية").
func (r *reader) informant(i int) *extract.Attribution {
	n := &r.nodes[i]
	a := extract.Attribution{Speaker: extract.None, Verb: r.verbatim(n.first, n.last)}
	args, end := r.phrase(i+1, "documents")
	if len(args) > 0 && r.fits(args[0], agents) {
		a.Speaker, a.Text = args[0].entity, r.doc.Entities[args[0].entity].Name
		if sp := args[0].span; sp.End > sp.Start {
			a.Text = r.doc.Text[sp.Start:sp.End]
		}
		return &a
	}
	if i+1 >= len(r.nodes) || r.nodes[i+1].kind != wordNode || end <= i+1 || end > len(r.nodes) {
		return nil
	}
	if base := r.doc.Tokens[r.nodes[i+1].first].Base; !r.inList("documents", base) && !r.inList("informants", base) {
		return nil // وفق جدول زمني
	}
	a.Text = r.verbatim(r.nodes[i+1].first, r.nodes[end-1].last)
	return &a
}

var agents = []schema.Class{schema.Person, schema.Organization, schema.Country}

// headlined returns the one who stands before the colon that opens clause c, or one that
// it belongs to, and so says it: "عباس: لن نقبل". A place is a dateline.
func (s *sentence) headlined(c int) *extract.Attribution {
	for up := s.clauses[c].parent; up >= 0; up = s.clauses[c].parent {
		c = up
	}
	at := s.clauses[c].intro
	if at < 1 || s.nodes[at].norm != ":" || s.clauses[c].kind != mainClause {
		return nil
	}
	first := 0
	for first < at && s.nodes[first].kind == quoteNode {
		first++
	}
	if first != at-1 || s.nodes[first].kind != nameNode {
		return nil
	}
	args := s.head(first)
	if !s.agentive(args) {
		return nil
	}
	return &extract.Attribution{Speaker: args[0].entity, Verb: ":", Text: s.doc.Text[args[0].span.Start:args[0].span.End]}
}
