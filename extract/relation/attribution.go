package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// sources are prepositions that name who says what the sentence states.
var sources = []string{"حسب", "ب حسب", "وفق", "وفقا ل", "طبقا ل", "نقلا عن"}

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
	slices.Reverse(layers)
	if len(layers) == 0 {
		layers = slices.Clone(r.continued)
	}
	return layers
}

// quoting keeps, where a quotation is still open at the end of the sentence, who is
// quoted: the sentences up to its end say what they say.
func (r *reader) quoting() {
	last := -1 // where the quotation opened
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.kind != quoteNode {
			continue
		}
		switch n.norm {
		case "“", "«", "„":
			r.quoted, last = true, i
		case "”", "»":
			r.quoted = false
		default:
			r.quoted = !r.quoted
			last = i
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

// according returns the source that a phrase such as "وفق X" names for clause c.
func (r *reader) according(c int) *extract.Attribution {
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.kind != prepNode || !slices.Contains(sources, n.norm) {
			continue
		}
		args, end := r.phrase(i+1, "any")
		a := extract.Attribution{Speaker: extract.None, Verb: r.verbatim(n.first, n.last)}
		if len(args) > 0 && r.fits(args[0], []schema.Class{schema.Person, schema.Organization, schema.Country}) {
			a.Speaker, a.Text = args[0].entity, r.doc.Text[args[0].span.Start:args[0].span.End]
		} else if end > i+1 && end <= len(r.nodes) {
			a.Text = r.verbatim(r.nodes[i+1].first, r.nodes[end-1].last)
		}
		return &a
	}
	return nil
}
