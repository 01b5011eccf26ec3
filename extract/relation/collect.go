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
// states one and only one.
func (c *collector) dateEvents() {
	dates := map[int]string{}
	for i := range c.rels {
		r := &c.rels[i]
		if r.Literal == nil || r.Literal.Type != schema.Date || c.doc.Entities[r.Subject].Class != schema.Event {
			continue
		}
		if old, said := dates[r.Subject]; said && old != r.Literal.Value {
			dates[r.Subject] = ""
			continue
		}
		dates[r.Subject] = r.Literal.Value
	}
	for i := range c.rels {
		r := &c.rels[i]
		if r.Literal != nil || r.Date != "" || r.Status == schema.Denied {
			continue
		}
		if d := dates[r.Object]; d != "" {
			r.Date = d
		} else if d := dates[r.Subject]; d != "" {
			r.Date = d
		}
	}
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
