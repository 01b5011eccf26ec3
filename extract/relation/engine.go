package relation

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"isnad/extract"
	"isnad/schema"
)

//go:embed frames/*.yaml
var framesFS embed.FS

//go:embed confidence.yaml
var confidenceYAML []byte

// Engine runs frames over documents. It is immutable and safe for concurrent use.
type Engine struct {
	ont    *schema.Ontology
	words  *wordLists
	frames []*Frame

	byVerb, byMasdar, byParticiple, byNoun, byOffice map[string][]*Frame
	byClass                                          map[schema.Class][]*Frame
	model                                            *model // nil: every statement, as sure as its frame's author is
	sum                                              []byte
}

// New returns an engine with the shipped frames and those of the extensions,
// in order. ont must be loaded with the same extensions. A frame that names an
// unknown predicate, class, list or verb is an error that names file and frame.
func New(ont *schema.Ontology, ext ...schema.Source) (*Engine, error) {
	e, err := Candidates(ont, ext...)
	if err != nil {
		return nil, err
	}
	e.model, err = loadModel()
	return e, err
}

// Candidates returns an engine that states all it finds, as sure as the author of each
// frame is: what the model of New is learned from.
func Candidates(ont *schema.Ontology, ext ...schema.Source) (*Engine, error) {
	lemmas, err := lexiconLemmas()
	if err != nil {
		return nil, err
	}
	words, err := loadWords(lemmas)
	if err != nil {
		return nil, err
	}
	shipped, err := shippedFrames()
	if err != nil {
		return nil, err
	}
	e := &Engine{ont: ont, words: words,
		byVerb: map[string][]*Frame{}, byMasdar: map[string][]*Frame{}, byParticiple: map[string][]*Frame{},
		byNoun: map[string][]*Frame{}, byOffice: map[string][]*Frame{}, byClass: map[schema.Class][]*Frame{},
		sum: slices.Concat(wordsYAML, confidenceYAML)}
	names := map[string]string{}
	for _, src := range append(shipped, ext...) {
		frames, err := ParseFrames(src.Name, src.Data)
		if err != nil {
			return nil, err
		}
		for i := range frames {
			f := &frames[i]
			if err := f.check(ont, words.lists, lemmas); err != nil {
				return nil, fmt.Errorf("relation: %s: frame %q: %w", src.Name, f.Name, err)
			}
			if at, twice := names[f.Name]; twice {
				return nil, fmt.Errorf("relation: %s: frame %q is already defined in %s", src.Name, f.Name, at)
			}
			names[f.Name] = src.Name
			e.index(f)
		}
		e.sum = append(e.sum, src.Data...)
	}
	return e, nil
}

func shippedFrames() ([]schema.Source, error) {
	names, err := fs.Glob(framesFS, "frames/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("relation: %w", err)
	}
	var out []schema.Source
	for _, n := range names {
		data, err := framesFS.ReadFile(n)
		if err != nil {
			return nil, fmt.Errorf("relation: %w", err)
		}
		out = append(out, schema.Source{Name: path.Base(n), Data: data})
	}
	return out, nil
}

func (e *Engine) index(f *Frame) {
	e.frames = append(e.frames, f)
	add := func(m map[string][]*Frame, words []string) {
		for _, w := range words {
			m[w] = append(m[w], f)
		}
	}
	add(e.byVerb, f.Verbs)
	if slices.Contains(f.Object.From, fromObject) && slices.Contains(f.Subject.From, fromSubject) {
		for _, v := range f.Verbs {
			e.words.transitive[v] = true
		}
	}
	add(e.byMasdar, f.Masdars)
	add(e.byParticiple, f.Participles)
	add(e.byNoun, f.Nouns)
	add(e.byOffice, f.Offices)
	for _, c := range f.Mentions {
		e.byClass[c] = append(e.byClass[c], f)
	}
}

// Name returns "relation".
func (*Engine) Name() string { return "relation" }

// Fingerprint writes the frames and word lists in force.
func (e *Engine) Fingerprint(w io.Writer) { _, _ = w.Write(e.sum) }

// Annotate fills d.Relations. It needs tokens, sentences, mentions and entities;
// without times and offices it does what it can.
func (e *Engine) Annotate(d *extract.Document) {
	d.Relations = e.read(d, nil)
	if e.model != nil {
		e.model.rate(d)
	}
}

// read returns what d states, and writes how it read each sentence to readings unless
// that is nil.
func (e *Engine) read(d *extract.Document, readings []Reading) []extract.Relation {
	c := newChunker(d, e.words)
	out := &collector{doc: d, ont: e.ont, words: e.words}
	r := &reader{ont: e.ont, sentence: &sentence{doc: d, words: e.words, nisba: c.nisba, pronouns: c.pronouns, nameless: c.nameless}}
	for o := range d.Offices {
		if off := &d.Offices[o]; off.Holder != extract.None && !d.Sentences[off.Sentence].Furniture {
			e.office(r, o, out)
			e.within(r, c, off, out)
		}
	}
	for i := range d.Sentences {
		if d.Sentences[i].Furniture {
			continue
		}
		r.index, c.quoted = i, r.quoted
		r.nodes = c.chunk(d.Sentences[i].First, d.Sentences[i].Last, r.nodes)
		r.parse()
		if readings != nil {
			r.trace = func(t trigger, outcome string, stated []extract.Relation) {
				if len(stated) > 0 || len(t.frame.Mentions) == 0 {
					readings[i].Frames = append(readings[i].Frames, r.outcome(t, outcome, stated))
				}
			}
		}
		e.sentence(r, out)
		if readings != nil {
			readings[i].Clauses = r.describe()
		}
		r.carry()
	}
	return out.done()
}

