package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// trigger is a place in a sentence where a frame may hold.
type trigger struct {
	node   int
	clause int
	verb   bool   // the verb of its clause
	lemma  string // what the statement's Kind says
	frame  *Frame
}

// reader finds the arguments of triggers in one sentence.
type reader struct {
	*sentence
	ont   *schema.Ontology
	trace func(t trigger, outcome string, stated []extract.Relation) // told of every frame tried; may be nil
}

// arguments returns both sides of t's predicate. The object may stand before the
// subject ("حضر الحفل الوزير"): where only the classes so exchanged fit, they are.
func (r *reader) arguments(t trigger, p *schema.Predicate) (subjects, objects []argument) {
	f := t.frame
	if subjects = r.fill(t, &f.Subject, p.Subject); len(subjects) > 0 {
		return subjects, r.fill(t, &f.Object, p.Object)
	}
	if !t.verb || !slices.Contains(f.Subject.From, fromSubject) || !slices.Contains(f.Object.From, fromObject) {
		return nil, nil
	}
	swapped := *f
	swapped.Subject.From, swapped.Object.From = words{fromObject}, words{fromSubject}
	if objects = r.fill(t, &swapped.Object, p.Object); len(objects) == 0 {
		return nil, nil
	}
	subjects = r.fill(t, &swapped.Subject, p.Subject)
	if c := &r.clauses[t.clause]; len(subjects) == 0 && !r.objectPronoun(c.verb) && (c.kind != relativeClause || r.resumed(t.clause)) {
		subjects = slices.DeleteFunc(slices.Clone(r.understood(t.clause)), func(a argument) bool { return !r.suits(a, &f.Subject) || !r.fits(a, p.Subject) })
	}
	return subjects, objects
}

// fill returns the arguments for one side of t's predicate: those of the first
// source that yields any of a fitting class.
func (r *reader) fill(t trigger, slot *Slot, allowed []schema.Class) []argument {
	for _, from := range slot.From {
		args := r.source(t, from, slot, allowed)
		args = slices.DeleteFunc(args, func(a argument) bool { return !r.suits(a, slot) || !r.fits(a, allowed) })
		if len(args) > 0 {
			return args
		}
	}
	return nil
}

// source returns what stands at one source. The result is the caller's to change.
func (r *reader) source(t trigger, from string, slot *Slot, allowed []schema.Class) []argument {
	switch from {
	case fromSubject:
		return slices.Clone(r.agent(t))
	case fromClause:
		return r.responsible(t, false)
	case fromNominal:
		return r.predicated(t)
	case fromSpeaker:
		return r.responsible(t, true)
	case fromObject:
		return r.directObject(t, slot.Through)
	case fromGenitive:
		args, _ := r.genitive(t.node, slot.Through)
		return args
	case fromSecond:
		return r.second(t, slot.Through)
	case fromHead:
		return r.modifiedBy(t, slot, allowed)
	case fromSelf:
		return r.head(t.node)
	case fromInside:
		return r.inside(t.node)
	case fromEvent:
		return r.event(t)
	case fromNext:
		args, _ := r.phrase(r.afterPause(t.node+1), slot.Through)
		return args
	case fromBefore:
		return r.beforeIt(t.node)
	case fromTopic:
		return slices.Clone(r.topic)
	case fromTime:
		return r.dates(t, slot)
	case fromAmount:
		return r.amounts(t)
	case fromIncluding:
		return r.including(t)
	case fromListed:
		return r.listed(t)
	case fromNisba:
		return r.nisbas(t.node)
	}
	return r.governed(t, from, slot, allowed)
}

