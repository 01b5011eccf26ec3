package relation

import (
	"isnad/extract"
	"isnad/schema"
)

// clauseKind is how a clause hangs on the one around it.
type clauseKind uint8

const (
	mainClause        clauseKind = iota
	complementClause             // behind أن or إن
	relativeClause               // behind الذي, or a verb on an indefinite noun
	adverbialClause              // behind حيث, بينما, …
	participialClause            // a circumstantial participle: مشيدا بـ
)

// clause is a verb, or a verbless statement, with what belongs to it. Its nodes
// carry its index; they need not be adjacent.
type clause struct {
	kind    clauseKind
	parent  int  // clause that it completes or modifies, or -1
	intro   int  // node that opens it, or -1
	head    int  // node that a relative clause modifies, or -1
	verb    int  // node, or -1
	aux     int  // auxiliary before the verb, or -1
	shares  int  // clause whose subject a dropped one is, or -1
	paused  bool // a relative clause behind a comma: the next comma closes it
	subject lookup
}

// sentence is a parsed sentence.
type sentence struct {
	doc     *extract.Document
	words   *wordLists
	index   int
	nodes   []node
	clauses []clause

	topic     []argument            // subject of the sentence before, for "وزار"
	speaker   []argument            // who spoke last, for "وأضاف"
	origin    string                // in words, if who spoke last is no entity
	decider   []argument            // who decided on appointments
	lands     map[int]int           // by entity: the country it belongs to; see landOf
	lastTwo   []argument            // the last two of one class that the sentence before names together
	lastEvent []argument            // the last event of the sentence before, for "وحضره X"
	continued []extract.Attribution // speech of the sentence before that runs on in quotes
	quoted    bool                  // a quotation is open
	office    bool                  // the nodes are the words behind the head of an office
	pairing   bool                  // two is at work
	nameless  []bool                // by entity: never named, so no argument
	nisba     []int                 // by token: the adjective of nationality that starts there, or None
	pronouns  []int                 // mentions that are pronouns resolved by coreference
}

// parse splits the nodes into clauses.
func (s *sentence) parse() {
	s.clauses = s.clauses[:0]
	cur := s.open(clause{kind: mainClause, parent: -1, intro: -1})
	for i := range s.nodes {
		n := &s.nodes[i]
		switch n.kind {
		case thatNode:
			cur = s.complement(i, cur)
		case relNode:
			cur = s.open(clause{kind: relativeClause, parent: cur, intro: i, head: s.modified(i), paused: i > 0 && s.nodes[i-1].kind == commaNode})
		case subNode:
			cur = s.adverbial(i, cur)
		case andNode:
			if s.aside(i) {
				cur = s.open(clause{kind: relativeClause, parent: cur, intro: i, head: s.modified(i), paused: true})
			}
		case verbNode:
			cur = s.verb(i, cur)
		case commaNode:
			cur = s.resume(i, cur)
		case quoteNode:
			cur = s.quotation(i, cur)
		case skipNode:
			if n.last > n.first+1 && i > 0 && s.nodes[i-1].kind == commaNode && s.verbFollows(i) {
				cur = s.open(clause{kind: mainClause, parent: -1, intro: i}) // "…، في سياق آخر أعلن"
			}
		case stopNode:
			cur = s.stop(i, cur)
		}
		n.clause = cur
	}
	s.coordinate()
}

// verbFollows reports whether a finite verb stands behind node i, a comma aside.
func (s *sentence) verbFollows(i int) bool {
	for i++; i < len(s.nodes) && (s.nodes[i].kind == commaNode || s.nodes[i].kind == skipNode); i++ {
	}
	return i < len(s.nodes) && s.nodes[i].kind == verbNode && !s.nodes[i].participle
}

func (s *sentence) open(c clause) int {
	c.verb, c.aux, c.shares = -1, -1, -1
	if c.kind != relativeClause {
		c.head = -1
	}
	s.clauses = append(s.clauses, c)
	return len(s.clauses) - 1
}

// stop returns the clause that is open after the mark of node i: a new one after a
// semicolon or colon, which behind a verb of speech is what is said.
func (s *sentence) stop(i, cur int) int {
	switch s.nodes[i].norm {
	case "؛", ".", ";", "؟", "!":
		return s.open(clause{kind: mainClause, parent: -1, intro: i})
	case ":":
		if v := s.clauses[cur].verb; v >= 0 && s.isSpeech(v) {
			return s.open(clause{kind: complementClause, parent: cur, intro: i})
		}
		return s.open(clause{kind: mainClause, parent: -1, intro: i})
	}
	return cur
}

