package coref

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"strings"

	"isnad/extract/arabic"
)

//go:embed data/words.txt
var wordsText []byte

//go:embed data/outlets.txt
var outletsText []byte

// lexicon is what coreference knows of single words, folded and without the article.
type lexicon struct {
	light, former, absolute map[string]bool // of offices
	kinds, sites            map[string]bool
	same                    map[string]string // of offices: phrase → the one it is another word for
	states                  map[string]string // phrases of same that one state alone has → its code
	ordinals                map[string]int
	realms                  map[string][]string // codes of the countries that a noun can mean
	outlets                 map[string]string   // folded name or host of an outlet → country code
}

// loadLexicon reads the embedded data.
func loadLexicon() (*lexicon, error) {
	l := &lexicon{
		light: map[string]bool{}, former: map[string]bool{}, absolute: map[string]bool{},
		kinds: map[string]bool{}, sites: map[string]bool{}, same: map[string]string{}, states: map[string]string{}, ordinals: map[string]int{}, outlets: map[string]string{}, realms: map[string][]string{},
	}
	if err := eachPair("words.txt", wordsText, l.addWord); err != nil {
		return nil, err
	}
	return l, eachPair("outlets.txt", outletsText, func(name, code string) error {
		l.outlets[arabic.Fold(name)] = code
		return nil
	})
}

// eachPair calls add with both columns of each line of a file.
func eachPair(name string, text []byte, add func(a, b string) error) error {
	in := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		a, b, ok := strings.Cut(line, "\t")
		if !ok {
			return fmt.Errorf("coref: %s line %d: want two columns with a TAB between them", name, n)
		}
		if err := add(a, b); err != nil {
			return fmt.Errorf("coref: %s line %d: %w", name, n, err)
		}
	}
	return in.Err()
}

func (l *lexicon) addWord(word, part string) error {
	word = arabic.Fold(word)
	part, of, _ := strings.Cut(part, " ")
	switch part {
	case "light":
		l.light[word] = true
	case "former":
		l.former[word] = true
	case "absolute":
		l.absolute[word] = true
	case "same":
		if i := strings.LastIndexByte(of, ' '); i > 0 && strings.ToUpper(of[i+1:]) == of[i+1:] && len(of)-i == 3 {
			of, l.states[word] = of[:i], of[i+1:]
		}
		l.same[word] = arabic.Fold(of)
	case "kind":
		l.kinds[word] = true
	case "site":
		l.sites[word] = true
	case "realm":
		l.realms[word] = strings.Fields(of)
	case "ordinal":
		n := 0
		if _, err := fmt.Sscan(of, &n); err != nil {
			return fmt.Errorf("ordinal %q has no number", word)
		}
		l.ordinals[word] = n
	default:
		return fmt.Errorf("unknown part %q", part)
	}
	return nil
}

// longestPhrase is how many words of an office may be another word for one.
const longestPhrase = 3

// canonical returns the noun of an office and its further words, with what is another
// word for an office replaced by it, and the code of the state that alone words it so:
// رئيس الحكومة is رئيس وزراء.
func (l *lexicon) canonical(noun string, words []string) (canon string, rest []string, state string) {
	for n := min(len(words), longestPhrase-1); n >= 0; n-- {
		phrase := strings.Join(append([]string{noun}, words[:n]...), " ")
		if c, ok := l.same[phrase]; ok {
			return c, words[n:], l.states[phrase]
		}
	}
	return noun, words, ""
}
