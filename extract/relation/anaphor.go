package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// anaphor returns the person whom a noun such as "المتحدث" or "المسؤول الأمريكي" at node i
// takes up, and the node after the phrase: who spoke last, or is spoken of.
func (s *sentence) anaphor(i int) ([]argument, int) {
	if s.style(i) {
		return s.highness(i), i + 2
	}
	n := &s.nodes[i]
	first, last, end := n.first, n.last, i+1
	for n.kind == wordNode && end < len(s.nodes) && s.nodes[end].kind == wordNode && s.doc.Tokens[s.nodes[end].first].Def {
		last = s.nodes[end].last
		end++
	}
	tok := &s.doc.Tokens[first]
	if !tok.Def || !slices.Contains(s.words.lists["anaphors"], tok.Base) {
		return nil, i
	}
	country := extract.None
	for t := first + 1; t < last; t++ {
		switch m := s.nisba[t]; {
		case m != extract.None:
			country = s.doc.Mentions[m].Entity
		case !s.inList("idle", s.doc.Tokens[t].Base):
			return nil, i // المسؤول الأمني: another
		}
	}
	if end < len(s.nodes) && (s.nodes[end].kind == relNode || s.class(end) == schema.Person && !s.otherGender(tok, end)) {
		return nil, i
	}
	for _, args := range [][]argument{s.latter(i, tok), s.speaker, s.topic} {
		if len(args) != 1 || s.doc.Entities[args[0].entity].Class != schema.Person || !s.sameGender(tok, args[0].entity) {
			continue
		}
		if country != extract.None && s.landOf(args[0].entity) != country {
			continue
		}
		return []argument{{entity: args[0].entity, node: i, span: s.span(i)}}, end
	}
	return nil, i
}

// style reports whether "فخامته" or its like stands at node i.
func (s *sentence) style(i int) bool {
	return i+1 < len(s.nodes) && s.nodes[i+1].kind == pronNode && slices.Contains(s.words.lists["styles"], s.doc.Tokens[s.nodes[i].first].Base)
}

// highness returns the person named last before node i to whom the article gives the
// style that stands there.
func (s *sentence) highness(i int) []argument {
	at := s.nodes[i].first
	style := s.doc.Tokens[at].Base
	for m := len(s.doc.Mentions) - 1; m >= 0; m-- {
		x := &s.doc.Mentions[m]
		if x.First >= at || x.Class != schema.Person || x.Entity == extract.None || s.nameless[x.Entity] || !s.styled(x.Entity, style) {
			continue
		}
		return []argument{{entity: x.Entity, node: i, span: s.span(i)}}
	}
	return nil
}

// styled reports whether one of the mentions of entity e stands behind the style.
func (s *sentence) styled(e int, style string) bool {
	return slices.ContainsFunc(s.doc.Entities[e].Mentions, func(m int) bool {
		x := &s.doc.Mentions[m]
		for t := x.First - 1; t >= max(x.First-maxStyle, s.doc.Sentences[x.Sentence].First); t-- {
			if s.doc.Tokens[t].Base == style && s.doc.Tokens[t+1].Kind != extract.Enclit {
				return true
			}
		}
		return false
	})
}

const maxStyle = 6 // tokens of styles before a name

// latter returns the nearest name before node i if "الأخير" stands there.
func (s *sentence) latter(i int, tok *extract.Token) []argument {
	if !slices.Contains(s.words.lists["latter"], tok.Base) {
		return nil
	}
	for j := i - 1; j >= 0; j-- {
		if args := s.head(j); len(args) > 0 {
			return args
		}
	}
	return nil
}

// sameGender reports whether a singular noun for a person may be said of entity e.
func (s *sentence) sameGender(tok *extract.Token, e int) bool {
	g := s.entityGender(e)
	if feminine(tok.Base) {
		return g != extract.Masculine
	}
	return g != extract.Feminine
}

// otherGender reports whether the name of node i cannot be that of whom tok describes: "طالبت
// المسؤولة سالما".
func (s *sentence) otherGender(tok *extract.Token, i int) bool {
	g := s.gender(&s.nodes[i])
	return g != extract.UnknownGender && (g == extract.Feminine) != feminine(tok.Base)
}

// feminine reports whether a folded singular noun ends as feminine ones do.
func feminine(base string) bool { return len(base) > 2 && base[len(base)-2:] == "ه" }

