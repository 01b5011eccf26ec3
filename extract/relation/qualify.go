package relation

import (
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// timeOf returns the time that dates what t's trigger states: the nearest in its
// clause; None if there is none.
func (r *reader) timeOf(t trigger) int {
	best, far := extract.None, maxReach
	done := r.doneIn(t)
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.kind != timeNode || n.clause != t.clause && (done < 0 || n.clause != done) || r.offset(i) || r.announcing(i, t) || r.future(r.doc.Times[n.time].Value) && r.happened(t) {
			continue
		}
		d := i - t.node
		if d < 0 {
			d = -2 * d // what follows is nearer than what precedes
		}
		if d < far {
			best, far = n.time, d
		}
	}
	return best
}

// announcing reports whether the time of node i dates the words in which t's noun is spoken
// of, not what it names: "أعلنت الحكومة اليوم عن زيارة X".
func (r *reader) announcing(i int, t trigger) bool {
	v := r.clauses[t.clause].verb
	return !t.verb && v >= 0 && v < i && i < t.node && r.isSpeech(v)
}

// offset reports whether the time of node i only bounds what is stated: "قبل عام 2010".
func (r *reader) offset(i int) bool {
	if i == 0 || r.nodes[i-1].kind != prepNode {
		return false
	}
	switch r.nodes[i-1].norm {
	case "قبل", "بعد", "حتي":
		return true
	case "من":
		return i > 1 && r.nodes[i-2].kind == skipNode // ابتداء من
	}
	return false
}

// since reports whether time t says from when on something has been so, which dates
// no event: "منذ عام 2002", "ابتداء من عام 2002".
func (r *reader) since(t int) bool {
	for i := 1; i < len(r.nodes); i++ {
		if r.nodes[i].time == t {
			return r.nodes[i-1].norm == "منذ" || r.nodes[i-1].norm == "من"
		}
	}
	return false
}

// timeBeside returns the time that stands in the noun phrase of the event of node
// i, perhaps behind its place ("القمة في الرباط يوم 4 ماي"), or None.
func (r *reader) timeBeside(i int) int {
	c := r.nodes[i].clause
	for i++; i < len(r.nodes) && r.nodes[i].clause == c; i++ {
		switch n := &r.nodes[i]; n.kind {
		case timeNode:
			if r.offset(i) {
				return extract.None
			}
			return n.time
		case prepNode:
			if n.norm == "منذ" || n.norm == "عقب" {
				return extract.None
			}
			if i+1 < len(r.nodes) && r.nodes[i+1].kind == timeNode {
				continue
			}
			if n.norm != "في" && n.norm != "ب" {
				return extract.None
			}
			i = max(r.skipGoverned(i)-1, i)
		case skipNode, quoteNode:
		default:
			return extract.None
		}
	}
	return extract.None
}

// dates returns the time of t's clause as a Date.
func (r *reader) dates(t trigger, slot *Slot) []argument {
	i := r.timeOf(t)
	if slot.Near {
		i = r.timeBeside(t.node)
	}
	if i == extract.None || r.doc.Times[i].Value == "" || r.since(i) {
		return nil
	}
	tm := &r.doc.Times[i]
	return []argument{{entity: extract.None, node: t.node, literal: &schema.Literal{Type: schema.Date, Value: tm.Value}, span: tm.Span}}
}

// place returns the place named by an adjunct of t's clause, or None.
func (r *reader) place(t trigger, not ...int) int {
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.kind != prepNode || n.clause != t.clause || n.norm != "في" && n.norm != "ب" || i+1 >= len(r.nodes) {
			continue
		}
		if r.class(i+1) != schema.Place && r.class(i+1) != schema.Country {
			continue
		}
		a, ok := r.argument(i + 1)
		if ok && a.entity != not[0] && a.entity != not[1] {
			return a.entity
		}
	}
	return extract.None
}

// amounts returns the first sum of money behind t's trigger.
func (r *reader) amounts(t trigger) []argument {
	sent := &r.doc.Sentences[r.index]
	at := t.node
	for i := r.nodes[t.node].last; i < sent.Last; i++ {
		for at+1 < len(r.nodes) && r.nodes[at].last <= i {
			at++
		}
		if r.nodes[at].clause != t.clause && r.clauses[r.nodes[at].clause].head < t.node || r.inList("compared", r.doc.Tokens[i].Norm) {
			return nil
		}
		if !r.words.currencies[r.doc.Tokens[i].Norm] {
			continue
		}
		first := i
		for first > sent.First && r.counts(first-1) {
			first--
		}
		for first < i && r.doc.Tokens[first].Kind == extract.Proclit {
			first++
		}
		if first == i {
			continue
		}
		last := i + 1
		for m := range r.doc.Mentions {
			if x := &r.doc.Mentions[m]; x.First == last && x.Form == extract.Nisba {
				last = x.Last
				break
			}
		}
		span := extract.Span{Start: r.doc.Tokens[first].Start, End: r.doc.Tokens[last-1].End}
		value := strings.Join(strings.Fields(r.doc.Text[span.Start:span.End]), " ")
		return []argument{{entity: extract.None, node: t.node, literal: &schema.Literal{Type: schema.Money, Value: value}, span: span}}
	}
	return nil
}

// counts reports whether token i can be part of a number.
func (r *reader) counts(i int) bool {
	t := &r.doc.Tokens[i]
	return t.Kind == extract.Number || r.words.scales[t.Norm] || r.words.numerals[t.Norm] || t.Kind == extract.Proclit && t.Norm == "و"
}
