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
			if s.each(i) {
				i++
			}
		case wordNode:
			if leads > 0 {
				if args := s.nationals(i, through); args != nil {
					return args, i + 1
				}
			} else if args := s.pair(i); args != nil {
				return args, i + 1
			} else if args, end := s.anaphor(i); args != nil {
				return args, end
			}
			if leads == 0 || s.through(&s.nodes[i-1], through) {
				if args := s.owned(i); args != nil {
					return args, i + 2
				}
			}
			if name := s.described(i); name >= 0 {
				return s.named(name)
			}
			if leads++; leads > maxLeads || (!s.stepsAside(n) && !s.fighters(i) || s.held(i)) && !s.through(n, through) {
				return nil, s.skipPhrase(i)
			}
		case pronNode:
			if args, meant := s.attached(i, leads, through); meant {
				return args, i + 1
			}
		case prepNode:
			if leads == 0 || !s.leadsOn(i, through) {
				return nil, i
			}
		case relNode:
			if leads > 0 && through != "" {
				return s.doer(i), i
			}
			return nil, i
		case subNode:
			k := s.socalled(i)
			if k < 0 || through == "" {
				return nil, i
			}
			i = k - 1
		default:
			return nil, i
		}
	}
	return nil, i
}

// attached returns whom the pronoun of node i means as an argument, behind so many words that lead
// to one; it means none on a word that steps aside ("نظيره").
func (s *sentence) attached(i, leads int, through string) (args []argument, meant bool) {
	if p := &s.nodes[max(i-1, 0)]; leads == 1 && (through == "any" || s.through(p, through)) && s.whose(p) {
		return s.companion(i), true // أشاد بدورها، منتقدا إياه
	}
	if leads > 0 {
		return nil, false
	}
	return s.pronoun(i), true
}

// whose reports whether the word of n is what a pronoun on it says whose it is, or only carries it.
func (s *sentence) whose(n *node) bool {
	return n.kind == wordNode && (s.inList("merits", s.doc.Tokens[n.first].Base) || s.inList("bearers", n.norm))
}

const maxLeads = 4

// each reports whether "كل من" or "كلا من" stands at node i.
func (s *sentence) each(i int) bool {
	return (s.nodes[i].norm == "كل" || s.nodes[i].norm == "كلا") && i+1 < len(s.nodes) && s.nodes[i+1].norm == "من"
}

// held reports whether the word of node i is the verbal noun of what is done to the
// event behind it: "تنظيم البطولة" is not "تنظيم القاعدة".
func (s *sentence) held(i int) bool {
	return i+1 < len(s.nodes) && s.nodes[i+1].event && hasMasdar(&s.doc.Tokens[s.nodes[i].first])
}

// socalled returns the node behind "ما وصفه ب" or "ما اعتبره" at node i: what stands there is
// what is meant; or -1.
func (s *sentence) socalled(i int) int {
	if s.nodes[i].norm != "ما" || i+3 >= len(s.nodes) || s.nodes[i+2].kind != pronNode || !hasVerb(&s.doc.Tokens[s.nodes[i+1].first], s.words.naming) {
		return -1
	}
	if n := &s.nodes[i+3]; n.kind == prepNode && n.norm == "ب" {
		return i + 4
	}
	return i + 3
}

