package article

import (
	"slices"
	"strings"
	"unicode"
)

// maxText is how long an article's text may be. The longest dossier of a newspaper
// is a tenth of it.
const maxText = 5_000_000

// draft is an article as a parser found it: strings as written.
type draft struct {
	id        string // the record's own, or empty
	url       string
	publisher string
	title     string
	date      string // as the metadata say
	visible   string // as the page shows it: perhaps another date than the article's
	language  string
	body      string // paragraphs separated by newlines
}

// article cleans the draft and completes it. It fails if nothing Arabic is left.
func (d *draft) article() (*Article, error) {
	a := &Article{URL: canonicalURL(d.url), Title: oneLine(d.title)}
	a.Publisher = publisher(d.publisher, d.url)
	a.Title = withoutOutlet(a.Title, a.Publisher, host(d.url))
	paragraphs := once(lines(d.body))
	for len(paragraphs) > 1 && a.Title != "" && (sameWords(paragraphs[0], a.Title) || isPart(paragraphs[0], a.Title)) {
		a.Title, paragraphs = paragraphs[0], paragraphs[1:]
	}
	paragraphs, visible := cutFurniture(paragraphs)
	a.Body = strings.Join(paragraphs, "\n")
	a.Published = d.published(visible, a.Body)
	if a.Body == "" {
		return nil, fault(ErrEmpty, "leave it out", "no text in it")
	}
	if len(a.Body) > maxText {
		return nil, fault(ErrTooLarge, "split it into articles", "a text of %s is too long for one article (%s)", sizeText(int64(len(a.Body))), sizeText(maxText))
	}
	if err := arabicEnough(a.Text()); err != nil {
		return nil, err
	}
	a.Language = "ar"
	if l := strings.ReplaceAll(strings.TrimSpace(d.language), "_", "-"); strings.HasPrefix(strings.ToLower(l), "ar-") && len(l) <= 11 && isTag(l) {
		a.Language = "ar" + l[2:]
	}
	return a, nil
}

// published returns the date of publication: that of the metadata; else one that
// stands on the page, unless the text speaks against it; else that of the address.
func (d *draft) published(visible, body string) string {
	if date := parseDate(d.date); date != "" {
		return date
	}
	for _, s := range []string{d.visible, visible} {
		if date := parseDate(s); date != "" && !contradicts(body, date) {
			return date
		}
	}
	return urlDate(d.url)
}

// sameWords reports whether two lines differ in spelling and marks at most.
func sameWords(a, b string) bool {
	return len(a) < 2*len(b) && len(b) < 2*len(a) && fold(a) == fold(b)
}

// isPart reports whether a line is what stands before or after the outlet's name in a
// page title.
func isPart(line, title string) bool {
	for _, sep := range titleBreaks {
		if before, after, ok := strings.Cut(title, sep); ok && (sameWords(line, before) || sameWords(line, after)) {
			return true
		}
	}
	return false
}

// once drops paragraphs that repeat an earlier one, as pages built of parts do. Short
// lines may mean something each time.
func once(paragraphs []string) []string {
	const short = 40 // bytes
	seen := map[string]bool{}
	return slices.DeleteFunc(paragraphs, func(p string) bool {
		if len(p) < short {
			return false
		}
		again := seen[p]
		seen[p] = true
		return again
	})
}

func isTag(s string) bool {
	for _, r := range s {
		if r != '-' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return false
		}
	}
	return true
}

// publisher returns the outlet's name; an address is reduced to its host.
func publisher(name, url string) string {
	name = oneLine(name)
	if strings.Contains(name, "://") {
		name = host(name)
	}
	if name == "" {
		name = host(url)
	}
	return name
}

// titleBreaks stand between a headline and the outlet's name in page titles.
var titleBreaks = []string{" | ", " - ", " – ", " — ", " :: ", " ــ ", " » "}

// withoutOutlet cuts the outlet's name, or a section and it, off the end of a headline.
func withoutOutlet(title string, names ...string) string {
	for {
		cut := -1
		for _, sep := range titleBreaks {
			if i := strings.LastIndex(title, sep); i > 0 && i > cut && isOutlet(title[i+len(sep):], names) {
				cut = i
			}
		}
		if cut < 0 {
			return title
		}
		title = strings.TrimSpace(title[:cut])
	}
}

func isOutlet(s string, names []string) bool {
	key := fold(s)
	if key == "" || outlets[key] {
		return true
	}
	for _, n := range names {
		if n != "" && (fold(n) == key || strings.EqualFold(strings.TrimSpace(s), n)) {
			return true
		}
	}
	return false
}

// lines returns the lines of a text that hold anything, trimmed and free of control
// characters.
func lines(text string) []string {
	var out []string
	for _, l := range strings.FieldsFunc(text, isLineBreak) {
		if l = clean(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// isLineBreak reports line and paragraph separators of all kinds.
func isLineBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// clean replaces control characters by spaces and trims. What else is invisible
// stays: it is the business of normalisation, which keeps offsets.
func clean(line string) string {
	line = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\uFEFF' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(line, "\uFFFD"))
	return strings.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) })
}

// oneLine joins the lines of a title.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Join(lines(s), " ")), " ")
}

// Letters of Persian, Urdu and Kurdish that Arabic does not use (U+06A9 and U+06CC
// are their kaf and yeh).
const foreignLetters = "\u067E\u0686\u0698\u06AF\u06A9\u06CC\u06D2\u06C1\u06BA\u0679\u0688\u0691\u06D5\u06CE\u06C6\u06D0\u06D1"

// arabicEnough fails unless at least half of the letters are Arabic.
func arabicEnough(text string) error {
	arabic, foreign, others, mojibake := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case r >= '\u0621' && r <= '\u064A' && r != '\u0640': // by far the most
			arabic++
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Arabic, r):
			arabic++
			if strings.ContainsRune(foreignLetters, r) {
				foreign++
			}
		default:
			others++
			if r == '\u00D8' || r == '\u00D9' {
				mojibake++
			}
		}
	}
	letters := arabic + others
	switch {
	case letters == 0:
		return fault(ErrEmpty, "leave it out", "no words in it")
	case mojibake*5 > letters:
		return fault(ErrEncoding, "fetch it again and keep its bytes", "Arabic that was decoded wrongly (\u00D8\u00A7\u00D9\u2026)")
	case arabic*2 < letters:
		return fault(ErrNotArabic, "leave it out", "not Arabic: %d of %d letters are", arabic, letters)
	case foreign*12 > arabic:
		return fault(ErrNotArabic, "leave it out", "not Arabic but another language in its script (such as Persian)")
	}
	return nil
}
