package relation

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// agent returns the subject of a verb, or for a noun that of the light verb that governs it.
func (r *reader) agent(t trigger) []argument {
	if t.verb {
		return r.subjectOf(t.clause)
	}
	if c := r.doneIn(t); c >= 0 {
		return r.subjectOf(c)
	}
	if args := r.undertaking(t); args != nil {
		return args
	}
	v := r.clauses[t.clause].verb
	if v < 0 || v > t.node || !r.light(v, t.frame) && !r.intends(v, t) || !r.governedBy(v, t.node) {
		return nil
	}
	return r.alone(t, r.subjectOf(t.clause))
}

// doneIn returns the relative clause by which t's noun is done, or -1: "الزيارة التي قام بها X".
func (r *reader) doneIn(t trigger) int {
	if t.verb {
		return -1
	}
	if c := r.relativeOn(t.node); c >= 0 && r.light(r.clauses[c].verb, t.frame) && r.resumed(c) {
		return c
	}
	return -1
}

// undertaking returns whose doing t's noun is where another verbal noun says that it is done:
// "قيام X بزيارة", "استمرار X في دعم".
func (r *reader) undertaking(t trigger) []argument {
	p := t.node - 1
	if p < 1 || r.nodes[p].kind != prepNode || r.nodes[p].norm != "ب" && r.nodes[p].norm != "في" {
		return nil
	}
	for i := p - 1; i >= 0 && i >= p-maxReachBack; i-- {
		switch n := &r.nodes[i]; n.kind {
		case wordNode:
			if !r.undertakes(n) {
				continue
			}
			if args, end := r.genitive(i, ""); end <= p {
				return args
			}
			return nil
		case nameNode, andNode, pronNode, timeNode, skipNode, quoteNode:
		default:
			return nil
		}
	}
	return nil
}

const maxReachBack = 6 // nodes

// undertakes reports whether the word of node n is a verbal noun of doing or going on.
func (r *reader) undertakes(n *node) bool {
	return slices.ContainsFunc(r.doc.Tokens[n.first].Noun, func(rd extract.NounReading) bool {
		return rd.Derivation == extract.Masdar && r.words.doings[rd.Lemma]
	})
}

// intends reports whether the subject of verb v plans what t's noun names. A frame with
// light verbs of its own wants one as verbal noun between: "يعتزم شن هجوم", not "يستعد لهجوم".
func (r *reader) intends(v int, t trigger) bool {
	if !r.lemmaIn(v, r.words.plannedVerbs) {
		return false
	}
	return len(t.frame.Light) == 0 || r.nodes[t.node-1].kind == wordNode
}

// responsible returns the subject of the verb of the noun's clause ("أكد X التعاون
// مع Y"), unless the noun has a complement that may say whose it is; always, even then.
func (r *reader) responsible(t trigger, always bool) []argument {
	v := r.clauses[t.clause].verb
	if t.verb || v > t.node || len(t.frame.Light) > 0 && (v < 0 || !r.light(v, t.frame)) {
		return nil
	}
	if c := r.relativeOn(t.node); c >= 0 && r.resumed(c) {
		return nil // الزيارة التي يقوم بها X
	}
	if v >= 0 && r.lemmaIn(v, r.words.welcoming) && r.inList("travels", r.headWord(t.node)) {
		guests, _ := r.bare(r.subject(t.clause).end, t.node)
		return guests // استقبل X Y في زيارة إلى Z
	}
	if i := t.node + 1; !always && i < len(r.nodes) && !r.doc.Tokens[r.nodes[t.node].first].Def {
		switch n := &r.nodes[i]; n.kind {
		case nameNode:
			return nil
		case wordNode:
			if r.doc.Tokens[n.first].Def {
				return nil
			}
		}
	}
	args := slices.Clone(r.alone(t, r.subjectOf(t.clause)))
	return slices.DeleteFunc(args, func(a argument) bool { return a.node >= t.node })
}

