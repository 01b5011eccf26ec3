package relation

import (
	"strings"
	"testing"

	"isnad/extract"
	"isnad/schema"
)

// TestModel holds the learned model to the frames.
func TestModel(t *testing.T) {
	m, err := loadModel()
	if err != nil {
		t.Fatal(err)
	}
	ont, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	eng, err := New(ont)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, name := range eng.Frames() {
		have[name] = true
	}
	for f := range m.Weights {
		if name, ok := strings.CutPrefix(f, "frame "); ok && !have[name] {
			t.Errorf("confidence.yaml has %s, which is no frame: make confidence", name)
		}
	}
	if len(m.Weights) == 0 || m.Prior <= 0 || m.Threshold <= 0 {
		t.Error("confidence.yaml is incomplete: make confidence")
	}
}

// TestRate holds that what speaks for a statement raises its confidence, and that what
// is unlikely is not stated.
func TestRate(t *testing.T) {
	doc := func() *extract.Document {
		d := &extract.Document{Text: "زار ناصر الرباط"}
		d.Entities = []extract.Entity{{Class: schema.Person, Name: "ناصر"}, {Class: schema.Place, Name: "الرباط"}}
		for range 2 {
			d.Relations = append(d.Relations, extract.Relation{Subject: 0, Object: 1, Predicate: "visited", Rule: "visited/verb", Confidence: 0.8})
		}
		d.Relations[1].Rule = "visited/guess"
		return d
	}
	m := &model{Prior: 1000, Threshold: 50, Weights: map[string]int{}}
	d := doc()
	if m.rate(d); len(d.Relations) != 2 || d.Relations[0].Confidence != 0.8 {
		t.Errorf("without weights: %+v", d.Relations)
	}
	m.Weights = map[string]int{"frame visited/verb": 1000, "frame visited/guess": -1500}
	d = doc()
	if m.rate(d); len(d.Relations) != 1 || d.Relations[0].Rule != "visited/verb" || d.Relations[0].Confidence != 0.92 {
		t.Errorf("with weights: %+v", d.Relations)
	}
}
