package relation

import (
	"slices"

	"isnad/extract"
)

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

// occasion reports whether what stands at node i says on what occasion somebody spoke, rather than
// what he said: "أعلن X أن …، خلال لقاء", "…، وذلك عقب".
func (s *sentence) occasion(i int) bool {
	if i+2 < len(s.nodes) && s.nodes[i].kind == andNode && s.nodes[i+1].norm == "ذلك" {
		i += 2
	}
	return i+1 < len(s.nodes) && s.nodes[i].kind == prepNode && s.inList("circumstances", s.nodes[i].norm) && (s.nodes[i+1].event || s.nodes[i+1].kind == wordNode && hasMasdar(&s.doc.Tokens[s.nodes[i+1].first]))
}

// insideQuotation reports whether a quotation that opened in the sentence is open at node i.
func (s *sentence) insideQuotation(i int) bool {
	open := s.quoted
	for j := 0; j < i; j++ {
		if s.nodes[j].kind == quoteNode {
			open = !open
		}
	}
	return open
}

// quotedSpeaker returns whose words clause c is: the subject of the nearest verb of speech that
// it completes, else the one whose quotation runs on from the sentence before.
func (s *sentence) quotedSpeaker(c int) []argument {
	for at := c; at >= 0; at = s.clauses[at].parent {
		cl := &s.clauses[at]
		if up := cl.parent; cl.kind == complementClause && up >= 0 && s.clauses[up].verb >= 0 && s.isSpeech(s.clauses[up].verb) {
			return s.subjectOf(up)
		}
	}
	if who := s.headlined(c); who != nil && who.Speaker != extract.None {
		return []argument{{entity: who.Speaker, node: -1}}
	}
	if n := len(s.continued); n > 0 && s.continued[n-1].Speaker != extract.None {
		return []argument{{entity: s.continued[n-1].Speaker, node: -1}}
	}
	return nil
}

// firstPerson returns the subject of clause c, whose verb is in the first person: the one quoted,
// or his country where "we" act rather than speak.
func (s *sentence) firstPerson(c int) []argument {
	v := s.clauses[c].verb
	one := slices.ContainsFunc(s.doc.Tokens[s.nodes[v].first].Verb, func(r extract.VerbReading) bool { return r.Person == 1 && r.Number == extract.Singular })
	if one || s.isSpeech(v) || s.lemmaIn(v, s.words.addresses) {
		return absent(s.quotedSpeaker(c))
	}
	return s.ours(v)
}

// ours returns those for whom the one quoted at node i says "we": his country, if he has one.
func (s *sentence) ours(i int) []argument {
	who := absent(s.quotedSpeaker(s.nodes[i].clause))
	if len(who) == 1 {
		if land := s.landOf(who[0].entity); land != extract.None {
			who[0].entity = land
		}
	}
	return who
}
