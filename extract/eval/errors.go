package eval

import (
	"fmt"
	"strings"

	"isnad/schema"
)

// Cause is why a relation was missed or wrongly said, as far as gold and result
// tell. The first that applies is given, in this order.
type Cause string

// The causes.
const (
	Twice        Cause = "said twice"                 // false alarm: another relation has said it; an entity left in two pieces
	Unaligned    Cause = "entity missed"              // an argument is no entity of the other side
	StatusWrong  Cause = "denial wrong"               // denied on one side only
	Reversed     Cause = "arguments reversed"         // subject and object change places
	OtherWord    Cause = "literal worded differently" // the same subject with another value
	OtherRel     Cause = "other predicate"            // the same arguments under another predicate
	ClassWrong   Cause = "class wrong"                // an argument is of another class
	ArgumentElse Cause = "other argument"             // the same predicate with one argument the same
	Unlinked     Cause = "mention not linked"         // miss: no mention of an argument's entity in the sentence
	NoTrigger    Cause = "no rule"                    // miss: both arguments are known in the sentence, and nothing is said
	NotStated    Cause = "not stated"                 // false alarm: the gold has nothing like it
)

// Mistake is one relation missed or wrongly said.
type Mistake struct {
	Article   string        `json:"article"`
	Miss      bool          `json:"miss"` // in the gold only; else a false alarm
	Cause     Cause         `json:"cause"`
	Predicate string        `json:"predicate"`
	Subject   string        `json:"subject"`
	Object    string        `json:"object"`
	Status    schema.Status `json:"status"`
	Rule      string        `json:"rule,omitempty"`   // of a false alarm
	Detail    string        `json:"detail,omitempty"` // what the other side has instead
	Sentence  string        `json:"sentence"`         // the evidence
}

// String returns the mistake as two lines, the second its evidence.
func (m Mistake) String() string {
	sign := "+"
	if m.Miss {
		sign = "-"
	}
	s := fmt.Sprintf("%s %s  %s(%s, %s)", sign, m.Article, m.Predicate, m.Subject, m.Object)
	if m.Status != "" && m.Status != schema.Asserted {
		s += " " + string(m.Status)
	}
	if m.Rule != "" {
		s += "  [" + m.Rule + "]"
	}
	if m.Detail != "" {
		s += "  ⇐ " + m.Detail
	}
	return s + "\n    " + strings.Join(strings.Fields(m.Sentence), " ")
}

// Diagnosis is all that went wrong.
type Diagnosis struct {
	Mistakes []Mistake         `json:"mistakes"` // in the order of the gold; of an article false alarms first
	Rules    map[string]Counts `json:"rules"`    // by rule: right and wrong predictions
}

// Errors explains every relation missed or wrongly said.
func Errors(gold []Gold, preds []schema.Result) Diagnosis {
	docs, _ := judgeAll(gold, preds)
	out := Diagnosis{Rules: map[string]Counts{}}
	for _, d := range docs {
		x := newExplainer(d)
		for i, v := range d.verdicts {
			rule := d.pred.Relations[i].Rule
			c := out.Rules[rule]
			switch v {
			case Right:
				c.TP++
			case Wrong, Again:
				c.FP++
				out.Mistakes = append(out.Mistakes, x.falseAlarm(i))
			}
			out.Rules[rule] = c
		}
		for k, want := range d.gold.Relations {
			if !want.Optional && !d.hit[k] {
				out.Mistakes = append(out.Mistakes, x.miss(want))
			}
		}
	}
	return out
}

// explainer finds causes within one article.
type explainer struct {
	judged
	back   map[string]string        // gold id → predicted id
	wanted map[string]GoldEntity    // by gold id
	said   map[string]schema.Entity // by predicted id
}

