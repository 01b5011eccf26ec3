package relation

import (
	"isnad/extract"
	"isnad/schema"
)

// nodeKind is what a node does in a clause.
type nodeKind uint8

const (
	wordNode  nodeKind = iota // a noun or adjective that is no mention, or an unknown word
	nameNode                  // a mention with its titles and appositions
	verbNode                  // a finite verb, or a circumstantial participle (مشيدا)
	prepNode                  // a preposition, single, compound or attached
	andNode                   // و
	commaNode                 // comma, dash
	stopNode                  // semicolon, colon, full stop, bracket
	quoteNode                 // a quotation mark
	thatNode                  // أن، إن
	relNode                   // الذي
	subNode                   // حيث، بينما، كما
	timeNode                  // a time expression
	skipNode                  // an adverb or particle that is no argument
	negNode                   // لم، لن، لا، ليس
	pronNode                  // an attached pronoun
)

// node is a unit of the clause parser: a word, or a mention with what belongs to it.
type node struct {
	kind        nodeKind
	first, last int    // tokens
	norm        string // of particles and words, folded
	mention     int    // of a nameNode, or None
	time        int    // of a timeNode, or None
	clause      int
	list        int  // nodes of one coordination share a number ≥ 0; else -1
	participle  bool // a verbNode that is a circumstantial participle
	event       bool // a nameNode for an Event: its head may trigger like a word
}

// chunker turns the tokens of one sentence into nodes.
type chunker struct {
	doc      *extract.Document
	words    *wordLists
	at       []int  // outermost mention that starts at a token, or None
	office   []int  // office that starts at a token, or None
	times    []int  // time that starts at a token, or None
	nisba    []int  // adjective of nationality that starts at a token, or None
	pronouns []int  // mentions that are pronouns
	nameless []bool // by entity: never named
	quoted   bool   // a quotation is open where the sentence begins
	first    int    // first token of the sentence
	nodes    []node
}

// chunk writes the nodes of tokens [first, last) to buf.
func (c *chunker) chunk(first, last int, buf []node) []node {
	c.nodes, c.first = buf[:0], first
	for i := first; i < last; {
		i = c.step(i, last)
	}
	return c.nodes
}

// step appends the node that starts at token i and returns the token after it.
func (c *chunker) step(i, end int) int {
	if t := c.times[i]; t != extract.None && c.doc.Times[t].Last <= end {
		return c.push(node{kind: timeNode, first: i, last: max(c.doc.Times[t].Last, i+1), time: t})
	}
	if last := c.name(i, end); last > i {
		return last
	}
	tok := &c.doc.Tokens[i]
	switch tok.Kind {
	case extract.Punct:
		return c.push(node{kind: punctKind(tok.Form), first: i, last: i + 1, norm: tok.Form})
	case extract.Enclit:
		return c.push(node{kind: pronNode, first: i, last: i + 1, norm: tok.Norm})
	case extract.Furnish:
		return c.push(node{kind: stopNode, first: i, last: i + 1})
	}
	if n := c.words.openers.match(c.doc.Tokens[i:end]); n > 0 {
		return c.push(node{kind: skipNode, first: i, last: i + n})
	}
	if n := c.words.compounds.match(c.doc.Tokens[i:end]); n > 0 {
		return c.push(node{kind: prepNode, first: i, last: i + n, norm: join(c.doc.Tokens[i : i+n])})
	}
	kind := c.kind(i, end)
	return c.push(node{kind: kind, first: i, last: i + 1, norm: tok.Norm, participle: kind == verbNode && !c.finite(i)})
}

func (c *chunker) push(n node) int {
	if n.kind != nameNode {
		n.mention = extract.None
	}
	if n.kind != timeNode {
		n.time = extract.None
	}
	n.list = -1
	c.nodes = append(c.nodes, n)
	return n.last
}

