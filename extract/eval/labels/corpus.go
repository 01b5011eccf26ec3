package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Source says where in the corpora an article stands.
type Source struct {
	Name   string `json:"name"`   // of the annotated article
	Corpus string `json:"corpus"` // file CORPUS.jsonl.zst
	Record string `json:"record"` // its "id"
}

// texts returns the text of each source by name: the title, an empty line and the
// body, as one who annotates reads it. What is not there is left out.
func texts(folder string, sources []Source) (map[string]string, error) {
	wanted := map[string]map[string][]string{} // corpus, record: names
	for _, s := range sources {
		if wanted[s.Corpus] == nil {
			wanted[s.Corpus] = map[string][]string{}
		}
		wanted[s.Corpus][s.Record] = append(wanted[s.Corpus][s.Record], s.Name)
	}
	out := map[string]string{}
	for corpus, records := range wanted {
		if err := scan(filepath.Join(folder, corpus+".jsonl.zst"), records, out); err != nil && !os.IsNotExist(err) {
			return nil, err
		}
	}
	return out, nil
}

// scan adds the texts of the wanted records of one corpus to out.
func scan(path string, wanted map[string][]string, out map[string]string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	dec, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer dec.Close()
	lines := bufio.NewReaderSize(dec, 1<<20)
	for left := len(wanted); left > 0; {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("%s: %w", path, err)
		}
		if names := wanted[id(line)]; names != nil {
			var r struct{ Title, Text string }
			if err := json.Unmarshal(line, &r); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			for _, name := range names {
				out[name] = text(r.Title, r.Text)
			}
			left--
		}
		if err == io.EOF {
			return nil
		}
	}
	return nil
}

// id returns the "id" that a record starts with, without reading the rest: a corpus
// has many records of which few are wanted.
func id(line []byte) string {
	rest, ok := bytes.CutPrefix(line, []byte(`{"id": "`))
	if !ok {
		return ""
	}
	name, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(name)
}

func text(title, body string) string {
	if title != "" {
		body = title + "\n\n" + body
	}
	return strings.TrimSuffix(body, "\n") + "\n"
}
