package arabic

import (
	"slices"
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
