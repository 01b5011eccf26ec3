package relation

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// lookup is a memoised subject.
type lookup struct {
	done bool
	args []argument
	obj  []argument // the object, if it stands between verb and subject
	end  int        // node after the subject if it stands behind the verb; else the node after the verb
	said bool       // a subject is said, though it is no entity: "قال مصدر"
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
	if firstPersonOnly(&s.doc.Tokens[s.nodes[cl.verb].first]) {
		return lookup{done: true, args: s.firstPerson(c), end: after, said: true}
	}
	if cl.kind == relativeClause && cl.head >= 0 && s.lemmaIn(cl.verb, s.words.gathering) {
		return lookup{done: true, args: s.head(cl.head), end: after}
	}
	if cl.kind == relativeClause && cl.head >= 0 && !s.resumed(c) {
		if args := s.head(cl.head); len(args) > 0 && s.agree(cl.verb, args) {
			return lookup{done: true, args: args, end: after}
		}
	}
	if both := s.verbFirst(cl.verb, after); both.done {
		return both
	}
	if args, blocked := s.preverbal(c, from); len(args) > 0 && (!s.resumed(c) || !s.actsBehind(c)) && s.agree(cl.verb, args) {
		return lookup{done: true, args: args, end: after}
	} else if blocked && cl.shares < 0 {
		return lookup{done: true, end: after, said: s.isSpeech(cl.verb)}
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
	if s.holds(c, after, args) {
		if who := s.understood(c); s.agentive(who) {
			return lookup{done: true, args: who, obj: args, end: after}
		}
	}
	if len(args) > 0 && s.agree(cl.verb, args) && !s.continues(c, args, end) || len(args) == 0 && end > after && !s.governsNext(c) {
		return lookup{done: true, args: args, end: end, said: len(args) == 0 && s.saysWho(cl.verb, end)}
	}
	return lookup{done: true, args: s.understood(c), end: after}
}

// saysWho reports whether what stands behind the verb of node v, before node end, and is no
// argument, is its subject all the same: that of speech, or a description of somebody.
func (s *sentence) saysWho(v, end int) bool {
	if s.isSpeech(v) {
		return true
	}
	for i := v + 1; i < end && i < len(s.nodes); i++ {
		switch s.class(i) {
		case schema.Person, schema.Organization:
			return len(s.head(i)) == 0
		}
	}
	return false
}

// behindEvent returns the subject behind an event that stands between it and the
// transitive verb v: "ترأس الاجتماع X".
func (s *sentence) behindEvent(v int, args []argument, end int) ([]argument, int) {
	if len(args) == 0 || args[0].node < 0 || s.class(args[0].node) != schema.Event || !s.lemmaIn(v, s.words.transitive) || s.objectPronoun(v) {
		return nil, end
	}
	subj, last := s.bare(end, len(s.nodes))
	if len(subj) == 0 || subj[0].node < 0 || s.class(subj[0].node) == schema.Event || s.class(subj[0].node) == schema.Place || s.nodes[subj[0].node].clause != s.nodes[v].clause {
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
	if second, _ := s.bare(end, len(s.nodes)); len(second) == 0 || second[0].node < 0 || s.nodes[second[0].node].clause != s.nodes[v].clause || second[0].entity == first[0].entity {
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
	where := cl.kind == adverbialClause && cl.intro >= 0 && s.nodes[cl.intro].norm == "حيث"
	if cl.shares < 0 && !subjunctive && !where || s.objectPronoun(cl.verb) || !s.lemmaIn(cl.verb, s.words.transitive) {
		return false
	}
	if end < len(s.nodes) && s.nodes[end].norm == "مع" {
		return false // ويلتقي الوزير مع
	}
	if object, last := s.bare(end, len(s.nodes)); len(object) > 0 || last > end && s.objectWord(end, last) {
		return false
	}
	before := s.understood(c)
	return len(before) > 0 && before[0].entity != args[0].entity
}

// holds reports whether the event that stands alone behind the verb of clause c, from node i
// on, is its object, as an accusative, a verb of the other gender or مع behind it shows:
// "وعقد اجتماعا", "وعقد جلسة مباحثات مع X". args is what the event refers to, or nothing.
func (s *sentence) holds(c, i int, args []argument) bool {
	v := s.clauses[c].verb
	if i >= len(s.nodes) || !s.nodes[i].event || len(args) > 1 || !s.lemmaIn(v, s.words.light) || s.objectPronoun(v) {
		return false
	}
	head := &s.doc.Tokens[max(s.doc.Mentions[s.nodes[i].mention].Head, s.nodes[i].first)]
	if head.Def {
		return false
	}
	if strings.HasSuffix(head.Norm, "ا") {
		return true
	}
	masculine := slices.ContainsFunc(s.doc.Tokens[s.nodes[v].first].Verb, func(r extract.VerbReading) bool { return r.Gender == extract.Masculine })
	return feminine(head.Base) && masculine || i+1 < len(s.nodes) && s.nodes[i+1].norm == "مع"
}

// objectWord reports whether the first word of nodes [i, end) that no preposition governs is
// indefinite, and so no adjective of a name before it: "وحذر الرئيس زعماء أوروبا".
func (s *sentence) objectWord(i, end int) bool {
	for i < end {
		switch n := &s.nodes[i]; n.kind {
		case nameNode:
			if n.event {
				return !s.doc.Tokens[n.first].Def // ويعقد X مباحثات مع Y
			}
			i++
		case wordNode:
			tok := &s.doc.Tokens[n.first]
			return !tok.Def && s.nisba[n.first] == extract.None && !s.adverb(i) && s.nodes[i-1].kind != commaNode
		case prepNode:
			i = s.skipGoverned(i)
		default:
			i++
		}
	}
	return false
}

// governsNext reports whether the noun behind the verb of clause c is its object and so
// no subject: the verbal noun that a light verb governs ("وأجرى مباحثات"), or what one who
// speaks confirms or praises ("وأكد حرص بلاده"), or one who has done something before does ("وطلب
// التدخل").
func (s *sentence) governsNext(c int) bool {
	v := s.clauses[c].verb
	if !s.lemmaIn(v, s.words.light) && !s.isSpeech(v) && s.clauses[c].shares < 0 {
		return false
	}
	for i := v + 1; i < len(s.nodes); i++ {
		switch n := &s.nodes[i]; n.kind {
		case timeNode, skipNode, commaNode, quoteNode:
		case prepNode:
			i = s.skipGoverned(i) - 1
		case wordNode:
			tok := &s.doc.Tokens[n.first]
			return hasMasdar(tok) && !slices.Contains(s.words.lists["documents"], tok.Base) || slices.Contains(s.words.lists["attitudes"], tok.Base)
		default:
			return false
		}
	}
	return false
}

// agreeEntities is agree for a subject that does not stand in the clause: one that is
// left out shows in the number of the verb too ("وأضافا").
func (s *sentence) agreeEntities(v int, args []argument) bool {
	if s.nodes[v].participle || len(args) == 0 {
		return true
	}
	g := s.entityGender(args[0].entity)
	for _, r := range s.doc.Tokens[s.nodes[v].first].Verb {
		if r.Person != 3 {
			continue
		}
		if several := r.Number == extract.Dual || r.Number == extract.Plural; several != (len(args) > 1) {
			continue
		}
		if len(args) > 1 || g == extract.UnknownGender || r.Gender == g || r.Gender == extract.UnknownGender {
			return true
		}
	}
	return false
}

// entityGender returns the gender that a mention of entity e shows, or that of the noun
// by which an event, or a body in the plural, is called.
func (s *sentence) entityGender(e int) extract.Gender {
	called := extract.UnknownGender
	for _, m := range s.doc.Entities[e].Mentions {
		x := &s.doc.Mentions[m]
		if x.Form == extract.Nisba {
			continue // it agrees with what it describes
		}
		if x.Gender != extract.UnknownGender {
			return x.Gender
		}
		switch noun := s.doc.Tokens[max(x.Head, x.First)].Base; x.Class {
		case schema.Event:
			called = extract.Masculine
			if feminine(noun) || strings.HasSuffix(noun, "ات") || noun == "حرب" {
				called = extract.Feminine
			}
		case schema.Organization:
			if strings.HasSuffix(s.doc.Tokens[x.First].Base, "ات") {
				called = extract.Feminine
			}
		}
	}
	return called
}

// nounGender returns the gender of the noun of the list bodies that the name of body m begins with.
func (s *sentence) nounGender(m *extract.Mention) extract.Gender {
	switch noun := s.doc.Tokens[m.First].Base; {
	case !s.inList("bodies", noun):
		return extract.UnknownGender
	case feminine(noun):
		return extract.Feminine
	}
	return extract.Masculine
}

// actsBehind reports whether the one who acts may stand behind the verb of clause c, which carries
// a pronoun: always in a relative clause; elsewhere if a noun other than a verbal one does ("X
// استقبله Y", but "X طلب منه التدخل").
func (s *sentence) actsBehind(c int) bool {
	cl := &s.clauses[c]
	if cl.kind == relativeClause {
		return true
	}
	for i := cl.verb + 1; i < len(s.nodes) && s.nodes[i].clause == c; i++ {
		switch n := &s.nodes[i]; n.kind {
		case nameNode:
			return true
		case wordNode:
			return !hasMasdar(&s.doc.Tokens[n.first])
		case prepNode:
			i = s.skipGoverned(i) - 1
		case pronNode, timeNode, skipNode:
		default:
			return false
		}
	}
	return false
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
			if n.kind == wordNode && s.words.calendar[s.doc.Tokens[n.first].Base] {
				continue // الليلة، اليوم
			}
			if end := s.dateline(i, verb); end > i {
				i = end - 1
				continue
			}
			args, _ = s.phrase(i, "")
			return args, len(args) == 0
		}
	}
	return nil, false
}

// dateline returns the node after the place and the agency that a report begins with
// ("القدس (رويترز)", "د.ب.أ)*") if they stand at node i, before the verb; else i.
func (s *sentence) dateline(i, verb int) int {
	if i == 3 && s.nodes[1].norm == ":" && s.nodes[2].kind == quoteNode && s.nodes[i+1].kind == quoteNode && i+2 == verb {
		return verb // القاهرة: «X» التقى
	}
	if i > 2 {
		return i
	}
	last, agency := i, false
	for j := i; j < verb && j <= i+maxDateline; j++ {
		switch n := &s.nodes[j]; n.kind {
		case nameNode:
			if s.class(j) == schema.Person {
				return i
			}
			agency = agency || s.class(j) == schema.Organization
		case stopNode:
			if n.norm == ")" || n.norm == "*" {
				last = j + 1
			}
		case commaNode, wordNode, timeNode, andNode, skipNode, quoteNode:
		default:
			return i
		}
	}
	if last == i || !agency {
		return i
	}
	return last
}

const maxDateline = 8 // nodes

// topicOf returns the name that a verbless clause begins with.
func (s *sentence) topicOf(c int) []argument {
	args, _ := s.preverbal(c, len(s.nodes))
	return args
}

// resumed reports whether a pronoun in clause c takes up the noun it modifies, on
// the verb (استضافه) or behind a preposition (شارك فيه): its subject is another then.
func (s *sentence) resumed(c int) bool {
	cl := &s.clauses[c]
	return s.takenUpBy(cl.verb)
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
	if mention.Class == schema.Organization {
		if at := args[0].node; at != v+1 {
			return true // طائرات التحالف: what heads the phrase agrees
		}
		g = s.nounGender(mention)
	}
	if g == extract.UnknownGender || mention.Number == extract.Plural {
		return true
	}
	for _, r := range s.doc.Tokens[n.first].Verb {
		if r.Gender == g || r.Gender == extract.UnknownGender || r.Person != 3 {
			return true
		}
	}
	return false
}
