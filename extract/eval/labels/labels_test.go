package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"isnad/extract/eval"
)

const index = "harbour,ports,p/1\nenergy,ports,p/2\n"

// ours returns the annotated articles of testdata and a corpus that holds the first
// of the index only.
func ours(t *testing.T) (gold, corpus, list string) {
	t.Helper()
	dir := t.TempDir()
	text, err := os.ReadFile("../testdata/gold/harbour.txt")
	if err != nil {
		t.Fatal(err)
	}
	title, body, ok := strings.Cut(string(text), "\n\n")
	if !ok {
		title, body = "", string(text)
	}
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	line := `{"id": "p/0", "title": "", "text": "x"}` + "\n" + `{"id": "p/1", "title": ` + quote(title) + `, "text": ` + quote(body) + "}\n"
	list = filepath.Join(dir, "index.csv")
	put(t, filepath.Join(dir, "ports.jsonl.zst"), enc.EncodeAll([]byte(line), nil))
	put(t, list, []byte(index))
	return "../testdata/gold", dir, list
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

func put(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestRoundTrip packs the annotated articles, and builds what the corpus has of them.
func TestRoundTrip(t *testing.T) {
	gold, corpus, list := ours(t)
	var packed, report bytes.Buffer
	if err := run([]string{"pack", gold, list}, &packed, &report); err != nil {
		t.Fatal(err)
	}
	file, built := filepath.Join(corpus, "l.jsonl"), filepath.Join(corpus, "built")
	put(t, file, packed.Bytes())
	if err := run([]string{"build", "-corpus", corpus, "-o", built, file}, nil, &report); err != nil {
		t.Fatal(err)
	}
	if want := "labels: 1 of 2 articles are not in " + corpus + "; name the folder of the corpora with -corpus\n"; report.String() != want {
		t.Errorf("report %q, want %q", &report, want)
	}
	got, err := eval.LoadGold(built)
	if err != nil {
		t.Fatal(err)
	}
	all, err := eval.LoadGold(gold)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range all {
		if want.ID != "harbour" {
			continue
		}
		if diff := cmp.Diff([]eval.Gold{want}, got, cmp.Comparer(sameEntity)); diff != "" {
			t.Error(diff)
		}
	}
}

// sameEntity leaves the order of the mentions behind the name open.
func sameEntity(a, b eval.GoldEntity) bool {
	count := map[string]int{}
	for _, m := range append([]string{a.Name}, a.Mentions...) {
		count[m] |= 1
	}
	for _, m := range append([]string{b.Name}, b.Mentions...) {
		count[m] |= 2
	}
	for _, n := range count {
		if n != 3 {
			return false
		}
	}
	return a.ID == b.ID && a.Type == b.Type && a.Name == b.Name
}

// TestChanged tells of a text that is not the one annotated.
func TestChanged(t *testing.T) {
	gold, corpus, list := ours(t)
	var packed bytes.Buffer
	if err := run([]string{"pack", gold, list}, &packed, nil); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(corpus, "l.jsonl")
	put(t, file, bytes.ReplaceAll(packed.Bytes(), []byte(`"sha256":"`), []byte(`"sha256":"0`)))
	err := run([]string{"build", "-corpus", corpus, "-o", corpus, file}, nil, &bytes.Buffer{})
	if err == nil || err.Error() != "harbour: the corpus has another text than was annotated" {
		t.Errorf("error %v", err)
	}
}

// TestUsage holds the one line that a wrong call gives.
func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"build"}, {"pack", "x"}, {"show"}} {
		if err := run(args, nil, &bytes.Buffer{}); err == nil || err.Error() != usage {
			t.Errorf("%q: error %v", args, err)
		}
	}
}

// TestLabels builds the shipped labels where the corpora lie beside the checkout, and
// holds that every part of them can be scored.
func TestLabels(t *testing.T) {
	const corpus = "../../../../shared/corpus"
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpora are not beside this checkout")
	}
	files, err := filepath.Glob("../testdata/labels/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("no labels", err)
	}
	for _, file := range files {
		var report bytes.Buffer
		dir := t.TempDir()
		if err := run([]string{"build", "-corpus", corpus, "-o", dir, file}, nil, &report); err != nil {
			t.Fatal(err)
		}
		gold, err := eval.LoadGold(dir)
		if err != nil {
			t.Fatal(err)
		}
		labels, err := readLabels(file)
		if err != nil || len(gold) != len(labels) || report.Len() > 0 {
			t.Errorf("%s: %d of %d articles; %s %v", file, len(gold), len(labels), &report, err)
		}
		for _, g := range gold {
			ids := map[string]bool{}
			for _, e := range g.Entities {
				ids[e.ID] = true
			}
			for _, r := range g.Relations {
				if !ids[r.S] || r.O.Literal == nil && !ids[r.O.Entity] || !strings.Contains(g.Text, r.Evidence) {
					t.Errorf("%s: %s(%s, %v): an argument or the evidence is missing", g.ID, r.P, r.S, r.O)
				}
			}
		}
	}
}
