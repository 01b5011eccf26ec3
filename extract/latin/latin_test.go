package latin

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"isnad/extract"
	"isnad/schema"
)

func TestPerson(t *testing.T) {
	text, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		name, want, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok {
			continue
		}
		n++
		if got := Person(name); got != want {
			t.Errorf("Person(%q) = %q, want %q", name, got, want)
		}
	}
	if n < 15 {
		t.Errorf("%d names in the fixture", n)
	}
}

func TestPersonWithoutLetters(t *testing.T) {
	for _, name := range []string{"", " ", "…", "ـ", "ع", "«»"} {
		if got := Person(name); got != "" {
			t.Errorf("Person(%q) = %q", name, got)
		}
	}
}

func TestCountry(t *testing.T) {
	for code, want := range map[string]string{"MA": "Morocco", "US": "United States", "": "", "??": ""} {
		if got := Country(code); got != want {
			t.Errorf("Country(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestStage(t *testing.T) {
	d := &extract.Document{Entities: []extract.Entity{
		{Class: schema.Person, Name: "ناصر بوريطة"},
		{Class: schema.Country, Name: "الروسي", Code: "RU"},
		{Class: schema.Organization, Name: "حزب الاستقلال"},
	}}
	Stage{}.Annotate(d)
	for i, want := range []string{"Nasser Bourita", "Russia", ""} {
		if got := d.Entities[i].Latin; got != want {
			t.Errorf("%s: %q, want %q", d.Entities[i].Name, got, want)
		}
	}
}

// TestData holds every list to its form: columns, and spellings in Latin letters only.
func TestData(t *testing.T) {
	for file, columns := range map[string]int{"usual": 2, "parts": 2, "regnal": 2, "countries": 2} {
		for _, row := range rows(file) {
			if len(row) != columns || row[0] == "" || row[1] == "" {
				t.Fatalf("%s: %q: want %d columns", file, row, columns)
			}
			for _, r := range row[1] {
				if !unicode.Is(unicode.Latin, r) && !strings.ContainsRune(" -", r) {
					t.Errorf("%s: %q has %q", file, row[1], r)
				}
			}
		}
	}
	for r, l := range load().letters {
		if l.silent == (l.consonant+l.vowel != "") {
			t.Errorf("letters: %q is %+v", r, l)
		}
	}
}

func FuzzPerson(f *testing.F) {
	f.Add("عبد")
	f.Add("عبد ال")
	f.Add("محمد السادس")
	f.Add("ا\u064e و ي")
	f.Fuzz(func(t *testing.T, name string) {
		if got := Person(name); got != strings.TrimSpace(got) {
			t.Errorf("Person(%q) = %q", name, got)
		}
	})
}
