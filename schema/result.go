package schema

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Span is a half-open range of bytes [Start, End) of a Result's Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Result is the document result: everything one article says, as extraction
// understood it. It is the unit that crosses process borders and the only thing
// the graph knows of an article. Spans index Text; Text[Start:End] of every
// mention and evidence equals the words recorded beside the span, but for the
// letters of the article that ل swallows (للتحالف, of which التحالف is mentioned).
type Result struct {
	ID        string     `json:"id"`
	URL       *string    `json:"url"`
	Publisher *string    `json:"publisher"`
	Title     string     `json:"title"`
	Published *string    `json:"published"` // ISO 8601, truncated to what is known
	Language  string     `json:"language"`  // BCP 47
	Text      string     `json:"text,omitempty"`
	Hash      string     `json:"hash"`      // hex SHA-256 of text and metadata
	Extractor string     `json:"extractor"` // version and hash of the knowledge in force
	Entities  []Entity   `json:"entities"`
	Relations []Relation `json:"relations"`
}

// Entity is one thing of one article: its mentions corefer.
type Entity struct {
	ID        string    `json:"id"` // e1, e2, … unique in its Result
	Type      Class     `json:"type"`
	Name      string    `json:"name"` // the fullest proper form the article uses
	NameLatin string    `json:"name_latin,omitempty"`
	Code      string    `json:"code,omitempty"` // gazetteer identity, such as a country's ISO 3166 code
	Mentions  []Mention `json:"mentions"`
}

// Mention is one place where the text refers to an entity, without attached clitics.
type Mention struct {
	Text string `json:"text"`
	Span
}

// Relation is one statement the article makes, with the words that make it.
type Relation struct {
	S           string        `json:"s"` // entity id
	P           string        `json:"p"` // predicate name
	O           Object        `json:"o"`
	Status      Status        `json:"status"`
	Date        string        `json:"date,omitempty"`  // ISO 8601, truncated
	Place       string        `json:"place,omitempty"` // entity id
	Kind        string        `json:"kind,omitempty"`  // lemma of the trigger
	To          string        `json:"to,omitempty"`    // entity id: whom a pledge is for
	As          string        `json:"as,omitempty"`    // the office of an appointment
	Confidence  float64       `json:"confidence"`      // probability in [0,1], two decimals
	Rule        string        `json:"rule"`            // the frame that proposed it
	Evidence    Evidence      `json:"evidence"`
	Attribution []Attribution `json:"attribution,omitempty"` // outermost first; empty: the article itself
}

// Evidence is the verbatim passage that states a relation.
type Evidence struct {
	Text string `json:"text"`
	Span
}

// Attribution says who is quoted as stating a relation.
type Attribution struct {
	Speaker string `json:"speaker,omitempty"` // entity id; empty if the speaker is no entity ("a statement")
	Text    string `json:"text,omitempty"`    // the words that name the speaker
	Verb    string `json:"verb"`              // the reporting verb as written, without clitics
}

// Object is the object of a relation: an entity of the article or a literal.
type Object struct {
	Entity  string   // entity id, if Literal is nil
	Literal *Literal // nil for an entity
}

// Literal is a typed value that is no entity.
type Literal struct {
	Type  Class  `json:"type"` // Position, Date or Money
	Value string `json:"value"`
}

// MarshalJSON writes an entity id as a string and a literal as an object.
func (o Object) MarshalJSON() ([]byte, error) {
	if o.Literal != nil {
		return json.Marshal(o.Literal)
	}
	return json.Marshal(o.Entity)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (o *Object) UnmarshalJSON(b []byte) error {
	*o = Object{}
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &o.Entity)
	}
	o.Literal = new(Literal)
	return json.Unmarshal(b, o.Literal)
}

// Status says how an article puts a statement.
type Status string

// The statuses of the annotation guide.
const (
	Asserted Status = "asserted"
	Planned  Status = "planned" // announced, invited, future
	Denied   Status = "denied"  // negated in the text
)

// Valid reports whether s is one of the three statuses.
func (s Status) Valid() bool { return s == Asserted || s == Planned || s == Denied }

// Validate reports the first fault of r: a span that does not hold the words
// beside it, an id that does not resolve, a predicate or class that ont does not
// know or does not allow there. A Result without Text has its spans unchecked.
func (r *Result) Validate(ont *Ontology) error {
	classes := make(map[string]Class, len(r.Entities))
	for _, e := range r.Entities {
		if _, twice := classes[e.ID]; twice {
			return fmt.Errorf("schema: result %q: entity id %q twice", r.ID, e.ID)
		}
		if ont.Class(e.Type) == nil {
			return fmt.Errorf("schema: result %q: entity %s: unknown class %q", r.ID, e.ID, e.Type)
		}
		classes[e.ID] = e.Type
		for _, m := range e.Mentions {
			if err := r.checkMention(m); err != nil {
				return fmt.Errorf("schema: result %q: mention of %s: %w", r.ID, e.ID, err)
			}
		}
	}
	for i, rel := range r.Relations {
		if err := r.checkRelation(ont, classes, rel); err != nil {
			return fmt.Errorf("schema: result %q: relation %d (%s): %w", r.ID, i, rel.P, err)
		}
	}
	return nil
}

func (r *Result) checkRelation(ont *Ontology, classes map[string]Class, rel Relation) error {
	subject, ok := classes[rel.S]
	if !ok {
		return fmt.Errorf("unknown subject %q", rel.S)
	}
	var object Class
	if rel.O.Literal != nil {
		object = rel.O.Literal.Type
	} else if object, ok = classes[rel.O.Entity]; !ok {
		return fmt.Errorf("unknown object %q", rel.O.Entity)
	}
	if err := ont.Allows(rel.P, subject, object); err != nil {
		return err
	}
	if !rel.Status.Valid() {
		return fmt.Errorf("status %q is none of asserted, planned, denied", rel.Status)
	}
	if rel.Confidence < 0 || rel.Confidence > 1 {
		return fmt.Errorf("confidence %v is outside [0,1]", rel.Confidence)
	}
	for _, id := range []string{rel.Place, rel.To} {
		if _, ok := classes[id]; id != "" && !ok {
			return fmt.Errorf("unknown qualifier entity %q", id)
		}
	}
	for _, a := range rel.Attribution {
		if _, ok := classes[a.Speaker]; a.Speaker != "" && !ok {
			return fmt.Errorf("unknown speaker %q", a.Speaker)
		}
	}
	return r.checkSpan(rel.Evidence.Span, rel.Evidence.Text)
}

// checkMention checks the span of a mention, whose words have their article in full
// where the text writes it with ل in one.
func (r *Result) checkMention(m Mention) error {
	err := r.checkSpan(m.Span, m.Text)
	if err == nil || m.Start > len(r.Text) || !strings.HasSuffix(r.Text[:m.Start], "ل") {
		return err
	}
	for _, swallowed := range []string{"ا", "ال"} {
		if rest, ok := strings.CutPrefix(m.Text, swallowed); ok && r.checkSpan(m.Span, rest) == nil {
			return nil
		}
	}
	return err
}

func (r *Result) checkSpan(s Span, words string) error {
	if r.Text == "" {
		return nil
	}
	if s.Start < 0 || s.End < s.Start || s.End > len(r.Text) {
		return fmt.Errorf("span [%d,%d) is outside the text of %d bytes", s.Start, s.End, len(r.Text))
	}
	if r.Text[s.Start:s.End] != words {
		return fmt.Errorf("span [%d,%d) holds %q, not %q", s.Start, s.End, r.Text[s.Start:s.End], words)
	}
	return nil
}
