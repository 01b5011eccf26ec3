package timex

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"isnad/extract/arabic"
)

//go:embed data/*.txt
var data embed.FS

// lexicon is what data/ says. Keys are folded; words of a phrase are joined by a space.
type lexicon struct {
	calendars [2]calendar                // Gregorian, Hijri
	common    map[string]bool            // months that are common words too
	ordinal   map[string]int             // days of a month
	counts    map[string]int             // three to ten
	class     map[string]map[string]bool // data/words.txt: class, then words
	opens     map[string]bool            // first words of all of the above
}

// calendar is the month names of one calendar.
type calendar struct {
	names map[string]int
	hijri bool
}

var load = sync.OnceValues(readLexicon)

func readLexicon() (*lexicon, error) {
	lex := &lexicon{common: map[string]bool{}, class: map[string]map[string]bool{}}
	for _, table := range []struct {
		file string
		to   *map[string]int
	}{
		{"months", &lex.calendars[0].names}, {"hijri", &lex.calendars[1].names}, {"numbers", &lex.ordinal}, {"counts", &lex.counts},
	} {
		names, err := lex.readNumbered(table.file)
		if err != nil {
			return nil, err
		}
		*table.to = names
	}
	lex.calendars[1].hijri = true
	if err := lex.readWords(); err != nil {
		return nil, err
	}
	lex.opens = map[string]bool{}
	for _, names := range []map[string]int{lex.calendars[0].names, lex.calendars[1].names, lex.ordinal, lex.counts} {
		for name := range names {
			lex.open(name)
		}
	}
	for _, words := range lex.class {
		for name := range words {
			lex.open(name)
		}
	}
	return lex, nil
}

// open notes that an expression may begin with the first word of name.
func (lex *lexicon) open(name string) {
	word, _, _ := strings.Cut(name, " ")
	lex.opens[word] = true
}

// readWords reads data/words.txt.
func (lex *lexicon) readWords() error {
	return eachLine("words", func(line string) error {
		class, words, ok := strings.Cut(line, ":")
		if !ok || lex.class[class] != nil {
			return fmt.Errorf("want a new class, a colon and words, found %q", line)
		}
		set := map[string]bool{}
		for _, w := range strings.Fields(words) {
			set[key(w)] = true
		}
		lex.class[class] = set
		return nil
	})
}

// readNumbered reads lines of a number and its names.
func (lex *lexicon) readNumbered(file string) (map[string]int, error) {
	names := map[string]int{}
	return names, eachLine(file, func(line string) error {
		fields := strings.Fields(line)
		n, err := strconv.Atoi(fields[0])
		if err != nil {
			return fmt.Errorf("want a number and names, found %q", line)
		}
		for _, f := range fields[1:] {
			name, common := strings.CutSuffix(f, "*")
			names[key(name)] = n
			if common {
				lex.common[key(name)] = true
			}
		}
		return nil
	})
}

func eachLine(file string, do func(line string) error) error {
	text, err := data.ReadFile("data/" + file + ".txt")
	if err != nil {
		return fmt.Errorf("timex: %w", err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if err := do(line); err != nil {
			return fmt.Errorf("timex: data/%s.txt:%d: %w", file, n, err)
		}
	}
	return nil
}

func key(name string) string { return arabic.Fold(strings.ReplaceAll(name, "_", " ")) }

// Month returns the number of the Gregorian month that name is a name of, in any
// country's usage and spelling.
func Month(name string) (int, bool) {
	lex, err := load()
	if err != nil {
		return 0, false
	}
	m, ok := lex.calendars[0].names[strings.Join(strings.Fields(arabic.Fold(name)), " ")]
	return m, ok
}
