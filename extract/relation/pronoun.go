package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// absent returns args as understood rather than said.
func absent(args []argument) []argument {
	out := slices.Clone(args)
	for i := range out {
		out[i].node, out[i].span = -1, extract.Span{}
	}
	return out
}

// pronoun returns what the attached pronoun of node i refers to, where that is plain:
// the noun that a relative clause modifies, else the subject of the clause.
func (s *sentence) pronoun(i int) []argument {
	for _, m := range s.pronouns {
		if p := &s.doc.Mentions[m]; p.First == s.nodes[i].first && p.Entity != extract.None {
			return []argument{{entity: p.Entity, node: -1}}
		}
	}
	if s.nodes[i].norm == "هما" {
		return absent(s.two(i))
	}
	c := s.nodes[i].clause
	cl := &s.clauses[c]
	var args []argument
	switch {
	case cl.verb >= 0 && cl.verb == i-1 && cl.parent >= 0 && s.lemmaIn(cl.verb, s.words.gathering):
		args = s.subjectOf(cl.parent)
	case cl.verb >= 0 && cl.verb == i-1 && cl.kind == adverbialClause && cl.intro == cl.verb:
		args = s.correspondent(c)
	case cl.verb >= 0 && cl.verb == i-1:
		if args = s.takenUp(c); args == nil {
			args, _ = s.preverbal(c, cl.verb)
		}
		if self := s.subjectOf(c); len(args) == 0 && cl.shares >= 0 || len(args) == 1 && len(self) == 1 && self[0].entity == args[0].entity {
			return s.companion(i) // واتهمه، X يتهمه
		}
	case cl.verb >= 0 && i == cl.verb+2 && s.nodes[i-1].kind == prepNode && cl.kind == relativeClause && cl.head >= 0:
		args = s.head(cl.head)
	case cl.verb >= 0 && i == cl.verb+2 && s.nodes[i-1].kind == prepNode:
		args, _ = s.preverbal(c, cl.verb)
		if self := s.subjectOf(c); s.inList("addressing", s.nodes[i-1].norm) && (len(args) == 0 || len(self) == 1 && self[0].entity == args[0].entity) {
			return s.companion(i) // X طلب منه
		}
	case i > 0 && s.nodes[i-1].kind == thatNode:
		if cl.parent >= 0 {
			args = s.subjectOf(cl.parent)
		}
	case i > 0 && s.nodes[i-1].kind == prepNode && s.nodes[i-1].norm == "مع":
		return s.companion(i)
	default:
		return s.possessor(i, s.nodes[i].norm)
	}
	if len(args) == 1 && s.doc.Entities[args[0].entity].Class != schema.Event && !s.refers(i, args[0].entity) {
		return nil // an event may have been called by a noun of the other gender
	}
	return absent(args)
}

// correspondent returns whom the object pronoun on the verb of clause c, which follows a
// name without a conjunction, takes up: who is written to in "رسالة إلى X يدعوه", who
// receives in "تلقى X رسالة من Y يدعوه".
func (s *sentence) correspondent(c int) []argument {
	at := s.clauses[c].verb - 1
	if at < 1 || s.nodes[at].kind != nameNode || s.nodes[at-1].kind != prepNode {
		return nil
	}
	switch s.nodes[at-1].norm {
	case "الي", "ل":
		return s.head(at)
	case "من":
		return s.subjectOf(s.clauses[c].parent)
	}
	return nil
}

// possessor returns the subject that a pronoun at node i most plainly takes up: the
// nearest one it agrees with among its clause, those around it and the sentence before.
func (s *sentence) possessor(i int, pronoun string) []argument {
	switch pronoun {
	case "ي":
		return absent(s.quotedSpeaker(s.nodes[i].clause))
	case "نا":
		return s.ours(i)
	case "هما":
		return absent(s.two(i))
	}
	for at := s.nodes[i].clause; at >= 0; at = s.clauses[at].parent {
		subj := s.subject(at)
		if len(subj.args) == 1 && subj.args[0].node < i && s.means(pronoun, subj.args[0].entity) {
			return absent(subj.args)
		}
		if subj.said {
			return nil // whoever it is
		}
	}
	if len(s.topic) == 1 && s.means(pronoun, s.topic[0].entity) {
		return absent(s.topic)
	}
	return nil
}

// two returns those whom "هما" at node i takes up: the nearest list of two of one class before
// it, or "البلدين", else a subject of two, or one and whom he does it with.
func (s *sentence) two(i int) []argument {
	if s.pairing {
		return nil // what may be one of the two hangs on "هما" itself: "معهما", "وفديهما"
	}
	s.pairing = true
	defer func() { s.pairing = false }()
	for j := i - 1; j > 0; j-- {
		n := &s.nodes[j]
		if n.kind == wordNode {
			if pair := s.pair(j); pair != nil {
				return pair
			}
		}
		if n.kind != nameNode || n.list < 0 {
			continue
		}
		first := j
		for k := j - 1; k >= 0; k-- {
			if s.nodes[k].list == n.list {
				first = k
			}
		}
		args, _ := s.named(first)
		if len(args) == 2 && s.class(first) == s.class(j) && s.agentive(args) {
			return args
		}
		return nil
	}
	if i < len(s.nodes) {
		for at := s.nodes[i].clause; at >= 0; at = s.clauses[at].parent {
			if subj := s.subjectOf(at); len(subj) == 2 {
				return subj
			}
		}
	}
	if with := s.withWhom(i); with != nil || i == len(s.nodes) {
		return with
	}
	return s.lastTwo
}

// withWhom returns the subject of the nearest clause before node i and the one with whom it does
// something: "اتفق X مع Y … بينهما".
func (s *sentence) withWhom(i int) []argument {
	for j := i - 1; j >= 0; j-- {
		if s.nodes[j].kind != prepNode || s.nodes[j].norm != "مع" {
			continue
		}
		subj := s.subjectOf(s.nodes[j].clause)
		with, _ := s.phrase(j+1, "")
		if len(subj) == 1 && len(with) == 1 && s.doc.Entities[with[0].entity].Class == s.doc.Entities[subj[0].entity].Class {
			return []argument{subj[0], with[0]}
		}
	}
	return nil
}

// ofSeveral reports whether the pronoun on the noun of node i says that it is that of two or
// more: "شكرهما".
func (s *sentence) ofSeveral(i int) bool {
	return i+1 < len(s.nodes) && s.nodes[i+1].kind == pronNode && (s.nodes[i+1].norm == "هما" || s.nodes[i+1].norm == "هم")
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
func (s *sentence) refers(i, e int) bool { return s.means(s.nodes[i].norm, e) }

// refersOne reports whether the pronoun of node i is of one person or thing.
func (s *sentence) refersOne(i int) bool { return s.nodes[i].norm == "ه" || s.nodes[i].norm == "ها" }

// means reports whether an attached pronoun can stand for entity e.
func (s *sentence) means(pronoun string, e int) bool {
	g := s.entityGender(e)
	switch pronoun {
	case "ه":
		return g != extract.Feminine
	case "ها":
		return g != extract.Masculine
	}
	return false
}
