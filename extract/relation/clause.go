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
	lands     map[int]int           // by entity: the country it belongs to; see landOf
	lastEvent []argument            // the last event of the sentence before, for "وحضره X"
	continued []extract.Attribution // speech of the sentence before that runs on in quotes
	quoted    bool                  // a quotation is open
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
			if n.last > n.first+1 && i > 0 && s.nodes[i-1].kind == commaNode {
				cur = s.open(clause{kind: mainClause, parent: -1, intro: i}) // "…، في سياق آخر أعلن"
			}
		case stopNode:
			cur = s.stop(i, cur)
		}
		n.clause = cur
	}
	s.coordinate()
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
	return s.open(clause{kind: complementClause, parent: cur, intro: i})
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
	if c.verb < 0 && !s.restricts(i, cur) {
		c.verb = i
		return cur
	}
	if c.verb >= 0 && s.isAux(c.verb) && !s.joined(i) && !s.isAux(i) {
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

// restricts reports whether the verb of node i, the first of clause cur, says which event is
// meant that a preposition governs before it: "خلال حفل أقيم بالرباط، قال".
func (s *sentence) restricts(i, cur int) bool {
	return i > 1 && s.nodes[i-1].event && s.nodes[i-2].kind == prepNode && s.indefinite(i, cur) == i-1
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

// quotation returns the clause that is open behind the quotation mark of node i: the words
// of who speaks in clause cur, if the mark opens them and they hold a verb.
func (s *sentence) quotation(i, cur int) int {
	v := s.clauses[cur].verb
	if v < 0 || !s.isSpeech(v) || !s.opensQuotation(i) {
		return cur
	}
	for j := i + 1; j < len(s.nodes) && s.nodes[j].kind != quoteNode; j++ {
		if s.nodes[j].kind == verbNode && !s.nodes[j].participle {
			return s.open(clause{kind: complementClause, parent: cur, intro: i})
		}
	}
	return cur
}

// opensQuotation reports whether the mark of node i opens a quotation rather than ends one.
func (s *sentence) opensQuotation(i int) bool {
	switch s.nodes[i].norm {
	case "“", "«", "„":
		return true
	case "”", "»":
		return false
	}
	open := s.quoted
	for j := 0; j < i; j++ {
		if s.nodes[j].kind == quoteNode && s.nodes[j].norm == s.nodes[i].norm {
			open = !open
		}
	}
	return !open
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
			if n.event && !s.doc.Tokens[n.first].Def && !s.doc.Tokens[n.last-1].Def && s.lemmaIn(i, s.words.eventVerbs) {
				return j
			}
		case wordNode:
			if j == i-1 && !s.doc.Tokens[n.first].Def {
				return j
			}
		case prepNode, timeNode, skipNode, quoteNode:
		default:
			return -1
		}
	}
	return -1
}

// coordinated opens the clause of a verb behind و: beside the clause whose verb
// is of its kind (speech beside speech), else beside the one that is open.
func (s *sentence) coordinated(i, cur int) int {
	at := cur
	if s.isSpeech(i) {
		at = s.talking(cur)
	}
	c := s.clauses[at]
	new := s.open(clause{kind: c.kind, parent: c.parent, intro: i, head: c.head, paused: c.paused})
	s.clauses[new].verb, s.clauses[new].shares = i, at
	return new
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
	c := &s.clauses[cur]
	if c.kind != relativeClause || c.verb < 0 && !c.paused || i+1 < len(s.nodes) && (s.nodes[i+1].kind == andNode || s.nodes[i+1].kind == relNode) {
		return cur
	}
	return max(c.parent, 0)
}

// modified returns the node that the relative pronoun of node i refers to: the
// nearest noun phrase before it, a genitive giving way to what governs it only
// by gender, which print rarely shows.
func (s *sentence) modified(i int) int {
	for j := i - 1; j >= 0; j-- {
		switch s.nodes[j].kind {
		case nameNode, wordNode:
			return s.eventAbove(i, s.agreeing(i, j))
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
		for k := j - 1; k >= 0 && k >= j-6; k-- {
			switch n := &s.nodes[k]; n.kind {
			case nameNode:
				if g := s.gender(n); n.event && (want == extract.UnknownGender || g == want || g == extract.UnknownGender) {
					return k
				}
			case prepNode, wordNode, quoteNode, andNode:
			default:
				return j
			}
		}
	}
	return j
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

// relativeOn returns the clause with a verb that a relative pronoun opens directly behind node i, or -1.
func (s *sentence) relativeOn(i int) int {
	if i+1 < len(s.nodes) && s.nodes[i+1].kind == relNode {
		if c := s.nodes[i+1].clause; s.clauses[c].verb >= 0 {
			return c
		}
	}
	return -1
}
