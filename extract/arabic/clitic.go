package arabic

import (
	"strings"
	"unicode/utf8"
)

// A part is one syntactic word of a written word.
type part struct {
	letters string // what the written word has of it
	form    string // the word in full
	role    role
}

type role uint8

const (
	stem role = iota
	proclitic
	enclitic
)

// splitter finds the clitics of a written word. Its principle: a word stays whole
// unless the word without the clitic is so much more frequent, given how often the
// clitic occurs, that the clitic explains the spelling better. Counts are those of
// the word-count lexicon; words that take the article as they stand, forms of the
// verb lexicon and names are favoured as wholes.
type splitter struct {
	counts *counts
	fixed  map[string][]part // data/clitics.txt, by written word
	names  map[string]bool   // folded words that ought to lose no letter
	isVerb func(word string) bool
}

// place is what may still stand in front of a stem.
type place uint8

const (
	first  place = iota // any proclitic
	joined              // و or ف stands before: a preposition or س may follow
	hosted              // a preposition or س stands before: only the stem may follow
)

// admits reports whether p may stand here.
func (at place) admits(p part) bool {
	return p.role == stem || at == first || at == joined && p.form != "و" && p.form != "ف"
}

// deepest bounds the clitics of one word: و ل stem ه is the longest there is.
const deepest = 4

// cut splits a bare written word.
func (s *splitter) cut(word string, at place, depth int) []part {
	if parts, ok := s.fixed[word]; ok && at.admits(parts[0]) {
		return parts
	}
	if depth == deepest || letters(word) < 3 {
		return whole(word)
	}
	if at != hosted && strings.HasPrefix(word, "لل") && letters(word) > 3 {
		return s.cutArticle(word, depth)
	}
	least := s.attested(word)
	front, back := s.front(word, at, depth), s.back(word, depth)
	switch {
	case front.score > least && front.score >= back.score:
		next := hosted
		if front.clitic == "و" || front.clitic == "ف" {
			next = joined
		}
		head := part{letters: front.clitic, form: front.clitic, role: proclitic}
		return append([]part{head}, s.cut(front.rest, next, depth+1)...)
	case back.score > least:
		return s.cutPronoun(word, back, at, depth)
	}
	return whole(word)
}

func whole(word string) []part { return []part{{letters: word, form: word}} }

// cutArticle splits ل off a word in لل: what follows is a noun whose article lost
// its alef (للتحالف), or one that begins with a lam of its own (للقاء).
func (s *splitter) cutArticle(word string, depth int) []part {
	head := part{letters: "ل", form: "ل", role: proclitic}
	rest := word[len("ل"):]
	definite := "ا" + rest
	bare, full := s.counts.exact(rest), s.counts.exact("ال"+rest)
	if s.counts.exact(rest[len("ل"):]) > bare {
		bare = 0 // what was counted is ل before the same noun (لوكالة)
	}
	if s.counts.exact(definite) >= bare+full {
		return []part{head, {letters: rest, form: definite}}
	}
	if full > bare {
		return []part{head, {letters: rest, form: "ال" + rest}}
	}
	return append([]part{head}, s.cut(rest, hosted, depth+1)...)
}

// cutPronoun splits off a pronoun, and what stands before the host.
func (s *splitter) cutPronoun(word string, c candidate, at place, depth int) []part {
	pronoun := part{letters: c.clitic, form: c.clitic, role: enclitic}
	host := word[:len(word)-len(c.clitic)]
	parts := s.cut(c.rest, at, depth+1)
	if parts[len(parts)-1].role != stem {
		return []part{{letters: host, form: c.rest}, pronoun}
	}
	out := append([]part(nil), parts...)
	last := &out[len(out)-1]
	for _, p := range out[:len(out)-1] {
		host = host[len(p.letters):]
	}
	last.letters = host
	return append(out, pronoun)
}

// candidate is one way to take one clitic off a word.
type candidate struct {
	clitic string
	rest   string  // the word without it, in full
	score  float64 // occurrences of the word that the clitic would explain
}

// slack is how many times more often than usual a clitic may occur with one word.
const slack = 60

// proclitics with their usual share of the occurrences of a word, times slack.
var proclitics = []struct {
	letter string
	share  float64
}{{"و", 4}, {"ب", 3}, {"ل", 2}, {"ف", 0.15}, {"ك", 0.3}, {"س", 0.3}}

// front returns the best proclitic of word, with score 0 if none is credible.
func (s *splitter) front(word string, at place, depth int) candidate {
	for _, c := range proclitics {
		if !strings.HasPrefix(word, c.letter) {
			continue
		}
		conjunction := c.letter == "و" || c.letter == "ف"
		if at == hosted || at == joined && conjunction {
			break
		}
		rest := word[len(c.letter):]
		known := s.expected(rest, depth+1)
		score := known * c.share * s.fit(c.letter, rest)
		if score > 0 && s.counts.exact(word) == 0 && known < s.enough(c.letter, rest) {
			score = 0
		}
		return candidate{clitic: c.letter, rest: rest, score: score}
	}
	return candidate{}
}

