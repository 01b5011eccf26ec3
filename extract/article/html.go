package article

import (
	"regexp"
	"strings"
	"time"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parseHTML reads a page: the main text and what its metadata say.
func parseHTML(page string) (*draft, error) {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, fault(ErrDamaged, "leave it out", "HTML that cannot be parsed: %v", err)
	}
	visible := visibleDate(doc) // before extraction, which prunes the tree
	lang := attribute(child(doc, atom.Html), "lang")
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		ExcludeComments: true,
		EnableFallback:  true,
		// The extensive mode makes dates up where it cannot read the Arabic one.
		HtmlDateMode: trafilatura.Fast,
	})
	if err != nil || strings.TrimSpace(res.ContentText) == "" {
		return nil, fault(ErrNoArticle, "leave it out, or pass the article's text", "no article found on the page")
	}
	m := res.Metadata
	d := &draft{url: m.URL, publisher: m.Sitename, title: m.Title, visible: visible, language: lang, body: blockText(res.ContentNode)}
	if d.body == "" {
		d.body = res.ContentText
	}
	if d.publisher == "" {
		d.publisher = m.Hostname
	}
	if !m.Date.IsZero() {
		d.date = m.Date.Format(time.DateOnly)
	}
	return d, nil
}

// visibleDate returns the first text of the page, after its headline if it has one,
// that is a date and nothing else.
func visibleDate(doc *html.Node) string {
	const longest = 120
	found, seenTitle := "", findElement(doc, atom.H1) == nil
	walkText(doc, func(n *html.Node, text string) bool {
		if n.DataAtom == atom.H1 {
			seenTitle = true
			return true
		}
		if !seenTitle || len(text) > longest {
			return true
		}
		if parseDate(text) != "" {
			found = text
		}
		return found == ""
	})
	return found
}

// walkText calls visit with every element and its own text, in document order,
// until visit returns false.
func walkText(n *html.Node, visit func(*html.Node, string) bool) bool {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head:
			return true
		}
		var own []string
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				own = append(own, c.Data)
			}
		}
		if !visit(n, strings.Join(strings.Fields(strings.Join(own, " ")), " ")) {
			return false
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !walkText(c, visit) {
			return false
		}
	}
	return true
}

func findElement(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == a {
			return d
		}
	}
	return nil
}

func child(n *html.Node, a atom.Atom) *html.Node {
	for c := range n.ChildNodes() {
		if c.DataAtom == a {
			return c
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	if n != nil {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val
			}
		}
	}
	return ""
}

var markup = regexp.MustCompile(`(?i)</?(p|br|div|span|a|b|i|strong|em|ul|li|h[1-6]|img|script|iframe|table|blockquote|figure)\b[^<>]*>`)

func hasMarkup(s string) bool { return markup.MatchString(s) }

// htmlText returns the text of an HTML fragment, a line for each block.
func htmlText(fragment string) string {
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return markup.ReplaceAllString(fragment, " ")
	}
	root := &html.Node{Type: html.DocumentNode}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return blockText(root)
}

// blockText returns the text below a node, a line for each block.
func blockText(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	writeBlocks(&b, n)
	var out []string
	for _, l := range strings.Split(b.String(), "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

func writeBlocks(b *strings.Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.WriteString(strings.Map(func(r rune) rune {
			if isLineBreak(r) {
				return ' '
			}
			return r
		}, n.Data))
		return
	case html.CommentNode, html.DoctypeNode:
		return
	}
	block := false
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Form:
		return
	case atom.P, atom.Div, atom.Br, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Tr,
		atom.Table, atom.Td, atom.Th, atom.Blockquote, atom.Section, atom.Article, atom.Figure, atom.Figcaption, atom.Pre, atom.Hr, atom.Dd, atom.Dt:
		block = true
	}
	if block {
		b.WriteByte('\n')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeBlocks(b, c)
	}
	if block {
		b.WriteByte('\n')
	}
}
