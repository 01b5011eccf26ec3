package ner

import (
	"bytes"
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

//go:embed data/clusters.txt.zst
var clusterFile []byte

// loadClusters reads the classes of words that occur alike, by folded word. Classes
// count from 1; a word of none has 0.
func loadClusters() (map[string]uint16, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("ner: %w", err)
	}
	defer dec.Close()
	text, err := dec.DecodeAll(clusterFile, nil)
	if err != nil {
		return nil, fmt.Errorf("ner: clusters.txt.zst: %w", err)
	}
	out := make(map[string]uint16, bytes.Count(text, []byte("\n")))
	err = eachLine("clusters.txt.zst", text, func(c []string) error {
		number, word, ok := strings.Cut(c[0], " ")
		class, err := strconv.ParseUint(number, 10, 15)
		if !ok || err != nil {
			return fmt.Errorf("want a class and a word")
		}
		out[word] = uint16(class) + 1
		return nil
	})
	return out, err
}
