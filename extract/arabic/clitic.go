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
	case n == 3 && s.takesArticle(rest):
		fit = 0.6
	case n == 3:
		fit = 0.3
	case n == 2:
		fit = 0.05
	case n < 2:
		return 0
	}
	verbal := clitic == "و" || clitic == "ف" || clitic == "س"
	switch r, _ := utf8.DecodeRuneInString(rest); {
	case clitic == "س" && (!strings.ContainsRune("يتنأ", r) || !s.isVerb(rest) && s.takesArticle(rest)):
		return 0
	case r == 'إ':
		return 50 * fit
	case r == 'أ', r == 'آ':
		fit *= 10
	case clitic != "س" && isDefinite(rest):
		fit *= 15
	}
	verb := verbal && s.isVerb(rest)
	switch {
	case verb:
		fit *= 5
	case (clitic == "ف" || clitic == "ك") && !s.common(rest):
		return 0
	}
	return fit
}

// common reports whether a rare proclitic may stand before rest: before a noun that
// takes the article, a word of the closed class or one that is frequent, but hardly
// before a name.
func (s *splitter) common(rest string) bool {
	const frequent = 300
	return isDefinite(rest) && letters(rest) > 4 || s.fixed[rest] != nil ||
		s.counts.exact("ال"+rest) >= 3 || s.counts.exact(rest) >= frequent
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
		if s.misspelt(word, host, p.letters) {
			continue
		}
		form, known := host, -1.0
		for _, f := range hosts(host) {
			n := s.expected(f, depth+1)
			if n > known || n == 0 && known == 0 && strings.HasSuffix(f, "ء") {
				form, known = f, n
			}
		}
		score := max(known, s.borne(host)) * p.share
		switch {
		case s.verbal(form) && !s.articled(form):
			score *= 3
		case s.hasArticle(host), p.letters == "ني", !s.bears(host, form):
			continue
		}
		if n == 2 {
			score *= 0.1
		}
		if score > best.score {
			best = candidate{clitic: p.letters, rest: form, score: score}
		}
	}
	return best
}

// verbal reports whether word is a verb, bare or behind و, ف and س.
func (s *splitter) verbal(word string) bool {
	for _, clitic := range [...]string{"", "و", "ف", "س"} {
		rest, ok := strings.CutPrefix(word, clitic)
		if word = rest; ok && s.isVerb(word) {
			return true
		}
	}
	return false
}

// bears reports whether a noun is one that pronouns follow: it takes the article too,
// or other pronouns; names take neither.
func (s *splitter) bears(host, form string) bool {
	return s.fixed[form] != nil || s.counts.exact("ال"+form) >= 3 ||
		s.counts.exact(host+"ه")+s.counts.exact(host+"ها") >= 5
}

// borne is how often host, a noun seldom without a pronoun (أقرانه، أقرانهم), occurs
// with one; 0 unless with three.
func (s *splitter) borne(host string) float64 {
	if letters(host) < 3 || s.takesArticle(host+"ه") {
		return 0
	}
	kinds, sum := 0, 0.0
	for _, p := range [...]string{"ه", "ها", "هم", "نا", "هما"} {
		if n := s.counts.exact(host + p); n >= 3 {
			kinds++
			sum += n
		}
	}
	if kinds < 3 {
		return 0
	}
	return sum
}

// hasArticle reports whether the ال that a word begins with can be left off.
func (s *splitter) hasArticle(word string) bool {
	rest, ok := strings.CutPrefix(word, "ال")
	return ok && s.counts.exact(rest) >= 0.05*s.counts.exact(word)
}

// hosts returns the words that may look like host before a pronoun.
func hosts(host string) []string {
	for _, end := range []struct{ before, free string }{
		{"ات", "اة"}, {"ت", "ة"}, {"ا", "ى"}, {"ي", "ى"}, {"ئ", "ء"}, {"ؤ", "ء"}, {"و", "وا"},
	} {
		if start, ok := strings.CutSuffix(host, end.before); ok {
			return []string{host, start + end.free}
		}
	}
	return []string{host}
}

// misspelt reports whether the end of word is no pronoun: a ta marbuta without its
// dots, the last radical of a verb, or the alef of tanwin behind ن or ه.
func (s *splitter) misspelt(word, host, pronoun string) bool {
	switch pronoun {
	case "ه":
		if s.isVerb(word) && s.isVerb(host) && s.counts.exact(word) > s.counts.exact(host) {
			return true // يتوجه: no verb is more frequent with one pronoun than bare
		}
		return s.counts.exact(host+"ة") > 30*(s.counts.exact(word)+1)
	case "نا":
		return s.counts.exact(host+"ن") > s.counts.exact(host)
	case "ها":
		return s.takesArticle(host + "ه")
	}
	return false
}

// attested is how often word occurs as it stands, raised by what tells it is a whole.
func (s *splitter) attested(word string) float64 {
	indefinite, tanwin := strings.CutSuffix(word, "ا")
	if s.takesArticle(word) || tanwin && s.takesArticle(indefinite) {
		return 1e9
	}
	n := s.counts.exact(word)
	if s.names[foldBare(word)] {
		n = 20*n + 500
	}
	if s.isVerb(word) {
		n = 3*n + 30
	}
	return n
}

// takesArticle reports whether word is a noun as it stands: one with a clitic takes
// no article.
func (s *splitter) takesArticle(word string) bool {
	with := s.counts.exact("ال" + word)
	return with >= 5 && with >= 0.03*s.counts.exact(word)
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
