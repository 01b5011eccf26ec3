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
	text    string // all forms, as written in print
	entries []formEntry
	slots   []int32 // open addressing on the fold: 1 + index of the first of a chain
	mask    uint32
}

// formEntry is one reading of one form.
type formEntry struct {
	at    uint32 // where the form begins in the text
	next  int32  // the next entry that folds alike, or -1
	lemma uint16
	size  uint8 // bytes of the form
	reading
}

func (f *forms) form(e *formEntry) string { return f.text[e.at : e.at+uint32(e.size)] }

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
	const usual = 120 // readings of one verb, on average
	f := &forms{entries: make([]formEntry, 0, usual*len(verbs))}
	text := make([]byte, 0, 12*usual*len(verbs))
	for i := range verbs {
		v := &verbs[i]
		f.lemmas = append(f.lemmas, v.lemma)
		add := func(form []byte, r reading) {
			f.entries = append(f.entries, formEntry{at: uint32(len(text)), next: -1, lemma: uint16(i), size: uint8(len(form)), reading: r})
			text = append(text, form...)
		}
		var form []byte
		v.conjugate(func(sounds []byte, tense extract.Tense, passive bool, c cell) {
			form = appendSpelling(form[:0], sounds)
			r := reading{tense: tense, passive: passive, person: c.person, gender: c.gender, number: c.number}
			add(form, r)
			if second := secondSpelling(sounds, form); second != nil {
				add(second, r)
			}
		})
		v.derive(func(form []byte, d extract.Derivation, g extract.Gender, n extract.GrammNumber) {
			add(form, reading{derivation: d, gender: g, number: n})
		})
	}
	f.text = string(text)
	f.index()
	return f
}

// index links the entries of each fold, without those that say nothing new: what a
// verb has twice, and passives spelled like an active form of their tense.
func (f *forms) index() {
	size := uint32(1)
	for int(size) < len(f.entries) {
		size *= 2
	}
	f.slots, f.mask = make([]int32, size), size-1
	for i := range f.entries {
		e := &f.entries[i]
		slot := f.slot(f.form(e))
		if *slot == 0 {
			*slot = int32(i) + 1
			continue
		}
		at, known := *slot-1, false
		for {
			had := &f.entries[at]
			known = known || had.lemma == e.lemma && (had.reading == e.reading ||
				e.passive && had.person > 0 && !had.passive && had.tense == e.tense)
			if had.next < 0 {
				break
			}
			at = had.next
		}
		if !known {
			f.entries[at].next = int32(i)
		}
	}
}

// slot returns the slot of the chain for form, or the free one where it would begin.
func (f *forms) slot(form string) *int32 {
	h := hashFold(form) & f.mask
	for f.slots[h] != 0 && !sameFold(f.form(&f.entries[f.slots[h]-1]), form) {
		h = (h + 1) & f.mask
	}
	return &f.slots[h]
}

// isVerb reports whether word may be a finite verb of the lexicon.
func (f *forms) isVerb(word string) bool {
	for at := *f.slot(word) - 1; at >= 0; at = f.entries[at].next {
		if e := &f.entries[at]; e.person > 0 && spelledAlike(word, f.form(e)) {
			return true
		}
	}
	return false
}

// readings returns the verbs that word may be, and the nouns that noun may be.
func (f *forms) readings(word, noun string) (verbs []extract.VerbReading, nouns []extract.NounReading) {
	for at := *f.slot(word) - 1; at >= 0; at = f.entries[at].next {
		e := &f.entries[at]
		if e.person > 0 && spelledAlike(word, f.form(e)) {
			verbs = append(verbs, extract.VerbReading{Lemma: f.lemmas[e.lemma], Tense: e.tense,
				Passive: e.passive, Person: e.person, Gender: e.gender, Number: e.number})
		}
	}
	for at := *f.slot(noun) - 1; at >= 0; at = f.entries[at].next {
		e := &f.entries[at]
		if e.person == 0 && spelledAlike(noun, f.form(e)) {
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