func newExplainer(d judged) *explainer {
	x := &explainer{judged: d, back: map[string]string{}, wanted: map[string]GoldEntity{}, said: map[string]schema.Entity{}}
	for p, g := range d.aligned {
		x.back[g] = p
	}
	for _, g := range d.gold.Entities {
		x.wanted[g.ID] = g
	}
	for _, e := range d.pred.Entities {
		x.said[e.ID] = e
	}
	return x
}

// object words the object of a predicted relation.
func (x *explainer) object(o schema.Object) string {
	if o.Literal != nil {
		return o.Literal.Value
	}
	return x.said[o.Entity].Name
}

func (x *explainer) goldObject(o schema.Object) string {
	if o.Literal != nil {
		return o.Literal.Value
	}
	return x.wanted[o.Entity].Name
}

func (x *explainer) falseAlarm(i int) Mistake {
	rel := x.pred.Relations[i]
	m := Mistake{Article: x.gold.ID, Predicate: rel.P, Subject: x.said[rel.S].Name, Object: x.object(rel.O),
		Status: rel.Status, Rule: rel.Rule, Sentence: rel.Evidence.Text}
	m.Cause, m.Detail = x.whyFalse(rel, x.verdicts[i])
	return m
}

func (x *explainer) whyFalse(rel schema.Relation, v Verdict) (Cause, string) {
	if v == Again {
		return Twice, ""
	}
	for _, id := range []string{rel.S, rel.O.Entity} {
		if id == "" || x.aligned[id] != "" {
			continue
		}
		return Unaligned, x.strangers(id)
	}
	for _, want := range x.gold.Relations {
		switch {
		case want.P == rel.P && sameArguments(rel, want, x.aligned):
			return StatusWrong, "the gold says " + string(want.Status)
		case want.P == rel.P && x.reversed(rel, want):
			return Reversed, ""
		}
	}
	for _, want := range x.gold.Relations {
		if rel.O.Literal != nil && want.O.Literal != nil && want.P == rel.P && x.aligned[rel.S] == want.S {
			return OtherWord, "gold: " + want.O.Literal.Value
		}
		if rel.O.Literal == nil && want.O.Literal == nil && (sameArguments(rel, want, x.aligned) || x.reversed(rel, want)) {
			return OtherRel, "gold: " + want.P
		}
	}
	for _, id := range []string{rel.S, rel.O.Entity} {
		if g := x.wanted[x.aligned[id]]; id != "" && g.Type != x.said[id].Type {
			return ClassWrong, fmt.Sprintf("%s is %s, not %s", g.Name, g.Type, x.said[id].Type)
		}
	}
	for _, want := range x.gold.Relations {
		if want.P != rel.P || rel.O.Literal != nil {
			continue
		}
		if x.sharesOne(rel, want) {
			return ArgumentElse, fmt.Sprintf("gold: %s, %s", x.wanted[want.S].Name, x.goldObject(want.O))
		}
	}
	return NotStated, ""
}

// strangers says why a predicted entity is none of the gold's: it shares words with
// one that another entity took, or with none.
func (x *explainer) strangers(id string) string {
	e := x.said[id]
	own := predictedSurfaces(e)
	for _, g := range x.gold.Entities {
		if common(own, surfaces(g.Name, g.Mentions)) > 0 {
			if other := x.back[g.ID]; other != "" {
				return fmt.Sprintf("%s is a piece of %s (%s)", e.Name, g.Name, other)
			}
		}
	}
	return e.Name + " is no entity of the gold"
}

func (x *explainer) reversed(rel schema.Relation, want GoldRelation) bool {
	return rel.O.Literal == nil && want.O.Literal == nil && x.aligned[rel.S] == want.O.Entity && x.aligned[rel.O.Entity] == want.S
}

// sharesOne reports whether two relations of one predicate, both between entities,
// have an argument in common.
func (x *explainer) sharesOne(rel schema.Relation, want GoldRelation) bool {
	s, o := x.aligned[rel.S], x.aligned[rel.O.Entity]
	return s == want.S || o == want.O.Entity || symmetric[rel.P] && (s == want.O.Entity || o == want.S)
}

