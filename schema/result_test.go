package schema

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func visit() *Result {
	return &Result{
		ID: "a", Text: "زار سالم طنجة", Language: "ar",
		Entities: []Entity{
			{ID: "e1", Type: Person, Name: "سالم", Mentions: []Mention{{"سالم", Span{7, 15}}}},
			{ID: "e2", Type: Place, Name: "طنجة", Mentions: []Mention{{"طنجة", Span{16, 24}}}},
		},
		Relations: []Relation{
			{S: "e1", P: "visited", O: Object{Entity: "e2"}, Status: Asserted, Confidence: 0.9, Rule: "visited/verb",
				Evidence: Evidence{"زار سالم طنجة", Span{0, 24}}},
			{S: "e1", P: "holdsPosition", O: Object{Literal: &Literal{Position, "وزير"}}, Status: Denied,
				Evidence: Evidence{"سالم", Span{7, 15}}},
		},
	}
}

func TestResultRoundTrip(t *testing.T) {
	data, err := json.Marshal(visit())
	if err != nil {
		t.Fatal(err)
	}
	var back Result
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(visit(), &back); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(string(data), `"url":null`) || !strings.Contains(string(data), `"o":"e2"`) {
		t.Errorf("%s", data)
	}
}

func TestValidateRestoresTheArticle(t *testing.T) {
	ont, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	text := "دعم للتحالف وللجنة"
	at := func(words string) Span {
		i := strings.Index(text, words)
		return Span{i, i + len(words)}
	}
	for _, c := range []struct {
		words string
		span  Span
		fits  bool
	}{
		{"التحالف", at("لتحالف"), true},
		{"اللجنة", at("لجنة"), true},
		{"الدعم", at("دعم"), false},
		{"ضدعم", at("دعم"), false},
	} {
		r := Result{Text: text, Entities: []Entity{{ID: "e1", Type: Organization, Name: c.words, Mentions: []Mention{{c.words, c.span}}}}}
		if err := r.Validate(ont); (err == nil) != c.fits {
			t.Errorf("mention %q of %q: %v", c.words, text[c.span.Start:c.span.End], err)
		}
	}
}

func TestValidate(t *testing.T) {
	ont, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if err := visit().Validate(ont); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		spoil func(*Result)
		want  string
	}{
		{"mention", func(r *Result) { r.Entities[0].Mentions[0].Start = 8 }, "holds"},
		{"evidence outside", func(r *Result) { r.Relations[0].Evidence.End = 99 }, "outside the text"},
		{"negative", func(r *Result) { r.Relations[0].Evidence.Start = -1 }, "outside the text"},
		{"id twice", func(r *Result) { r.Entities[1].ID = "e1" }, "twice"},
		{"class", func(r *Result) { r.Entities[1].Type = "Planet" }, `unknown class "Planet"`},
		{"subject", func(r *Result) { r.Relations[0].S = "e9" }, `unknown subject "e9"`},
		{"object", func(r *Result) { r.Relations[0].O.Entity = "e9" }, `unknown object "e9"`},
		{"predicate", func(r *Result) { r.Relations[0].P = "loves" }, "unknown predicate"},
		{"classes", func(r *Result) { r.Relations[0].S = "e2" }, "does not hold between"},
		{"status", func(r *Result) { r.Relations[0].Status = "" }, "none of asserted"},
		{"confidence", func(r *Result) { r.Relations[0].Confidence = 1.2 }, "outside [0,1]"},
		{"place", func(r *Result) { r.Relations[0].Place = "e9" }, "unknown qualifier"},
		{"speaker", func(r *Result) { r.Relations[0].Attribution = []Attribution{{Speaker: "e9"}} }, "unknown speaker"},
	}
	for _, tt := range tests {
		r := visit()
		tt.spoil(r)
		if err := r.Validate(ont); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
