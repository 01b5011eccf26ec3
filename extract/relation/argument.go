package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// argument is a candidate for one side of a relation.
type argument struct {
	entity  int
	node    int             // where it stands, or -1 if it is understood from elsewhere
	literal *schema.Literal // instead of an entity
	span    extract.Span    // its words, if node >= 0
}

// lookup is a memoised subject.
type lookup struct {
	done bool
	args []argument
	obj  []argument // the object, if it stands between verb and subject
	end  int        // node after the subject if it stands behind the verb; else the node after the verb
}

// phrase reads the noun phrase that begins at node i: a name with the list it
// opens, perhaps behind words that step aside, or behind the words of through.
// It returns the node after the phrase; args are empty if the phrase is headed
// by some other noun.
func (s *sentence) phrase(i int, through string) (args []argument, end int) {
	leads := 0
	for ; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		switch n.kind {
		case nameNode:
			return s.named(i)
		case quoteNode:
		case skipNode:
			if i+1 < len(s.nodes) && s.nodes[i+1].norm == "من" && n.norm == "كل" {
				i++
			}
		case wordNode:
			if leads > 0 {
				if args := s.nationals(i); args != nil {
					return args, i + 1
				}
			} else if args := s.pair(i); args != nil {
				return args, i + 1
			}
			if leads++; leads > maxLeads || !s.stepsAside(n) && !s.through(n, through) {
				return nil, s.skipPhrase(i)
			}
		case pronNode:
			if leads > 0 {
				continue // نظيره
			}
			return s.pronoun(i), i + 1
		case relNode:
			if leads > 0 && through != "" {
				return s.doer(i), i
			}
			return nil, i
		default:
			return nil, i
		}
	}
	return nil, i
}

const maxLeads = 4

// doer returns the subject of the relative clause that node i opens, where what it
// modifies is what the subject does: "الجهود التي يبذلها المغرب".
func (s *sentence) doer(i int) []argument {
	for c := range s.clauses {
		cl := &s.clauses[c]
		if cl.intro == i && cl.kind == relativeClause && cl.verb >= 0 && s.resumed(c) {
			return slices.Clone(s.subjectOf(c))
		}
	}
	return nil
}

// pair returns the two countries that "البلدين" at node i stands for.
func (s *sentence) pair(i int) []argument {
	if !slices.Contains(s.words.lists["pairs"], s.nodes[i].norm) {
		return nil
	}
	two := s.salient(s.nodes[i].first)
	if two == nil {
		return nil
	}
	return []argument{{entity: two[0], node: i, span: s.span(i)}, {entity: two[1], node: i, span: s.span(i)}}
}

// salient returns the two countries mentioned most before token tok, the later one
// first among equals; nil if no two stand out.
func (s *sentence) salient(tok int) []int {
	counts, last := map[int]int{}, map[int]int{}
	for m := range s.doc.Mentions {
		x := &s.doc.Mentions[m]
		if x.First >= tok {
			break
		}
		if x.Class == schema.Country && x.Entity != extract.None {
			counts[x.Entity]++
			last[x.Entity] = m
		}
	}
	var order []int
	for e := range counts {
		order = append(order, e)
	}
	slices.SortFunc(order, func(a, b int) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return last[b] - last[a]
	})
	if len(order) < 2 || len(order) > 2 && counts[order[2]] == counts[order[0]] {
		return nil
	}
	return order[:2]
}

// nationals returns the country whose people the word before node i speaks of, if
// that word is a body of state and node i an adjective of nationality: "الوفد المغربي".
func (s *sentence) nationals(i int) []argument {
	m := s.nisba[s.nodes[i].first]
	if m == extract.None || s.doc.Mentions[m].Entity == extract.None {
		return nil
	}
	t := &s.doc.Tokens[s.nodes[i-1].first]
	if !slices.Contains(s.words.lists["state"], t.Base) {
		return nil
	}
	return []argument{{entity: s.doc.Mentions[m].Entity, node: i, span: s.span(i)}}
}