// fit weighs what rest tells of a proclitic in front of it.
func (s *splitter) fit(clitic, rest string) float64 {
	fit := 1.0
	switch n := letters(rest); {
	case n == 3:
		fit = 0.3
	case n == 2:
		fit = 0.05
	case n < 2:
		return 0
	}
	verbal := clitic == "و" || clitic == "ف" || clitic == "س"
	switch r, _ := utf8.DecodeRuneInString(rest); {
	case clitic == "س" && !strings.ContainsRune("يتنأا", r):
		return 0
	case r == 'إ':
		return 50 * fit
	case r == 'أ', r == 'آ':
		fit *= 10
	case clitic != "س" && isDefinite(rest):
		fit *= 15
	}
	if verbal && s.isVerb(rest) {
		fit *= 5
	}
	return fit
}

// enough is how often rest must occur for a proclitic to be split off a word that
// was never seen.
func (s *splitter) enough(clitic, rest string) float64 {
	least := 2.0
	switch letters(rest) {
	case 4:
		least = 10
	case 3:
		least = 60
	case 2:
		least = 1000
	}
	if clitic == "ف" || clitic == "ك" {
		least *= 10
	}
	return least
}

// pronouns with their usual share of the occurrences of a word, times slack. The
// second person singular and ي are in data/clitics.txt with the few words that
// bear them in news.
var pronouns = []struct {
	letters string
	share   float64
}{{"هما", 0.5}, {"ها", 3}, {"هم", 1}, {"هن", 0.2}, {"كما", 0.02}, {"كم", 0.05}, {"نا", 0.5}, {"ني", 0.3}, {"ه", 4}}

// back returns the best pronoun of word, with score 0 if none is credible.
func (s *splitter) back(word string, depth int) candidate {
	var best candidate
	for _, p := range pronouns {
		host, ok := strings.CutSuffix(word, p.letters)
		n := letters(host)
		if !ok || n < 2 || strings.HasSuffix(host, "ة") {
			continue
		}
		for _, form := range hosts(host) {
			verb := s.isVerb(form) && !s.articled(form)
			if isDefinite(host) && !verb || p.letters == "ني" && !verb {
				continue
			}
			score := s.expected(form, depth+1) * p.share
			if n == 2 {
				score *= 0.1
			}
			if verb {
				score *= 3
			}
			if score > best.score && !s.misspelt(word, host, p.letters) {
				best = candidate{clitic: p.letters, rest: form, score: score}
			}
		}
	}
	return best
}

// hosts returns the words that may look like host before a pronoun.
func hosts(host string) []string {
	for _, end := range []struct{ before, free string }{
		{"ات", ""}, {"ت", "ة"}, {"ا", "ى"}, {"ي", "ى"}, {"ئ", "ء"}, {"ؤ", "ء"}, {"و", "وا"},
	} {
		if start, ok := strings.CutSuffix(host, end.before); ok {
			if end.free == "" {
				break
			}
			return []string{host, start + end.free}
		}
	}
	return []string{host}
}

// misspelt reports whether the end of word is no pronoun: a ta marbuta without its
// dots, or the alef of tanwin behind ن.
func (s *splitter) misspelt(word, host, pronoun string) bool {
	switch pronoun {
	case "ه":
		return s.counts.exact(host+"ة") > 30*(s.counts.exact(word)+1)
	case "نا":
		return s.counts.exact(host+"ن") > s.counts.exact(host)
	}
	return false
}

// attested is how often word occurs as it stands, raised by what tells it is a whole.
func (s *splitter) attested(word string) float64 {
	n := s.counts.exact(word)
	if with := s.counts.exact("ال" + word); with >= 5 && with >= 0.03*n {
		return 1e9
	}
	if s.names[foldBare(word)] {
		n = 20*n + 500
	}
	if n < 30 && s.isVerb(word) {
		n = 30
	}
	return n
}

// expected is how often word occurs, or would be expected to if it was not seen.
func (s *splitter) expected(word string, depth int) float64 {
	n := s.counts.exact(word)
	if s.names[foldBare(word)] && n < 50 {
		n = 50
	}
	if n > 0 || depth >= deepest || letters(word) < 3 {
		return n + 0.2*s.counts.exact("ال"+word)
	}
	if isDefinite(word) && letters(word) > 5 {
		n = 2
	}
	if s.isVerb(word) {
		n = 3
	}
	return max(n, 0.2*s.counts.exact("ال"+word), s.front(word, first, depth+1).score/slack, s.back(word, depth+1).score/slack)
}

// articled reports whether word, though it may be a verb, is more likely a noun with
// the article (الأم, not a verb in ألـ).
func (s *splitter) articled(word string) bool {
	rest, ok := strings.CutPrefix(word, "ال")
	return ok && s.counts.exact(rest) >= s.counts.exact(word)
}

// isDefinite reports whether word begins with the letters of the article.
func isDefinite(word string) bool { return strings.HasPrefix(word, "ال") }

func letters(word string) int { return utf8.RuneCountInString(word) }
