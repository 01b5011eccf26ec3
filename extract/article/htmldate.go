package article

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metadataDate returns the date of publication that a page declares for programs: in
// its meta elements, in JSON-LD, or in a time element marked as such.
func metadataDate(doc *html.Node) string {
	best, rank := "", len(fieldNames["metadate"])
	linked, marked := "", ""
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
				at := slices.Index(fieldNames["metadate"], foldKey(attribute(n, key)))
				if value := attribute(n, "content"); at >= 0 && at < rank && parseDate(value) != "" {
					best, rank = value, at
				}
			}
		case atom.Script:
			if linked == "" && strings.EqualFold(attribute(n, "type"), "application/ld+json") && n.FirstChild != nil {
				linked = linkedDate(n.FirstChild.Data)
			}
		case atom.Time:
			if marked == "" && isPublication(n) && parseDate(attribute(n, "datetime")) != "" {
				marked = attribute(n, "datetime")
			}
		}
	}
	for _, date := range []string{best, linked, marked} {
		if date != "" {
			return date
		}
	}
	return ""
}

// isPublication reports whether a time element gives the date of publication.
func isPublication(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "pubdate" || a.Key == "itemprop" && a.Val == "datePublished" {
			return true
		}
	}
	return slices.ContainsFunc(strings.Fields(attribute(n, "class")), func(c string) bool {
		return c == "published" || c == "entry-date" || c == "post-date"
	})
}

// linkedDate returns the datePublished of the outermost object that has one in a
// JSON-LD text, or "".
func linkedDate(text string) string {
	if len(text) > maxLinkedData {
		return ""
	}
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return ""
	}
	level := []any{v}
	for len(level) > 0 {
		var next []any
		for _, v := range level {
			switch v := v.(type) {
			case map[string]any:
				if s, ok := v["datePublished"].(string); ok && parseDate(s) != "" {
					return s
				}
				for _, k := range slices.Sorted(maps.Keys(v)) {
					next = append(next, v[k])
				}
			case []any:
				next = append(next, v...)
			}
		}
		level = next
	}
	return ""
}

// maxLinkedData bounds the JSON-LD that is looked into, in bytes.
const maxLinkedData = 1 << 20

// visibleDate returns the first text after the headline that is a date and nothing
// else. It looks no further than the start of the story: below it stand the dates of
// other articles and of comments.
func visibleDate(doc *html.Node) string {
	const longest, near = 120, 1500 // bytes of the date, and of all text up to it
	headline := findElement(doc, atom.H1)
	if headline == nil {
		headline = findElement(doc, atom.H2)
	}
	found, passed := "", 0
	walkText(doc, func(n *html.Node, text string) bool {
		switch {
		case n == headline:
			headline = nil
		case headline != nil:
		case len(text) <= longest && parseDate(text) != "":
			found = text
		default:
			passed += len(text)
		}
		return found == "" && passed < near
	})
	return found
}
