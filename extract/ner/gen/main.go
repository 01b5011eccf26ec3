// Command gen learns what package ner knows of words from plain text: which are
// adjectives, and which occur alike. It reads news corpora, one JSON object with
// "title" and "text" a line and compressed with zstd, and writes adjectives.txt and
// clusters.txt.zst. The same corpora give the same bytes.
//
//	go run ./extract/ner/gen -o extract/ner/data corpus.jsonl.zst…
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/extract/article"
	"isnad/extract/ner"
)

const origin = `# Origin: learned by go run ./extract/ner/gen from SANAD, Al Khaleej subset (Einea, Elnagar, Al Debsi 2019,
#   doi 10.17632/57zpx667y9.2), CC BY 4.0; ANT Corpus v1.1 (antcorpus.data), Apache-2.0; MArSum test set
#   (KamelGaanoun/MoroccanSummarization), CC BY 4.0. Do not edit.
`

func main() {
	out := flag.String("o", "extract/ner/data", "folder to write to")
	flag.Parse()
	if err := run(*out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(out string, corpora []string) error {
	if len(corpora) == 0 {
		return fmt.Errorf("no corpus: name the .jsonl.zst files to read")
	}
	tagger, err := ner.Untrained()
	if err != nil {
		return err
	}
	analyzer, err := arabic.New(arabic.Options{Words: tagger.Words()})
	if err != nil {
		return err
	}
	adjectives, bigrams := newAdjectives(), newBigrams()
	for _, path := range corpora {
		err := read(path, func(text string) {
			d := &extract.Document{Article: article.Article{Body: text}, Text: text}
			analyzer.Annotate(d)
			for _, s := range d.Sentences {
				tokens := d.Tokens[s.First:s.Last]
				adjectives.see(tokens)
				bigrams.see(tokens)
			}
		})
		if err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(out, "adjectives.txt"), adjectives.list(), 0o644); err != nil {
		return err
	}
	clusters, err := compress(bigrams.clusters())
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "clusters.txt.zst"), clusters, 0o644)
}

// read calls see with the text of every article of a corpus.
func read(path string, see func(text string)) error {
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
		see(article.Title + "\n" + article.Text)
	}
}

func compress(text []byte) ([]byte, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return enc.EncodeAll(text, nil), nil
}
