// Package arabic is the first stage of extraction: it cuts text into sentences and
// syntactic words, clitics apart, and tells verbs and the nouns derived from them.
//
// Nothing here changes the text. Spans are bytes of the original; the forms beside
// them are normalised: Bare is a word as written without marks, Fold the key of every
// lexicon. All knowledge is in data/, text files that state their origin.
package arabic
