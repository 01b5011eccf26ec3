package schema

import (
	"strings"
	"testing"
)

func TestDefaultOntology(t *testing.T) {
	o, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(o.Predicates()); n != 38 {
		t.Errorf("%d predicates, want 38", n)
	}
	for _, p := range o.Predicates() {
		if p.Label["ar"] == "" || p.Label["en"] == "" || p.Comment == "" || p.Family == "" {
			t.Errorf("%s lacks a label, a comment or a family", p.Name)
		}
	}
	for _, c := range o.Classes() {
		if c.Label["ar"] == "" || c.Label["en"] == "" || c.Comment == "" {
			t.Errorf("%s lacks a label or a comment", c.Name)
		}
	}
}

func TestAllows(t *testing.T) {
	o, err := Load(Source{"ships.yaml", []byte(`
classes:
  - {name: Vessel, label: {en: vessel}}
  - {name: Warship, parent: Vessel, label: {en: warship}}
predicates:
  - {name: dockedIn, subject: [Vessel], object: [Place, Country], label: {en: docked in}}
`)})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		predicate       string
		subject, object Class
		want            string // part of the error, or empty
	}{
		{"met", Person, Country, ""},
		{"met", Place, Person, "does not hold"},
		{"holdsPosition", Person, Position, ""},
		{"holdsPosition", Organization, Position, "does not hold"},
		{"dockedIn", "Vessel", Place, ""},
		{"dockedIn", "Warship", Place, ""},
		{"dockedIn", Person, Place, "does not hold"},
		{"sailed", Person, Place, "unknown predicate"},
	}
	for _, tt := range tests {
		err := o.Allows(tt.predicate, tt.subject, tt.object)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s(%s, %s): %v, want %q", tt.predicate, tt.subject, tt.object, err, tt.want)
		}
	}
	if !o.Is("Warship", "Vessel") || o.Is("Vessel", "Warship") {
		t.Error("a warship is a vessel, and not the other way round")
	}
}

func TestLoadRejects(t *testing.T) {
	tests := []struct{ yaml, want string }{
		{"classes: [{name: Person}]", `class "Person" is defined twice`},
		{"classes: [{name: 'a b'}]", "letters and digits only"},
		{"classes: [{name: A, parent: B}]", `unknown parent "B"`},
		{"classes: [{name: A, parent: B}, {name: B, parent: A}]", "its own ancestor"},
		{"groups: {Agent: [Person]}", `group "Agent" is defined twice`},
		{"predicates: [{name: met, subject: [Agent], object: [Agent]}]", `predicate "met" is defined twice`},
		{"predicates: [{name: p, subject: [Ship], object: [Agent]}]", `unknown class "Ship"`},
		{"predicates: [{name: p, subject: [Agent]}]", "each need a class"},
		{"predicates: [{name: p, subject: [Date], object: [Agent]}]", "cannot be a subject"},
		{"predicates: [{name: p, subject: [Person], object: [Place], symmetric: true}]", "must be of the same classes"},
		{"colour: red", "field colour not found"},
		{"predicates: 5", "cannot unmarshal"},
	}
	for _, tt := range tests {
		_, err := Load(Source{"mine.yaml", []byte(tt.yaml)})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.yaml, err, tt.want)
		}
	}
}

func FuzzParseFile(f *testing.F) {
	f.Add([]byte("classes: [{name: A, label: {en: a}}]"))
	f.Add([]byte("predicates: [{name: p, subject: [Person], object: [Place]}]\nframes: []\nlexicon: {}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := Load(Source{"fuzz.yaml", data})
		if err != nil {
			return
		}
		for _, p := range o.Predicates() {
			for _, c := range append(p.Subject, p.Object...) {
				if o.Class(c) == nil {
					t.Errorf("%s allows the unknown class %q", p.Name, c)
				}
			}
		}
	})
}
