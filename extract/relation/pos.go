package relation

import (
	"slices"
	"strings"

	"isnad/extract"
)

// finite reports whether token i can be read as a finite verb at all.
func (c *chunker) finite(i int) bool { return len(c.doc.Tokens[i].Verb) > 0 && !c.doc.Tokens[i].Def }

// verb decides whether token i stands as a finite verb or as a circumstantial
// participle. Print leaves out vowels, so that many words read both ways (دعم "he
// supported", "support"); what stands before them tells.
func (c *chunker) verb(i, end int) bool {
	tok := &c.doc.Tokens[i]
	if tok.Def || tok.Kind != extract.Word || c.words.nouns[tok.Norm] {
		return false
	}
	if len(tok.Verb) == 0 {
		return c.circumstantial(i, end)
	}
	p := c.before()
	if p != nil {
		switch p.kind {
		case negNode, relNode:
			return true
		case thatNode:
			if after := len(c.nodes) > 1 && c.nodes[len(c.nodes)-2].kind == prepNode; hasMasdar(tok) && !imperfect(tok) && !after {
				return false // إن دعم X: a noun; but بعد أن دعم
			}
		case skipNode:
			if p.norm == "قد" || p.norm == "لقد" || p.norm == "س" || p.norm == "سوف" {
				return true
			}
		case prepNode:
			return p.norm == "ل" && imperfect(tok) && !hasMasdar(tok)
		}
	}
	if p != nil && c.tells(p, i, end) {
		return true
	}
	if firstPersonOnly(tok) && (p == nil || p.norm != "س" && p.norm != "سوف") {
		return !hasNoun(tok) && c.quoting() && slices.ContainsFunc(tok.Verb, func(r extract.VerbReading) bool { return r.Person == 1 })
	}
	if hasMasdar(tok) && strings.HasSuffix(tok.Norm, "ا") && p != nil {
		return false // تعاونا: an accusative, rarely a dual
	}
	if !hasNoun(tok) || c.afterWas() {
		return true
	}
	if c.next(i, end) == extract.Enclit && perfect(tok) && !atStart(p) {
		return false
	}
	if atStart(p) && perfect(tok) && !hasMasdar(tok) && hasVerb(tok, c.words.speech) {
		return true // وقال في ندوة
	}
	return c.behindHe(i) || c.verbal(i, end)
}

// verbal decides for a token that reads as noun and as verb, by what stands around it.
func (c *chunker) verbal(i, end int) bool {
	tok, p := &c.doc.Tokens[i], c.before()
	if !imperfect(tok) && !atStart(p) {
		return false
	}
	if p != nil && p.kind == wordNode && !c.doc.Tokens[p.first].Def {
		return false // the second part of a genitive: تعزيز تعاون
	}
	if p != nil && p.kind == quoteNode && hasMasdar(tok) && len(c.nodes) > 1 && c.nodes[len(c.nodes)-2].kind == verbNode {
		return false // أكد «دعم …»: what the verb governs
	}
	return atStart(p) && c.opensVerbal(i, end)
}

// behindHe reports whether token i is a perfect behind أنه: "أنه عقد".
func (c *chunker) behindHe(i int) bool {
	n := len(c.nodes)
	return n > 1 && c.nodes[n-1].kind == pronNode && c.nodes[n-2].kind == thatNode && perfect(&c.doc.Tokens[i])
}

// indefiniteEvent reports whether node p is an event without the article.
func (c *chunker) indefiniteEvent(p *node) bool {
	return p != nil && p.event && !c.doc.Tokens[p.first].Def && !c.doc.Tokens[p.last-1].Def
}

// tells reports whether token i is a verb that tells which event or talk the indefinite noun
// of node p means: "لقاء جمع X وY", "مؤتمر صحافي عقده", "ندوة دولية نظمت",
// "جلسة جرى خلالها".
func (c *chunker) tells(p *node, i, end int) bool {
	tok := &c.doc.Tokens[i]
	if hasVerb(tok, c.words.gathering) && c.talk(p) {
		return true
	}
	return p.event && !c.doc.Tokens[p.first].Def && perfect(tok) && hasVerb(tok, c.words.eventVerbs) && i+1 < end &&
		(c.next(i, end) == extract.Enclit || p.last-p.first > 1 || c.words.preps[c.doc.Tokens[i+1].Norm])
}

// talk reports whether node n is an indefinite noun for talks.
func (c *chunker) talk(n *node) bool {
	tok := &c.doc.Tokens[n.first]
	return (n.kind == wordNode || n.event) && !tok.Def && slices.Contains(c.words.lists["talks"], tok.Base)
}

// afterWas reports whether كان and its subject stand directly before: a verb follows.
func (c *chunker) afterWas() bool {
	n := len(c.nodes)
	return n >= 2 && c.nodes[n-1].kind == nameNode && c.nodes[n-2].kind == verbNode &&
		hasVerb(&c.doc.Tokens[c.nodes[n-2].first], c.words.aux)
}

