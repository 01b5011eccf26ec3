package relation

import (
	"isnad/extract"
	"isnad/schema"
)

// adjunct returns the indefinite noun that a preposition governs before the verb of node i, the
// first of clause cur, and that the verb describes, so that the verb of the clause is still to
// come: "خلال حفل جرى في القصر، قال", "في تصريحات نشرتها الصحيفة قال"; or -1.
func (s *sentence) adjunct(i, cur int) int {
	if i > 1 && s.nodes[i-2].kind == prepNode && s.nodes[i-1].event && s.indefinite(i, cur) == i-1 {
		return i - 1
	}
	if !s.takenUpBy(i) {
		return -1
	}
	for j := i - 1; j > 0 && s.nodes[j].clause == cur; j-- {
		n := &s.nodes[j]
		switch n.kind {
		case wordNode, nameNode:
			if s.nodes[j-1].kind == prepNode && s.inList("leads_in", s.nodes[j-1].norm) {
				if s.doc.Tokens[n.first].Def || n.kind == nameNode && !n.event {
					return -1
				}
				return j
			}
		case prepNode, timeNode, skipNode, quoteNode:
		default:
			return -1
		}
	}
	return -1
}

// indefinite returns the indefinite noun before the verb of node i that it modifies
// without a relative pronoun ("اجتماع عقد في القاهرة"), or -1.
func (s *sentence) indefinite(i, cur int) int {
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		n := &s.nodes[j]
		if n.clause != cur {
			return -1
		}
		switch n.kind {
		case nameNode:
			if n.event && !s.doc.Tokens[n.first].Def && !s.doc.Tokens[n.last-1].Def && (s.lemmaIn(i, s.words.eventVerbs) || s.takenUpBy(i)) {
				return j
			}
		case wordNode:
			if j == i-1 && !s.doc.Tokens[n.first].Def {
				return j
			}
		case prepNode, timeNode, skipNode, quoteNode:
		case commaNode:
			if !s.takenUpBy(i) && !s.lemmaIn(i, s.words.eventVerbs) {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// modified returns the node that the relative pronoun of node i refers to: the
// nearest noun phrase before it, a genitive giving way to what governs it only
// by gender, which print rarely shows.
func (s *sentence) modified(i int) int {
	for j := i - 1; j >= 0; j-- {
		switch s.nodes[j].kind {
		case nameNode, wordNode:
			return s.eventAbove(i, s.agreeing(i, j))
		case andNode:
			if j == i-1 {
				continue // …، والذي
			}
		case commaNode, quoteNode, stopNode, timeNode, skipNode, pronNode:
			continue
		}
		return -1
	}
	return -1
}

// eventAbove returns the event that the name of node j completes ("القمة للتحالف") if
// the relative clause behind node i says what is said of events; else j.
func (s *sentence) eventAbove(i, j int) int {
	if s.class(j) == schema.Event {
		return j
	}
	for v := i + 1; v < len(s.nodes) && v <= i+3; v++ {
		if s.nodes[v].kind != verbNode {
			continue
		}
		if !s.lemmaIn(v, s.words.eventVerbs) {
			return j
		}
		want := relativeGender(s.nodes[i].norm)
		for k := j - 1; k >= 0 && k >= j-maxEventBack; k-- {
			switch n := &s.nodes[k]; n.kind {
			case nameNode:
				if g := s.gender(n); n.event && (want == extract.UnknownGender || g == want || g == extract.UnknownGender) {
					return k
				}
			case prepNode, wordNode, quoteNode, andNode:
			case commaNode, timeNode, skipNode:
				if !s.takenUpBy(v) {
					return j // "…، الذي تنظمه X": what is held, past where and when
				}
			default:
				return j
			}
		}
	}
	return j
}

const maxEventBack = 14 // nodes

// takenUpBy reports whether the verb of node v carries a pronoun, or a preposition behind it does.
func (s *sentence) takenUpBy(v int) bool {
	return s.objectPronoun(v) || v+2 < len(s.nodes) && s.nodes[v+1].kind == prepNode && s.nodes[v+2].kind == pronNode
}

// agreeing prefers, among the noun phrases of one chain that ends at node j, the
// one whose gender and number the relative pronoun of node i shows.
func (s *sentence) agreeing(i, j int) int {
	want := relativeGender(s.nodes[i].norm)
	if want == extract.UnknownGender {
		return j
	}
	for k := j; k >= 0 && k > j-4; k-- {
		n := &s.nodes[k]
		if n.kind != nameNode && n.kind != wordNode {
			break
		}
		if g := s.gender(n); n.kind == nameNode && (g == want || g == extract.UnknownGender) {
			return k
		}
	}
	return j
}

func relativeGender(norm string) extract.Gender {
	switch norm {
	case "الذي":
		return extract.Masculine
	case "التي":
		return extract.Feminine
	}
	return extract.UnknownGender
}

// relativeOn returns the clause with a verb that describes the noun of node i: a relative pronoun
// opens it behind, or its verb, perhaps behind adjectives ("الزيارة الرسمية التي قام بها",
// "اتصال هاتفي أجراه"); or -1.
func (s *sentence) relativeOn(i int) int {
	end := i + 1
	for end < len(s.nodes) && end <= i+maxAdjectives && (s.nodes[end].kind == skipNode || s.nodes[end].kind == wordNode && s.doc.Tokens[s.nodes[end].first].Def) {
		end++
	}
	if end < len(s.nodes) && s.nodes[end].kind == relNode {
		if c := s.nodes[end].clause; s.clauses[c].verb >= 0 {
			return c
		}
	}
	for j := i; j < len(s.nodes) && j <= i+maxAdjectives; j++ {
		if j > i && (s.nodes[j].kind != wordNode || s.doc.Tokens[s.nodes[j].first].Def) {
			break
		}
		for c := range s.clauses {
			if cl := &s.clauses[c]; cl.kind == relativeClause && cl.head == j && cl.intro == cl.verb {
				return c
			}
		}
	}
	return -1
}