// owned returns the country that "بلاده" or "حكومتها" at node i means.
func (s *sentence) owned(i int) []argument {
	if i+1 >= len(s.nodes) || s.nodes[i+1].kind != pronNode || !slices.Contains(s.words.lists["possessed"], s.doc.Tokens[s.nodes[i].first].Base) {
		return nil
	}
	return s.ownersLand(i, s.nodes[i+1].norm)
}

func (s *sentence) ownersLand(i int, pronoun string) []argument {
	owner := s.possessor(i, pronoun)
	if len(owner) != 1 {
		return nil
	}
	land := s.landOf(owner[0].entity)
	if land == extract.None {
		return nil
	}
	return []argument{{entity: land, node: i, span: s.span(i)}}
}

// ofOwner returns whom the description of node i stands for if a pronoun says whose it
// is: "وفدها" those who sent it, "حكومته" the country of the one it governs.
func (s *sentence) ofOwner(i int) (argument, bool) {
	m := &s.doc.Mentions[s.nodes[i].mention]
	if m.Form != extract.Nominal || !pronominal(s.doc, m) {
		return argument{}, false
	}
	pronoun := s.doc.Tokens[m.Last-1].Norm
	var args []argument
	switch base := s.doc.Tokens[m.First].Base; {
	case slices.Contains(s.words.lists["possessed"], base):
		args = s.ownersLand(i, pronoun)
	case slices.Contains(s.words.lists["sent"], base):
		args = s.possessor(i, pronoun)
	}
	if len(args) != 1 {
		return argument{}, false
	}
	return argument{entity: args[0].entity, node: i, span: s.span(i)}, true
}

// landOf returns the country to which entity e belongs: a country itself, the one that
// the offices of a person or the name of a body name; None if none or several.
func (s *sentence) landOf(e int) int {
	if s.lands == nil {
		s.lands = s.countriesOf()
	}
	if land, ok := s.lands[e]; ok {
		return land
	}
	return extract.None
}

func (s *sentence) countriesOf() map[int]int {
	lands := map[int]int{}
	add := func(e, country int) {
		if e == extract.None || country == extract.None {
			return
		}
		if old, ok := lands[e]; ok && old != country {
			country = extract.None
		}
		lands[e] = country
	}
	d := s.doc
	for i := range d.Entities {
		if d.Entities[i].Class == schema.Country {
			lands[i] = i
		}
	}
	for i := range d.Offices {
		if o := &d.Offices[i]; o.Holder != extract.None && o.Country != extract.None {
			add(d.Mentions[o.Holder].Entity, d.Mentions[o.Country].Entity)
		}
	}
	for i := range d.Offices {
		o := &d.Offices[i]
		if o.Holder == extract.None || o.Body == extract.None || o.Country != extract.None {
			continue
		}
		for m := o.Body + 1; m < len(d.Mentions) && d.Mentions[m].First < d.Mentions[o.Body].Last; m++ {
			if d.Mentions[m].Class == schema.Country {
				add(d.Mentions[o.Holder].Entity, d.Mentions[m].Entity) // رئيس المجلس الرئاسي الليبي
			}
		}
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Class == schema.Country && m.Parent != extract.None && d.Mentions[m.Parent].Class == schema.Organization {
			add(d.Mentions[m.Parent].Entity, m.Entity)
		}
	}
	return lands
}

// companion returns whom the pronoun of "معه" at node i means: the nearest person, body or
// country before it that agrees and is not the subject of the clause, with whom nobody
// is said to be himself.
func (s *sentence) companion(i int) []argument {
	self := s.subjectOf(s.nodes[i].clause)
	for j := i - 1; j >= 0; j-- {
		switch s.class(j) {
		case schema.Person, schema.Organization, schema.Country:
		default:
			continue
		}
		args := s.head(j)
		if len(args) == 0 || !s.refers(i, args[0].entity) || slices.ContainsFunc(self, func(a argument) bool { return a.entity == args[0].entity }) {
			continue
		}
		return absent(args)
	}
	if len(s.topic) == 1 && s.refers(i, s.topic[0].entity) && !slices.ContainsFunc(self, func(a argument) bool { return a.entity == s.topic[0].entity }) {
		return absent(s.topic)
	}
	return nil
}
