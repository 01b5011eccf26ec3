package format

import (
	"encoding/json"
	"fmt"
	"iter"
	"unicode/utf16"
	"unicode/utf8"
)

// Article is an article of the graph with all that the graph keeps of it.
type Article struct {
	IRI       string `json:"iri"`
	ID        string `json:"id"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"` // ISO 8601
	Language  string `json:"language,omitempty"`  // BCP 47
	// Document is JSON from which the article is restored. Formats keep every character.
	Document json.RawMessage `json:"document"`
}

// articles are those of the whole graph, none if it is a part.
func (g *Graph) articles() iter.Seq2[*Article, error] {
	if g.Articles == nil {
		return func(func(*Article, error) bool) {}
	}
	return g.Articles
}

// document appends JSON on one line, with \u for each character that a format may not hold
// or a reader may not show, so that reading it gives the same values.
func (b *buffer) document(encoded string) {
	from := 0
	for i := 0; i < len(encoded); {
		r, size := rune(encoded[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(encoded[i:])
		}
		i += size
		switch {
		case r < 0x7f && r != '<' && r != '>' && r != '&', r >= 0x0620 && r <= 0x06bf, !unseen(r):
			continue
		case r > 0xFFFF:
			b.copy(encoded[from : i-size])
			high, low := utf16.EncodeRune(r)
			b.copy(fmt.Sprintf(`\u%04x\u%04x`, high, low))
		default:
			b.copy(encoded[from : i-size])
			b.copy(fmt.Sprintf(`\u%04x`, r))
		}
		from = i
	}
	b.copy(encoded[from:])
}

// unseen reports whether a character of JSON has no place in a file: those that texts are
// cleaned of, and those that mean something to XML.
func unseen(r rune) bool {
	return r == '<' || r == '>' || r == '&' || r == '\u2028' || r == '\u2029' || invisible(r)
}

// Clean returns a name or quotation as formats write it: on one line, without control
// characters and marks of direction.
func Clean(s string) string { return clean(s) }
