// Package names derives from a name the keys under which the graph finds it.
//
// All keys are made of schema.FoldKey's alphabet. A full key identifies a name in any
// spelling: without honorifics, without the article ال, with عبد and أبو joined to what
// follows. A short key is what later mentions keep of a person's name (بوريطة of ناصر
// بوريطة). A skeleton is a full key without the weak letters inside long words, under
// which two transcriptions of a foreign name meet (بلينكن, بلينكين). Keys are stored in
// the graph, so a change to this package or its data changes the persisted form.
package names

import (
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"isnad/schema"
)

//go:embed data/*.txt
var data embed.FS

// lexicon is the knowledge of data/, folded.
type lexicon struct {
	honorifics [][]string // longest first
	given      map[string]bool
	generic    map[string]bool
	heads      map[string]bool // first words of the "head *" entries of generic.txt
	countries  map[string]string
}

var load = sync.OnceValue(func() *lexicon {
	l := &lexicon{given: map[string]bool{}, generic: map[string]bool{}, heads: map[string]bool{},
		countries: map[string]string{}}
	for _, line := range lines("data/honorifics.txt") {
		l.honorifics = append(l.honorifics, folded(line))
	}
	slices.SortStableFunc(l.honorifics, func(a, b []string) int { return len(b) - len(a) })
	for _, line := range lines("data/given.txt") {
		l.given[plain(folded(line))] = true
	}
	for _, line := range lines("data/countries.txt") {
		code, name, _ := strings.Cut(line, "\t")
		l.countries[code] = name
	}
	for _, line := range lines("data/generic.txt") {
		if head, ok := strings.CutSuffix(line, " *"); ok {
			l.heads[plain(folded(head))] = true
			continue
		}
		l.generic[plain(folded(line))] = true
	}
	return l
})

func folded(s string) []string { return strings.Fields(schema.FoldKey(s)) }

func lines(file string) []string {
	text, err := data.ReadFile(file)
	if err != nil {
		return nil // the file is embedded: TestData reads each
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// Key returns the full key of a name of the class, or "" if it holds no letter or digit.
func Key(class schema.Class, name string) string {
	words := folded(name)
	if class == schema.Person {
		words = cutHonorifics(words)
	}
	return plain(words)
}

// plain makes a full key of folded words whose honorifics are cut.
func plain(words []string) string {
	words = join(words)
	for i, w := range words {
		words[i] = cutArticle(w)
	}
	return strings.Join(words, " ")
}

// cutHonorifics removes honorifics from the front, but never the last word.
func cutHonorifics(words []string) []string {
	for again := true; again; {
		again = false
		for _, h := range load().honorifics {
			if len(words) > len(h) && slices.Equal(words[:len(h)], h) {
				words, again = words[len(h):], true
				break
			}
		}
	}
	return words
}

// join writes as one word what is one name: عبد and أبو with the word after them. "ابن"
// becomes "بن".
func join(words []string) []string {
	out := words[:0:0]
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case (w == "عبد" || w == "ابو" || w == "ابي") && i+1 < len(words):
			i++
			w += words[i]
		case w == "ابن" && i > 0:
			w = "بن"
		}
		out = append(out, w)
	}
	return out
}

const article = "ال"

// cutArticle removes ال if at least three letters remain.
func cutArticle(w string) string {
	if rest, ok := strings.CutPrefix(w, article); ok && utf8.RuneCountInString(rest) >= 3 {
		return rest
	}
	return w
}

// Short returns the keys by which later mentions call a person of the full key: the last
// word, with a preceding بن or آل too. Nothing for a name of one word or another class.
func Short(class schema.Class, key string) []string {
	words := strings.Fields(key)
	if class != schema.Person || len(words) < 2 {
		return nil
	}
	last := words[len(words)-1]
	out := []string{last}
	switch before := words[len(words)-2]; {
	case before == "بن" || before == "ال" || before == "de" || before == "von" || before == "van":
		out = append(out, before+" "+last)
	case len(words) > 2:
		out = append(out, before+" "+last)
	}
	return out
}

// minSkeletonWord is the length in letters from which weak letters inside a word count
// as a matter of transcription; below it they tell names apart (حسن, حسين).
const minSkeletonWord = 6

// Skeleton returns the skeleton of a person's full key, or "" if it has fewer than two
// words or no word long enough to vary.
func Skeleton(class schema.Class, key string) string {
	words := strings.Fields(key)
	if class != schema.Person || len(words) < 2 {
		return ""
	}
	long := false
	for i, w := range words {
		if utf8.RuneCountInString(w) < minSkeletonWord {
			continue
		}
		long = true
		runes := []rune(w)
		kept := runes[:1:1]
		for _, r := range runes[1:] {
			if r != 'ا' && r != 'و' && r != 'ي' {
				kept = append(kept, r)
			}
		}
		words[i] = string(kept)
	}
	if !long {
		return ""
	}
	return strings.Join(words, " ")
}

// Common reports whether the full key is a given name that alone identifies nobody.
func Common(key string) bool { return load().given[key] }

// Country returns the usual Arabic name of the country with the ISO 3166 code, or "".
func Country(code string) string { return load().countries[code] }

// Generic reports whether the full key names a kind of body that every country has.
func Generic(key string) bool {
	l := load()
	head, rest, _ := strings.Cut(key, " ")
	return l.generic[key] || l.heads[head] && rest != ""
}
