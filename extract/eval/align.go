package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"isnad/schema"
)

// spelling maps letters that Arabic writers use one for the other.
var spelling = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ى", "ي", "ة", "ه", "ؤ", "و", "ئ", "ي")

// fold reduces a name to what must agree: compatibility forms composed, marks and
// tatweel gone, hamza forms one, everything that is no letter or digit a space. It
// is the reference scorer's own folding, not the extractor's, which may change.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		if r == '\u0640' || norm.NFC.PropertiesString(string(r)).CCC() != 0 {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return strings.Join(strings.Fields(spelling.Replace(b.String())), " ")
}

// wordsF1 returns the F1 of the words that two folded strings share.
func wordsF1(a, b string) float64 {
	left, right := strings.Fields(a), strings.Fields(b)
	count := map[string]int{}
	for _, w := range right {
		count[w]++
	}
	shared := 0
	for _, w := range left {
		if count[w] > 0 {
			count[w]--
			shared++
		}
	}
	if shared == 0 {
		return 0
	}
	return float64(2*shared) / float64(len(left)+len(right))
}

// near reports whether one folded name is the other with words left out, never two
// names that each say something else.
func near(a, b string) bool {
	x, y := set(strings.Fields(a)), set(strings.Fields(b))
	shared := common(x, y)
	return (shared == len(x) || shared == len(y)) && float64(2*shared) >= 0.6*float64(len(x)+len(y))
}

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

func common(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// surfaces returns the folded name and mentions of an entity.
func surfaces(name string, mentions []string) map[string]bool {
	m := map[string]bool{fold(name): true}
	for _, s := range mentions {
		m[fold(s)] = true
	}
	delete(m, "")
	return m
}

func predictedSurfaces(e schema.Entity) map[string]bool {
	words := make([]string, len(e.Mentions))
	for i, m := range e.Mentions {
		words[i] = m.Text
	}
	return surfaces(e.Name, words)
}

// align maps predicted entity ids to gold ones, one to one, the best pairs first.
func align(pred []schema.Entity, gold []GoldEntity) map[string]string {
	type pair struct {
		score float64
		p, g  int
	}
	theirs := make([]map[string]bool, len(gold))
	for k, g := range gold {
		theirs[k] = surfaces(g.Name, g.Mentions)
	}
	var pairs []pair
	for i, e := range pred {
		name, own := fold(e.Name), predictedSurfaces(e)
		for k, g := range gold {
			if score, ok := likeness(name, own, theirs[k], e.Type == g.Type); ok {
				pairs = append(pairs, pair{score, i, k})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.p, b.p), cmp.Compare(a.g, b.g))
	})
	out, taken := map[string]string{}, map[string]bool{}
	for _, p := range pairs {
		from, to := pred[p.p].ID, gold[p.g].ID
		if out[from] == "" && !taken[to] {
			out[from], taken[to] = to, true
		}
	}
	return out
}

// likeness scores a pair of entities; ok is false if one cannot stand for the other.
// The products and sums are taken in the reference's order, so that ties are ties.
func likeness(name string, own, theirs map[string]bool, alike bool) (score float64, ok bool) {
	shared := float64(common(own, theirs)) / float64(max(1, len(own)))
	best, close := 0.0, false
	for s := range theirs {
		best = max(best, wordsF1(name, s))
		close = close || near(name, s)
	}
	if !theirs[name] && shared <= 0.5 && !(alike && close) {
		return 0, false
	}
	if theirs[name] {
		score = 3
	}
	score = float64(score + shared)
	score = float64(score + best)
	if alike {
		score += 0.5
	}
	return score, true
}