func (s *sentence) through(n *node, list string) bool {
	switch list {
	case "":
		return false
	case "any":
		return true
	}
	t := &s.doc.Tokens[n.first]
	return slices.Contains(s.words.lists[list], t.Norm) || slices.Contains(s.words.lists[list], t.Base)
}

// named returns the names of the list that node i opens, and the node after it.
func (s *sentence) named(i int) (args []argument, end int) {
	for _, m := range s.members(i) {
		if a, ok := s.argument(m); ok {
			args = append(args, a)
		}
		end = m + 1
	}
	return args, end
}

// argument returns the entity that the name of node i refers to.
func (s *sentence) argument(i int) (argument, bool) {
	n := &s.nodes[i]
	if n.mention == extract.None {
		return argument{}, false
	}
	e := s.doc.Mentions[n.mention].Entity
	if e == extract.None || s.nameless[e] {
		return argument{}, false
	}
	return argument{entity: e, node: i, span: s.span(i)}, true
}

func (s *sentence) span(i int) extract.Span {
	n := &s.nodes[i]
	return extract.Span{Start: s.doc.Tokens[n.first].Start, End: s.doc.Tokens[n.last-1].End}
}

// skipPhrase returns the node after a noun phrase that is no name of its own:
// its words and the name that ends its genitive.
func (s *sentence) skipPhrase(i int) int {
	for i < len(s.nodes) && (s.nodes[i].kind == wordNode || s.nodes[i].kind == pronNode) {
		i++
	}
	if i < len(s.nodes) && s.nodes[i].kind == nameNode && !s.doc.Tokens[s.nodes[i-1].first].Def {
		i = s.members(i)[len(s.members(i))-1] + 1
	}
	return i
}

// subjectOf returns the subject of clause c.
func (s *sentence) subjectOf(c int) []argument {
	return s.subject(c).args
}

func (s *sentence) subject(c int) *lookup {
	cl := &s.clauses[c]
	if cl.subject.done {
		return &cl.subject
	}
	cl.subject.done = true // also ends any circle of shared subjects
	found := s.findSubject(c)
	s.clauses[c].subject = found
	return &s.clauses[c].subject
}

func (s *sentence) findSubject(c int) lookup {
	cl := &s.clauses[c]
	if cl.verb < 0 {
		return lookup{done: true, args: s.topicOf(c), end: cl.intro + 1}
	}
	after := cl.verb + 1
	from := cl.verb
	if cl.aux >= 0 {
		from = cl.aux
	}
	if cl.kind == participialClause {
		return lookup{done: true, args: s.subjectOf(cl.shares), end: after}
	}
	if cl.kind == relativeClause && cl.head >= 0 && !s.resumed(c) {
		if args := s.head(cl.head); len(args) > 0 && s.agree(cl.verb, args) {
			return lookup{done: true, args: args, end: after}
		}
	}
	if both := s.verbFirst(cl.verb, after); both.done {
		return both
	}
	if args, blocked := s.preverbal(c, from); len(args) > 0 && !s.resumed(c) && s.agree(cl.verb, args) {
		return lookup{done: true, args: args, end: after}
	} else if blocked && cl.shares < 0 {
		return lookup{done: true, end: after}
	}
	if cl.aux >= 0 {
		if args, _ := s.bare(cl.aux+1, cl.verb); len(args) > 0 && s.agree(cl.verb, args) {
			return lookup{done: true, args: args, end: after}
		}
	}
	args, end := s.bare(after, len(s.nodes))
	if subj, last := s.behindEvent(cl.verb, args, end); len(subj) > 0 {
		return lookup{done: true, args: subj, obj: args, end: last}
	}
	if len(args) > 0 && s.agree(cl.verb, args) && !s.continues(c, args, end) || len(args) == 0 && end > after && !s.governsNext(c) {
		return lookup{done: true, args: args, end: end}
	}
	return lookup{done: true, args: s.understood(c), end: after}
}

