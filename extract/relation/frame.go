package relation

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"isnad/extract/arabic"
	"isnad/schema"
)

// Frame says how the language words one predicate: which words trigger it and
// where each argument stands. All Arabic words are written as usual; they are
// compared folded (hamzas, diacritics), so that spelling variants need no entry.
type Frame struct {
	Name      string `yaml:"name"`      // rule id, predicate/what: met/verb-with
	Predicate string `yaml:"predicate"` // of the ontology

	// Triggers; a frame needs at least one of them.
	Verbs       words          `yaml:"verbs"`       // lemmas; finite forms and circumstantial participles (مشيدا)
	Masdars     words          `yaml:"masdars"`     // lemmas whose verbal nouns trigger
	Participles words          `yaml:"participles"` // lemmas whose participles trigger as adjectives (المنعقد)
	Nouns       words          `yaml:"nouns"`       // any other words, without the article
	Mentions    []schema.Class `yaml:"mentions"`    // every mention of the class
	Offices     words          `yaml:"offices"`     // offices that begin with one of the words; "any" for all

	// Conditions on the words around the trigger.
	After    words  `yaml:"after"`    // one of these stands directly before it
	NotAfter words  `yaml:"notafter"` // none of these stands directly before it
	Then     words  `yaml:"then"`     // one of these follows in the clause
	Unless   words  `yaml:"unless"`   // none of these follows in the clause
	Light    words  `yaml:"light"`    // verbs that lend a noun their subject; default $light
	Voice    string `yaml:"voice"`    // "passive": the subject of the verb is the object here

	// Number "dual" demands a verb in the dual, and no object: its subjects are both sides.
	Number string `yaml:"number"`

	// Dependent demands that the trigger hang on a preposition or noun: what
	// follows a subject or object may belong to the verb instead.
	Dependent bool `yaml:"dependent"`

	Subject Slot `yaml:"subject"`
	Object  Slot `yaml:"object"`

	To Slot `yaml:"to"` // for whom, if anybody: "700 مليون دولار ل"
	As bool `yaml:"as"` // the statement holds the office that stands behind the object: "عين X وزيرا"

	Status     schema.Status `yaml:"status"`     // if the trigger itself settles it
	Modal      bool          `yaml:"modal"`      // holds even of what should or may be ("تعزيز التعاون بين")
	Undated    bool          `yaml:"undated"`    // a state: the clause's time is not its date
	Confidence int           `yaml:"confidence"` // in hundredths; see docs/extraction.md
}

// Slot says where an argument stands.
type Slot struct {
	From    words          `yaml:"from"`    // sources, tried in order: keywords of sources or prepositions
	Class   []schema.Class `yaml:"class"`   // narrower than the predicate allows
	Through string         `yaml:"through"` // "any" or a word list: nouns that may stand before the argument ("جهود المغرب")
	Heads   string         `yaml:"heads"`   // a word list: the head noun of the argument is one of it
	Except  string         `yaml:"except"`  // a word list: the head noun is none of it
	Barred  string         `yaml:"barred"`  // a word list: nouns that may not, whatever through allows ("مقتل X")
	Without string         `yaml:"without"` // a word list: none of it stands between the trigger and the preposition
	Near    bool           `yaml:"near"`    // directly after the trigger
	Stated  bool           `yaml:"stated"`  // named in the sentence, not understood from elsewhere
	Pause   bool           `yaml:"pause"`   // with near: perhaps behind a comma
	Inside  string         `yaml:"inside"`  // behind the preposition within the mention that triggers: "also" or "only"
}

// UnmarshalYAML accepts a word, a list of words, or the full form.
func (s *Slot) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return s.From.UnmarshalYAML(n)
	}
	if err := known(n, reflect.TypeFor[Slot]()); err != nil {
		return err
	}
	type plain Slot
	return n.Decode((*plain)(s))
}

// words is a list of words; YAML may give a single one.
type words []string

// UnmarshalYAML accepts a word or a list of words.
func (w *words) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		*w = words{n.Value}
		return nil
	case yaml.SequenceNode:
		return n.Decode((*[]string)(w))
	}
	return fmt.Errorf("line %d: want a word or a list of words", n.Line)
}