// complement opens the clause of أن or إن at node i. Behind و it stands beside the
// complement that is open and completes the same verb: "من المقرر أن … وأن …".
func (s *sentence) complement(i, cur int) int {
	if i > 0 && s.nodes[i-1].kind == andNode {
		for at := cur; at >= 0; at = s.clauses[at].parent {
			if c := s.clauses[at]; c.kind == complementClause && s.nodes[c.intro].norm == s.nodes[i].norm {
				new := s.open(clause{kind: complementClause, parent: c.parent, intro: i})
				s.clauses[new].shares = at
				return new
			}
		}
	}
	return s.open(clause{kind: complementClause, parent: s.completed(i, cur), intro: i})
}

// completed returns the clause that the one of أن or إن at node i completes, where clause cur
// is open: behind a relative clause that says nothing, the speech around it ("قال X في مؤتمر
// عقده Y إن").
func (s *sentence) completed(i, cur int) int {
	c := &s.clauses[cur]
	if c.kind != relativeClause || c.verb < 0 || i == 0 || s.isSpeech(c.verb) || s.lemmaIn(c.verb, s.words.modalVerbs) || s.lemmaIn(c.verb, s.words.plannedVerbs) {
		return cur
	}
	switch s.nodes[i-1].kind {
	case nameNode, timeNode, commaNode, pronNode:
	default:
		if s.nodes[i].norm != "ان" || s.doc.Tokens[s.nodes[i].first].Form != "إن" {
			return cur
		}
	}
	if at := s.talking(cur); s.clauses[at].verb >= 0 && s.isSpeech(s.clauses[at].verb) {
		return at
	}
	return cur
}

// adverbial opens the clause of a subordinator at node i; كما goes on with the subject.
func (s *sentence) adverbial(i, cur int) int {
	at := s.enclosing(cur)
	new := s.open(clause{kind: adverbialClause, parent: at, intro: i})
	if s.nodes[i].norm == "كما" && s.clauses[at].verb >= 0 {
		s.clauses[new].shares = at
	}
	return new
}

// verb places the verb of node i, where clause cur is open.
func (s *sentence) verb(i, cur int) int {
	n := &s.nodes[i]
	c := &s.clauses[cur]
	if n.participle {
		at := s.talking(cur)
		new := s.open(clause{kind: participialClause, parent: at, intro: i})
		s.clauses[new].verb, s.clauses[new].shares = i, at
		return new
	}
	if c.verb < 0 {
		if h := s.adjunct(i, cur); h >= 0 {
			new := s.open(clause{kind: relativeClause, parent: cur, intro: i, head: h})
			s.clauses[new].verb = i
			return new
		}
		c.verb = i
		return cur
	}
	if s.isAux(c.verb) && !s.joined(i) && !s.isAux(i) {
		c.aux, c.verb = c.verb, i
		return cur
	}
	if s.joined(i) {
		return s.coordinated(i, cur)
	}
	if name := s.coordinatedName(i, cur); name >= 0 {
		return s.beside(i, name, cur)
	}
	if up := c.parent; c.kind == relativeClause && up >= 0 && s.clauses[up].verb < 0 {
		s.clauses[up].verb = i // X الذي … التقى: the clause around takes up again
		return up
	}
	if h := s.indefinite(i, cur); h >= 0 {
		new := s.open(clause{kind: relativeClause, parent: cur, intro: i, head: h})
		s.clauses[new].verb = i
		return new
	}
	new := s.open(clause{kind: adverbialClause, parent: cur, intro: i})
	s.clauses[new].verb = i
	return new
}

// coordinatedName returns the name behind و that stands before the imperfect verb of node i as
// its subject, in clause cur, which has a verb ("يستقبل X Y وZ يبحث"); or -1.
func (s *sentence) coordinatedName(i, cur int) int {
	j := i - 1
	for j > 0 && (s.nodes[j].kind == skipNode || s.nodes[j].kind == negNode) {
		j--
	}
	if j < 1 || s.nodes[j].kind != nameNode || s.nodes[j].event || s.nodes[j-1].kind != andNode || s.nodes[j].clause != cur || !imperfect(&s.doc.Tokens[s.nodes[i].first]) {
		return -1
	}
	if j > 1 && s.nodes[j-2].kind == nameNode && !s.doc.Sentences[s.index].Title {
		return -1 // A وB: a list, but in headlines
	}
	switch s.class(j) {
	case schema.Person, schema.Organization, schema.Country:
		return j
	}
	return -1
}

