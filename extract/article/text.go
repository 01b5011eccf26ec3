package article

import (
	"strings"
	"unicode/utf8"
)

const (
	maxTitle      = 220 // characters of a headline that a blank line sets off
	maxTightTitle = 160 // of one that no blank line sets off
)

// parseText reads a plain text: title, blank line, body; or the body alone. Date
// lines before and after the title are kept for the date and are no body.
func parseText(text string) *draft {
	blocks := blockLines(text)
	d := &draft{}
	for len(blocks) > 1 {
		first := blocks[0].text
		kind, furniture := classify(first, false)
		if date := parseDate(first) != ""; date && d.visible == "" {
			d.visible = first
		} else if !date && !(furniture && kind == furnitureCut) {
			break
		}
		blocks = blocks[1:]
	}
	if len(blocks) > 1 && isTitle(blocks) {
		d.title = blocks[0].text
		blocks = blocks[1:]
		if date := blocks[0].text; len(blocks) > 1 && parseDate(date) != "" {
			if d.visible == "" {
				d.visible = date
			}
			blocks = blocks[1:]
		}
	}
	body := make([]string, len(blocks))
	for i, b := range blocks {
		body[i] = b.text
	}
	d.body = strings.Join(body, "\n")
	return d
}

// textLine is a line that holds something.
type textLine struct {
	text  string
	apart bool // a blank line follows
}

func blockLines(text string) []textLine {
	var out []textLine
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for len(text) > 0 {
		line := text
		if i := strings.IndexFunc(text, isLineBreak); i >= 0 {
			_, n := utf8.DecodeRuneInString(text[i:])
			line, text = text[:i], text[i+n:]
		} else {
			text = ""
		}
		if line = clean(line); line != "" {
			out = append(out, textLine{text: line})
		} else if len(out) > 0 {
			out[len(out)-1].apart = true
		}
	}
	return out
}

// isTitle reports whether the first of several lines is a headline: short, not a
// full sentence, and set off by a blank line or much shorter than what follows.
func isTitle(blocks []textLine) bool {
	first := blocks[0].text
	if !hasArabic(first) {
		return false
	}
	n := utf8.RuneCountInString(first)
	if strings.HasSuffix(first, ".") && !strings.HasSuffix(first, "..") || strings.HasSuffix(first, ":") || strings.HasSuffix(first, "\u060C") {
		return false
	}
	if blocks[0].apart || parseDate(blocks[1].text) != "" {
		return n <= maxTitle
	}
	return n <= maxTightTitle && utf8.RuneCountInString(blocks[1].text) > n
}
