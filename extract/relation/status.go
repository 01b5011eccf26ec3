package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// standing says how the text puts what a trigger states.
type standing struct {
	status schema.Status
	from   int  // first node that settles it, for the evidence; or the trigger
	wished bool // only hoped for, due or possible: no statement
}

// standing weighs negation, future and governors around t's trigger.
func (r *reader) standing(t trigger) standing {
	st := standing{status: schema.Asserted, from: t.node}
	if n := &r.nodes[t.node]; n.kind == nameNode && t.lemma == "" {
		r.nameStanding(t, &st)
		return st
	}
	if t.verb {
		r.verbStanding(t.node, r.told(t.node, nil), &st)
	} else {
		r.nounStanding(t, &st)
	}
	r.clauseStanding(t.clause, &st)
	if t.frame.Status != "" && st.status != schema.Denied {
		st.status = t.frame.Status
	}
	if st.status == schema.Asserted && (r.upcoming(t.node) || r.dueLater(t)) {
		st.status = schema.Planned
	}
	return st
}

// nameStanding weighs what is said beside a name. It holds whatever the clause
// does with the name, but for an event: what is announced of it is its being held.
func (r *reader) nameStanding(t trigger, st *standing) {
	if t.frame.Status != "" {
		st.status = t.frame.Status
	}
	if !r.nodes[t.node].event {
		return
	}
	if v := r.clauses[t.clause].verb; v >= 0 {
		var held standing
		r.verbStanding(v, r.told(v, nil), &held)
		if held.status == schema.Planned || v < t.node && r.lemmaIn(v, r.words.plannedVerbs) {
			st.status = schema.Planned
		}
		if r.lemmaIn(v, r.words.eventVerbs) {
			r.clauseStanding(t.clause, st) // من المقرر أن تنعقد القمة
		}
	}
	if r.upcoming(t.node) || r.dueLater(t) || r.announced(t.node) {
		st.status = schema.Planned
	}
}

// announced reports whether the noun above the event of node i says that it is still to
// come: "موعد القمة", "التحضير للقمة".
func (r *reader) announced(i int) bool {
	if i--; i > 0 && r.nodes[i].kind == prepNode && r.nodes[i].norm == "ل" {
		i--
	}
	return i >= 0 && r.nodes[i].kind == wordNode && r.words.plannedWords[r.nodes[i].norm]
}

// verbStanding reads the particles before the verb of node v; told, if it may be perfect.
func (r *reader) verbStanding(v int, told bool, st *standing) {
	for i := v - 1; i >= 0 && i >= v-3; i-- {
		switch n := &r.nodes[i]; {
		case n.kind == negNode:
			st.status, st.from = schema.Denied, i
			return
		case n.kind == skipNode && r.words.futures[n.norm]:
			st.status, st.from = schema.Planned, i
		case n.kind == skipNode && (n.norm == "قد" || n.norm == "ربما") && !told:
			st.wished = true // قد يزور: may visit
		case n.kind != skipNode:
			return
		}
	}
}

// told reports whether the verb of node v may be read as perfect; as one of the lemmas of
// light if it can be: "قد توجه ضربة" is what may be dealt, though توجه is a perfect too.
func (r *reader) told(v int, light words) bool {
	past, lent := false, false
	for _, rd := range r.doc.Tokens[r.nodes[v].first].Verb {
		is := rd.Tense == extract.Perfect
		past = past || is && !lent
		if slices.Contains(light, rd.Lemma) {
			past, lent = is || lent && past, true
		}
	}
	return past
}

// nounStanding reads what governs the noun of t's trigger.
func (r *reader) nounStanding(t trigger, st *standing) {
	steps, beside := 0, false
	for i := t.node - 1; i >= 0 && steps < 3; i-- {
		n := &r.nodes[i]
		switch n.kind {
		case prepNode, skipNode, quoteNode:
			if n.norm == "دون" || n.norm == "بدون" || n.norm == "من اجل" {
				st.wished = true
			}
			beside = beside || n.kind == prepNode && r.inList("circumstances", n.norm)
			continue
		case negNode:
			st.status, st.from = schema.Denied, i
			return
		case wordNode:
			steps++
			if r.inList("lack", n.norm) {
				st.status, st.from = schema.Denied, i
				return
			}
			if r.words.modalWords[n.norm] {
				st.wished = true
			}
			if r.words.plannedWords[n.norm] && n.clause == t.clause {
				st.status, st.from = schema.Planned, i
			}
			continue
		}
		break
	}
	if c := r.relativeOn(t.node); c >= 0 {
		st.wished = false // "أهمية الزيارة التي قام بها": it was
		r.verbStanding(r.clauses[c].verb, true, st)
	}
	if v := r.clauses[t.clause].verb; v >= 0 && v < t.node && !beside {
		r.governorStanding(v, st)
		r.verbStanding(v, r.told(v, t.frame.Light), st)
	}
}

