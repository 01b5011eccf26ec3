package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// understood returns the subject that clause c leaves unsaid: that of the verb
// it is coordinated with, of the clause around it, or of the sentence before.
func (s *sentence) understood(c int) []argument {
	cl := &s.clauses[c]
	var args []argument
	switch {
	case cl.shares >= 0:
		args = s.subjectOf(cl.shares)
	case cl.parent >= 0 && (s.clauses[cl.parent].verb >= 0 || s.clauses[cl.parent].parent >= 0):
		args = s.around(c)
	case cl.parent >= 0:
		if args = s.subjectOf(cl.parent); len(args) == 0 {
			args = s.earlier(c)
		}
	default:
		args = s.before(cl.verb)
	}
	if !s.agreeEntities(cl.verb, args) {
		return nil
	}
	return absent(args)
}

// around returns the subject of the clause around clause c; if c says what somebody did to the
// noun that it modifies, that of the nearest whose subject may have: "قال X إن نتائج المباحثات
// التي أجراها تؤكد" passes over what the results do.
func (s *sentence) around(c int) []argument {
	cl := &s.clauses[c]
	v := cl.verb
	if cl.kind != relativeClause || !s.resumed(c) {
		return s.subjectOf(cl.parent)
	}
	for at := cl.parent; at >= 0; at = s.clauses[at].parent {
		subj := s.subject(at)
		if up := s.clauses[at].verb; up >= 0 && s.lemmaIn(up, s.words.welcoming) && s.describesTravel(cl.head) {
			guests, _ := s.bare(subj.end, len(s.nodes))
			return guests // استقبل X Y خلال الزيارة التي يقوم بها
		}
		if s.agentive(subj.args) && s.agreeEntities(v, subj.args) {
			return subj.args
		}
		if up := s.clauses[at].verb; len(subj.args) == 0 && subj.said && up >= 0 && s.alikeVerbs(v, up) {
			return nil // whoever it is
		}
	}
	return nil
}

// describesTravel reports whether the noun of node i, or the one before it whose adjective it is,
// is a journey.
func (s *sentence) describesTravel(i int) bool {
	for j := i; j >= 0 && j >= i-maxAdjectives; j-- {
		if k := s.nodes[j].kind; k != wordNode && k != skipNode && k != nameNode {
			return false
		}
		if s.inList("travels", s.headWord(j)) {
			return true
		}
	}
	return false
}

// alikeVerbs reports whether the verbs of nodes v and w can have one subject: gender and
// number agree in some active reading.
func (s *sentence) alikeVerbs(v, w int) bool {
	if s.nodes[v].participle || s.nodes[w].participle {
		return true
	}
	for _, a := range s.doc.Tokens[s.nodes[v].first].Verb {
		for _, b := range s.doc.Tokens[s.nodes[w].first].Verb {
			if !a.Passive && !b.Passive && a.Person == 3 && b.Person == 3 && a.Number == b.Number && (a.Gender == b.Gender || a.Gender == extract.UnknownGender || b.Gender == extract.UnknownGender) {
				return true
			}
		}
	}
	return false
}

// before returns whom a verb that opens a sentence leaves unsaid: the one who spoke last,
// if it goes on with his words, else the subject of the sentence before.
func (s *sentence) before(v int) []argument {
	if s.isSpeech(v) && (s.lemmaIn(v, s.words.continuing) || !s.agentive(s.topic)) {
		return s.speaker
	}
	return s.topic
}

// agentive reports whether args can act and speak.
func (s *sentence) agentive(args []argument) bool {
	return len(args) > 0 && !slices.ContainsFunc(args, func(a argument) bool {
		c := s.doc.Entities[a.entity].Class
		return c == schema.Event || c == schema.Place
	})
}

// earlier returns the subject of the last main clause with a verb before clause c,
// or of the sentence before: "غادر X، ومن المنتظر أن يزور".
func (s *sentence) earlier(c int) []argument {
	for at := c - 1; at >= 0; at-- {
		if cl := &s.clauses[at]; cl.kind == mainClause && cl.verb >= 0 {
			return s.subjectOf(at)
		}
	}
	return s.before(s.clauses[c].verb)
}