// known reports a key of the mapping n that type t does not have.
func known(n *yaml.Node, t reflect.Type) error {
	var keys []string
	for i := range t.NumField() {
		keys = append(keys, t.Field(i).Tag.Get("yaml"))
	}
	for i := 0; i < len(n.Content); i += 2 {
		if k := n.Content[i]; !slices.Contains(keys, k.Value) {
			return fmt.Errorf("line %d: unknown key %q; known are %s", k.Line, k.Value, strings.Join(keys, ", "))
		}
	}
	return nil
}

// Keywords for sources; whatever else a Slot names is a preposition.
const (
	fromSubject   = "subject"   // of the verb, or of the light verb that governs the noun
	fromClause    = "clause"    // subject of whatever verb the noun\'s clause has, if the noun has no complement
	fromNominal   = "nominal"   // subject of the nominal sentence, or of the copula, whose predicate the noun is: "X (هو) شريك"
	fromSpeaker   = "speaker"   // subject of whatever verb the noun\'s clause has
	fromObject    = "object"    // direct object of the verb
	fromGenitive  = "genitive"  // the noun's complement: "زيارة X", or its pronoun: "زيارته"
	fromSecond    = "second"    // what a verbal noun governs after its genitive: "زيارة X Y"
	fromHead      = "head"      // what a participle, relative clause or "برئاسة" modifies
	fromSelf      = "self"      // the mention that triggers
	fromInside    = "inside"    // a mention nested in the one that triggers
	fromEvent     = "event"     // the event that the clause speaks of
	fromNext      = "next"      // the noun phrase in apposition behind: "شقيقه X"
	fromBefore    = "before"    // the noun phrase directly before: "X نجل Y"
	fromTopic     = "topic"     // the subject of the sentence before: "جاء ذلك خلال"
	fromTime      = "time"      // the clause's time
	fromAmount    = "amount"    // the sum of money in the clause
	fromIncluding = "including" // the names behind "منها" or "من بينها"
	fromListed    = "listed"    // the names in brackets or behind a colon: "الدول الأعضاء (A وB)"
	fromSide      = "side"      // for whom the subject of the clause speaks: his country, or the body or country itself
	fromDecider   = "decider"   // whose decisions the article reports: "صادق المجلس على تعيينات. … تعيين X"
	fromCopula    = "copula"    // the subject of the verb that says the trigger of it: "كان وزيرا"
	fromPost      = "post"      // the office that the trigger words, as a Position
	fromNisba     = "nisba"     // the countries of the adjectives behind the trigger: "الغزو الروسي"
	fromHolder    = "holder"    // of the office that triggers
	fromOffice    = "office"    // the office that triggers, as a Position
	fromBody      = "body"      // the body inside the office that triggers
	fromCountry   = "country"   // the country of the office that triggers
)

var keywords = []string{fromSubject, fromClause, fromNominal, fromSpeaker, fromObject, fromGenitive, fromSecond, fromHead, fromSelf,
	fromInside, fromEvent, fromNext, fromBefore, fromTopic, fromTime, fromAmount, fromIncluding, fromListed, fromCopula, fromPost, fromNisba, fromDecider, fromSide,
	fromHolder, fromOffice, fromBody, fromCountry}

// ParseFrames decodes the frames of one ontology file or extension; name is used
// in errors. Unknown keys are errors.
func ParseFrames(name string, data []byte) ([]Frame, error) {
	f, err := schema.ParseFile(name, data)
	if err != nil {
		return nil, err
	}
	if f.Frames.IsZero() {
		return nil, nil
	}
	if f.Frames.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("relation: %s: line %d: frames is a list", name, f.Frames.Line)
	}
	frames := make([]Frame, len(f.Frames.Content))
	for i, n := range f.Frames.Content {
		if n.Kind != yaml.MappingNode {
			return nil, fmt.Errorf("relation: %s: line %d: a frame is a mapping", name, n.Line)
		}
		if err := known(n, reflect.TypeFor[Frame]()); err != nil {
			return nil, fmt.Errorf("relation: %s: %w", name, err)
		}
		if err := n.Decode(&frames[i]); err != nil {
			return nil, fmt.Errorf("relation: %s: frame %q: %w", name, frames[i].Name, err)
		}
	}
	return frames, nil
}