// governorStanding reads the verb of node v as the governor of a verbal noun or clause.
func (r *reader) governorStanding(v int, st *standing) {
	switch {
	case r.lemmaIn(v, r.words.deniedVerbs):
		st.status, st.from = schema.Denied, v
	case r.lemmaIn(v, r.words.plannedVerbs) && !r.lemmaIn(v, r.words.copulas): // يعد: is, or prepares
		st.status, st.from = schema.Planned, v
	case r.lemmaIn(v, r.words.modalVerbs):
		st.wished = true
	}
}

// clauseStanding reads what introduces clause c and what it completes.
func (r *reader) clauseStanding(c int, st *standing) {
	for ; c >= 0; c = r.clauses[c].parent {
		cl := &r.clauses[c]
		if cl.intro < 0 {
			return
		}
		intro := &r.nodes[cl.intro]
		if cl.kind == adverbialClause && intro.kind == subNode && r.words.hypothetical[intro.norm] {
			st.wished = true
			return
		}
		if cl.kind == complementClause && intro.kind == thatNode && r.subjunctive(cl) {
			r.subjunctiveStanding(cl, st)
		}
		if cl.kind == complementClause && cl.parent >= 0 {
			if v := r.clauses[cl.parent].verb; v >= 0 && v < cl.intro && r.lemmaIn(v, r.words.deniedVerbs) {
				st.status, st.from = schema.Denied, v
			}
		}
	}
}

// subjunctive reports whether the clause behind أن is of the kind أن يفعل, what
// is to be done, not أنّ, what is.
func (r *reader) subjunctive(cl *clause) bool {
	for i := cl.intro + 1; i < len(r.nodes) && i <= cl.intro+2; i++ {
		switch r.nodes[i].kind {
		case verbNode:
			return imperfect(&r.doc.Tokens[r.nodes[i].first])
		case negNode:
			continue
		}
		return false
	}
	return false
}

// subjunctiveStanding reads the word before أن.
func (r *reader) subjunctiveStanding(cl *clause, st *standing) {
	for cl.shares >= 0 && r.clauses[cl.shares].kind == complementClause {
		cl = &r.clauses[cl.shares] // "أن يزور … وأن يلتقي" has one governor
	}
	for i := cl.intro - 1; i >= 0 && i >= cl.intro-6; i-- {
		n := &r.nodes[i]
		switch {
		case n.kind == prepNode && (n.norm == "قبل" || n.norm == "بعد" || n.norm == "منذ"):
			return
		case n.kind == wordNode && r.words.plannedWords[n.norm]:
			st.status, st.from = schema.Planned, i
			return
		case n.kind == verbNode:
			if r.lemmaIn(i, r.words.plannedVerbs) {
				st.status, st.from = schema.Planned, i
				return
			}
			st.wished = !r.isAux(i)
			return
		}
	}
	st.wished = true
}

// upcoming reports whether the noun phrase of node i is called coming: "القمة المقبلة".
func (r *reader) upcoming(i int) bool {
	for k := r.nodes[i].first; k < r.nodes[i].last; k++ {
		if r.nodes[i].event && r.words.upcoming[r.doc.Tokens[k].Norm] {
			return true
		}
	}
	for j := i + 1; j < len(r.nodes) && j <= i+3; j++ {
		switch n := &r.nodes[j]; n.kind {
		case wordNode, skipNode, nameNode:
			if r.words.upcoming[n.norm] {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// dueLater reports whether the clause's time lies after the article.
func (r *reader) dueLater(t trigger) bool {
	i := r.timeOf(t)
	if i == extract.None {
		return false
	}
	tm := &r.doc.Times[i]
	for k := tm.First; k < tm.Last; k++ {
		if r.words.upcoming[r.doc.Tokens[k].Norm] {
			return true
		}
	}
	return r.future(tm.Value) && !r.happened(t)
}

// future reports whether the date lies after the article, as far as both are known.
func (r *reader) future(date string) bool {
	pub := r.doc.Article.Published
	n := min(len(pub), len(date))
	return n >= 4 && date[:n] > pub[:n]
}

// happened reports whether the verb of t's clause tells what is past.
func (r *reader) happened(t trigger) bool {
	v := r.clauses[t.clause].verb
	if v < 0 || r.nodes[v].participle {
		return false
	}
	tok := &r.doc.Tokens[r.nodes[v].first]
	return perfect(tok) && !imperfect(tok)
}
