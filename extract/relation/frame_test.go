package relation_test

import (
	"os"
	"strings"
	"testing"

	"isnad/extract/relation"
	"isnad/schema"
)

func TestExtension(t *testing.T) {
	data, err := os.ReadFile("../../docs/examples/extension.yaml")
	if err != nil {
		t.Fatal(err)
	}
	src := schema.Source{Name: "extension.yaml", Data: data}
	ont, err := schema.Load(src)
	if err != nil {
		t.Fatal(err)
	}
	eng, err := relation.New(ont, src)
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"فاز {سالم الحربي/Person} ب{جائزة النيل/Award}.":              "سالم الحربي | won | جائزة النيل",
		"لم يفز {سالم الحربي/Person} ب{جائزة النيل/Award}.":           "سالم الحربي | won | جائزة النيل | denied",
		"أعلن بيان فوز {ليلى منصور/Person} ب{جائزة النيل/Award} أمس.": "ليلى منصور | won | جائزة النيل",
	} {
		d := annotate(t, line)
		eng.Annotate(d)
		if got := strings.Join(stated(t, d, ont), "\n"); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

func TestFrameErrors(t *testing.T) {
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	frame := func(lines ...string) string {
		return "frames:\n  - " + strings.Join(lines, "\n    ") + "\n"
	}
	for _, c := range []struct{ what, yaml, want string }{
		{"unknown key", frame("name: a/b", "predikate: met"), `mine.yaml: line 3: unknown key "predikate"`},
		{"unknown key of a slot", frame("name: a/b", "predicate: met", "subject: {form: object}"), `frame "a/b": line 4: unknown key "form"`},
		{"unknown predicate", frame("name: a/b", "predicate: mett", "verbs: التقى", "subject: subject", "object: object"), `frame "a/b": unknown predicate "mett"`},
		{"unknown verb", frame("name: a/b", "predicate: met", "verbs: زقزقزق", "subject: subject", "object: object"), `is no verb of the lexicon`},
		{"no trigger", frame("name: a/b", "predicate: met", "subject: subject", "object: object"), `no trigger`},
		{"no object", frame("name: a/b", "predicate: met", "verbs: التقى", "subject: subject"), `no object`},
		{"no source", frame("name: a/b", "predicate: met", "verbs: التقى", "subject: subjekt", "object: object"), `"subjekt" is neither a preposition`},
		{"unknown class", frame("name: a/b", "predicate: met", "verbs: التقى", "subject: {from: subject, class: [Ghost]}", "object: object"), `unknown class "Ghost"`},
		{"unknown list", frame("name: a/b", "predicate: met", "verbs: [$nothing]", "subject: subject", "object: object"), `unknown word list "$nothing"`},
		{"bad status", frame("name: a/b", "predicate: met", "verbs: التقى", "subject: subject", "object: object", "status: maybe"), `status "maybe"`},
		{"a shipped name", frame("name: met/verb-object", "predicate: met", "verbs: التقى", "subject: subject", "object: object"), `already defined in meeting.yaml`},
		{"no list", "frames: 5\n", `frames is a list`},
	} {
		_, err := relation.New(ont, schema.Source{Name: "mine.yaml", Data: []byte(c.yaml)})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "mine.yaml") {
			t.Errorf("%s: error %v, want one that holds %q", c.what, err, c.want)
		}
	}
}

func FuzzParseFrames(f *testing.F) {
	f.Add("frames:\n  - {name: a/b, predicate: met, verbs: [التقى], subject: subject, object: {from: مع, near: true}}\n")
	f.Add("frames: [1, [], {}]\n")
	f.Add("classes: []\n")
	f.Add("frames:\n  - name: &a x\n    subject: *a\n")
	f.Fuzz(func(t *testing.T, s string) {
		frames, err := relation.ParseFrames("fuzz.yaml", []byte(s))
		if err == nil {
			return
		}
		if frames != nil {
			t.Error("frames beside an error")
		}
		if !strings.Contains(err.Error(), "fuzz.yaml") {
			t.Errorf("error does not name the file: %v", err)
		}
	})
}

// TestEveryPredicate holds the frames to the ontology: each predicate has one.
func TestEveryPredicate(t *testing.T) {
	ont, eng := shipped(t)
	have := map[string]bool{}
	for _, p := range eng.Predicates() {
		have[p] = true
	}
	for _, p := range ont.Predicates() {
		if !have[p.Name] {
			t.Errorf("no frame finds %s", p.Name)
		}
	}
}
