package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"isnad/extract/eval"
	"isnad/schema"
)

// label is an annotated article without its words: where it stands in the corpora,
// and every string of the annotation as a place in its text.
type label struct {
	Source
	SHA256    string     `json:"sha256"` // of the text
	Published *string    `json:"published"`
	Entities  []entity   `json:"entities"`
	Relations []relation `json:"relations"`
}

type entity struct {
	ID       string       `json:"id"`
	Type     schema.Class `json:"type"`
	Mentions []words      `json:"mentions"` // the first is the name
}

type relation struct {
	S        string          `json:"s"`
	P        string          `json:"p"`
	O        json.RawMessage `json:"o"` // an entity's id or a literal
	Status   schema.Status   `json:"status"`
	Date     string          `json:"date,omitempty"`
	Optional bool            `json:"optional,omitempty"`
	Evidence words           `json:"evidence"`
}

type literal struct {
	Type  schema.Class `json:"type"`
	Value words        `json:"value"`
}

// words is a string of the annotation: in JSON the half-open range of bytes it takes
// in the text, or the string itself where the text spells it otherwise ("للشعب" for
// "الشعب", a singular out of a plural).
type words struct {
	start, end int
	said       string // if not empty
}

func (w words) MarshalJSON() ([]byte, error) {
	if w.said != "" {
		return json.Marshal(w.said)
	}
	return json.Marshal([2]int{w.start, w.end})
}

func (w *words) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &w.said)
	}
	var at []int
	if err := json.Unmarshal(b, &at); err != nil {
		return err
	}
	if len(at) != 2 {
		return fmt.Errorf("%s: a place is [start, end]", b)
	}
	w.start, w.end = at[0], at[1]
	return nil
}

// find returns where s first stands in text, or s itself.
func find(text, s string) words {
	if i := strings.Index(text, s); i >= 0 && s != "" {
		return words{start: i, end: i + len(s)}
	}
	return words{said: s}
}

// in returns the string that w stands for.
func (w words) in(text string) (string, error) {
	if w.said != "" {
		return w.said, nil
	}
	if w.start < 0 || w.end > len(text) || w.start >= w.end {
		return "", fmt.Errorf("no place [%d, %d] in a text of %d bytes", w.start, w.end, len(text))
	}
	return text[w.start:w.end], nil
}

// pack turns an annotated article into places in its text.
func pack(src Source, g eval.Gold) (label, error) {
	l := label{Source: src, SHA256: sum(g.Text), Published: g.Published, Relations: []relation{}}
	for _, e := range g.Entities {
		out := entity{ID: e.ID, Type: e.Type, Mentions: []words{find(g.Text, e.Name)}}
		for _, m := range e.Mentions {
			if m != e.Name {
				out.Mentions = append(out.Mentions, find(g.Text, m))
			}
		}
		l.Entities = append(l.Entities, out)
	}
	for _, r := range g.Relations {
		o, err := packObject(g.Text, r.O)
		if err != nil {
			return l, err
		}
		ev := find(g.Text, r.Evidence)
		if ev.said != "" || r.Evidence == "" {
			return l, fmt.Errorf("evidence %q of %s is not in the text", r.Evidence, r.P)
		}
		l.Relations = append(l.Relations, relation{S: r.S, P: r.P, O: o, Status: r.Status, Date: r.Date, Optional: r.Optional, Evidence: ev})
	}
	return l, nil
}

func packObject(text string, o schema.Object) (json.RawMessage, error) {
	if o.Literal == nil {
		return json.Marshal(o.Entity)
	}
	return json.Marshal(literal{Type: o.Literal.Type, Value: find(text, o.Literal.Value)})
}

// build gives the article its words back.
func (l label) build(text string) (eval.Gold, error) {
	g := eval.Gold{ID: l.Name, Published: l.Published, Text: text}
	if sum(text) != l.SHA256 {
		return g, errors.New("the corpus has another text than was annotated")
	}
	for _, e := range l.Entities {
		out := eval.GoldEntity{ID: e.ID, Type: e.Type}
		for _, m := range e.Mentions {
			s, err := m.in(text)
			if err != nil {
				return g, err
			}
			out.Mentions = append(out.Mentions, s)
		}
		if len(out.Mentions) == 0 {
			return g, fmt.Errorf("entity %s has no mention", e.ID)
		}
		out.Name = out.Mentions[0]
		g.Entities = append(g.Entities, out)
	}
	for _, r := range l.Relations {
		out := eval.GoldRelation{S: r.S, P: r.P, Status: r.Status, Date: r.Date, Optional: r.Optional}
		var err error
		if out.Evidence, err = r.Evidence.in(text); err != nil {
			return g, err
		}
		if out.O, err = buildObject(text, r.O); err != nil {
			return g, err
		}
		g.Relations = append(g.Relations, out)
	}
	return g, nil
}

func buildObject(text string, raw json.RawMessage) (schema.Object, error) {
	var o schema.Object
	if bytes.HasPrefix(raw, []byte(`"`)) {
		return o, json.Unmarshal(raw, &o.Entity)
	}
	var lit literal
	if err := json.Unmarshal(raw, &lit); err != nil {
		return o, err
	}
	value, err := lit.Value.in(text)
	o.Literal = &schema.Literal{Type: lit.Type, Value: value}
	return o, err
}

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}
