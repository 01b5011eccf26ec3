package ner

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"isnad/extract"
	"isnad/schema"
)

// TestData holds every data file to its own header.
func TestData(t *testing.T) {
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	country := regexp.MustCompile(`^[A-Z]{2}$`)
	body := regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	names := map[string]string{} // of countries and bodies: to the identity that claims them
	check := func(file string, identity *regexp.Regexp, column int) {
		each(t, file, func(c []string) {
			if !identity.MatchString(c[0]) {
				t.Errorf("%s: identity %q", file, c[0])
			}
			for _, v := range values(c[column]) {
				name, _ := unsure(v)
				if owner, twice := names[name]; twice {
					t.Errorf("%s: %q is a name of %s and of %s", file, name, owner, c[0])
				}
				names[name] = c[0]
			}
		})
	}
	check("countries.txt", country, 1)
	check("organizations.txt", body, 1)
	each(t, "places.txt", func(c []string) {
		if c[1] != "" && !country.MatchString(c[1]) {
			t.Errorf("places.txt: %s: country %q", c[0], c[1])
		}
	})
	each(t, "heads.txt", func(c []string) {
		if ont.Class(schema.Class(c[1])) == nil {
			t.Errorf("heads.txt: %s: class %q", c[0], c[1])
		}
		if strings.Trim(c[2], "swamnxplj") != "" {
			t.Errorf("heads.txt: %s: flags %q", c[0], c[2])
		}
	})
	each(t, "offices.txt", func(c []string) {
		if strings.Trim(c[3], "lqQtdear") != "" {
			t.Errorf("offices.txt: %s: flags %q", c[0], c[3])
		}
	})
}

func each(t *testing.T, file string, check func(columns []string)) {
	t.Helper()
	text, err := data.ReadFile("data/" + file)
	if err != nil {
		t.Fatal(err)
	}
	err = eachLine(file, text, func(c []string) error { check(c); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func TestNationalities(t *testing.T) {
	lex, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string]nisba{
		"مغربي":    {"MA", extract.Masculine, extract.Singular, false},
		"مغربيه":   {"MA", extract.Feminine, extract.Singular, false},
		"مغربيين":  {"MA", extract.Masculine, extract.Plural, false},
		"مغربيتان": {"MA", extract.Feminine, extract.Dual, false},
		"مغاربه":   {"MA", extract.Masculine, extract.Plural, false},
		"اميركي":   {"US", extract.Masculine, extract.Singular, false},
		"امريكيات": {"US", extract.Feminine, extract.Plural, false},
		"اتراك":    {"TR", extract.Masculine, extract.Plural, false},
		"مالي":     {"ML", extract.Masculine, extract.Singular, true},
	} {
		w := lex.words[form]
		if w == nil || w.nisba == nil {
			t.Errorf("%s is no nationality", form)
		} else if *w.nisba != want {
			t.Errorf("%s = %+v, want %+v", form, *w.nisba, want)
		}
	}
}

func TestOfficeForms(t *testing.T) {
	lex, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string]extract.GrammNumber{
		"وزير": extract.Singular, "وزيرا": extract.Singular, "وزيره": extract.Singular,
		"وزيران": extract.Dual, "وزيرتين": extract.Dual, "وزراء": extract.Plural, "مسوولون": extract.Plural,
	} {
		w := lex.words[form]
		if w == nil || w.title == nil {
			t.Errorf("%s is no office", form)
		} else if w.title.number != want {
			t.Errorf("%s has number %d, want %d", form, w.title.number, want)
		}
	}
}

func TestPhrasesLongestFirst(t *testing.T) {
	lex, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for first, list := range lex.phrases {
		longer := func(a, b phrase) int { return len(b.rest) - len(a.rest) }
		if !slices.IsSortedFunc(list, longer) {
			t.Errorf("phrases of %s are not sorted", first)
		}
	}
}
