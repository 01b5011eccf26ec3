package ner_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/extract/article"
	"isnad/extract/ner"
	"isnad/extract/timex"
	"isnad/schema"
)

var stages = sync.OnceValues(func() ([]extract.Stage, error) { return newStages() })

func newStages(ext ...schema.Source) ([]extract.Stage, error) {
	ont, err := schema.Load(ext...)
	if err != nil {
		return nil, err
	}
	tagger, err := ner.New(ont, ext...)
	if err != nil {
		return nil, err
	}
	words, err := arabic.New(arabic.Options{Words: tagger.Words()})
	if err != nil {
		return nil, err
	}
	times, err := timex.New()
	if err != nil {
		return nil, err
	}
	return []extract.Stage{words, times, tagger}, nil
}

func annotate(tb testing.TB, body string) *extract.Document {
	tb.Helper()
	list, err := stages()
	if err != nil {
		tb.Fatal(err)
	}
	return run(list, body)
}

func run(list []extract.Stage, body string) *extract.Document {
	a := article.Article{Body: body}
	d := &extract.Document{Article: a, Text: a.Text()}
	for _, s := range list {
		s.Annotate(d)
	}
	return d
}

// mark is a marked part of a fixture's sentence.
type mark struct {
	extract.Span
	class schema.Class // or "office"
}

var classes = map[byte]schema.Class{
	'P': schema.Person, 'O': schema.Organization, 'C': schema.Country, 'L': schema.Place, 'E': schema.Event,
}

const officeMark schema.Class = "office"

// parseMarks takes the marks out of a fixture's sentence.
func parseMarks(line string) (text string, marks []mark, err error) {
	var b strings.Builder
	var open []int
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '[':
			if i+2 >= len(line) || classes[line[i+1]] == "" || line[i+2] != ' ' {
				return "", nil, fmt.Errorf("no class behind [ in %q", line)
			}
			open = append(open, len(marks))
			marks = append(marks, mark{extract.Span{Start: b.Len()}, classes[line[i+1]]})
			i += 2
		case '{':
			open = append(open, len(marks))
			marks = append(marks, mark{extract.Span{Start: b.Len()}, officeMark})
		case ']', '}':
			if len(open) == 0 {
				return "", nil, fmt.Errorf("nothing to close in %q", line)
			}
			marks[open[len(open)-1]].End = b.Len()
			open = open[:len(open)-1]
		default:
			b.WriteByte(line[i])
		}
	}
	if len(open) > 0 {
		return "", nil, fmt.Errorf("mark left open in %q", line)
	}
	return b.String(), marks, nil
}

// settle moves a mark behind the clitics that its first word carries.
func settle(d *extract.Document, m mark) mark {
	for i := range d.Tokens {
		tok := &d.Tokens[i]
		if tok.Start == m.Start && tok.Kind == extract.Proclit && tok.End < m.End {
			m.Start = tok.End
		}
	}
	return m
}

func TestMentions(t *testing.T) {
	f, err := os.Open("testdata/mentions.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, marks, err := parseMarks(line)
		if err != nil {
			t.Fatalf("mentions.txt:%d: %v", n, err)
		}
		checkMarks(t, n, annotate(t, text), marks)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

func checkMarks(t *testing.T, n int, d *extract.Document, marks []mark) {
	t.Helper()
	var found []mark
	for _, m := range d.Mentions {
		found = append(found, mark{m.Span, m.Class})
	}
	for _, o := range d.Offices {
		if d.Mentions[o.Holder].Form == extract.Name {
			found = append(found, mark{o.Span, officeMark})
		}
	}
	for i := range marks {
		marks[i] = settle(d, marks[i])
		if !slices.Contains(found, marks[i]) {
			t.Errorf("mentions.txt:%d: %s %q is not found", n, marks[i].class, d.Text[marks[i].Start:marks[i].End])
		}
	}
	for _, m := range d.Mentions {
		if m.Form == extract.Name && !slices.Contains(marks, mark{m.Span, m.Class}) {
			t.Errorf("mentions.txt:%d: %s %q is found", n, m.Class, m.Name)
		}
	}
	for _, o := range d.Offices {
		if d.Mentions[o.Holder].Form == extract.Name && !slices.Contains(marks, mark{o.Span, officeMark}) {
			t.Errorf("mentions.txt:%d: office %q is found", n, o.Value)
		}
	}
}
