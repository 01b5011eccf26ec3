package arabic

import (
	"iter"
	"strings"

	"isnad/extract"
)

// Words yields the written Arabic words of text, as Bare leaves them, clitics and
// all. The word-count lexicon is made of them.
func Words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		going := true
		scan(text, func(p piece) {
			if going && p.kind == extract.Word {
				if w := Bare(text[p.start:p.end]); !strings.Contains(w, ".") {
					going = yield(w)
				}
			}
		})
	}
}
