package ner

import (
	"strings"

	"isnad/extract"
)

// adjective is one form of an adjective of nationality, without the article.
type adjective struct {
	form   string
	gender extract.Gender
	number extract.GrammNumber
	// construct says that the form stands before a genitive only, never with the article.
	construct bool
}

// endings of the sound inflection of a nisba, folded: ة is ه.
var endings = []adjective{
	{"", extract.Masculine, extract.Singular, false},
	{"ا", extract.Masculine, extract.Singular, false}, // accusative
	{"ه", extract.Feminine, extract.Singular, false},
	{"ان", extract.Masculine, extract.Dual, false},
	{"ين", extract.Masculine, extract.Plural, false}, // dual too, in print alike
	{"ون", extract.Masculine, extract.Plural, false},
	{"تان", extract.Feminine, extract.Dual, false},
	{"تين", extract.Feminine, extract.Dual, false},
	{"ات", extract.Feminine, extract.Plural, false},
}

// inflect returns the forms of a folded nisba. Of two words, both are inflected
// (جنوب أفريقي has an invariable first word: only what ends in ي changes).
func inflect(nisba string) []adjective {
	words := strings.Fields(nisba)
	forms := make([]adjective, 0, len(endings))
	for _, e := range endings {
		inflected := make([]string, len(words))
		for i, w := range words {
			if strings.HasSuffix(w, "ي") {
				w += e.form
			}
			inflected[i] = w
		}
		forms = append(forms, adjective{strings.Join(inflected, " "), e.gender, e.number, false})
	}
	return forms
}

// headForms returns the forms of the head noun of an office, folded: of the
// masculine or feminine singular its accusative, dual and sound plural, also
// before a genitive.
func headForms(singular string, gender extract.Gender) []adjective {
	s, d, p := extract.Singular, extract.Dual, extract.Plural
	if gender == extract.Feminine {
		stem := strings.TrimSuffix(singular, "ه") + "ت"
		return []adjective{
			{singular, gender, s, false}, {stem + "ان", gender, d, false}, {stem + "ين", gender, d, false},
			{stem + "ا", gender, d, true}, {stem + "ي", gender, d, true},
			{strings.TrimSuffix(stem, "ت") + "ات", gender, p, false},
		}
	}
	return []adjective{
		{singular, gender, s, false}, {singular + "ا", gender, s, true},
		{singular + "ان", gender, d, false}, {singular + "ين", gender, d, false}, {singular + "ي", gender, d, true},
		{singular + "ون", gender, p, false}, {singular + "و", gender, p, true},
	}
}
