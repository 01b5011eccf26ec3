package arabic

import (
	"slices"
	"strings"
	"testing"

	"isnad/extract"
)

func loadedVerbs(t testing.TB) []verb {
	t.Helper()
	verbs, err := parseVerbs(verbFile)
	if err != nil {
		t.Fatal(err)
	}
	return verbs
}

// TestLemmas checks every entry against the conjugation: root, form and vowels must
// give the lemma.
func TestLemmas(t *testing.T) {
	for _, v := range loadedVerbs(t) {
		var got []string
		v.conjugate(func(sounds []byte, tense extract.Tense, passive bool, c cell) {
			if tense == extract.Perfect && passive == v.passive && c == he {
				got = append(got, spell(string(sounds)))
			}
		})
		if !slices.Contains(got, v.lemma) {
			t.Errorf("%s: %v of form %s gives %v", v.lemma, v.root, v.form, got)
		}
	}
}

// TestConjugation checks the cells of testdata/conjugation.txt.
func TestConjugation(t *testing.T) {
	cells := map[string][]string{}
	put := func(key, form string) {
		if !slices.Contains(cells[key], form) {
			cells[key] = append(cells[key], form)
		}
	}
	f := writeOut(loadedVerbs(t))
	for _, slot := range f.slots {
		for at := slot - 1; at >= 0; at = f.entries[at].next {
			e := &f.entries[at]
			put(f.lemmas[e.lemma]+" "+cellName(e.reading), f.form(e))
		}
	}
	for cell, want := range fixture(t, "testdata/conjugation.txt") {
		got, want := slices.Clone(cells[cell]), strings.Fields(want)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", cell, got, want)
		}
	}
}

// cellName names a reading as the fixture does.
func cellName(r reading) string {
	shape := [...]string{"", "m", "f"}[r.gender] + [...]string{"", "s", "d", "p"}[r.number]
	if r.person == 0 {
		return [...]string{"", "masdar", "active", "passive"}[r.derivation] + " " + shape
	}
	voice := ""
	if r.passive {
		voice = "passive "
	}
	return [...]string{"perfect ", "present "}[r.tense] + voice + string('0'+rune(r.person)) + shape
}
