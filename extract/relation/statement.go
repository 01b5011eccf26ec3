package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// conditions reports whether the words around t's trigger are as its frame demands.
func (r *reader) conditions(t trigger) bool {
	f := t.frame
	if len(f.After) > 0 {
		if t.node == 0 || !slices.Contains(f.After, r.nodes[t.node-1].norm) {
			return false
		}
	}
	if len(f.NotAfter) > 0 && t.node > 0 && slices.Contains(f.NotAfter, r.nodes[t.node-1].norm) {
		return false
	}
	if f.Number == "dual" && (!t.verb || !r.dual(t) || len(r.directObject(t, "any")) > 0) {
		return false
	}
	if f.Dependent && !r.dependent(t.node) {
		return false
	}
	if f.Voice == "passive" && (!t.verb || len(r.directObject(t, "any")) > 0) {
		return false
	}
	if f.Voice == "" && t.verb && r.passive(t) {
		return false
	}
	return (len(f.Then) == 0 || r.follows(t, f.Then)) && (len(f.Unless) == 0 || !r.follows(t, f.Unless))
}

// dependent reports whether a preposition or a noun governs the name of node i.
func (r *reader) dependent(i int) bool {
	for i--; i >= 0; i-- {
		switch r.nodes[i].kind {
		case quoteNode, skipNode:
			continue
		case prepNode, wordNode:
			return true
		case andNode:
			return i > 0 && r.nodes[i-1].kind == nameNode && r.dependent(i-1)
		}
		return false
	}
	return r.office
}

// passive reports whether the verb of t's trigger can only be read as a passive.
func (r *reader) passive(t trigger) bool {
	readings := r.doc.Tokens[r.nodes[t.node].first].Verb
	for _, rd := range readings {
		if rd.Lemma == t.lemma && !rd.Passive {
			return false
		}
	}
	return len(readings) > 0 && !r.nodes[t.node].participle
}

// dual reports whether the verb of t's trigger is of two: "التقيا", "يبحثان".
func (r *reader) dual(t trigger) bool {
	return slices.ContainsFunc(r.doc.Tokens[r.nodes[t.node].first].Verb, func(rd extract.VerbReading) bool {
		return rd.Lemma == t.lemma && rd.Number == extract.Dual
	})
}

// follows reports whether one of the words stands behind the trigger in its clause.
func (r *reader) follows(t trigger, words []string) bool {
	for i := t.node + 1; i < len(r.nodes) && i <= t.node+maxThen; i++ {
		n := &r.nodes[i]
		if n.clause != t.clause {
			continue
		}
		if n.kind == wordNode || n.kind == prepNode || n.kind == skipNode {
			if slices.Contains(words, n.norm) || slices.Contains(words, r.doc.Tokens[n.first].Base) {
				return true
			}
		}
		if n.event && slices.Contains(words, r.doc.Tokens[r.doc.Mentions[n.mention].Head].Base) {
			return true
		}
	}
	return false
}

const maxThen = 10 // nodes

// statement builds the relation that t's frame finds between two arguments.
func (r *reader) statement(t trigger, st standing, s, o argument) extract.Relation {
	span := r.evidence(t, st, s, o)
	rel := extract.Relation{
		Subject: s.entity, Predicate: t.frame.Predicate, Object: o.entity, Literal: o.literal,
		Status: st.status, Place: extract.None, To: extract.None, Kind: t.lemma,
		Confidence: t.confidence(span.End-span.Start, s, o), Rule: t.frame.Name,
		Evidence: span, Attribution: r.attribution(t.clause),
	}
	if o.literal != nil {
		rel.Object = extract.None
	}
	if len(t.frame.To.From) > 0 {
		if to := r.fill(t, &t.frame.To, beneficiaries); len(to) > 0 && to[0].entity != s.entity {
			rel.To = to[0].entity
		}
	}
	if t.frame.As && o.node >= 0 {
		rel.As = r.officeBehind(o.node)
	}
	if !t.frame.Undated && (o.literal == nil || o.literal.Type != schema.Date) {
		if tm := r.timeOf(t); tm != extract.None {
			rel.Date = r.doc.Times[tm].Value
		}
		rel.Place = r.place(t, s.entity, rel.Object)
	}
	return rel
}

// beneficiaries are the classes of those for whom something is pledged.
var beneficiaries = []schema.Class{schema.Person, schema.Organization, schema.Country, schema.Place}

// officeBehind returns the office that stands behind the name of node i as its holder's: "عين X
// وزيرا للداخلية".
func (r *reader) officeBehind(i int) string {
	n := &r.nodes[i]
	for k := range r.doc.Offices {
		if off := &r.doc.Offices[k]; off.Holder == n.mention && !off.Before && off.First >= n.first && off.Last <= n.last {
			return off.Value
		}
	}
	return ""
}

// evidence returns the shortest stretch of the sentence that covers the trigger,
// what settles its status, and both arguments.
func (r *reader) evidence(t trigger, st standing, args ...argument) extract.Span {
	span := r.span(t.node)
	join := func(b extract.Span) {
		span.Start, span.End = min(span.Start, b.Start), max(span.End, b.End)
	}
	join(r.span(st.from))
	for _, a := range args {
		if a.node >= 0 {
			join(a.span)
		}
	}
	return span
}

// office runs the frames that office o triggers.
func (e *Engine) office(r *reader, o int, out *collector) {
	d := r.doc
	off := &d.Offices[o]
	first := d.Tokens[off.First].Norm
	for _, f := range slices.Concat(e.byOffice["any"], e.byOffice[first]) {
		p := e.ont.Predicate(f.Predicate)
		s, sOK := officeArgument(d, off, f.Subject.From)
		obj, oOK := officeArgument(d, off, f.Object.From)
		if !sOK || !oOK || s.literal != nil || s.entity == obj.entity {
			continue
		}
		if r.nameless[s.entity] || obj.literal == nil && r.nameless[obj.entity] || !r.fits(s, p.Subject) || !r.fits(obj, p.Object) {
			continue
		}
		rel := extract.Relation{Subject: s.entity, Predicate: f.Predicate, Object: obj.entity, Literal: obj.literal,
			Status: schema.Asserted, Place: extract.None, To: extract.None,
			Confidence: hundredths(f.Confidence * 100), Rule: f.Name, Evidence: cover(off.Span, s.span)}
		if f.Status != "" {
			rel.Status = f.Status
		}
		if d.Mentions[off.Holder].Form == extract.Nominal {
			rel.Confidence = hundredths(f.Confidence * titleAlone)
		}
		out.add(rel)
	}
}

// officeArgument returns the first of the sources that the office has.
func officeArgument(d *extract.Document, off *extract.Office, from []string) (argument, bool) {
	for _, w := range from {
		m := extract.None
		switch w {
		case fromOffice:
			if off.Value != "" && !off.Counterpart {
				return argument{entity: extract.None, literal: &schema.Literal{Type: schema.Position, Value: off.Value}, span: off.Span}, true
			}
			continue
		case fromHolder:
			m = off.Holder
		case fromBody:
			m = off.Body
		case fromCountry:
			m = off.Country
		}
		if m != extract.None && d.Mentions[m].Entity != extract.None {
			return argument{entity: d.Mentions[m].Entity, span: d.Mentions[m].Span}, true
		}
	}
	return argument{}, false
}

func cover(a, b extract.Span) extract.Span {
	return extract.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}
}