// behindEvent returns the subject behind an event that stands between it and the
// transitive verb v: "ترأس الاجتماع X".
func (s *sentence) behindEvent(v int, args []argument, end int) ([]argument, int) {
	if len(args) == 0 || args[0].node < 0 || s.class(args[0].node) != schema.Event || !s.lemmaIn(v, s.words.transitive) || s.objectPronoun(v) {
		return nil, end
	}
	subj, last := s.bare(end, len(s.nodes))
	if len(subj) == 0 || s.class(subj[0].node) == schema.Event || s.class(subj[0].node) == schema.Place || s.nodes[subj[0].node].clause != s.nodes[v].clause {
		return nil, end
	}
	return subj, last
}

// verbFirst returns subject and object where a transitive verb v has both behind
// it, whatever name (of an outlet, in a dateline) stands before.
func (s *sentence) verbFirst(v, after int) lookup {
	if !s.lemmaIn(v, s.words.transitive) || s.objectPronoun(v) {
		return lookup{}
	}
	first, end := s.bare(after, len(s.nodes))
	if subj, last := s.behindEvent(v, first, end); len(subj) > 0 {
		return lookup{done: true, args: subj, obj: first, end: last}
	}
	if len(first) == 0 || s.class(first[0].node) == schema.Event || s.class(first[0].node) == schema.Place || !s.agree(v, first) {
		return lookup{}
	}
	if second, _ := s.bare(end, len(s.nodes)); len(second) == 0 || s.nodes[second[0].node].clause != s.nodes[v].clause || second[0].entity == first[0].entity {
		return lookup{}
	}
	return lookup{done: true, args: first, end: end}
}

// continues reports whether args, which stand behind the coordinated verb of clause
// c and before node end, are its object, the subject being that of the verb before:
// "وصل X والتقى Y". The verb must want an object and find no other.
func (s *sentence) continues(c int, args []argument, end int) bool {
	cl := &s.clauses[c]
	subjunctive := cl.kind == complementClause && cl.verb == cl.intro+1
	if cl.shares < 0 && !subjunctive || s.objectPronoun(cl.verb) || !s.lemmaIn(cl.verb, s.words.transitive) {
		return false
	}
	if object, _ := s.bare(end, len(s.nodes)); len(object) > 0 {
		return false
	}
	before := s.understood(c)
	return len(before) > 0 && before[0].entity != args[0].entity
}

// governsNext reports whether the noun behind the verb of clause c is the verbal
// noun that a light verb governs, and so no subject: "وأجرى مباحثات".
func (s *sentence) governsNext(c int) bool {
	v := s.clauses[c].verb
	if !s.lemmaIn(v, s.words.light) {
		return false
	}
	for i := v + 1; i < len(s.nodes); i++ {
		switch n := &s.nodes[i]; n.kind {
		case timeNode, skipNode, commaNode, quoteNode:
		case prepNode:
			i = s.skipGoverned(i) - 1
		case wordNode:
			return hasMasdar(&s.doc.Tokens[n.first])
		default:
			return false
		}
	}
	return false
}

// understood returns the subject that clause c leaves unsaid: that of the verb
// it is coordinated with, of the clause around it, or of the sentence before.
func (s *sentence) understood(c int) []argument {
	cl := &s.clauses[c]
	var args []argument
	switch {
	case cl.shares >= 0:
		args = s.subjectOf(cl.shares)
	case cl.parent >= 0 && (s.clauses[cl.parent].verb >= 0 || s.clauses[cl.parent].parent >= 0):
		args = s.subjectOf(cl.parent)
	case cl.parent >= 0:
		if args = s.subjectOf(cl.parent); len(args) == 0 {
			args = s.earlier(c)
		}
	default:
		args = s.topic
	}
	if !s.agreeEntities(cl.verb, args) {
		return nil
	}
	return absent(args)
}

// earlier returns the subject of the last main clause with a verb before clause c,
// or of the sentence before: "غادر X، ومن المنتظر أن يزور".
func (s *sentence) earlier(c int) []argument {
	for at := c - 1; at >= 0; at-- {
		if cl := &s.clauses[at]; cl.kind == mainClause && cl.verb >= 0 {
			return s.subjectOf(at)
		}
	}
	return s.topic
}

// absent returns args as understood rather than said.
func absent(args []argument) []argument {
	out := slices.Clone(args)
	for i := range out {
		out[i].node, out[i].span = -1, extract.Span{}
	}
	return out
}

