package relation

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/schema"
)

// collector keeps one statement for each subject, predicate and object.
type collector struct {
	doc   *extract.Document
	ont   *schema.Ontology
	words *wordLists
	rels  []extract.Relation
	index map[statementKey]int
}

type statementKey struct {
	s, o      int
	predicate string
	literal   string
}

// add keeps rel unless a better one says the same; see better.
func (c *collector) add(rel extract.Relation) {
	if c.index == nil {
		c.index = map[statementKey]int{}
	}
	k := statementKey{s: rel.Subject, o: rel.Object, predicate: rel.Predicate}
	if rel.Literal != nil {
		k.literal = string(rel.Literal.Type) + strings.TrimPrefix(arabic.Fold(rel.Literal.Value), "ال")
	} else if c.ont.Predicate(rel.Predicate).Symmetric && k.s > k.o {
		k.s, k.o = k.o, k.s
	}
	i, seen := c.index[k]
	if !seen {
		c.index[k] = len(c.rels)
		c.rels = append(c.rels, rel)
		return
	}
	old := &c.rels[i]
	if better(&rel, old) {
		if rel.Date == "" && rel.Status == old.Status {
			rel.Date = old.Date
		}
		*old = rel
	} else if old.Date == "" && rel.Status == old.Status {
		old.Date = rel.Date
	}
}

// better prefers what is asserted over what is denied and that over what is
// planned, then the surer frame.
func better(a, b *extract.Relation) bool {
	if x, y := rank(a.Status), rank(b.Status); x != y {
		return x > y
	}
	return a.Confidence > b.Confidence
}

func rank(s schema.Status) int {
	switch s {
	case schema.Asserted:
		return 2
	case schema.Denied:
		return 1
	}
	return 0
}

// done returns the statements in text order of their evidence.
func (c *collector) done() []extract.Relation {
	c.dropShorter()
	c.dateEvents()
	slices.SortStableFunc(c.rels, func(a, b extract.Relation) int {
		if a.Evidence.Start != b.Evidence.Start {
			return a.Evidence.Start - b.Evidence.Start
		}
		return a.Evidence.End - b.Evidence.End
	})
	return c.rels
}

// dropShorter drops literals that say less than another of the same subject and
// predicate: "الوزير" beside "وزير الخارجية المغربي".
func (c *collector) dropShorter() {
	words := make([][]string, len(c.rels))
	bySubject := map[int][]int{}
	for i := range c.rels {
		if l := c.rels[i].Literal; l != nil && l.Type == schema.Position {
			words[i] = bareWords(l.Value)
			bySubject[c.rels[i].Subject] = append(bySubject[c.rels[i].Subject], i)
		}
	}
	drop := make([]bool, len(c.rels))
	for i := range c.rels {
		if words[i] == nil {
			continue
		}
		for _, j := range bySubject[c.rels[i].Subject] {
			if i != j && !drop[j] && c.rels[j].Predicate == c.rels[i].Predicate && len(words[i]) < len(words[j]) && within(words[i], words[j]) {
				drop[i] = true
			}
		}
	}
	kept := c.rels[:0]
	for i := range c.rels {
		if !drop[i] {
			kept = append(kept, c.rels[i])
		}
	}
	c.rels = kept
}

// dateEvents gives undated statements about an event its date, if the article
// states one and only one: that it was held then, or else that somebody attended,
// held or hosted it then, or that those met then whose meeting it is.
func (c *collector) dateEvents() {
	held, attended, due := map[int]string{}, map[int]string{}, map[int]bool{}
	meetings := map[int]string{}
	for i := range c.rels {
		r := &c.rels[i]
		if r.Predicate == "met" && r.Date != "" {
			agreeOn(meetings, 0, r.Date)
		}
		e := c.event(r)
		if r.Literal != nil && e != extract.None && r.Status == schema.Planned {
			due[e] = true
		}
		switch {
		case e == extract.None || r.Status == schema.Denied:
		case r.Literal != nil:
			agreeOn(held, e, r.Literal.Value)
		case r.Date != "" && atEvent[r.Predicate]:
			agreeOn(attended, e, r.Date)
		}
	}
	for i := range c.rels {
		r := &c.rels[i]
		e := c.event(r)
		if e == extract.None || r.Literal != nil || r.Date != "" || r.Status == schema.Denied {
			continue
		}
		if due[e] && r.Status != schema.Planned {
			continue // of an edition before: the next one's date is not its own
		}
		if d, said := held[e]; said {
			r.Date = d
		} else if d, said := attended[e]; said && atEvent[r.Predicate] {
			r.Date = d
		} else if atEvent[r.Predicate] && c.encounter(e) {
			r.Date = meetings[0]
		}
	}
}

// encounter reports whether the article speaks of event e only as the meeting: "وحضر اللقاء X".
func (c *collector) encounter(e int) bool {
	return !slices.ContainsFunc(c.doc.Entities[e].Mentions, func(i int) bool {
		m := &c.doc.Mentions[i]
		noun := &c.doc.Tokens[m.First]
		return !noun.Def && !pronominal(c.doc, m) || !single(c.doc, m) || !slices.Contains(c.words.lists["encounters"], noun.Base)
	})
}

// atEvent are the predicates that hold while an event lasts.
var atEvent = map[string]bool{"participatedIn": true, "heldIn": true, "organized": true, "hosted": true, "leads": true}

// event returns the event that r says something of, or None.
func (c *collector) event(r *extract.Relation) int {
	switch {
	case r.Literal != nil && r.Literal.Type != schema.Date:
		return extract.None
	case r.Literal == nil && c.doc.Entities[r.Object].Class == schema.Event:
		return r.Object
	case c.doc.Entities[r.Subject].Class == schema.Event:
		return r.Subject
	}
	return extract.None
}

// agreeOn notes the date of event e; an event with two dates has none.
func agreeOn(dates map[int]string, e int, date string) {
	if old, said := dates[e]; said && old != date {
		date = ""
	}
	dates[e] = date
}

// bareWords returns the folded words of s without their articles.
func bareWords(s string) []string {
	out := strings.Fields(arabic.Fold(s))
	for i := range out {
		out[i] = strings.TrimPrefix(strings.TrimPrefix(out[i], "لل"), "ال")
	}
	return out
}

// within reports whether all of a are among b.
func within(a, b []string) bool {
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}
