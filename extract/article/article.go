// Package article turns what people hold (text, JSON, JSON lines, HTML, each
// perhaps compressed) into articles: title, body and what is known of their
// source. It cuts page furniture and never guesses: a date it cannot read is left
// empty.
//
// Walk streams the articles of files and folders. Whatever cannot be read comes as
// an *Error, which names the file, says what is wrong with it and what to do; the
// other files and records go on.
package article

import (
	"crypto/sha256"
	"encoding/hex"
)

// Article is one news article before extraction. All strings are valid UTF-8.
type Article struct {
	ID        string // canonical address, record id, cleaned path or hash; see package file id.go
	URL       string // canonical address, or empty
	Publisher string // outlet, or empty
	Title     string // headline without the outlet's name, or empty
	Published string // ISO 8601, truncated to what is known; empty if unknown
	Language  string // BCP 47
	Body      string // paragraphs separated by newlines, furniture cut
	Origin    string // where it was read, for messages: file, and line or record; no part of its content
}

// Text returns the one string that every span of extraction indexes: title,
// blank line, body; or the body alone if there is no title.
func (a *Article) Text() string {
	if a.Title == "" {
		return a.Body
	}
	return a.Title + "\n\n" + a.Body
}

// Hash returns the hex SHA-256 of the article's text and metadata. ID and Origin
// do not enter: the same article held elsewhere has the same hash. Fields are
// separated by NUL, which no field holds.
func (a *Article) Hash() string {
	h := sha256.New()
	for _, field := range []string{a.URL, a.Publisher, a.Title, a.Published, a.Language, a.Body} {
		h.Write([]byte(field))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}
