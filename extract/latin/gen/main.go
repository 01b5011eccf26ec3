// Command gen writes data/parts.txt, the words of personal names in Latin letters, from
// two dictionaries: word pairs, and pairs of whole names in several spellings, whose
// words are aligned one to one. The same dictionaries give the same bytes.
//
//	go run ./extract/latin/gen -pairs ar2en.txt -names dico-bi-ar-fr.PERS.norm -o extract/latin/data/parts.txt
package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"isnad/extract/latin"
	"isnad/schema"
)

const header = `# Words of personal names in Latin letters.
# Origin: Google's Arabic-English transliteration pairs (Apache-2.0); words of names in NERAr's bilingual dictionary
#   (BSD-2-Clause, LIMSI) that occur in at least %d of its names.
# Columns, TAB between them: word, as schema.FoldKey writes it; Latin spelling.
# Order: by word.
# Written by go run ./extract/latin/gen; do not edit.
`

const (
	fewest    = 2 // names that must agree on a spelling
	pairVotes = 5 // what a word pair counts, in names
)

func main() {
	pairs := flag.String("pairs", "", "word pairs: Arabic, TAB, Latin")
	names := flag.String("names", "", "pairs of names: Arabic in Buckwalter's transliteration, TAB, Latin")
	out := flag.String("o", "extract/latin/data/parts.txt", "file to write")
	flag.Parse()
	if err := run(*pairs, *names, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(pairs, names, out string) error {
	v := votes{}
	err := eachPair(pairs, func(arabic, latin string) { v.add(arabic, latin, pairVotes) })
	if err != nil {
		return err
	}
	err = eachPair(names, func(buckwalter, latin string) {
		from, to := strings.Fields(fromBuckwalter(buckwalter)), strings.Fields(latin)
		if len(from) != len(to) {
			return
		}
		for i := range from {
			if alike(from[i], to[i]) {
				v.add(from[i], to[i], 1)
			}
		}
	})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, header, fewest)
	for _, word := range slices.Sorted(maps.Keys(v)) {
		if best, n := v.best(word); n >= fewest {
			fmt.Fprintf(&b, "%s\t%s\n", word, best)
		}
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

func eachPair(path string, do func(a, b string)) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if a, b, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			do(a, b)
		}
	}
	return nil
}

// votes counts the spellings of each word.
type votes map[string]map[string]int

// add counts a spelling, unless the word has the article, which a rule writes, or the
// spelling anything but letters.
func (v votes) add(word, spelling string, n int) {
	spelling = plain(spelling)
	article := strings.HasPrefix(word, "ال")
	if word = schema.FoldKey(word); article || utf8.RuneCountInString(word) < 2 || spelling == "" || len(spelling) < 2 {
		return
	}
	if v[word] == nil {
		v[word] = map[string]int{}
	}
	v[word][spelling] += n
}

// best returns the commonest spelling, of equals the nearest to the letters, and its count.
func (v votes) best(word string) (string, int) {
	spellings := slices.SortedFunc(maps.Keys(v[word]), func(a, b string) int {
		return cmp.Or(
			cmp.Compare(v[word][b], v[word][a]),
			cmp.Compare(distance(skeleton(a), skeleton(latin.Spell(word))), distance(skeleton(b), skeleton(latin.Spell(word)))),
			cmp.Compare(a, b))
	})
	return spellings[0], v[word][spellings[0]]
}

// plain returns a spelling without accents, the first letter in upper case, or "" if it
// has other characters than letters.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			if b.Len() == 0 {
				r = unicode.ToUpper(r)
			} else {
				r = unicode.ToLower(r)
			}
			b.WriteRune(r)
		default:
			return ""
		}
	}
	return b.String()
}

// alike reports whether the consonants of both are nearly the same.
func alike(arabic, spelling string) bool {
	a, b := skeleton(latin.Spell(schema.FoldKey(arabic))), skeleton(plain(spelling))
	if a == "" || b == "" || a[0] != b[0] {
		return false
	}
	return distance(a, b) <= max(len(a), len(b))/4
}

var sounds = strings.NewReplacer("kh", "k", "gh", "g", "ph", "f", "sch", "s", "sh", "s", "ch", "s", "th", "t", "dh", "d",
	"ck", "k", "c", "k", "q", "k", "j", "g", "v", "f", "p", "b", "x", "ks", "z", "s")

// skeleton keeps the consonants of a Latin spelling, those that transcribers interchange
// made one, doubled ones single.
func skeleton(s string) string {
	var out []byte
	for _, c := range []byte(sounds.Replace(strings.ToLower(s))) {
		if strings.IndexByte("aeiouyhw'-", c) < 0 && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
	}
	return string(out)
}

// distance is Levenshtein's, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// fromBuckwalter undoes T. Buckwalter's transliteration of Arabic.
func fromBuckwalter(s string) string {
	const (
		from = "'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYy"
		to   = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
	)
	letters := []rune(to)
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(from, r); i >= 0 {
			return letters[i]
		}
		return r
	}, s)
}
