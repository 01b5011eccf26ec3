package names

import "strings"

// minVariantWord is the length in letters from which a word may be a transcription
// whose long vowels are written or not: بلينكن, بلينكين.
const minVariantWord = 5

// Variants returns the names that differ from name by one long vowel (ا, و, ي) more or
// less inside one of its longer words, in a fixed order. They are not stored: a look-up
// tries them when a name is found in no other way.
func Variants(name string) []string {
	words := strings.Fields(name)
	var out []string
	for i, w := range words {
		runes := []rune(w)
		if len(runes) < minVariantWord {
			continue
		}
		with := func(variant string) {
			all := append([]string{}, words...)
			all[i] = variant
			out = append(out, strings.Join(all, " "))
		}
		for at := 1; at < len(runes); at++ {
			if at < len(runes)-1 && strings.ContainsRune("اوي", runes[at]) {
				with(string(runes[:at]) + string(runes[at+1:]))
			}
			for _, vowel := range []string{"ا", "و", "ي"} {
				with(string(runes[:at]) + vowel + string(runes[at:]))
			}
		}
	}
	return out
}