// within reads the words of an office on their own: "رئيس لجنة X المنبثقة عن Y"
// says something of X as well.
func (e *Engine) within(r *reader, c *chunker, off *extract.Office, out *collector) {
	if off.Last-off.First < 3 {
		return
	}
	r.index = off.Sentence
	r.nodes = c.chunk(off.First+1, off.Last, r.nodes)
	r.parse()
	r.office = true
	e.sentence(r, out)
	r.office = false
}

// sentence runs every frame whose trigger stands in the parsed sentence.
func (e *Engine) sentence(r *reader, out *collector) {
	for i := range r.nodes {
		n := &r.nodes[i]
		switch {
		case n.kind == verbNode:
			e.verb(r, i, out)
		case n.kind == wordNode:
			e.noun(r, i, n.first, out)
		case n.kind == nameNode:
			m := &r.doc.Mentions[n.mention]
			if n.event && m.Head >= n.first && m.Head < n.last {
				e.noun(r, i, m.Head, out)
			}
			for class := m.Class; class != ""; class = e.parent(class) {
				e.try(r, trigger{node: i, clause: n.clause}, e.byClass[class], "", out)
			}
		}
	}
}

func (e *Engine) parent(c schema.Class) schema.Class {
	if def := e.ont.Class(c); def != nil {
		return def.Parent
	}
	return ""
}

func (e *Engine) verb(r *reader, i int, out *collector) {
	n := &r.nodes[i]
	tok := &r.doc.Tokens[n.first]
	t := trigger{node: i, clause: n.clause, verb: r.clauses[n.clause].verb == i}
	if !t.verb {
		return // an auxiliary
	}
	last := ""
	if n.participle {
		for _, rd := range tok.Noun {
			if rd.Derivation == extract.ActivePart && rd.Lemma != last {
				last = rd.Lemma
				e.try(r, t, e.byVerb[rd.Lemma], rd.Lemma, out)
			}
		}
		return
	}
	for k, rd := range tok.Verb {
		if rd.Person != 3 && !firstPersonOnly(tok) {
			continue // نقل: somebody conveyed, hardly "let us dismiss"
		}
		if !slices.ContainsFunc(tok.Verb[:k], func(b extract.VerbReading) bool { return b.Lemma == rd.Lemma && b.Person == 3 }) {
			e.try(r, t, e.byVerb[rd.Lemma], rd.Lemma, out)
		}
	}
}

// noun runs the frames that the noun of token tok, head of node i, triggers.
func (e *Engine) noun(r *reader, i, tok int, out *collector) {
	t := trigger{node: i, clause: r.nodes[i].clause}
	w := &r.doc.Tokens[tok]
	masdar, part := "", ""
	for _, rd := range w.Noun {
		switch {
		case rd.Derivation == extract.Masdar && rd.Lemma != masdar:
			masdar = rd.Lemma
			e.try(r, t, e.byMasdar[rd.Lemma], rd.Lemma, out)
		case rd.Derivation != extract.Masdar && rd.Lemma != part:
			part = rd.Lemma
			e.try(r, t, e.byParticiple[rd.Lemma], rd.Lemma, out)
		}
	}
	e.try(r, t, e.byNoun[w.Base], w.Base, out)
	if w.Def {
		e.try(r, t, e.byNoun[w.Norm], w.Base, out)
	}
}

// try runs frames on one trigger.
func (e *Engine) try(r *reader, t trigger, frames []*Frame, lemma string, out *collector) {
	for _, f := range frames {
		t.frame, t.lemma = f, lemma
		outcome, stated := e.one(r, t)
		for _, rel := range stated {
			out.add(rel)
		}
		if r.trace != nil {
			r.trace(t, outcome, stated)
		}
	}
}

// one runs the frame of t and says what came of it, and in short why if nothing did.
func (e *Engine) one(r *reader, t trigger) (outcome string, stated []extract.Relation) {
	if !r.conditions(t) {
		return "conditions not met", nil
	}
	p := e.ont.Predicate(t.frame.Predicate)
	subjects, objects := r.arguments(t, p)
	switch {
	case len(subjects) == 0:
		return "no subject", nil
	case len(objects) == 0:
		return "no object", nil
	}
	st := r.standing(t)
	if st.wished && !t.frame.Modal {
		return "not stated as a fact", nil
	}
	for i, s := range subjects {
		for j, o := range objects {
			if s.entity == o.entity || sameSlot(t.frame) && i >= j {
				continue
			}
			stated = append(stated, r.statement(t, st, s, o))
		}
	}
	return string(st.status), stated
}

// sameSlot reports whether both sides come from one list: "بين A وB".
func sameSlot(f *Frame) bool {
	return len(f.Subject.From) == 1 && len(f.Object.From) == 1 && f.Subject.From[0] == f.Object.From[0]
}

// Frames returns the name of each frame, in order.
func (e *Engine) Frames() []string {
	out := make([]string, len(e.frames))
	for i, f := range e.frames {
		out[i] = f.Name
	}
	return out
}

// Predicates returns the predicate of each frame, in the order of the frames.
func (e *Engine) Predicates() []string {
	out := make([]string, len(e.frames))
	for i, f := range e.frames {
		out[i] = f.Predicate
	}
	return out
}