// described returns the node of the name that the word of node i, a noun for people, stands
// before, with definite adjectives between at most ("المفكر اليساري الأمريكي X"); or -1.
func (s *sentence) described(i int) int {
	if !slices.Contains(s.words.lists["persons"], s.doc.Tokens[s.nodes[i].first].Base) {
		return -1
	}
	for j := i; j < len(s.nodes) && j <= i+maxLeads; j++ {
		switch n := &s.nodes[j]; n.kind {
		case nameNode:
			if s.class(j) == schema.Person && s.doc.Mentions[n.mention].Form == extract.Name {
				return j
			}
			return -1
		case wordNode:
			if !s.doc.Tokens[n.first].Def {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// leadsOn reports whether the preposition of node i joins the nouns before it, which are of the
// list through, to whose they are or where: "قوات من مصر", "مواقع في دمشق".
func (s *sentence) leadsOn(i int, through string) bool {
	switch s.nodes[i].norm {
	case "من", "عن":
		return through == "delegates" || s.inList("fighters", s.nodes[i-1].norm)
	case "في", "ب", "ل":
		return through == "targets"
	}
	return false
}

// fighters reports whether the word of node i names people of the body behind it: "مسلحون من التنظيم".
func (s *sentence) fighters(i int) bool {
	return i+2 < len(s.nodes) && s.nodes[i+1].kind == prepNode && s.inList("fighters", s.nodes[i].norm)
}

// doer returns the subject of the relative clause that node i opens, where what it
// modifies is what the subject does ("الجهود التي يبذلها المغرب"), or whom it comes from
// ("التصريحات التي صدرت عن X").
func (s *sentence) doer(i int) []argument {
	for c := range s.clauses {
		cl := &s.clauses[c]
		if cl.intro != i || cl.kind != relativeClause || cl.verb < 0 {
			continue
		}
		if v := cl.verb; s.lemmaIn(v, s.words.issuing) && v+1 < len(s.nodes) && s.inList("sources_of", s.nodes[v+1].norm) {
			args, _ := s.phrase(v+2, "")
			return args
		}
		if s.resumed(c) {
			return slices.Clone(s.subjectOf(c))
		}
	}
	return nil
}

// pair returns the two countries that "البلدين" at node i stands for.
func (s *sentence) pair(i int) []argument {
	if s.inList("two_persons", s.nodes[i].norm) && len(s.lastTwo) == 2 && s.doc.Entities[s.lastTwo[0].entity].Class == schema.Person {
		return []argument{{entity: s.lastTwo[0].entity, node: i, span: s.span(i)}, {entity: s.lastTwo[1].entity, node: i, span: s.span(i)}}
	}
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
// that word is a body of state or one of the list through, and node i an adjective of
// nationality: "الوفد المغربي", "بالجهود المغربية".
func (s *sentence) nationals(i int, through string) []argument {
	m := s.nisba[s.nodes[i].first]
	if m == extract.None || s.doc.Mentions[m].Entity == extract.None {
		return nil
	}
	noun := i - 1
	for noun > 0 && noun > i-1-maxAdjectives && !s.inList("state", s.doc.Tokens[s.nodes[noun].first].Base) && s.nodes[noun-1].kind == wordNode {
		noun-- // طائرات حربية تركية
	}
	if !s.inList("state", s.doc.Tokens[s.nodes[noun].first].Base) && !s.through(&s.nodes[i-1], through) {
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
	if a, ok := s.ofOwner(i); ok {
		return a, true
	}
	e := s.doc.Mentions[n.mention].Entity
	if e != extract.None && s.nameless[e] && s.doc.Entities[e].Class == schema.Person {
		if args, _ := s.anaphor(i); len(args) == 1 {
			return args[0], true
		}
	}
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
	if i < len(s.nodes) && s.each(i) {
		i += 2 // بحضور كل من X وY
	}
	if i < len(s.nodes) && s.nodes[i].kind == nameNode && (!s.doc.Tokens[s.nodes[i-1].first].Def || s.stepsAside(&s.nodes[i-1])) {
		i = s.members(i)[len(s.members(i))-1] + 1
	}
	return i
}

// bare returns the first noun phrase of nodes [i, to) that no preposition
// governs, and the node after it; the node i itself if there is none in the clause.
func (s *sentence) bare(i, to int) (args []argument, end int) {
	start := i
	for i < to {
		n := &s.nodes[i]
		if start > 0 && n.clause != s.nodes[start-1].clause {
			if i = s.goesOn(i, start-1); i < 0 {
				return nil, start
			}
			continue
		}
		switch n.kind {
		case skipNode:
			if s.each(i) {
				return s.phrase(i, "")
			}
			i++
		case timeNode, quoteNode, commaNode, pronNode:
			i++
		case prepNode:
			if s.includes(i) {
				return nil, start // "ومنهم X": no phrase of its own
			}
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
			if i = s.goesOn(i, start-1); i < 0 {
				return nil, start
			}
		}
	}
	return nil, start
}

// goesOn returns the node at which the clause of the verb of node v goes on behind the
// comma that closes what node i opens: a clause ("استقبل X، الذي يزور Y، Z") or an aside
// ("دعت X، ومقرها Y، Z"); or -1.
func (s *sentence) goesOn(i, v int) int {
	if v < 0 {
		return -1
	}
	aside := s.nodes[i].kind == andNode && s.nodes[i-1].kind == commaNode && s.nodes[i].clause == s.nodes[v].clause
	if !aside && (s.nodes[i].clause == s.nodes[v].clause || s.clauses[s.nodes[i].clause].kind != relativeClause) {
		return -1
	}
	for j := i + 1; j < len(s.nodes); j++ {
		n := &s.nodes[j]
		switch {
		case n.clause == s.nodes[v].clause && s.nodes[j-1].kind == commaNode:
			return j
		case aside && (n.kind == verbNode || n.kind == thatNode || n.kind == stopNode || j > i+maxEpithet):
			return -1
		}
	}
	return -1
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
		if s.nodes[i].event && i+2 < len(s.nodes) && s.nodes[i+1].kind == pronNode && s.nodes[i+2].kind == nameNode {
			i += 2 // عقب لقائه X: whom he met
		}
		if n := &s.nodes[i]; n.event && i+1 < len(s.nodes) && s.nodes[i+1].kind == nameNode && !s.doc.Tokens[n.last-1].Def && s.class(i+1) != schema.Person {
			i++ // على هامش اجتماعات المجلس
		}
		m := s.members(i)
		return s.afterSite(m[len(m)-1])
	case wordNode:
		return s.skipPhrase(i)
	case quoteNode:
		return i + 1
	}
	return i
}

// afterSite returns the node after the name of node i and, if that describes a place, after
// what it is called besides: "العاصمة عمان", "العاصمة المغربية الرباط".
func (s *sentence) afterSite(i int) int {
	site := func(i int) bool { c := s.class(i); return c == schema.Place || c == schema.Country }
	next := i + 1
	if !site(i) || next >= len(s.nodes) || s.doc.Mentions[s.nodes[i].mention].Form != extract.Nominal && !s.words.transparent[s.headWord(i)] {
		return next
	}
	switch n := &s.nodes[next]; n.kind {
	case nameNode:
		if site(next) {
			return next + 1
		}
	case wordNode:
		if tok := &s.doc.Tokens[n.first]; len(tok.Noun) == 0 && !tok.Def {
			return next + 1
		}
	}
	return next
}

// adverb reports whether the word of node i is an indefinite accusative that
// stands as an adverb (رسميا).
func (s *sentence) adverb(i int) bool {
	t := &s.doc.Tokens[s.nodes[i].first]
	n := len(t.Norm)
	return !t.Def && n > 6 && t.Norm[n-2:] == "ا" && len(t.Noun) == 0
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