func hasVerb(t *extract.Token, set wordSet) bool {
	for _, r := range t.Verb {
		if set[r.Lemma] {
			return true
		}
	}
	return false
}

// firstPersonOnly reports whether t can only be "I do" or "we did", which print
// outside quotations hardly has: such words are elatives and plurals.
func firstPersonOnly(t *extract.Token) bool {
	for _, r := range t.Verb {
		if r.Person == 3 {
			return false
		}
	}
	return true
}

// quoting reports whether what follows is somebody's words: a quotation is open, which the
// sentence before may have opened.
func (c *chunker) quoting() bool {
	open := c.quoted
	for i := range c.nodes {
		if c.nodes[i].kind == quoteNode {
			open = !open
		}
	}
	return open
}

// opensVerbal reports whether what follows token i can follow a verb that opens
// its clause: a subject or adverb, not the preposition that a noun would take.
func (c *chunker) opensVerbal(i, end int) bool {
	if i+1 >= end {
		return false
	}
	if c.doc.Tokens[i+1].Kind == extract.Enclit {
		return i+2 < end && (c.at[i+2] != extract.None || c.office[i+2] != extract.None || c.doc.Tokens[i+2].Norm == "كل")
	}
	if c.at[i+1] != extract.None || c.office[i+1] != extract.None {
		return true
	}
	next := &c.doc.Tokens[i+1]
	if p := c.before(); p != nil && (p.kind == andNode || p.kind == nameNode) && i+2 < end && c.doc.Tokens[i+2].Kind == extract.Enclit && slices.Contains(c.words.lists["addressing"], next.Norm) {
		return true // وطلب منه
	}
	if p := c.before(); p != nil && p.kind == andNode && next.Norm == "من" && i+2 < end && (c.at[i+2] != extract.None || c.office[i+2] != extract.None) && len(c.nodes) > 1 && perfect(&c.doc.Tokens[i]) {
		return true // وطلب من الرئيس
	}
	return next.Def || c.times[i+1] != extract.None || !c.words.preps[next.Norm] && next.Kind == extract.Word
}

// circumstantial reports whether token i is an indefinite accusative participle
// (مشيدا، داعيا، مؤكدة) that states what the subject does meanwhile.
func (c *chunker) circumstantial(i, end int) bool {
	tok := &c.doc.Tokens[i]
	active := false
	for _, r := range tok.Noun {
		active = active || r.Derivation == extract.ActivePart
	}
	if !active {
		return false
	}
	p := c.before()
	if p != nil && (p.kind == prepNode || p.kind == wordNode && !c.doc.Tokens[p.first].Def || c.indefiniteEvent(p)) {
		return false
	}
	if p != nil && p.kind == andNode {
		return c.goesOn() && strings.HasSuffix(tok.Norm, "ا")
	}
	if strings.HasSuffix(tok.Norm, "ا") && (p == nil || p.kind != wordNode) {
		return true
	}
	if p == nil || p.kind != commaNode && p.kind != quoteNode {
		return false // a feminine or plural one looks like any adjective but for the pause before it
	}
	return strings.HasSuffix(tok.Norm, "ه") || strings.HasSuffix(tok.Norm, "ين")
}

// goesOn reports whether و continues a circumstantial participle: one stands before
// in the sentence, or a comma directly before it.
func (c *chunker) goesOn() bool {
	if n := len(c.nodes); n >= 2 && c.nodes[n-2].kind == commaNode {
		return true
	}
	for i := range c.nodes {
		if c.nodes[i].participle {
			return true
		}
	}
	return false
}

func (c *chunker) before() *node {
	if len(c.nodes) == 0 {
		return nil
	}
	return &c.nodes[len(c.nodes)-1]
}

func (c *chunker) next(i, end int) extract.TokenKind {
	if i+1 < end {
		return c.doc.Tokens[i+1].Kind
	}
	return extract.Punct
}

// atStart reports whether a clause can begin behind p.
func atStart(p *node) bool {
	if p == nil {
		return true
	}
	switch p.kind {
	case andNode, commaNode, stopNode, quoteNode, thatNode, subNode, relNode, negNode, skipNode, nameNode, timeNode:
		return true
	}
	return false
}

// opensClause reports whether p opens a clause of the sentence from token first: a word
// that is preposition and verb alike (عبر) is a verb behind it.
func opensClause(p *node, first int) bool {
	return p == nil || p.kind == stopNode || p.kind == subNode || p.kind == thatNode || p.kind == andNode && p.first == first
}

func imperfect(t *extract.Token) bool {
	for _, r := range t.Verb {
		if r.Tense == extract.Imperfect {
			return true
		}
	}
	return false
}

func perfect(t *extract.Token) bool {
	for _, r := range t.Verb {
		if r.Tense == extract.Perfect {
			return true
		}
	}
	return false
}

func hasNoun(t *extract.Token) bool { return len(t.Noun) > 0 }

func hasMasdar(t *extract.Token) bool {
	for _, r := range t.Noun {
		if r.Derivation == extract.Masdar {
			return true
		}
	}
	return false
}
