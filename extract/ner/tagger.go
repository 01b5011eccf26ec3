package ner

import (
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"

	"isnad/extract"
	"isnad/extract/ner/sequence"
	"isnad/schema"
)

// Tagger is the stage that fills Mentions and Offices. It is safe for concurrent use.
type Tagger struct {
	lex   *lexicon
	model *sequence.Model // nil while it is being trained
}

var _ extract.Stage = (*Tagger)(nil)

// extension is one item of the lexicon section of a user's file.
type extension struct {
	Class schema.Class `yaml:"class"`
	Names []string     `yaml:"names"`
	Heads []string     `yaml:"heads"` // nouns that head names of the class
}

// New loads the lexicons and adds the lexicon sections of the sources, each a list
// of class, names and heads. It fails if a class is not of the ontology.
func New(ont *schema.Ontology, ext ...schema.Source) (*Tagger, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	for _, src := range ext {
		if err := lex.extend(ont, src); err != nil {
			return nil, err
		}
	}
	lex.sortPhrases()
	model, err := sequence.Load(modelFile)
	if err != nil {
		return nil, fmt.Errorf("ner: %w", err)
	}
	return &Tagger{lex, model}, nil
}

// Untrained returns a tagger without the sequence model, which can Observe for its
// training.
func Untrained() (*Tagger, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	return &Tagger{lex: lex}, nil
}

func (l *lexicon) extend(ont *schema.Ontology, src schema.Source) error {
	file, err := schema.ParseFile(src.Name, src.Data)
	if err != nil {
		return err
	}
	if file.Lexicon.IsZero() {
		return nil
	}
	l.text = append(l.text, src.Data...)
	var items []extension
	if err := decode(&file.Lexicon, &items); err != nil {
		return fmt.Errorf("ner: %s: lexicon: %w", src.Name, err)
	}
	for _, item := range items {
		if def := ont.Class(item.Class); def == nil || def.Literal {
			return fmt.Errorf("ner: %s: lexicon: %q is no class of entities", src.Name, item.Class)
		}
		for _, name := range item.Names {
			l.addPhrase(name, &entry{class: item.Class})
		}
		for _, noun := range item.Heads {
			if err := l.addHead([]string{noun, string(item.Class), ""}); err != nil {
				return fmt.Errorf("ner: %s: lexicon: %w", src.Name, err)
			}
		}
	}
	return nil
}

func decode(node *yaml.Node, items *[]extension) error {
	if node.Kind != yaml.SequenceNode {
		return fmt.Errorf("line %d: want a list of class, names, heads", node.Line)
	}
	return node.Decode(items)
}

// Name is "ner".
func (*Tagger) Name() string { return "ner" }

// Words returns the words of names, as written, that the tokeniser is to keep in one
// piece.
func (t *Tagger) Words() []string { return t.lex.names }

// Fingerprint writes all knowledge in force.
func (t *Tagger) Fingerprint(w io.Writer) {
	_, _ = w.Write(t.lex.text)
	_, _ = w.Write(modelFile)
}

// Annotate fills the document's Mentions and Offices.
func (t *Tagger) Annotate(d *extract.Document) {
	s := newScan(t.lex, d)
	s.each(s.gazetteer)
	s.settleDoubt()
	s.governments()
	s.each(s.persons)
	s.survey()
	s.each(func() { s.learned(t.model) })
	s.each(s.nominals)
	s.each(s.titles)
	s.shortForms()
	s.write()
}

// each calls layer on every sentence that says something.
func (s *scan) each(layer func()) {
	for i := range s.doc.Sentences {
		if !s.doc.Sentences[i].Furniture {
			s.within(i)
			layer()
		}
	}
}
