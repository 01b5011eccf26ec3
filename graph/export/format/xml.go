package format

import (
	"bufio"
	"strings"
)

var (
	xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	xmlAttr = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;")
)

// text returns s as the content of an element; lines are kept.
func text(s string) string { return xmlText.Replace(lines(s)) }

// attr returns s as the value of an attribute in double quotes.
func attr(s string) string { return xmlAttr.Replace(lines(s)) }

// lines cleans each line of a text.
func lines(s string) string {
	if plain(s) {
		return s
	}
	parts := strings.Split(s, "\n")
	for i, p := range parts {
		parts[i] = clean(p)
	}
	return strings.Join(parts, "\n")
}

// put writes strings; bufio keeps the first error until Flush.
func put(w *bufio.Writer, parts ...string) {
	for _, s := range parts {
		w.WriteString(s)
	}
}
