package relation

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// nameless marks the entities of d that no argument may be: those that the article
// only describes and never names, where the description does not say which one.
func nameless(d *extract.Document, w *wordLists) []bool {
	out := make([]bool, len(d.Entities))
	for e := range d.Entities {
		out[e] = !slices.ContainsFunc(d.Entities[e].Mentions, func(m int) bool { return identifies(d, &d.Mentions[m], w) })
	}
	return out
}

// identifies reports whether the words of m, wherever they stand, say which entity is meant.
func identifies(d *extract.Document, m *extract.Mention, w *wordLists) bool {
	if m.Form == extract.Name || m.Form == extract.Nisba {
		return true
	}
	switch m.Class {
	case schema.Person:
		return false
	case schema.Country:
		return d.Entities[m.Entity].Code != ""
	case schema.Event:
		if single(d, m) {
			return m.Definite && !pronominal(d, m) || toldApart(d, m, w)
		}
		return true
	}
	return !single(d, m) || !pronominal(d, m) && slices.Contains(w.lists["unique"], m.Noun)
}

// single reports whether m is one word, a pronoun on it aside.
func single(d *extract.Document, m *extract.Mention) bool {
	words := 0
	for i := m.First; i < m.Last; i++ {
		if d.Tokens[i].Kind != extract.Enclit {
			words++
		}
	}
	return words == 1
}

// pronominal reports whether a pronoun says whose m is.
func pronominal(d *extract.Document, m *extract.Mention) bool {
	return d.Tokens[m.Last-1].Kind == extract.Enclit
}

// toldApart reports whether the words behind an indefinite event say which one: a relative
// clause, a participle or an adjective ("ندوة نظمتها الجمعية", "لقاء تشاوري"), or a place.
func toldApart(d *extract.Document, m *extract.Mention, w *wordLists) bool {
	if m.Last >= d.Sentences[m.Sentence].Last {
		return false
	}
	t := &d.Tokens[m.Last]
	if slices.Contains(w.lists["particulars"], t.Norm) || !t.Def && strings.HasSuffix(t.Norm, "ي") && t.Kind == extract.Word {
		return true // اجتماع تشاوري
	}
	return hasVerb(t, w.eventVerbs) || slices.ContainsFunc(t.Noun, func(r extract.NounReading) bool {
		return r.Derivation != extract.Masdar && w.eventVerbs[r.Lemma]
	})
}