// beside opens the clause of verb i and its subject, the name before it, beside clause cur.
func (s *sentence) beside(i, name, cur int) int {
	at := s.enclosing(cur)
	new := s.open(clause{kind: s.clauses[at].kind, parent: s.clauses[at].parent, intro: name - 1})
	s.clauses[new].verb = i
	for k := name - 1; k < i; k++ {
		s.nodes[k].clause = new
	}
	return new
}

// coordinated opens the clause of a verb behind و: beside the clause whose verb
// is of its kind (speech beside speech), else beside the one that is open.
func (s *sentence) coordinated(i, cur int) int {
	at := cur
	switch c := &s.clauses[cur]; {
	case s.isSpeech(i):
		at = s.talking(cur)
	case c.kind == relativeClause && c.verb >= 0 && c.parent >= 0 && s.clauses[c.parent].verb >= 0 && s.paused(i) && s.objectPronoun(c.verb) && !s.takenUpBy(i):
		at = s.enclosing(cur) // حضر X عشاء أقامه Y، والتقى Z
	}
	c := s.clauses[at]
	new := s.open(clause{kind: c.kind, parent: c.parent, intro: i, head: c.head, paused: c.paused})
	s.clauses[new].verb, s.clauses[new].shares = i, at
	return new
}

// paused reports whether a comma stands before the و of the verb of node i.
func (s *sentence) paused(i int) bool {
	for i--; i > 0 && s.nodes[i].kind != andNode; i-- {
	}
	return i > 0 && s.nodes[i-1].kind == commaNode
}

// joined reports whether و stands before node i (adverbs and negation aside).
func (s *sentence) joined(i int) bool {
	for j := i - 1; j >= 0; j-- {
		switch s.nodes[j].kind {
		case andNode:
			return true
		case skipNode, negNode:
			continue
		}
		return false
	}
	return false
}

// enclosing returns the clause that an adverbial clause after cur belongs to.
func (s *sentence) enclosing(cur int) int {
	for s.clauses[cur].kind == relativeClause || s.clauses[cur].kind == participialClause {
		cur = s.clauses[cur].parent
	}
	return cur
}

// talking returns the nearest clause around cur whose verb reports speech, else
// the nearest that has a verb, else cur.
func (s *sentence) talking(cur int) int {
	verbal := -1
	for at := cur; at >= 0; at = s.clauses[at].parent {
		v := s.clauses[at].verb
		if v < 0 {
			continue
		}
		if s.isSpeech(v) && s.clauses[at].kind != relativeClause {
			return at
		}
		if verbal < 0 && s.clauses[at].kind != relativeClause {
			verbal = at
		}
	}
	if verbal >= 0 {
		return verbal
	}
	return cur
}

// aside reports whether و at node i opens a parenthesis about the name before it:
// "X، وهو مدير سابق، …".
func (s *sentence) aside(i int) bool {
	if i == 0 || i+1 >= len(s.nodes) || s.nodes[i-1].kind != commaNode || s.nodes[i+1].kind != wordNode {
		return false
	}
	return s.words.asides[s.nodes[i+1].norm]
}

// resume returns the clause that is open after the comma of node i.
func (s *sentence) resume(i, cur int) int {
	if s.occasion(i + 1) {
		if at := s.talking(cur); at != cur && s.clauses[at].verb >= 0 && s.isSpeech(s.clauses[at].verb) && !s.insideQuotation(i) {
			return at
		}
	}
	c := &s.clauses[cur]
	if c.kind != relativeClause || c.verb < 0 && !c.paused || i+1 < len(s.nodes) && (s.nodes[i+1].kind == andNode || s.nodes[i+1].kind == relNode) {
		return cur
	}
	return max(c.parent, 0)
}

func (s *sentence) gender(n *node) extract.Gender {
	if n.mention != extract.None {
		return s.doc.Mentions[n.mention].Gender
	}
	return extract.UnknownGender
}

func (s *sentence) isAux(v int) bool    { return s.lemmaIn(v, s.words.aux) }
func (s *sentence) isSpeech(v int) bool { return s.lemmaIn(v, s.words.speech) }

// lemmaIn reports whether a reading of the verb of node v has its lemma in set.
func (s *sentence) lemmaIn(v int, set wordSet) bool {
	n := &s.nodes[v]
	tok := &s.doc.Tokens[n.first]
	if n.participle {
		for _, r := range tok.Noun {
			if r.Derivation == extract.ActivePart && set[r.Lemma] {
				return true
			}
		}
		return false
	}
	for _, r := range tok.Verb {
		if set[r.Lemma] {
			return true
		}
	}
	return false
}
