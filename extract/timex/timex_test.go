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

// FuzzTimes checks that expressions lie in their sentence, in order, and that values
// are dates.
func FuzzTimes(f *testing.F) {
	a, tagger := newTagger(f)
	f.Add("2022-05-11", "من 30 أبريل إلى 3 ماي 2022، 03/07/2016 و27 رمضان 1443 هـ")
	f.Add("2022", "أمس الاثنين قبل 999 يوما، عامي 2014 و2015. العام المقبل")
	f.Add("0001-01-01", "قبل 999 سنة وقبل 900 شهر، 31/12/9999")
	f.Fuzz(func(t *testing.T, published, text string) {
		text = strings.ToValidUTF8(text, "")
		d := &extract.Document{Article: article.Article{Published: published}, Text: text}
		a.Annotate(d)
		tagger.Annotate(d)
		last := 0
		for _, tm := range d.Times {
			s := d.Sentences[tm.Sentence]
			if tm.First < last || tm.First < s.First || tm.Last > s.Last || tm.Last <= tm.First {
				t.Fatalf("%+v after token %d in %+v", tm, last, s)
			}
			last = tm.Last
			for _, value := range []string{tm.Value, tm.End} {
				if value != "" && parseISO(value).String() != value {
					t.Fatalf("%q is no date", value)
				}
			}
			if tm.Value == "" && tm.End != "" {
				t.Fatalf("%+v ends but does not begin", tm)
			}
		}
	})
}

func BenchmarkTimes(b *testing.B) {
	data, err := os.ReadFile("testdata/times.txt")
	if err != nil {
		b.Fatal(err)
	}
	a, tagger := newTagger(b)
	d := &extract.Document{Article: article.Article{Published: "2022-05-11"}, Text: string(data)}
	a.Annotate(d)
	tokens := 0
	for b.Loop() {
		tagger.Annotate(d)
		tokens += len(d.Tokens)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}
