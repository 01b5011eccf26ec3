package export

import (
	_ "embed"
	"strings"

	"isnad/schema"
)

//go:embed data/vocabulary.txt
var vocabularyList string

// vocabulary finds the class or predicate that somebody's word means: by what the user
// says of it, by its name or a label in the ontology, or by the list of common words. Of
// an IRI only the last part counts.
type vocabulary struct {
	ontology            *schema.Ontology
	said                map[string]string // by the user
	classes, predicates map[string]string // by schema.FoldKey
}

func newVocabulary(ont *schema.Ontology, said map[string]string) *vocabulary {
	v := &vocabulary{ontology: ont, said: said, classes: map[string]string{}, predicates: map[string]string{}}
	for line := range strings.Lines(vocabularyList) {
		word, name, ok := strings.Cut(strings.TrimSpace(line), "\t")
		switch {
		case !ok || strings.HasPrefix(line, "#"):
		case ont.Class(schema.Class(name)) != nil:
			v.classes[word] = name
		default:
			v.predicates[word] = name
		}
	}
	for _, p := range ont.Predicates() {
		addWords(v.predicates, p.Name, p.Label)
	}
	for _, c := range ont.Classes() {
		addWords(v.classes, string(c.Name), c.Label)
	}
	return v
}

func addWords(to map[string]string, name string, labels map[string]string) {
	for _, label := range labels {
		if key := schema.FoldKey(label); to[key] == "" {
			to[key] = name
		}
	}
	to[schema.FoldKey(name)] = name
}

// class returns the class that a word means, else the word.
func (v *vocabulary) class(word schema.Class) schema.Class {
	if v.ontology.Class(word) != nil {
		return word
	}
	return schema.Class(v.find(v.classes, string(word)))
}

// predicate returns the predicate that a word means, else the word.
func (v *vocabulary) predicate(word string) string {
	if v.ontology.Predicate(word) != nil {
		return word
	}
	return v.find(v.predicates, word)
}

func (v *vocabulary) find(words map[string]string, word string) string {
	if said, ok := v.said[word]; ok {
		return said
	}
	for _, key := range []string{schema.FoldKey(word), schema.FoldKey(local(word))} {
		if name, ok := words[key]; ok && key != "" {
			return name
		}
	}
	return word
}
