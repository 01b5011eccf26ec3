// Package article turns what people hold (text, JSON, HTML, compressed or not)
// into articles: title, body and what is known of their source. It cuts page
// furniture and never guesses: a date it cannot read is left empty.
package article

// Article is one news article before extraction. All strings are valid UTF-8.
type Article struct {
	ID        string // see Source.ID: canonical address, record id, cleaned path or hash; never empty once read
	URL       string // canonical address, or empty
	Publisher string // outlet, or empty
	Title     string // headline without the outlet's name, or empty
	Published string // ISO 8601, truncated to what is known; empty if unknown
	Language  string // BCP 47; empty until detected
	Body      string // paragraphs separated by newlines, furniture cut
}

// Text returns the one string that every span of extraction indexes: title,
// blank line, body; or the body alone if there is no title.
func (a *Article) Text() string {
	if a.Title == "" {
		return a.Body
	}
	return a.Title + "\n\n" + a.Body
}
