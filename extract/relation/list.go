package relation

import (
	"isnad/extract"
	"isnad/schema"
)

// coordinate gives the names of each coordination ("A وB", "A إلى جانب B",
// "A، B، C وD") one list number.
func (s *sentence) coordinate() {
	lists := 0
	for i := range s.nodes {
		if s.nodes[i].kind != nameNode || s.nodes[i].list >= 0 {
			continue
		}
		members, closed := s.chain(i)
		if len(members) < 2 || !closed && len(members) < 3 {
			continue
		}
		for _, m := range members {
			s.nodes[m].list = lists
		}
		lists++
	}
}

// chain follows the names that continue the one of node i; closed reports
// whether و or the like binds one of them.
func (s *sentence) chain(i int) (members []int, closed bool) {
	members = append(members, i)
	for {
		j, bound := s.link(members[len(members)-1])
		if j < 0 {
			return s.trim(members, closed), closed
		}
		members, closed = append(members, j), closed || bound
	}
}

// trim cuts what follows the last bound member: behind "A وB، C" C is an
// apposition or begins something new. It is told by the list's own shape: a
// comma after و ends it.
func (s *sentence) trim(members []int, closed bool) []int {
	if !closed {
		return members
	}
	for k := 1; k+1 < len(members); k++ {
		_, here := s.link(members[k-1])
		_, next := s.link(members[k])
		if here && !next {
			return members[:k+1]
		}
	}
	return members
}

// link returns the name that continues a list after node i, or -1, and whether a
// conjunction binds it rather than a comma alone. What is said of a person between commas
// is passed over: "X، رئيس الوفد، وY".
func (s *sentence) link(i int) (j int, bound bool) {
	if j, bound = s.linked(i, i); j >= 0 || s.class(i) != schema.Person || i+2 >= len(s.nodes) || s.nodes[i+2].kind != wordNode {
		return j, bound
	}
	end := s.epithet(i+2, i+1)
	if end == 0 || end >= len(s.nodes) || s.nodes[end].kind != andNode {
		return -1, false
	}
	if j, bound = s.linked(i, end-1); j >= 0 && s.class(j) == schema.Person {
		return j, bound
	}
	return -1, false
}

// linked returns the name that continues the list of node i behind node from.
func (s *sentence) linked(i, from int) (j int, bound bool) {
	comma := false
	for j = from + 1; j < len(s.nodes) && j <= from+7; j++ {
		n := &s.nodes[j]
		switch n.kind {
		case nameNode:
			if (bound || comma && (s.class(i) == schema.Person) == (s.class(j) == schema.Person)) && alike(s.class(i), s.class(j)) && !s.opens(i, j) {
				return j, bound
			}
			return -1, false
		case commaNode:
			comma = true
		case andNode:
			bound = true
		case quoteNode, skipNode:
		case pronNode:
			if s.nodes[j-1].kind != prepNode {
				return -1, false
			}
		case prepNode:
			if s.words.additions[n.norm] || bound && n.norm == "مع" && j+1 < len(s.nodes) && s.nodes[j+1].kind == pronNode {
				bound = true
			} else if !bound || !s.repeats(i, n.norm) {
				return -1, false
			}
		case wordNode:
			if !bound || !s.stepsAside(n) && s.nisba[n.first] == extract.None {
				return -1, false // نظيريه الفرنسي X والألماني Y
			}
		default:
			return -1, false
		}
	}
	return -1, false
}

// opens reports whether the name of node j is the subject before the verb of another
// clause than that of node i: "يستقبل X Y وZ يبحث".
func (s *sentence) opens(i, j int) bool {
	c := s.nodes[j].clause
	return c != s.nodes[i].clause && s.clauses[c].verb > j && s.clauses[c].intro == j-1
}

// repeats reports whether the preposition norm governs node i as well: "بين A وبين B".
func (s *sentence) repeats(i int, norm string) bool {
	for j := i - 1; j >= 0 && j >= i-8; j-- {
		if s.nodes[j].kind == prepNode {
			return s.nodes[j].norm == norm
		}
	}
	return false
}

// stepsAside reports whether the word of n gives way to the name behind it.
func (s *sentence) stepsAside(n *node) bool {
	t := &s.doc.Tokens[n.first]
	return s.words.transparent[t.Norm] || s.words.transparent[t.Base]
}

// class returns the class of the name of node i; empty if it is none, or i is negative.
func (s *sentence) class(i int) schema.Class {
	if i < 0 {
		return ""
	}
	if m := s.nodes[i].mention; m != extract.None {
		return s.doc.Mentions[m].Class
	}
	return ""
}

// alike reports whether classes may stand side by side in one list.
func alike(a, b schema.Class) bool {
	agent := func(c schema.Class) bool {
		return c == schema.Person || c == schema.Organization || c == schema.Country
	}
	site := func(c schema.Class) bool { return c == schema.Place || c == schema.Country }
	return a == b || agent(a) && agent(b) || site(a) && site(b)
}

// members returns the nodes of the list that node i belongs to, from i on.
func (s *sentence) members(i int) []int {
	out := []int{i}
	if s.nodes[i].list < 0 {
		return out
	}
	for j := i + 1; j < len(s.nodes); j++ {
		if s.nodes[j].list == s.nodes[i].list {
			out = append(out, j)
		}
	}
	return out
}