// agreeEntities is agree for a subject that does not stand in the clause.
func (s *sentence) agreeEntities(v int, args []argument) bool {
	if s.nodes[v].participle || len(args) != 1 {
		return true
	}
	g := s.entityGender(args[0].entity)
	if g == extract.UnknownGender {
		return true
	}
	for _, r := range s.doc.Tokens[s.nodes[v].first].Verb {
		if r.Person == 3 && r.Number != extract.Plural && (r.Gender == g || r.Gender == extract.UnknownGender) {
			return true
		}
	}
	return false
}

func (s *sentence) entityGender(e int) extract.Gender {
	for _, m := range s.doc.Entities[e].Mentions {
		if g := s.doc.Mentions[m].Gender; g != extract.UnknownGender {
			return g
		}
	}
	return extract.UnknownGender
}

// pronoun returns what the attached pronoun of node i refers to, where that is plain:
// the noun that a relative clause modifies, else the subject of the clause.
func (s *sentence) pronoun(i int) []argument {
	for _, m := range s.pronouns {
		if p := &s.doc.Mentions[m]; p.First == s.nodes[i].first && p.Entity != extract.None {
			return []argument{{entity: p.Entity, node: -1}}
		}
	}
	c := s.nodes[i].clause
	cl := &s.clauses[c]
	var args []argument
	switch {
	case cl.verb >= 0 && cl.verb == i-1:
		if args = s.takenUp(c); args == nil {
			args, _ = s.preverbal(c, cl.verb)
		}
	case cl.verb >= 0 && i == cl.verb+2 && s.nodes[i-1].kind == prepNode && cl.kind == relativeClause && cl.head >= 0:
		args = s.head(cl.head)
	case cl.verb >= 0 && i == cl.verb+2 && s.nodes[i-1].kind == prepNode:
		args, _ = s.preverbal(c, cl.verb)
	case i > 0 && s.nodes[i-1].kind == thatNode:
		if cl.parent >= 0 {
			args = s.subjectOf(cl.parent)
		}
	default:
		return s.possessor(i)
	}
	if len(args) == 1 && !s.refers(i, args[0].entity) {
		return nil
	}
	return absent(args)
}

// possessor returns the subject that the pronoun of node i most plainly takes up: the
// nearest one it agrees with among its clause, those around it and the sentence before.
func (s *sentence) possessor(i int) []argument {
	for at := s.nodes[i].clause; at >= 0; at = s.clauses[at].parent {
		if args := s.subjectOf(at); len(args) == 1 && args[0].node < i {
			if s.refers(i, args[0].entity) {
				return absent(args)
			}
		}
	}
	if len(s.topic) == 1 && s.refers(i, s.topic[0].entity) {
		return absent(s.topic)
	}
	return nil
}

// takenUp returns what the object pronoun on the verb of clause c takes up: the noun
// that the clause modifies, or the event of the clause before ("عقد اجتماع وترأسه X").
func (s *sentence) takenUp(c int) []argument {
	cl := &s.clauses[c]
	if cl.kind == relativeClause && cl.head >= 0 {
		return s.head(cl.head)
	}
	if cl.shares < 0 {
		return s.lastEvent
	}
	for i := cl.verb - 1; i >= 0; i-- {
		if s.nodes[i].event && s.nodes[i].clause == cl.shares {
			return s.head(i)
		}
	}
	return nil
}

// refers reports whether the pronoun of node i can stand for entity e.
func (s *sentence) refers(i, e int) bool {
	g := s.entityGender(e)
	switch s.nodes[i].norm {
	case "ه":
		return g != extract.Feminine
	case "ها":
		return g != extract.Masculine
	}
	return false
}

// bare returns the first noun phrase of nodes [i, to) that no preposition
// governs, and the node after it; the node i itself if there is none in the clause.
func (s *sentence) bare(i, to int) (args []argument, end int) {
	start := i
	for i < to {
		n := &s.nodes[i]
		switch n.kind {
		case timeNode, skipNode, quoteNode, commaNode, pronNode:
			i++
		case prepNode:
			i = s.skipGoverned(i)
		case stopNode:
			if i = s.bracketed(i); i < 0 {
				return nil, start
			}
		case wordNode:
			if s.adverb(i) {
				i++
				continue
			}
			args, end = s.phrase(i, "")
			return args, max(end, i+1)
		case nameNode:
			return s.named(i)
		default:
			return nil, start
		}
	}
	return nil, start
}

