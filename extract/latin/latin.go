// Package latin writes names in Latin letters: countries by their code, persons word by
// word, as English-language news spells them. Words come from lists (data/usual.txt,
// data/parts.txt), else from their letters (data/letters.txt), short vowels guessed.
package latin

import (
	"embed"
	"io"
	"strings"
	"sync"

	"isnad/extract"
	"isnad/schema"
)

//go:embed data/*.txt
var data embed.FS

// tables is the knowledge of data/. Words are keys of schema.FoldKey.
type tables struct {
	words     map[string]string // usual.txt over parts.txt
	regnal    map[string]string
	countries map[string]string
	letters   map[rune]letter
}

var load = sync.OnceValue(func() *tables {
	t := &tables{words: map[string]string{}, regnal: map[string]string{}, countries: map[string]string{}, letters: map[rune]letter{}}
	for _, file := range []string{"parts", "usual"} {
		for _, row := range rows(file) {
			t.words[schema.FoldKey(row[0])] = row[1]
		}
	}
	for _, row := range rows("regnal") {
		t.regnal[schema.FoldKey(row[0])] = row[1]
	}
	for _, row := range rows("countries") {
		t.countries[row[0]] = row[1]
	}
	for _, row := range rows("letters") {
		t.letters[[]rune(row[0])[0]] = newLetter(row[1:])
	}
	return t
})

// rows returns the lines of a data file, split at tabs, without comments.
func rows(file string) [][]string {
	text, err := data.ReadFile("data/" + file + ".txt")
	if err != nil {
		panic(err) // the file is embedded
	}
	var out [][]string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

// Stage gives every person and every country with a code its name in Latin letters.
type Stage struct{}

// Name implements extract.Stage.
func (Stage) Name() string { return "latin" }

// Annotate implements extract.Stage.
func (Stage) Annotate(d *extract.Document) {
	for i := range d.Entities {
		switch e := &d.Entities[i]; e.Class {
		case schema.Person:
			e.Latin = Person(e.Name)
		case schema.Country:
			e.Latin = Country(e.Code)
		}
	}
}

// Fingerprint writes the knowledge in force.
func (Stage) Fingerprint(w io.Writer) {
	for _, file := range []string{"usual", "parts", "regnal", "countries", "letters"} {
		if text, err := data.ReadFile("data/" + file + ".txt"); err == nil {
			w.Write(text)
		}
	}
}

// Country returns the usual English name of the country with the ISO 3166 code, or "".
func Country(code string) string { return load().countries[code] }