// alone returns args unless t's noun is said to be that of several and they are one: "شكرهما".
func (r *reader) alone(t trigger, args []argument) []argument {
	if len(args) == 1 && r.ofSeveral(t.node) {
		return nil
	}
	return args
}

// predicated returns the subject of the nominal sentence, or of the copula, that t's noun is
// said of.
func (r *reader) predicated(t trigger) []argument {
	v := r.clauses[t.clause].verb
	if t.verb || t.node == 0 || r.nodes[t.node-1].kind == prepNode || v >= 0 && (v > t.node || !r.lemmaIn(v, r.words.copulas)) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.subjectOf(t.clause)), func(a argument) bool { return a.node >= t.node })
}

// became returns the person of whom a copula before it says what t's node words: "عندما كان
// وزيرا للدفاع", "ثم أصبح X في العام التالي رئيسا للحكومة".
func (r *reader) became(t trigger) []argument {
	v := r.clauses[t.clause].verb
	if v < 0 || v > t.node || !r.lemmaIn(v, r.words.copulas) {
		return nil
	}
	switch r.nodes[t.node-1].kind {
	case verbNode, nameNode, skipNode, timeNode:
	default:
		return nil
	}
	args := slices.Clone(r.subjectOf(t.clause))
	tok := &r.doc.Tokens[r.nodes[t.node].first]
	accusative := !tok.Def && strings.HasSuffix(tok.Norm, "ا")
	if len(args) == 0 && accusative {
		args = r.understood(t.clause) // وزيرا is no subject
	}
	if len(args) != 1 || args[0].node >= t.node || args[0].node < 0 && !accusative || r.doc.Entities[args[0].entity].Class != schema.Person {
		return nil
	}
	return args
}

// posts returns the indefinite office that the description of node i is.
func (r *reader) posts(i int) []argument {
	m := r.nodes[i].mention
	if m == extract.None || r.doc.Mentions[m].Form != extract.Nominal {
		return nil
	}
	for k := range r.doc.Offices {
		if o := &r.doc.Offices[k]; o.Holder == m && o.Value != "" && !r.doc.Tokens[o.First].Def {
			return []argument{{entity: extract.None, node: i, literal: &schema.Literal{Type: schema.Position, Value: o.Value}, span: o.Span}}
		}
	}
	return nil
}

func (r *reader) light(v int, f *Frame) bool {
	if len(f.Light) == 0 {
		return r.lemmaIn(v, r.words.light)
	}
	return slices.ContainsFunc(f.Light, func(l string) bool { return r.hasLemma(v, l) })
}

func (s *sentence) hasLemma(v int, lemma string) bool {
	return slices.ContainsFunc(s.doc.Tokens[s.nodes[v].first].Verb, func(r extract.VerbReading) bool { return r.Lemma == lemma })
}

// governedBy reports whether the noun of node i is the object of verb v, or hangs
// on it by ب: no other noun stands directly above it.
func (r *reader) governedBy(v, i int) bool {
	p := i - 1
	for p > v && (r.nodes[p].kind == quoteNode || r.nodes[p].kind == skipNode) {
		p--
	}
	switch n := &r.nodes[p]; n.kind {
	case prepNode:
		if n.norm == "ب" || n.norm == "في" || n.norm == "عن" {
			return true
		}
		if p > v+1 && r.inList("invitations", r.headWord(p-1)) && !r.lemmaIn(v, r.words.receiving) {
			return false // وجه X دعوة إلى Y لزيارة: who is invited
		}
		return (n.norm == "من" || n.norm == "ل" || n.norm == "الي" || n.norm == "علي") && (p == v+1 || p == r.subject(r.nodes[v].clause).end || r.lemmaIn(v, r.words.plannedVerbs) || r.words.plannedWords[r.nodes[p-1].norm])
	case wordNode:
		tok := &r.doc.Tokens[n.first]
		return p+1 == r.subject(r.nodes[v].clause).end || tok.Def || tok.Kind == extract.Number || r.words.plannedWords[n.norm] || hasMasdar(tok) && r.nodes[p-1].kind != wordNode
	case thatNode, subNode, relNode:
		return false
	}
	return true
}
