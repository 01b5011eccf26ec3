package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"isnad/extract/ner/sequence"
)

const corpus = "../../../../shared/data/ner/newsfane/train.txt"

// TestShippedModel trains again: a change of the lexicons, which the model sees, asks
// for a new one (make model).
func TestShippedModel(t *testing.T) {
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("NewsFANE is not here (%s), so the model is not trained again", corpus)
	}
	out := filepath.Join(t.TempDir(), "names.model")
	if err := run(corpus, out, epochs); err != nil {
		t.Fatal(err)
	}
	trained, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := os.ReadFile("../data/names.model")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(trained, shipped) {
		t.Error("the corpus and the lexicons give another model than the one shipped: run make model")
	}
}

func TestLabelsOfSplitTokens(t *testing.T) {
	text, labels := join([][]token{{{"قال", "O"}, {"سالم", "B-Politician"}, {"حمدي", "I-Politician"}, {"طنجة", "B-Population-Center"}}})
	if len(text) != len(labels) {
		t.Fatalf("%d labels for %d bytes", len(labels), len(text))
	}
	want := map[string]sequence.Label{"قال": sequence.Outside, "سالم": sequence.BeginPerson, "حمدي": sequence.InPerson, "طنجة": sequence.BeginPlace}
	for word, label := range want {
		at := bytes.Index([]byte(text), []byte(word))
		if labels[at] != label {
			t.Errorf("%s: label %d, want %d", word, labels[at], label)
		}
	}
}

func TestReadRefusesMissingCorpus(t *testing.T) {
	if err := run(filepath.Join(t.TempDir(), "none.txt"), "", 1); err == nil {
		t.Error("no error without a corpus")
	}
}
