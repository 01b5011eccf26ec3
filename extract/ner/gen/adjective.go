package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"isnad/extract"
)

// A definite adjective stands behind a definite noun; a definite noun seldom does. So
// the share of a word's definite occurrences that do tells adjectives from nouns.
const (
	fewestAdjective = 12  // definite occurrences of a word to be judged
	shareAdjective  = 0.4 // that stand so, of an adjective
)

// adjectives counts where definite words stand.
type adjectives struct {
	all    map[string]int // by folded word without article
	behind map[string]int // … right behind a definite word that it may qualify
}

func newAdjectives() *adjectives {
	return &adjectives{map[string]int{}, map[string]int{}}
}

func (a *adjectives) see(tokens []extract.Token) {
	for i := range tokens {
		tok := &tokens[i]
		if tok.Kind != extract.Word || !tok.Def {
			continue
		}
		a.all[tok.Base]++
		if i > 0 && tokens[i-1].Kind == extract.Word && tokens[i-1].Def && agrees(&tokens[i-1], tok) {
			a.behind[tok.Base]++
		}
	}
}

// agrees reports whether an adjective of that ending may qualify the noun: a feminine
// singular takes no masculine, what is no feminine singular may be a broken plural.
func agrees(noun, adjective *extract.Token) bool {
	return feminine(adjective) || strings.HasSuffix(adjective.Base, "ين") || strings.HasSuffix(adjective.Base, "ون") || !feminine(noun)
}

func feminine(tok *extract.Token) bool { return strings.HasSuffix(tok.Base, "ه") }

func (a *adjectives) list() []byte {
	var words []string
	for w, n := range a.all {
		if n >= fewestAdjective && float64(a.behind[w]) >= shareAdjective*float64(n) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	var b bytes.Buffer
	b.WriteString("# Adjectives: words that, with the article, often stand right behind a definite noun.\n#\n")
	b.WriteString(origin)
	b.WriteString("# Normalisation: arabic.Fold, without the article. Order: by word; one a line.\n")
	for _, w := range words {
		fmt.Fprintln(&b, w)
	}
	return b.Bytes()
}
