package relation

import (
	"slices"
	"strings"

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
	if c := &r.clauses[t.clause]; len(subjects) == 0 && !r.undergone(t, objects) && !r.objectPronoun(c.verb) && (c.kind != relativeClause || r.resumed(t.clause)) {
		subjects = slices.DeleteFunc(slices.Clone(r.understood(t.clause)), func(a argument) bool { return !r.suits(a, &f.Subject) || !r.fits(a, p.Subject) })
	}
	return subjects, objects
}

// undergone reports whether what is the only noun of t's verb cannot be taken for its object: it
// is somebody who acts, or an event that underwent what the verb says: it stands before it ("المؤتمر سيعقد"), or it has the article and nobody acted before
// ("أن يعقد المؤتمر").
func (r *reader) undergone(t trigger, objects []argument) bool {
	o := objects[0].node
	if class := r.doc.Entities[objects[0].entity].Class; class != schema.Event && class != schema.Place {
		return true // هاجمت روسيا: she did, though the frame wants somebody else to
	}
	if o < 0 || !r.nodes[o].event || !r.lemmaIn(t.node, r.words.eventVerbs) {
		return false
	}
	return o < t.node || r.clauses[t.clause].shares < 0 && r.doc.Tokens[r.nodes[o].first].Def
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
	case fromSide:
		return r.side(t)
	case fromDecider:
		return r.decided(t)
	case fromNisba:
		return r.nisbas(t.node)
	case fromCopula:
		return r.became(t)
	case fromPost:
		return r.posts(t.node)
	}
	return r.governed(t, from, slot, allowed)
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
	for len(subj.args) > 0 && subj.end > t.node+1 && i < len(r.nodes) && r.nodes[i].kind == wordNode && r.doc.Tokens[r.nodes[i].first].Def && !r.stepsAside(&r.nodes[i]) && r.described(i) < 0 && r.adjective(&r.nodes[i]) {
		i++ // adjectives of the subject
	}
	return r.objectFrom(i, t.node, subj.end, through)
}

// objectFrom returns the object of the verb of node v, whose subject ends before node end if it
// stands behind it: the first noun phrase from node i on that no preposition governs.
func (r *reader) objectFrom(i, v, end int, through string) []argument {
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
			if r.includes(i) {
				return nil
			}
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
			if behind := r.epithet(i, end); behind > 0 {
				i = behind
				continue
			}
			args, _ := r.phrase(i, through)
			return args
		case nameNode:
			args, _ := r.named(i)
			return args
		default:
			if i = r.goesOn(i, v); i < 0 {
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

// swallowed reports whether token i, which ل precedes, only looks as if it had the article:
// للقاء is "for meeting" where a name follows.
func (r *reader) swallowed(i int) bool {
	return i > 0 && r.doc.Tokens[i-1].Norm == "ل" && strings.HasPrefix(r.doc.Tokens[i].Norm, "الل")
}

// genitive returns the complement of the noun of node i and the node after it.
func (r *reader) genitive(i int, through string) ([]argument, int) {
	tok := &r.doc.Tokens[r.nodes[i].first]
	if r.nodes[i].kind == nameNode {
		tok = &r.doc.Tokens[r.doc.Mentions[r.nodes[i].mention].Head]
	}
	if i+1 >= len(r.nodes) || tok.Def && !r.swallowed(r.nodes[i].first) {
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
		h := r.clauses[t.clause].head
		if h < 0 || r.takenUpBy(t.node) && !r.objectPronoun(t.node) && r.refersOne(t.node+2) {
			return nil // جلسة جرت خلالها: not what happened
		}
		return r.head(h)
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

// adjective reports whether the word of node n may be an adjective: a participle, or one of
// relation with the article (العسكرية، السورية).
func (r *reader) adjective(n *node) bool {
	tok := &r.doc.Tokens[n.first]
	if tok.Def && (strings.HasSuffix(tok.Norm, "ي") || strings.HasSuffix(tok.Norm, "يه")) {
		return true
	}
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

// side returns for whom the subject of the clause of t's noun speaks, if nothing completes the
// noun: "نوه السفير بالتعاون مع X" speaks of his country.
func (r *reader) side(t trigger) []argument {
	args := r.responsible(t, false)
	for i := range args {
		if land := r.landOf(args[i].entity); r.doc.Entities[args[i].entity].Class == schema.Person && land != extract.None {
			args[i] = argument{entity: land, node: -1}
		}
	}
	return args
}

// decided returns who decides what t's noun names: the subject of a verb of deciding, or whose the
// decisions before it in the sentence are ("قرارات الوزير تعيين X"), else who decided on such
// things before in the article.
func (r *reader) decided(t trigger) []argument {
	for i := t.node - 1; i >= 0; i-- {
		if r.nodes[i].kind == wordNode && r.inList("decisions", r.headWord(i)) {
			if args, _ := r.genitive(i, ""); r.agentive(args) {
				return args
			}
		}
	}
	for at := t.clause; at >= 0; at = r.clauses[at].parent {
		if v := r.clauses[at].verb; v >= 0 && v < t.node && r.lemmaIn(v, r.words.deciding) {
			if subj := r.subjectOf(at); r.agentive(subj) {
				return slices.Clone(subj)
			}
		}
	}
	return slices.Clone(r.decider)
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
		case pronNode:
			if i > 0 {
				return r.owned(i - 1)
			}
		}
		return nil
	}
	return nil
}
