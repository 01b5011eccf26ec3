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
	ministries map[string]bool // folded words of ministries.txt
	idle       map[schema.Class][]head
	kinds      map[string]bool // keys of kinds.txt
	lasting    map[string]bool // keys of lasting.txt
	national   map[string]bool // keys of countries' names and of the adjectives made of them
}

// head is a line of heads.txt.
type head struct {
	words []string
	names map[string]bool // nil: any
}

var load = sync.OnceValue(func() *lexicon {
	l := &lexicon{given: map[string]bool{}, generic: map[string]bool{}, heads: map[string]bool{},
		countries: map[string]string{}, ministries: map[string]bool{}, idle: map[schema.Class][]head{}, kinds: map[string]bool{}, lasting: map[string]bool{}, national: map[string]bool{}}
	for _, line := range lines("data/ministries.txt") {
		l.ministries[schema.FoldKey(line)] = true
	}
	for _, line := range lines("data/heads.txt") {
		l.addHead(line)
	}
	for _, line := range lines("data/kinds.txt") {
		l.kinds[plain(folded(line))] = true
	}
	for _, line := range lines("data/lasting.txt") {
		l.lasting[plain(folded(line))] = true
	}
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
		l.addNational(plain(folded(name)))
	}
	for _, line := range lines("data/nisbas.txt") {
		l.national[plain(folded(line))] = true
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

func (l *lexicon) addHead(line string) {
	columns := strings.Split(line, "\t")
	if len(columns) != 3 {
		return // TestData refuses it
	}
	h := head{words: folded(columns[1])}
	if columns[2] != "any" {
		h.names = map[string]bool{}
		for name := range strings.SplitSeq(columns[2], "،") {
			h.names[plain(folded(name))] = true
		}
	}
	l.idle[schema.Class(columns[0])] = append(l.idle[schema.Class(columns[0])], h)
}

// addNational adds the key of a country's name and, made of it by rule, the keys of its
// adjectives: المغرب, مغربي, مغربية; روسيا, روسي. Those that are made otherwise stand in nisbas.txt.
func (l *lexicon) addNational(key string) {
	l.national[key] = true
	for _, ending := range []string{"يا", "يه", "ا", "ه", ""} {
		if stem, ok := strings.CutSuffix(key, ending); ok && utf8.RuneCountInString(stem) >= 3 {
			l.national[stem+"ي"], l.national[stem+"يه"] = true, true
			return
		}
	}
}

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
	switch class {
	case schema.Person:
		words = cutHonorifics(words)
	case schema.Organization:
		words = fullMinistry(words)
	}
	return cutHead(class, plain(words))
}

const ministry = "وزاره"

// fullMinistry puts the word ministry before those that are called without it
// (الخارجية الروسية).
func fullMinistry(words []string) []string {
	if len(words) > 0 && load().ministries[words[0]] {
		return append([]string{ministry}, words...)
	}
	return words
}

// cutHead removes a word that says what kind of thing bears the name, where the name
// alone means the same: مدينة مراكش.
func cutHead(class schema.Class, key string) string {
	for _, h := range load().idle[class] {
		rest, ok := strings.CutPrefix(key, strings.Join(h.words, " ")+" ")
		if ok && h.names == nil {
			return cutNisba(rest)
		}
		if ok && h.names[rest] {
			return rest
		}
	}
	return key
}

// cutNisba removes the country's adjective from the end of a town's name: بلدة العوامية السعودية.
func cutNisba(key string) string {
	words := strings.Fields(key)
	if last := len(words) - 1; last > 0 && load().national[words[last]] {
		return strings.Join(words[:last], " ")
	}
	return key
}

// SamePart reports whether a body or place may be called by a part of its name: by its
// head, or by what stands behind a word for its kind; not by what another head governs
// (قيادة الجيش, جهة مراكش).
func SamePart(part, whole string) bool {
	p, w := strings.Fields(part), strings.Fields(whole)
	if len(p) == 0 || len(w) == 0 {
		return false
	}
	return p[0] == w[0] || load().kinds[w[0]]
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
		case w == "عبد" && i+1 < len(words):
			i++
			w += words[i]
		case (w == "ابو" || w == "ابي" || w == "ابا") && i+1 < len(words):
			i++
			w = "ابو" + words[i]
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

// Common reports whether the full key identifies nobody alone: a given name, or two of
// them (محمد إبراهيم).
func Common(key string) bool {
	words := strings.Fields(key)
	return len(words) > 0 && len(words) <= 2 && !slices.ContainsFunc(words, func(w string) bool { return !load().given[w] })
}

// Lasting reports whether the full key is a word for an event that goes on for months,
// or comes once in years, so that one place hardly sees two of them at a time.
func Lasting(key string) bool { return load().lasting[key] }

// Country returns the usual Arabic name of the country with the ISO 3166 code, or "".
func Country(code string) string { return load().countries[code] }

// CountryCode returns the ISO 3166 code of the country with the usual Arabic name, in any
// spelling, or "".
func CountryCode(name string) string { return countryCodes()[Key(schema.Country, name)] }

var countryCodes = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for code, name := range load().countries {
		out[Key(schema.Country, name)] = code
	}
	return out
})

// Generic reports whether the full key names a kind of body that every country has.
func Generic(key string) bool {
	l := load()
	head, rest, _ := strings.Cut(key, " ")
	national := slices.ContainsFunc(strings.Fields(rest), func(w string) bool { return l.national[w] })
	return l.generic[key] || l.heads[head] && rest != "" && !national
}
