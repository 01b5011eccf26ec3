package pipeline_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/extract/pipeline"
	"isnad/schema"
)

var _ extract.Extractor = (*pipeline.Pipeline)(nil)

func newPipeline(t testing.TB, ext ...schema.Source) *pipeline.Pipeline {
	t.Helper()
	p, err := pipeline.New(ext...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var visit = article.Article{ID: "visit.txt", Title: "وزير الخارجية المغربي يلتقي نظيره الفرنسي", Language: "ar", Published: "2023-02-14",
	Body: "التقى وزير الخارجية المغربي ناصر بوريطة، اليوم الثلاثاء بالرباط، نظيره الفرنسي جان إيف لودريان.\n" +
		"وقال بوريطة إن المغرب انضم إلى التحالف الدولي ضد داعش."}

func TestExtract(t *testing.T) {
	p := newPipeline(t)
	r, err := p.Extract(context.Background(), &visit)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Validate(p.Ontology()); err != nil {
		t.Error(err)
	}
	names := map[string]string{}
	for _, e := range r.Entities {
		names[e.ID] = e.Name
	}
	found := map[string]bool{}
	for _, rel := range r.Relations {
		found[names[rel.S]+" "+rel.P+" "+names[rel.O.Entity]] = true
	}
	if !found["ناصر بوريطة met جان إيف لودريان"] && !found["جان إيف لودريان met ناصر بوريطة"] {
		t.Errorf("the meeting is missing among %v", found)
	}
	if !found["المغرب joined التحالف الدولي ضد داعش"] {
		t.Errorf("the accession is missing among %v", found)
	}
}

func TestExtractIsDeterministic(t *testing.T) {
	a, b := newPipeline(t), newPipeline(t)
	if a.Version() != b.Version() {
		t.Errorf("versions %q and %q", a.Version(), b.Version())
	}
	var first []byte
	for _, p := range []*pipeline.Pipeline{a, a, b} {
		r, err := p.Extract(context.Background(), &visit)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if string(first) != string(data) {
			t.Errorf("the same article gives\n%s\nand\n%s", first, data)
		}
	}
}

func TestVersionCoversExtensions(t *testing.T) {
	ext := schema.Source{Name: "mine.yaml", Data: []byte("classes: [{name: Vessel, label: {en: vessel}}]")}
	if newPipeline(t).Version() == newPipeline(t, ext).Version() {
		t.Error("an extension does not change the version")
	}
}

func TestExtractStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newPipeline(t).Extract(ctx, &visit); err == nil {
		t.Error("a cancelled extraction gives a result")
	}
}

// FuzzExtract holds every stage to the contract: no text, however odd, makes one
// panic or record a span that does not hold the words beside it.
func FuzzExtract(f *testing.F) {
	p := newPipeline(f)
	f.Add(visit.Title, visit.Body, visit.Published)
	f.Add("", "و", "")
	f.Add("\u202bالرئيس \"\u202c", "«قال» (الوزير", "2020-13")
	f.Fuzz(func(t *testing.T, title, body, published string) {
		a := article.Article{ID: "fuzz", Title: clean(title), Body: clean(body), Published: published, Language: "ar"}
		r, err := p.Extract(context.Background(), &a)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Validate(p.Ontology()); err != nil {
			t.Error(err)
		}
	})
}

// clean makes s valid UTF-8, as every article is.
func clean(s string) string { return string([]rune(s)) }

func BenchmarkExtract(b *testing.B) {
	p := newPipeline(b)
	b.SetBytes(int64(len(visit.Text())))
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		d, err := p.Annotate(context.Background(), &visit)
		if err != nil {
			b.Fatal(err)
		}
		tokens += len(d.Tokens)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newPipeline(b)
	}
}

// TestExplain checks that every stage shows in the explanation, and that explaining
// changes nothing.
func TestExplain(t *testing.T) {
	p := newPipeline(t)
	var first, second strings.Builder
	for _, w := range []*strings.Builder{&first, &second} {
		if err := p.Explain(context.Background(), &visit, w); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("two explanations differ")
	}
	for _, want := range []string{"# visit.txt", "## sentence 1 (title)", "tokens      التقى وزير", "verbs       التقى = التقى", "times       اليوم الثلاثاء = 2023-02-14",
		"ناصر بوريطة = Person, name", "offices     وزير الخارجية المغربي, holder ناصر بوريطة", "clauses     0 main [ناصر بوريطة]: verb:التقى",
		"met/verb-object at التقى: asserted; met(ناصر بوريطة, جان إيف لودريان) asserted 2023-02-14 in الرباط kind التقى",
		"complement of 0", "said by بوريطة (قال)"} {
		if !strings.Contains(first.String(), want) {
			t.Errorf("no %q in\n%s", want, first.String())
		}
	}
}