// name appends the node of the mention that starts at token i, with the office
// before it and the apposed office after it, and returns the token after it;
// i if none starts there.
func (c *chunker) name(i, end int) int {
	first, m := i, c.at[i]
	if o := c.office[i]; o != extract.None {
		off := &c.doc.Offices[o]
		h := &c.doc.Mentions[off.Holder]
		if off.Before && h.First >= i && h.First-off.Last <= maxTitleGap && h.Last <= end {
			m = off.Holder
		}
	}
	if m == extract.None {
		return i
	}
	mention := &c.doc.Mentions[m]
	n := node{kind: nameNode, first: first, last: mention.Last, mention: m}
	if mention.Class == schema.Event {
		n.event = true
		n.last = c.eventHead(mention)
	}
	n.last = c.apposed(m, n.last, end)
	if c.titled(&n) {
		c.nodes = c.nodes[:len(c.nodes)-1]
	}
	return c.push(n)
}

// titled reports whether the node before name n is its holder's description, with nothing
// between ("رئيس مجلس المستشارين النعم ميارة"), and lets n begin with it then.
func (c *chunker) titled(n *node) bool {
	p := c.before()
	if p == nil || p.kind != nameNode || p.last != n.first || n.first != c.doc.Mentions[n.mention].First {
		return false
	}
	before, m := &c.doc.Mentions[p.mention], &c.doc.Mentions[n.mention]
	if before.Class != schema.Person || before.Form != extract.Nominal || m.Class != schema.Person || m.Form != extract.Name ||
		before.Entity != m.Entity && before.Entity != extract.None && !c.nameless[before.Entity] {
		return false
	}
	n.first = p.first
	return true
}

const maxTitleGap = 4 // tokens of honorifics between an office and its holder's name

// eventHead returns the end of an Event mention's own words: a name or time nested in it,
// what a preposition governs, and a verb that the tagger took for an adjective are
// left to be read as part of the clause.
func (c *chunker) eventHead(m *extract.Mention) int {
	for i := max(m.First, m.Head) + 1; i < m.Last; i++ {
		tok := &c.doc.Tokens[i]
		in := c.at[i]
		switch {
		case c.times[i] != extract.None, in != extract.None && c.doc.Mentions[in].Class != schema.Event, tok.Kind == extract.Enclit, c.words.preps[tok.Norm]:
			return i
		case !tok.Def && hasVerb(tok, c.words.eventVerbs) && perfect(tok) && i+1 == m.Last:
			return i
		}
	}
	return m.Last
}

// apposed extends the end of a name over the office that follows its holder,
// perhaps behind a comma.
func (c *chunker) apposed(m, last, end int) int {
	for i := last; i < end && i <= last+1; i++ {
		if o := c.office[i]; o != extract.None {
			if off := &c.doc.Offices[o]; off.Holder == m && !off.Before && off.Last <= end {
				return c.apposed(m, off.Last, end)
			}
		}
		if c.doc.Tokens[i].Kind != extract.Punct {
			break
		}
	}
	return last
}

// kind decides what a word that is no mention does.
func (c *chunker) kind(i, end int) nodeKind {
	tok, w := &c.doc.Tokens[i], c.words
	switch {
	case tok.Kind == extract.Proclit && tok.Norm == "و", tok.Kind == extract.Proclit && tok.Norm == "ف":
		return andNode
	case w.thats[tok.Norm]:
		return thatNode
	case w.rels[tok.Norm]:
		return relNode
	case w.negs[tok.Norm]:
		return negNode
	case w.subs[tok.Norm]:
		return subNode
	case tok.Norm == "فقد" && i+1 < end && len(c.doc.Tokens[i+1].Verb) > 0:
		return skipNode // ف and قد, which print writes as one
	case w.preps[tok.Norm] && !(w.verbPreps[tok.Norm] && len(tok.Verb) > 0 && opensClause(c.before(), c.first)):
		return prepNode
	case w.skips[tok.Norm], w.futures[tok.Norm], tok.Kind == extract.Proclit, tok.Kind == extract.Number:
		return skipNode
	case c.verb(i, end):
		return verbNode
	}
	return wordNode
}

func punctKind(p string) nodeKind {
	switch p {
	case "،", ",", "-", "–", "—":
		return commaNode
	case "\"", "“", "”", "«", "»", "'", "‘", "’", "„":
		return quoteNode
	}
	return stopNode
}