// bracketed returns the node after the bracket that node i opens, or -1.
func (s *sentence) bracketed(i int) int {
	if s.nodes[i].norm != "(" {
		return -1
	}
	for j := i + 1; j < len(s.nodes) && j <= i+8; j++ {
		if s.nodes[j].norm == ")" {
			return j + 1
		}
	}
	return -1
}

// skipGoverned returns the node after a preposition and what it governs.
func (s *sentence) skipGoverned(i int) int {
	i++
	if i >= len(s.nodes) {
		return i
	}
	switch s.nodes[i].kind {
	case pronNode, timeNode, skipNode:
		return i + 1
	case nameNode:
		m := s.members(i)
		return m[len(m)-1] + 1
	case wordNode:
		return s.skipPhrase(i)
	case quoteNode:
		return i + 1
	}
	return i
}

// adverb reports whether the word of node i is an indefinite accusative that
// stands as an adverb (رسميا).
func (s *sentence) adverb(i int) bool {
	t := &s.doc.Tokens[s.nodes[i].first]
	n := len(t.Norm)
	return !t.Def && n > 6 && t.Norm[n-2:] == "ا" && len(t.Noun) == 0
}

// preverbal returns the noun phrase that stands before the verb of clause c as
// its topic; blocked reports a topic that is no name.
func (s *sentence) preverbal(c, verb int) (args []argument, blocked bool) {
	for i := 0; i < verb; i++ {
		n := &s.nodes[i]
		if n.clause != c {
			continue
		}
		switch n.kind {
		case thatNode, relNode, subNode, andNode, skipNode, quoteNode, timeNode, commaNode, stopNode, negNode:
			continue
		case pronNode:
			if i > 0 && s.nodes[i-1].kind == thatNode {
				return s.pronoun(i), false
			}
		case prepNode:
			i = s.skipGoverned(i) - 1
			continue
		case nameNode, wordNode:
			args, end := s.phrase(i, "")
			if len(args) == 0 {
				_ = end
				return nil, true
			}
			return args, false
		}
	}
	return nil, false
}

// topicOf returns the name that a verbless clause begins with.
func (s *sentence) topicOf(c int) []argument {
	args, _ := s.preverbal(c, len(s.nodes))
	return args
}

func (s *sentence) head(i int) []argument {
	if s.nodes[i].kind != nameNode {
		return nil
	}
	if a, ok := s.argument(i); ok {
		return []argument{a}
	}
	return nil
}

// resumed reports whether a pronoun in clause c takes up the noun it modifies, on
// the verb (استضافه) or behind a preposition (شارك فيه): its subject is another then.
func (s *sentence) resumed(c int) bool {
	cl := &s.clauses[c]
	if s.objectPronoun(cl.verb) {
		return true
	}
	i := cl.verb + 2
	return i < len(s.nodes) && s.nodes[i].kind == pronNode && s.nodes[i-1].kind == prepNode
}

func (s *sentence) objectPronoun(v int) bool {
	return v+1 < len(s.nodes) && s.nodes[v+1].kind == pronNode
}

// agree reports whether the verb of node v can have the arguments as its subject.
func (s *sentence) agree(v int, args []argument) bool {
	n := &s.nodes[v]
	if n.participle || len(args) != 1 || args[0].node < 0 {
		return true
	}
	m := s.nodes[args[0].node].mention
	if m == extract.None {
		return true
	}
	mention := &s.doc.Mentions[m]
	g := mention.Gender
	if g == extract.UnknownGender || mention.Class == schema.Organization || mention.Number == extract.Plural {
		return true
	}
	for _, r := range s.doc.Tokens[n.first].Verb {
		if r.Gender == g || r.Gender == extract.UnknownGender || r.Person != 3 {
			return true
		}
	}
	return false
}
