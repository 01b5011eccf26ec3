package relation_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/extract/relation"
	"isnad/schema"
)

// TestFixtures runs the sentences of testdata/*.txt. A sentence marks what the
// stages before would have found, {words/what}, and the indented lines below it
// are all it states: subject | predicate | object, and the status unless asserted, the
// date, to whom and as what, if any.
// What is Person, Organization, Country, Place or Event, or another class of the
// ontology; Class=name for a mention of an entity named elsewhere, Nisba=country for
// an adjective, Time=value, and Office for a title beside a name.
func TestFixtures(t *testing.T) {
	ont, eng := shipped(t)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) { runFixture(t, f, ont, eng) })
	}
}

func shipped(t testing.TB) (*schema.Ontology, *relation.Engine) {
	t.Helper()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	eng, err := relation.Candidates(ont)
	if err != nil {
		t.Fatal(err)
	}
	return ont, eng
}

func runFixture(t *testing.T, file string, ont *schema.Ontology, eng *relation.Engine) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if line == "" || line[0] == '#' || line[0] == ' ' {
			continue
		}
		var want []string
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "  ") {
			i++
			if w := strings.TrimSpace(lines[i]); w != "-" {
				want = append(want, w)
			}
		}
		d := annotate(t, line)
		eng.Annotate(d)
		got := stated(t, d, ont)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s:%d: %s\n got: %s\nwant: %s\n%s", file, i+1, d.Text, strings.Join(got, "\n      "), strings.Join(want, "\n      "), explain(eng, d))
		}
	}
}

func explain(eng *relation.Engine, d *extract.Document) string {
	var lines []string
	for _, r := range eng.Explain(d) {
		lines = slices.Concat(lines, r.Clauses, r.Frames)
	}
	return strings.Join(lines, "\n")
}

// stated renders the relations of d as fixtures write them, checking what holds of all.
func stated(t *testing.T, d *extract.Document, ont *schema.Ontology) []string {
	var out []string
	for _, r := range d.Relations {
		o, class := "", schema.Class("")
		if r.Literal != nil {
			o, class = r.Literal.Value, r.Literal.Type
		} else {
			o, class = d.Entities[r.Object].Name, d.Entities[r.Object].Class
		}
		s := d.Entities[r.Subject]
		if err := ont.Allows(r.Predicate, s.Class, class); err != nil {
			t.Errorf("%s: %v", r.Rule, err)
		}
		if r.Evidence.Start >= r.Evidence.End || r.Evidence.End > len(d.Text) {
			t.Errorf("%s: evidence %v", r.Rule, r.Evidence)
		}
		line := s.Name + " | " + r.Predicate + " | " + o
		if r.Status != schema.Asserted {
			line += " | " + string(r.Status)
		}
		if r.Date != "" {
			line += " | " + r.Date
		}
		if r.To != extract.None {
			line += " | to " + d.Entities[r.To].Name
		}
		if r.As != "" {
			line += " | as " + r.As
		}
		if len(r.Attribution) > 0 {
			line += " |"
			for _, a := range r.Attribution {
				line += " " + a.Text + ": " + a.Verb
			}
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

type mark struct {
	span       extract.Span
	what, name string
}

var analyzer = sync.OnceValues(func() (*arabic.Analyzer, error) { return arabic.New(arabic.Options{}) })

// annotate builds the document of a marked sentence.
func annotate(t testing.TB, line string) *extract.Document {
	t.Helper()
	text, marks := unmark(t, line)
	an, err := analyzer()
	if err != nil {
		t.Fatal(err)
	}
	d := &extract.Document{Text: text}
	an.Annotate(d)
	for _, m := range marks {
		first, last := tokens(d, m.span)
		if first == last {
			t.Fatalf("%q does not fall on tokens of %q", m.name, text)
		}
		sent := 0
		for i := range d.Sentences {
			if d.Sentences[i].First <= first {
				sent = i
			}
		}
		switch m.what {
		case "Time":
			d.Times = append(d.Times, extract.Time{Span: m.span, First: first, Last: last, Sentence: sent, Value: m.name})
		case "Office":
			d.Offices = append(d.Offices, extract.Office{Span: m.span, First: first, Last: last, Sentence: sent,
				Value: text[m.span.Start:m.span.End], Country: extract.None, Body: extract.None})
		default:
			addMention(d, m, first, last, sent)
		}
	}
	bindOffices(d)
	return d
}

func addMention(d *extract.Document, m mark, first, last, sent int) {
	form, class := extract.Name, schema.Class(m.what)
	if m.what == "Nisba" {
		form, class = extract.Nisba, schema.Country
	}
	e := slices.IndexFunc(d.Entities, func(e extract.Entity) bool { return e.Name == m.name })
	if e < 0 {
		e = len(d.Entities)
		d.Entities = append(d.Entities, extract.Entity{ID: m.name, Class: class, Name: m.name})
	}
	d.Entities[e].Mentions = append(d.Entities[e].Mentions, len(d.Mentions))
	parent := extract.None
	for i := range d.Mentions {
		if d.Mentions[i].First <= first && last <= d.Mentions[i].Last {
			parent = i
		}
	}
	d.Mentions = append(d.Mentions, extract.Mention{Span: m.span, First: first, Last: last, Sentence: sent, Class: d.Entities[e].Class,
		Form: form, Name: d.Text[m.span.Start:m.span.End], Head: first, Parent: parent, Office: extract.None, Entity: e})
}

// bindOffices gives each office the nearest name beside it, and the country or body inside.
func bindOffices(d *extract.Document) {
	for o := range d.Offices {
		off := &d.Offices[o]
		far := 100
		for m := range d.Mentions {
			x := &d.Mentions[m]
			switch {
			case x.First >= off.First && x.Last <= off.Last && x.Class == schema.Country:
				off.Country = m
			case x.First >= off.First && x.Last <= off.Last && x.Class == schema.Organization:
				off.Body = m
			case x.Class == schema.Person && x.First >= off.Last && x.First-off.Last < far:
				off.Holder, off.Before, far = m, true, x.First-off.Last
			case x.Class == schema.Person && x.Last <= off.First && off.First-x.Last < far:
				off.Holder, off.Before, far = m, false, off.First-x.Last
			}
		}
	}
}

func tokens(d *extract.Document, s extract.Span) (first, last int) {
	first = -1
	for i, tok := range d.Tokens {
		if tok.Start >= s.Start && tok.End <= s.End {
			if first < 0 {
				first = i
			}
			last = i + 1
		}
	}
	return max(first, 0), last
}

// unmark strips the marks of a fixture line. Marks nest; outer ones come first.
func unmark(t testing.TB, line string) (string, []mark) {
	var b strings.Builder
	var marks []mark
	var open []int
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '{':
			open = append(open, len(marks))
			marks = append(marks, mark{span: extract.Span{Start: b.Len()}})
		case '/':
			end := strings.IndexByte(line[i:], '}')
			if len(open) == 0 || end < 0 {
				b.WriteByte('/')
				continue
			}
			m := &marks[open[len(open)-1]]
			open = open[:len(open)-1]
			m.span.End = b.Len()
			var named bool
			if m.what, m.name, named = strings.Cut(line[i+1:i+end], "="); !named {
				m.name = b.String()[m.span.Start:m.span.End]
			}
			i += end
		default:
			b.WriteByte(line[i])
		}
	}
	if len(open) > 0 {
		t.Fatalf("unclosed mark in %q", line)
	}
	return b.String(), marks
}
