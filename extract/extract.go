// Package extract turns an article into a document result: who did what to whom,
// with the words that say so. It is stateless and deterministic: the same article
// and the same knowledge give the same bytes.
//
// A Pipeline runs Stages over a Document; the stages live in the packages below
// (arabic, timex, ner, coref, relation) and package pipeline puts them together.
package extract

import (
	"context"

	"isnad/extract/article"
	"isnad/schema"
)

// Extractor turns one article into its document result. Implementations are safe
// for concurrent use.
type Extractor interface {
	Extract(ctx context.Context, a *article.Article) (*schema.Result, error)
	// Version identifies the code and all knowledge in force; it changes whenever
	// the result for some article may.
	Version() string
}

// Stage adds one layer to a document.
type Stage interface {
	Name() string
	Annotate(*Document)
}