// check reports what is wrong with a frame and completes its defaults.
func (f *Frame) check(ont *schema.Ontology, lists map[string][]string, lemmas map[string][]string) error {
	if f.Name == "" {
		return errors.New("a frame has no name")
	}
	if ont.Predicate(f.Predicate) == nil {
		return fmt.Errorf("unknown predicate %q", f.Predicate)
	}
	for _, list := range []*words{&f.Verbs, &f.Masdars, &f.Participles, &f.Nouns, &f.Offices, &f.After, &f.NotAfter, &f.Then, &f.Unless, &f.Light} {
		if err := expand(list, lists); err != nil {
			return err
		}
	}
	for _, verbs := range []*words{&f.Verbs, &f.Masdars, &f.Participles, &f.Light} {
		if err := asLemmas(verbs, lemmas); err != nil {
			return err
		}
	}
	if len(f.Verbs)+len(f.Masdars)+len(f.Participles)+len(f.Nouns)+len(f.Mentions)+len(f.Offices) == 0 {
		return errors.New("no trigger: give verbs, masdars, participles, nouns, mentions or offices")
	}
	for _, c := range slices.Concat(f.Mentions, f.Subject.Class, f.Object.Class) {
		if ont.Class(c) == nil {
			return fmt.Errorf("unknown class %q", c)
		}
	}
	if f.Voice != "" && f.Voice != "passive" {
		return fmt.Errorf("voice %q: only \"passive\" is known", f.Voice)
	}
	if f.Number != "" && f.Number != "dual" {
		return fmt.Errorf("number %q: only \"dual\" is known", f.Number)
	}
	if f.Status != "" && !f.Status.Valid() {
		return fmt.Errorf("status %q is none of asserted, planned, denied", f.Status)
	}
	if f.Confidence < 0 || f.Confidence > 100 {
		return fmt.Errorf("confidence %d is outside 0..100", f.Confidence)
	}
	if f.Confidence == 0 {
		f.Confidence = defaultConfidence
	}
	errs := []error{f.Subject.check("subject", lists), f.Object.check("object", lists)}
	if len(f.To.From) > 0 {
		errs = append(errs, f.To.check("to", lists))
	}
	return errors.Join(errs...)
}

const defaultConfidence = 70

// asLemmas replaces folded verbs by the lemmas of the lexicon that fold to them.
func asLemmas(verbs *words, lemmas map[string][]string) error {
	var out []string
	for _, v := range *verbs {
		if lemmas[v] == nil {
			return fmt.Errorf("%q is no verb of the lexicon; write the verb's lemma, or a noun under nouns", v)
		}
		out = append(out, lemmas[v]...)
	}
	*verbs = out
	return nil
}

func (s *Slot) check(side string, lists map[string][]string) error {
	if len(s.From) == 0 {
		return fmt.Errorf("no %s: say where it stands", side)
	}
	for i, w := range s.From {
		if slices.Contains(keywords, w) {
			continue
		}
		if w == "" || w[0] < 0x80 {
			return fmt.Errorf("%s: %q is neither a preposition nor one of %s", side, w, strings.Join(keywords, ", "))
		}
		s.From[i] = arabic.Fold(w)
	}
	if s.Inside != "" && s.Inside != "also" && s.Inside != "only" {
		return fmt.Errorf("%s: inside %q is neither also nor only", side, s.Inside)
	}
	for _, list := range []string{s.Through, s.Heads, s.Except, s.Without, s.Barred} {
		if list != "" && list != "any" && lists[list] == nil {
			return fmt.Errorf("%s: unknown word list %q", side, list)
		}
	}
	return nil
}

// expand folds words and replaces $name by the list of that name.
func expand(list *words, lists map[string][]string) error {
	var out []string
	for _, w := range *list {
		if name, isList := strings.CutPrefix(w, "$"); isList {
			named, ok := lists[name]
			if !ok {
				return fmt.Errorf("unknown word list %q", w)
			}
			out = append(out, named...)
			continue
		}
		out = append(out, arabic.Fold(w))
	}
	slices.Sort(out)
	*list = slices.Compact(out)
	return nil
}