func (x *explainer) miss(want GoldRelation) Mistake {
	m := Mistake{Article: x.gold.ID, Miss: true, Predicate: want.P, Subject: x.wanted[want.S].Name, Object: x.goldObject(want.O),
		Status: want.Status, Sentence: want.Evidence}
	m.Cause, m.Detail = x.whyMissed(want)
	return m
}

func (x *explainer) whyMissed(want GoldRelation) (Cause, string) {
	for _, id := range []string{want.S, want.O.Entity} {
		if id != "" && x.back[id] == "" {
			g := x.wanted[id]
			return Unaligned, fmt.Sprintf("%s %s", g.Type, g.Name)
		}
	}
	if cause, detail := x.saidInstead(want); cause != "" {
		return cause, detail
	}
	for _, id := range []string{want.S, want.O.Entity} {
		if e := x.said[x.back[id]]; id != "" && e.Type != x.wanted[id].Type {
			return ClassWrong, fmt.Sprintf("%s is %s, not %s", e.Name, x.wanted[id].Type, e.Type)
		}
	}
	if said := x.saidElsewhere(want); said != "" {
		return ArgumentElse, said
	}
	for _, id := range []string{want.S, want.O.Entity} {
		if id != "" && !x.linkedIn(x.back[id], want.Evidence) {
			return Unlinked, fmt.Sprintf("%s has no mention there", x.wanted[id].Name)
		}
	}
	return NoTrigger, ""
}

// saidInstead looks for a predicted relation of the same arguments.
func (x *explainer) saidInstead(want GoldRelation) (Cause, string) {
	for _, rel := range x.pred.Relations {
		switch {
		case rel.P == want.P && sameArguments(rel, want, x.aligned):
			return StatusWrong, "said as " + string(rel.Status)
		case rel.P == want.P && x.reversed(rel, want):
			return Reversed, ""
		}
	}
	for _, rel := range x.pred.Relations {
		switch {
		case want.O.Literal != nil:
			if rel.P == want.P && rel.O.Literal != nil && x.aligned[rel.S] == want.S {
				return OtherWord, "said: " + rel.O.Literal.Value
			}
		case rel.O.Literal == nil && (sameArguments(rel, want, x.aligned) || x.reversed(rel, want)) && overlap(rel.Evidence.Text, want.Evidence):
			return OtherRel, "said: " + rel.P
		}
	}
	return "", ""
}

// saidElsewhere looks for a wrong relation of the same predicate in the same passage
// that shares one argument.
func (x *explainer) saidElsewhere(want GoldRelation) string {
	for i, rel := range x.pred.Relations {
		if want.O.Literal != nil || rel.P != want.P || x.verdicts[i] == Right || !overlap(rel.Evidence.Text, want.Evidence) {
			continue
		}
		if x.sharesOne(rel, want) {
			return fmt.Sprintf("said: %s, %s", x.said[rel.S].Name, x.object(rel.O))
		}
	}
	return ""
}

// overlap reports whether two passages share half of the words of the shorter.
func overlap(a, b string) bool {
	left, right := strings.Fields(fold(a)), strings.Fields(fold(b))
	shared := common(set(left), set(right))
	return shared > 0 && shared*2 >= min(len(left), len(right))
}

// linkedIn reports whether a predicted entity has a mention in the passage. With
// the result's text at hand it looks at the passage's place in it, else at words.
func (x *explainer) linkedIn(id, passage string) bool {
	e := x.said[id]
	text := x.pred.Text
	at := strings.Index(text, passage)
	for _, m := range e.Mentions {
		if at >= 0 && text != "" {
			if m.Start >= at && m.Start < at+len(passage) {
				return true
			}
		} else if strings.Contains(fold(passage), fold(m.Text)) {
			return true
		}
	}
	return false
}
