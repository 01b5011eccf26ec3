package arabic

import (
	"strings"
	"unicode/utf8"

	"isnad/extract"
)

// forms is the verb lexicon written out: every finite form and derived noun, found
// by its fold.
type forms struct {
	lemmas  []string
	entries []formEntry
	slots   []int32 // open addressing on the fold: 1 + index of the first of a chain
	mask    uint32
}

type formEntry struct {
	form  string // as written in print
	next  int32  // the next entry that folds alike, or -1
	lemma int32
	reading
}

// reading is what a form can be. A finite verb has a person, a noun none.
type reading struct {
	tense      extract.Tense
	passive    bool
	person     uint8
	derivation extract.Derivation
	gender     extract.Gender
	number     extract.GrammNumber
}

// writeOut conjugates and derives all verbs.
func writeOut(verbs []verb) *forms {
	const usual = 70 // distinct readings of one verb, on average
	size := uint32(1)
	for int(size) < usual*len(verbs) {
		size *= 2
	}
	f := &forms{slots: make([]int32, size), mask: size - 1}
	f.entries = make([]formEntry, 0, usual*len(verbs))
	for i := range verbs {
		v := &verbs[i]
		f.lemmas = append(f.lemmas, v.lemma)
		lemma := int32(i)
		v.conjugate(func(sounds string, tense extract.Tense, passive bool, c cell) {
			r := reading{tense: tense, passive: passive, person: c.person, gender: c.gender, number: c.number}
			for _, form := range spellings(sounds) {
				// A passive that may be read as active tells nothing.
				if !passive || v.passive || !f.has(form, lemma, func(e *formEntry) bool { return !e.passive && e.person > 0 }) {
					f.add(form, lemma, r)
				}
			}
		})
		v.derive(func(form string, d extract.Derivation, g extract.Gender, n extract.GrammNumber) {
			f.add(form, lemma, reading{derivation: d, gender: g, number: n})
		})
	}
	return f
}

func (f *forms) add(form string, lemma int32, r reading) {
	if f.has(form, lemma, func(e *formEntry) bool { return e.reading == r }) {
		return
	}
	slot := f.slot(form)
	e := formEntry{form: form, next: -1, lemma: lemma, reading: r}
	f.entries = append(f.entries, e)
	at := int32(len(f.entries) - 1)
	if *slot == 0 {
		*slot = at + 1
		return
	}
	last := *slot - 1
	for f.entries[last].next >= 0 {
		last = f.entries[last].next
	}
	f.entries[last].next = at
}

// slot returns the slot of the chain for form, or the free one where it would begin.
func (f *forms) slot(form string) *int32 {
	h := hashFold(form) & f.mask
	for f.slots[h] != 0 && !sameFold(f.entries[f.slots[h]-1].form, form) {
		h = (h + 1) & f.mask
	}
	return &f.slots[h]
}

func (f *forms) has(form string, lemma int32, match func(*formEntry) bool) bool {
	for at := *f.slot(form) - 1; at >= 0; at = f.entries[at].next {
		if e := &f.entries[at]; e.lemma == lemma && match(e) {
			return true
		}
	}
	return false
}

// isVerb reports whether word may be a finite verb of the lexicon.
func (f *forms) isVerb(word string) bool {
	for at := *f.slot(word) - 1; at >= 0; at = f.entries[at].next {
		if e := &f.entries[at]; e.person > 0 && spelledAlike(word, e.form) {
			return true
		}
	}
	return false
}

// readings returns the verbs that word may be, and the nouns that noun may be.
func (f *forms) readings(word, noun string) (verbs []extract.VerbReading, nouns []extract.NounReading) {
	for at := *f.slot(word) - 1; at >= 0; at = f.entries[at].next {
		e := &f.entries[at]
		if e.person > 0 && spelledAlike(word, e.form) {
			verbs = append(verbs, extract.VerbReading{Lemma: f.lemmas[e.lemma], Tense: e.tense,
				Passive: e.passive, Person: e.person, Gender: e.gender, Number: e.number})
		}
	}
	for at := *f.slot(noun) - 1; at >= 0; at = f.entries[at].next {
		e := &f.entries[at]
		if e.person == 0 && spelledAlike(noun, e.form) {
			nouns = append(nouns, extract.NounReading{Lemma: f.lemmas[e.lemma], Derivation: e.derivation,
				Gender: e.gender, Number: e.number})
		}
	}
	return verbs, nouns
}

// spelledAlike reports whether the first letter of a word of the text may stand for
// that of a form: writers leave hamza out, they seldom put a wrong one.
func spelledAlike(word, form string) bool {
	w, _ := utf8.DecodeRuneInString(word)
	f, _ := utf8.DecodeRuneInString(form)
	return w == f || w == 'ا' || !strings.ContainsRune("أإآ", w)
}
