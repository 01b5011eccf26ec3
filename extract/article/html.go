package article

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// shortest is the number of characters below which an extracted text is given up for
// all that the page holds.
const shortest = 100

// maxElements bounds a page: the search for its main text takes time that grows with
// the square of it. Long pages of news have a tenth.
const maxElements = 50_000

// parseHTML reads a page: the main text and what its metadata say.
func parseHTML(page string) (*draft, error) {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, fault(ErrDamaged, "leave it out", "HTML that cannot be parsed: %v", err)
	}
	if n := elements(doc); n > maxElements {
		return nil, fault(ErrTooLarge, "pass the article's text", "a page of %d elements is too large (%d)", n, maxElements)
	}
	date, visible := metadataDate(doc), visibleDate(doc) // before extraction, which prunes the tree
	heading := ""
	if h := findElement(doc, atom.H1); h != nil {
		heading = strings.ReplaceAll(blockText(h), "\n", " ")
	}
	lang := attribute(child(doc, atom.Html), "lang")
	separateBlocks(doc)
	config := trafilatura.DefaultConfig()
	config.MinExtractedSize = shortest
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		Config:          config,
		ExcludeComments: true,
		EnableFallback:  true,
		// Its own search for a date takes any that the page shows, such as those of the
		// articles in the margin.
		HtmlDateMode: trafilatura.Disabled,
	})
	if err != nil || strings.TrimSpace(res.ContentText) == "" {
		return nil, fault(ErrNoArticle, "leave it out, or pass the article's text", "no article found on the page")
	}
	m := res.Metadata
	if isSection(m.URL, m.PageType) {
		return nil, fault(ErrNoArticle, "leave it out", "a front or section page (%s), not an article", m.URL)
	}
	d := &draft{url: m.URL, publisher: m.Sitename, title: m.Title, date: date, visible: visible, language: lang, body: blockText(res.ContentNode)}
	if !hasArabic(d.title) {
		d.title = heading // a template's own name, or nothing
	}
	if d.publisher == "" {
		d.publisher = m.Hostname
	}
	return d, nil
}

// isSection reports whether a page lists articles: its address is made of few short
// words, where that of an article has a number or a long name, and it does not call
// itself an article.
func isSection(address, pageType string) bool {
	const longest, deepest = 20, 3
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || strings.Contains(pageType, "article") {
		return false
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if len(segments) == 0 {
		return u.RawQuery == "" && pageType == "website"
	}
	return u.RawQuery == "" && len(segments) <= deepest && !strings.ContainsFunc(u.Path, unicode.IsDigit) &&
		!slices.ContainsFunc(segments, func(s string) bool { return utf8.RuneCountInString(s) > longest })
}

func hasArabic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) })
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

func elements(doc *html.Node) int {
	count := 0
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			count++
		}
	}
	return count
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

// separateBlocks puts a line break after every block and br: what is taken as text
// without regard to elements must not run paragraphs together.
func separateBlocks(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && blocks[n.DataAtom] && n.DataAtom != atom.Tr && n.DataAtom != atom.Table {
			n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: "\n"}, n.NextSibling)
		}
	}
}

// blocks are the elements that start and end a line.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Hr: true, atom.Pre: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Dd: true, atom.Dt: true,
	atom.Table: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Blockquote: true, atom.Section: true,
	atom.Article: true, atom.Figure: true, atom.Figcaption: true,
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
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Form:
		return
	}
	block := blocks[n.DataAtom]
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
