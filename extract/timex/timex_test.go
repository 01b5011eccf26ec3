package timex

import (
	"os"
	"strings"
	"testing"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/extract/article"
)

func newTagger(t testing.TB) (*arabic.Analyzer, *Tagger) {
	t.Helper()
	a, err := arabic.New(arabic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tagger, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return a, tagger
}

func TestTimes(t *testing.T) {
	data, err := os.ReadFile("testdata/times.txt")
	if err != nil {
		t.Fatal(err)
	}
	a, tagger := newTagger(t)
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); line == "" || line[0] == '#' {
			continue
		}
		published, rest, ok := strings.Cut(line, " | ")
		text, want, ok2 := strings.Cut(rest, " =")
		if !ok || !ok2 {
			t.Fatalf("not a test: %q", line)
		}
		d := &extract.Document{Article: article.Article{Published: strings.Trim(published, "-")}, Text: text}
		if published != "-" {
			d.Article.Published = published
		}
		a.Annotate(d)
		tagger.Annotate(d)
		if got := describe(d); got != strings.TrimSpace(want) {
			t.Errorf("%s | %s\n got %s\nwant %s", published, text, got, strings.TrimSpace(want))
		}
	}
}

// describe writes the times of d as the fixture does.
func describe(d *extract.Document) string {
	var out []string
	for _, tm := range d.Times {
		s := "[" + d.Text[tm.Start:tm.Span.End] + "]"
		if tm.Value != "" {
			s += " " + tm.Value
		}
		if tm.End != "" {
			s += "/" + tm.End
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestMonth(t *testing.T) {
	for name, want := range map[string]int{"شتنبر": 9, "كانون  الثاني": 1, "أوت": 8, "ابريل": 4, "مارس": 3} {
		if got, ok := Month(name); !ok || got != want {
			t.Errorf("Month(%s) = %d, %v", name, got, ok)
		}
	}
	if m, ok := Month("الثاني"); ok {
		t.Errorf("Month(الثاني) = %d", m)
	}
}
