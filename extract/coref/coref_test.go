package coref_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/extract/article"
	"isnad/extract/coref"
	"isnad/extract/ner"
	"isnad/schema"
)

var stages = sync.OnceValues(func() ([]extract.Stage, error) {
	ont, err := schema.Default()
	if err != nil {
		return nil, err
	}
	tagger, err := ner.New(ont)
	if err != nil {
		return nil, err
	}
	words, err := arabic.New(arabic.Options{Words: tagger.Words()})
	if err != nil {
		return nil, err
	}
	resolver, err := coref.New()
	if err != nil {
		return nil, err
	}
	return []extract.Stage{words, tagger, resolver}, nil
})

func annotate(tb testing.TB, body string, last int) *extract.Document {
	tb.Helper()
	list, err := stages()
	if err != nil {
		tb.Fatal(err)
	}
	a := article.Article{Body: body}
	d := &extract.Document{Article: a, Text: a.Text()}
	for _, s := range list[:last] {
		s.Annotate(d)
	}
	return d
}

func TestEntities(t *testing.T) {
	data, err := os.ReadFile("testdata/entities.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(string(data), "\n\n") {
		if strings.HasPrefix(block, "#") {
			continue
		}
		text, claims, _ := strings.Cut(strings.TrimSpace(block), "\n")
		d := annotate(t, text, 3)
		for _, claim := range strings.Split(claims, "\n") {
			checkClaim(t, d, claim)
		}
	}
}

func checkClaim(t *testing.T, d *extract.Document, claim string) {
	t.Helper()
	sign, rest, ok := strings.Cut(claim, " ")
	if !ok || sign != "=" && sign != "!" && sign != "~" {
		t.Fatalf("claim %q begins with none of = ! ~", claim)
	}
	if sign == "~" {
		name, code, _ := strings.Cut(rest, " | ")
		if e := entityOf(d, name); e == extract.None || d.Entities[e].Code != code {
			t.Errorf("%q: not %s in %q", name, code, d.Text)
		}
		return
	}
	first := extract.None
	for _, name := range strings.Split(rest, " | ") {
		e := entityOf(d, name)
		switch {
		case e == extract.None:
			t.Errorf("%q is no mention of %q", name, d.Text)
		case first == extract.None:
			first = e
		case sign == "=" && e != first:
			t.Errorf("%s: %q stands apart", claim, name)
		case sign == "!" && e == first:
			t.Errorf("%s: joined", claim)
		}
	}
}

// entityOf returns the entity of the last mention with that name.
func entityOf(d *extract.Document, name string) int {
	for i := len(d.Mentions) - 1; i >= 0; i-- {
		if d.Mentions[i].Name == name {
			return d.Mentions[i].Entity
		}
	}
	return extract.None
}

func TestNames(t *testing.T) {
	d := annotate(t, "قال بوريطة إن المغرب يرحب بالقرار. واستقبل ناصر بوريطة وفدا من المملكة المغربية.", 3)
	for _, c := range []struct {
		mention, name, code string
		class               schema.Class
	}{
		{"بوريطة", "ناصر بوريطة", "", schema.Person},
		{"المغرب", "المغرب", "MA", schema.Country},
	} {
		i := entityOf(d, c.mention)
		if i == extract.None {
			t.Fatalf("no mention %q", c.mention)
		}
		if e := d.Entities[i]; e.Name != c.name || e.Code != c.code || e.Class != c.class {
			t.Errorf("%q is %s %q (%s), want %s %q (%s)", c.mention, e.Class, e.Name, e.Code, c.class, c.name, c.code)
		}
	}
}

func FuzzAnnotate(f *testing.F) {
	f.Add("استقبل وزير الخارجية ناصر بوريطة نظيره المصري سامح شكري. وقال الوزير إن المملكة (و م ع) ترحب بالوكالة.")
	f.Add("الاتحاد الأفريقي لكرة القدم، والاتحاد الأفريقي، والاتحاد.")
	f.Fuzz(func(t *testing.T, text string) {
		d := annotate(t, strings.ToValidUTF8(text, ""), 3)
		seen := make([]bool, len(d.Mentions))
		for e, entity := range d.Entities {
			if entity.Name == "" || entity.Class == "" || len(entity.Mentions) == 0 {
				t.Errorf("entity %d: %+v", e, entity)
			}
			for k, m := range entity.Mentions {
				if seen[m] || d.Mentions[m].Entity != e || k > 0 && entity.Mentions[k-1] >= m {
					t.Errorf("entity %s: mention %d is twice, elsewhere or out of order", entity.ID, m)
				}
				seen[m] = true
			}
		}
		for m, ok := range seen {
			if !ok {
				t.Errorf("mention %d has no entity", m)
			}
		}
	})
}

func BenchmarkAnnotate(b *testing.B) {
	text := strings.Repeat("استقبل وزير الخارجية المصري سامح شكري أمس في القاهرة نظيره الفرنسي جان إيف لودريان، وبحث معه الوضع في ليبيا. وقال شكري إن اللقاء كان مثمرا، وإن البلدين يدعمان مجلس الأمن الدولي.\n", 20)
	d := annotate(b, text, 2)
	r, err := coref.New()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r.Annotate(d)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
