package article

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
)

//go:embed data/furniture.txt
var furnitureText string

//go:embed data/outlets.txt
var outletsText string

// outlets are names that end page titles, folded.
var outlets = func() map[string]bool {
	m := map[string]bool{}
	for _, line := range dataLines(outletsText) {
		m[fold(line)] = true
	}
	return m
}()

// furnitureKind says what a pattern allows to be cut; data/furniture.txt explains.
type furnitureKind uint8

const (
	furnitureCut furnitureKind = iota
	furnitureEdge
	furnitureRelated
	furnitureEnd
)

// pattern is a sequence of folded words; "*" stands for one to three words, "**"
// for any number to the end of the line, "#" for a number.
type pattern struct {
	kind  furnitureKind
	words []string
}

var patterns = readPatterns(furnitureText)

func readPatterns(text string) []pattern {
	kinds := map[string]furnitureKind{"cut": furnitureCut, "edge": furnitureEdge, "related": furnitureRelated, "end": furnitureEnd}
	var out []pattern
	for _, line := range dataLines(text) {
		name, rest, _ := strings.Cut(line, ":")
		p := pattern{kind: kinds[name]}
		for _, w := range strings.Fields(rest) {
			if w != "*" && w != "**" && w != "#" {
				w = fold(w)
			}
			p.words = append(p.words, strings.Fields(w)...)
		}
		out = append(out, p)
	}
	return out
}

func (p pattern) matches(words []string) bool { return matchWords(p.words, words) }

func matchWords(pat, words []string) bool {
	if len(pat) == 0 {
		return len(words) == 0
	}
	switch pat[0] {
	case "**":
		return true
	case "*":
		for n := 1; n <= 3 && n <= len(words); n++ {
			if matchWords(pat[1:], words[n:]) {
				return true
			}
		}
		return false
	case "#":
		return len(words) > 0 && words[0][0] >= '0' && words[0][0] <= '9' && matchWords(pat[1:], words[1:])
	}
	return len(words) > 0 && words[0] == pat[0] && matchWords(pat[1:], words[1:])
}

const (
	edgeLines    = 3  // how near to the start or end an edge line stands
	longestLine  = 40 // words of a line that can be furniture
	headlineMost = 30 // words of a related headline
	endAfter     = 2  // end cuts only in what follows the first 1/endAfter of the text
)

var (
	// onlyLinks is a line of addresses, handles and hashtags.
	onlyLinks = regexp.MustCompile(`^(?:(?:https?://|www\.|pic\.twitter\.com/|[@#])\S+\s*)+$`)
	// tweetTail is the signature under an embedded tweet: — NAME (@handle) May 10, 2022
	tweetTail = regexp.MustCompile(`[—–]\s*[^—–]{0,80}\(@\w{1,20}\)\s+[\p{L}\d ,\x{060C}]{6,30}$`)
	// tweetLinks are the addresses of pictures and shortened links in running text.
	tweetLinks = regexp.MustCompile(`\s*(?:@\w{1,20})*\s*(?:https?://t\.co/\w+|pic\.twitter\.com/\w+)`)
)

// cutFurniture returns the paragraphs without what belongs to the page and not to
// the story: whole lines only, and none that is not known. It also returns the
// date of a line near the top that is only a dateline.
func cutFurniture(paragraphs []string) (kept []string, date string) {
	total := 0
	for _, p := range paragraphs {
		total += len(p)
	}
	before, skip := 0, 0
	for i, p := range paragraphs {
		before += len(p)
		if skip > 0 {
			skip--
			continue
		}
		edge := i < edgeLines || i >= len(paragraphs)-edgeLines
		if edge {
			found, bare := dateline(p)
			if date == "" && i < edgeLines {
				date = found
			}
			if bare {
				continue
			}
		}
		kind, found := classify(p, edge)
		late := before*endAfter > total
		switch {
		case !found:
			if p = withoutTweet(p); p != "" {
				kept = append(kept, p)
			}
		case kind == furnitureEnd && late, kind == furnitureRelated && late && onlyHeadlines(paragraphs[i+1:]):
			return kept, date
		case kind == furnitureRelated && i+1 < len(paragraphs) && isHeadline(paragraphs[i+1]) && bare(p):
			skip = 1
		}
	}
	return kept, date
}

// withoutTweet cuts what an embedded tweet leaves around its words.
func withoutTweet(p string) string {
	if strings.Contains(p, "(@") {
		p = tweetTail.ReplaceAllString(p, "")
	}
	if strings.Contains(p, "t.co/") || strings.Contains(p, "pic.twitter.com/") {
		p = tweetLinks.ReplaceAllString(p, "")
	}
	return strings.TrimSpace(p)
}

// classify returns the kind of furniture that a line is.
func classify(line string, edge bool) (furnitureKind, bool) {
	if onlyLinks.MatchString(line) {
		return furnitureCut, true
	}
	if len(line) > longestLine*16 { // bytes, two for most letters
		return 0, false
	}
	words := strings.Fields(fold(line))
	if len(words) > longestLine {
		return 0, false
	}
	if len(words) == 0 {
		return furnitureCut, true // only marks: a rule or ornament
	}
	for _, p := range patterns {
		if (p.kind != furnitureEdge || edge) && p.matches(words) {
			return p.kind, true
		}
	}
	return 0, false
}

// bare reports whether a related marker stands alone, its headline on the next line.
func bare(line string) bool { return len(strings.Fields(fold(line))) <= 3 }

func isHeadline(line string) bool {
	return len(strings.Fields(line)) <= headlineMost && !strings.HasSuffix(strings.TrimRight(line, ")»\"\u201D"), ".")
}

// onlyHeadlines reports whether the lines can only be a list of links.
func onlyHeadlines(rest []string) bool {
	return len(rest) <= 6 && !slices.ContainsFunc(rest, func(l string) bool { return !isHeadline(l) })
}