// agent returns the subject of a verb, or for a noun that of the light verb that governs it.
func (r *reader) agent(t trigger) []argument {
	if t.verb {
		return r.subjectOf(t.clause)
	}
	if c := r.relativeOn(t.node); c >= 0 && r.light(r.clauses[c].verb, t.frame) && r.resumed(c) {
		return r.subjectOf(c) // الزيارة التي قام بها X
	}
	if args := r.undertaking(t); args != nil {
		return args
	}
	v := r.clauses[t.clause].verb
	if v < 0 || v > t.node || !r.light(v, t.frame) && !r.intends(v, t) || !r.governedBy(v, t.node) {
		return nil
	}
	return r.subjectOf(t.clause)
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
	if v := r.clauses[t.clause].verb; t.verb || v > t.node || len(t.frame.Light) > 0 && (v < 0 || !r.light(v, t.frame)) {
		return nil
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
	args := slices.Clone(r.subjectOf(t.clause))
	return slices.DeleteFunc(args, func(a argument) bool { return a.node >= t.node })
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
		return (n.norm == "من" || n.norm == "ل" || n.norm == "الي" || n.norm == "علي") && (p == v+1 || p == r.subject(r.nodes[v].clause).end || r.lemmaIn(v, r.words.plannedVerbs) || r.words.plannedWords[r.nodes[p-1].norm])
	case wordNode:
		tok := &r.doc.Tokens[n.first]
		return p+1 == r.subject(r.nodes[v].clause).end || tok.Def || tok.Kind == extract.Number || r.words.plannedWords[n.norm] || hasMasdar(tok) && r.nodes[p-1].kind != wordNode
	case thatNode, subNode, relNode:
		return false
	}
	return true
}

// directObject returns the object of a verb: its pronoun, the noun that a
// relative clause resumes by it, or the noun phrase after its subject.
func (r *reader) directObject(t trigger, through string) []argument {
	if !t.verb {
		if v := r.clauses[t.clause].verb; v < 0 || v > t.node || !r.light(v, t.frame) {
			return nil
		}
		t.node = r.clauses[t.clause].verb
	}
	if r.objectPronoun(r.clauses[t.clause].verb) {
		return r.pronoun(r.clauses[t.clause].verb + 1)
	}
	subj := r.subject(t.clause)
	if len(subj.obj) > 0 {
		return slices.Clone(subj.obj)
	}
	i := max(subj.end, t.node+1)
	for len(subj.args) > 0 && subj.end > t.node+1 && i < len(r.nodes) && r.nodes[i].kind == wordNode && r.doc.Tokens[r.nodes[i].first].Def && !r.stepsAside(&r.nodes[i]) && r.described(i) < 0 {
		i++ // adjectives of the subject
	}
	for i < len(r.nodes) {
		switch n := &r.nodes[i]; n.kind {
		case skipNode:
			if r.each(i) {
				args, _ := r.phrase(i, through)
				return args
			}
			i++
		case timeNode, quoteNode, commaNode, pronNode:
			i++
		case prepNode:
			i = r.skipGoverned(i)
		case stopNode:
			if i = r.bracketed(i); i < 0 {
				return nil
			}
		case subNode:
			args, _ := r.phrase(i, through)
			return args
		case wordNode:
			if r.adverb(i) {
				i++
				continue
			}
			if end := r.epithet(i, subj.end); end > 0 {
				i = end
				continue
			}
			args, _ := r.phrase(i, through)
			return args
		case nameNode:
			args, _ := r.named(i)
			return args
		default:
			if i = r.goesOn(i, t.node); i < 0 {
				return nil
			}
		}
	}
	return nil
}

// epithet returns the node behind the comma that closes what stands behind the comma of
// node i-1 about the name that ends before it: "استقبل X، رئيس الوفد، Y". It is 0 if node i
// opens nothing of that sort.
func (s *sentence) epithet(i, end int) int {
	if i != end+1 || s.nodes[i-1].kind != commaNode || s.nodes[end-1].kind != nameNode || hasMasdar(&s.doc.Tokens[s.nodes[i].first]) {
		return 0
	}
	for j := i + 1; j < len(s.nodes) && j <= i+maxEpithet; j++ {
		switch n := &s.nodes[j]; n.kind {
		case wordNode, prepNode, pronNode, quoteNode, skipNode, andNode:
		case nameNode:
			if s.class(j) == schema.Person {
				return 0
			}
		case commaNode:
			return j + 1
		default:
			return 0
		}
	}
	return 0
}

const maxEpithet = 12 // nodes

// genitive returns the complement of the noun of node i and the node after it.
func (r *reader) genitive(i int, through string) ([]argument, int) {
	tok := &r.doc.Tokens[r.nodes[i].first]
	if r.nodes[i].kind == nameNode {
		tok = &r.doc.Tokens[r.doc.Mentions[r.nodes[i].mention].Head]
	}
	if i+1 >= len(r.nodes) || tok.Def {
		return nil, i + 1
	}
	switch r.nodes[i+1].kind {
	case pronNode:
		return r.pronoun(i + 1), i + 2
	case nameNode, wordNode, quoteNode:
		return r.phrase(i+1, through)
	case skipNode:
		if r.each(i + 1) {
			return r.phrase(i+1, through)
		}
	}
	return nil, i + 1
}

