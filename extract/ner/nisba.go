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
}

// endings of the sound inflection of a nisba, folded: ة is ه.
var endings = []adjective{
	{"", extract.Masculine, extract.Singular},
	{"ا", extract.Masculine, extract.Singular}, // accusative
	{"ه", extract.Feminine, extract.Singular},
	{"ان", extract.Masculine, extract.Dual},
	{"ين", extract.Masculine, extract.Plural}, // dual too, in print alike
	{"ون", extract.Masculine, extract.Plural},
	{"تان", extract.Feminine, extract.Dual},
	{"تين", extract.Feminine, extract.Dual},
	{"ات", extract.Feminine, extract.Plural},
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
		forms = append(forms, adjective{strings.Join(inflected, " "), e.gender, e.number})
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
			{singular, gender, s}, {stem + "ان", gender, d}, {stem + "ين", gender, d}, {stem + "ا", gender, d}, {stem + "ي", gender, d},
			{strings.TrimSuffix(stem, "ت") + "ات", gender, p},
		}
	}
	return []adjective{
		{singular, gender, s}, {singular + "ا", gender, s},
		{singular + "ان", gender, d}, {singular + "ين", gender, d}, {singular + "ي", gender, d},
		{singular + "ون", gender, p}, {singular + "و", gender, p},
	}
}
