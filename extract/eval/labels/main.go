// Command labels keeps articles that we annotated without republishing them: the
// repository holds where an article stands in a corpus, the checksum of its text, and
// names, mentions, positions and evidence as ranges of bytes in it.
//
//	labels build -corpus DIR -o GOLD FILE.jsonl   # NAME.txt and NAME.json of each article
//	labels text  -corpus DIR -o GOLD INDEX.csv    # NAME.txt only, to annotate; of a FILE.jsonl too
//	labels pack  GOLD INDEX.csv >FILE.jsonl       # the annotated folder as places
//
// The index has a line "name,corpus,record" for each article. A corpus is a file
// CORPUS.jsonl.zst with an article a line: {"id": …, "title": …, "text": …}, "id" first.
// What is missing is said in one line, and the rest is built.
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"isnad/extract/eval"
)

const usage = "usage: labels build|text -corpus DIR -o GOLD FILE, or labels pack GOLD INDEX.csv"

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "labels:", err)
		os.Exit(1)
	}
}

func run(args []string, out, report io.Writer) error {
	if len(args) == 0 {
		return errors.New(usage)
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.SetOutput(report)
	corpus := flags.String("corpus", "../shared/corpus", "`folder` of the corpora")
	folder := flags.String("o", "", "`folder` to write")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	switch args[0] {
	case "pack":
		if flags.NArg() == 2 {
			return runPack(flags.Arg(0), flags.Arg(1), out)
		}
	case "build", "text":
		if flags.NArg() == 1 && *folder != "" {
			return runBuild(args[0], *corpus, *folder, flags.Arg(0), report)
		}
	}
	return errors.New(usage)
}

// runBuild writes the articles of file, with their annotation if there is one.
func runBuild(what, corpus, folder, file string, report io.Writer) error {
	read := readLabels
	if what == "text" && filepath.Ext(file) == ".csv" {
		read = readIndex
	}
	labels, err := read(file)
	if err != nil {
		return err
	}
	sources := make([]Source, len(labels))
	for i := range labels {
		sources[i] = labels[i].Source
	}
	have, err := texts(corpus, sources)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	missing := 0
	for i := range labels {
		text, ok := have[labels[i].Name]
		if !ok {
			missing++
			continue
		}
		if err := write(folder, what, &labels[i], text); err != nil {
			return fmt.Errorf("%s: %w", labels[i].Name, err)
		}
	}
	if missing > 0 {
		fmt.Fprintf(report, "labels: %d of %d articles are not in %s; name the folder of the corpora with -corpus\n", missing, len(labels), corpus)
	}
	return nil
}

func write(folder, what string, l *label, text string) error {
	path := filepath.Join(folder, l.Name)
	if what == "build" {
		g, err := l.build(text)
		if err != nil {
			return err
		}
		data, err := plain(g)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path+".json", data, 0o666); err != nil {
			return err
		}
	}
	return os.WriteFile(path+".txt", []byte(text), 0o666)
}

// runPack writes the annotated articles of folder that the index names, one a line.
func runPack(folder, index string, out io.Writer) error {
	gold, err := eval.LoadGold(folder)
	if err != nil {
		return err
	}
	byName := map[string]eval.Gold{}
	for _, g := range gold {
		byName[g.ID] = g
	}
	named, err := readIndex(index)
	if err != nil {
		return err
	}
	for _, n := range named {
		g, ok := byName[n.Name]
		if !ok || g.Text == "" {
			return fmt.Errorf("%s: no %s.json beside %s.txt in %s", index, n.Name, n.Name, folder)
		}
		l, err := pack(n.Source, g)
		if err != nil {
			return fmt.Errorf("%s: %w", n.Name, err)
		}
		data, err := json.Marshal(l)
		if err != nil {
			return err
		}
		if _, err := out.Write(append(data, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// readIndex reads "name,corpus,record" lines.
func readIndex(path string) ([]label, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []label
	for i, row := range rows {
		if len(row) != 3 || row[0] != filepath.Base(row[0]) || strings.ContainsAny(row[1], `/\`) {
			return nil, fmt.Errorf("%s: line %d: want name,corpus,record", path, i+1)
		}
		out = append(out, label{Source: Source{Name: row[0], Corpus: row[1], Record: row[2]}})
	}
	return out, nil
}

func readLabels(path string) ([]label, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []label
	for i, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		var l label
		if err := json.Unmarshal(line, &l); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", path, i+1, err)
		}
		if l.Name == "" || l.Name != filepath.Base(l.Name) || strings.ContainsAny(l.Corpus, `/\`) {
			return nil, fmt.Errorf("%s: line %d: no article's name and corpus", path, i+1)
		}
		out = append(out, l)
	}
	return out, nil
}

// plain renders the article as people annotate it: no escapes, a field a line.
func plain(g eval.Gold) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(g)
	return b.Bytes(), err
}
