// Command gen counts the words of news corpora, written one JSON object with "title"
// and "text" a line and compressed with zstd, and writes the word-count lexicon of
// package arabic. The same corpora give the same bytes.
//
//	go run ./extract/arabic/gen -o extract/arabic/data/words.txt.zst corpus.jsonl.zst…
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"

	"isnad/extract/arabic"
)

// fewest is how often a word must occur to be listed.
const fewest = 3

const header = `# Word counts of Arabic news: a written word, a space, how often it occurs.
# Origin: SANAD, Al Khaleej subset (Einea, Elnagar, Al Debsi 2019, doi 10.17632/57zpx667y9.2), CC BY 4.0;
#   ANT Corpus v1.1 (antcorpus.data), Apache-2.0; MArSum test set (KamelGaanoun/MoroccanSummarization), CC BY 4.0.
# Normalisation: arabic.Bare (no marks, tatweel or presentation forms; hamza and ta marbuta as written).
# Order: by arabic.Fold, then by word. Words that occur less than %d times are left out.
# Written by go run ./extract/arabic/gen; do not edit.
# total %d
`

func main() {
	out := flag.String("o", "extract/arabic/data/words.txt.zst", "file to write")
	flag.Parse()
	if err := run(*out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(out string, corpora []string) error {
	if len(corpora) == 0 {
		return fmt.Errorf("no corpus: name the .jsonl.zst files to count")
	}
	counts := map[string]int{}
	for _, path := range corpora {
		if err := count(path, counts); err != nil {
			return err
		}
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	return os.WriteFile(out, enc.EncodeAll(list(counts), nil), 0o644)
}

func count(path string, counts map[string]int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	dec, err := zstd.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer dec.Close()
	lines := json.NewDecoder(bufio.NewReaderSize(dec, 1<<20))
	for {
		var article struct{ Title, Text string }
		if err := lines.Decode(&article); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for word := range arabic.Words(article.Title + "\n" + article.Text) {
			counts[word]++
		}
	}
}

// list renders the counts in the order the lexicon wants.
func list(counts map[string]int) []byte {
	type entry struct {
		word, fold string
		n          int
	}
	var entries []entry
	total := 0
	for word, n := range counts {
		total += n
		if n >= fewest {
			entries = append(entries, entry{word, arabic.Fold(word), n})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.fold, b.fold), cmp.Compare(a.word, b.word))
	})
	var b bytes.Buffer
	fmt.Fprintf(&b, header, fewest, total)
	for _, e := range entries {
		fmt.Fprintf(&b, "%s %d\n", e.word, e.n)
	}
	return b.Bytes()
}