// second returns the noun phrase that a verbal noun governs behind its genitive.
func (r *reader) second(t trigger, through string) []argument {
	args, end := r.genitive(t.node, "any")
	if len(args) == 0 {
		return nil
	}
	for end < len(r.nodes) && (r.nodes[end].kind == timeNode || r.nodes[end].kind == commaNode || r.nodes[end].kind == skipNode) {
		end++
	}
	out, _ := r.phrase(end, through)
	return out
}

// modifiedBy returns the noun phrase that the trigger modifies: for a verb the
// head of its relative clause, else the nearest name before it of a fitting class.
func (r *reader) modifiedBy(t trigger, slot *Slot, allowed []schema.Class) []argument {
	if t.verb {
		if h := r.clauses[t.clause].head; h >= 0 {
			return r.head(h)
		}
		return nil
	}
	for i := t.node - 1; i >= 0 && i >= t.node-maxBack; i-- {
		switch n := &r.nodes[i]; n.kind {
		case nameNode:
			a, ok := r.argument(i)
			if ok && r.fits(a, slot.Class) && r.fits(a, allowed) {
				return []argument{a}
			}
			if slot.Near {
				return nil
			}
		case wordNode:
			if slot.Near && !r.adjective(n) {
				return nil
			}
		case verbNode, thatNode, subNode, relNode, stopNode:
			return nil
		}
	}
	return nil
}

// adjective reports whether the word of node n may be a participle that stands as adjective.
func (r *reader) adjective(n *node) bool {
	tok := &r.doc.Tokens[n.first]
	return slices.ContainsFunc(tok.Noun, func(rd extract.NounReading) bool { return rd.Derivation != extract.Masdar })
}

const maxBack = 8 // nodes

// inside returns the names nested in the mention of node i.
func (r *reader) inside(i int) (args []argument) {
	outer := r.nodes[i].mention
	for m := outer + 1; m < len(r.doc.Mentions) && r.doc.Mentions[m].First < r.doc.Mentions[outer].Last; m++ {
		in := &r.doc.Mentions[m]
		if in.Parent == outer && in.Entity != extract.None {
			args = append(args, argument{entity: in.Entity, node: i, span: in.Span})
		}
	}
	return args
}

// nisbas returns the countries of the adjectives of nationality that follow the noun of
// node i, other adjectives aside ("الدعم العسكري الإيراني"), or stand within its mention.
func (r *reader) nisbas(i int) (args []argument) {
	n := &r.nodes[i]
	noun := &r.doc.Tokens[n.first]
	for k, free := n.first+1, maxAdjectives; k < len(r.doc.Tokens); k++ {
		m := r.nisba[k]
		switch tok := &r.doc.Tokens[k]; {
		case m != extract.None && r.doc.Mentions[m].Entity != extract.None:
			args = append(args, argument{entity: r.doc.Mentions[m].Entity, node: i, span: r.doc.Mentions[m].Span})
		case k < n.last:
		case len(args) > 0 || free == 0 || tok.Kind != extract.Word || tok.Def != noun.Def || !noun.Def:
			return args
		default:
			free--
		}
	}
	return args
}

const maxAdjectives = 2

// event returns the event that the trigger's clause speaks of: the nearest one
// before it in the sentence, else the next one in its clause.
func (r *reader) event(t trigger) []argument {
	for i := t.node - 1; i >= 0; i-- {
		if r.class(i) == schema.Event {
			return r.head(i)
		}
	}
	for i := t.node + 1; i < len(r.nodes); i++ {
		if r.class(i) == schema.Event && r.nodes[i].clause == t.clause {
			return r.head(i)
		}
	}
	return slices.Clone(r.lastEvent)
}

// afterPause returns the node after commas and quotation marks from node i on.
func (r *reader) afterPause(i int) int {
	for i < len(r.nodes) && (r.nodes[i].kind == commaNode || r.nodes[i].kind == quoteNode || r.nodes[i].kind == pronNode) {
		i++
	}
	return i
}

// beforeIt returns the name directly before node i, a comma aside.
func (r *reader) beforeIt(i int) []argument {
	for i--; i >= 0; i-- {
		switch r.nodes[i].kind {
		case commaNode, quoteNode:
			continue
		case nameNode:
			return r.head(i)
		}
		return nil
	}
	return nil
}
