package ner_test

import (
	"strings"
	"testing"

	"isnad/extract"
	"isnad/extract/ner"
	"isnad/schema"
)

// checkDocument reports what breaks the contract of extract.Document.
func checkDocument(t *testing.T, d *extract.Document) {
	t.Helper()
	for i, m := range d.Mentions {
		if m.First < 0 || m.First >= m.Last || m.Last > len(d.Tokens) {
			t.Fatalf("mention %d covers tokens [%d,%d) of %d", i, m.First, m.Last, len(d.Tokens))
		}
		if m.Start != d.Tokens[m.First].Start || m.End != d.Tokens[m.Last-1].End {
			t.Errorf("mention %q: span [%d,%d) is not that of its tokens", m.Name, m.Start, m.End)
		}
		s := d.Sentences[m.Sentence]
		if m.First < s.First || m.Last > s.Last {
			t.Errorf("mention %q leaves its sentence", m.Name)
		}
		if i > 0 {
			checkOrder(t, &d.Mentions[i-1], &m)
		}
		if m.Parent != extract.None {
			if p := d.Mentions[m.Parent]; m.Parent >= i || p.First > m.First || p.Last < m.Last {
				t.Errorf("mention %q is not within its parent %q", m.Name, p.Name)
			}
		}
	}
	for _, o := range d.Offices {
		if o.Holder < 0 || o.Holder >= len(d.Mentions) || d.Mentions[o.Holder].Class != schema.Person {
			t.Errorf("office %q has holder %d", o.Value, o.Holder)
		}
		if o.First >= o.Last || o.Value == "" {
			t.Errorf("office %q covers tokens [%d,%d)", o.Value, o.First, o.Last)
		}
	}
}

func checkOrder(t *testing.T, a, b *extract.Mention) {
	t.Helper()
	switch {
	case a.First > b.First || a.First == b.First && a.Last < b.Last:
		t.Errorf("mentions %q, %q are not sorted", a.Name, b.Name)
	case a.First == b.First && a.Last == b.Last:
		t.Errorf("mention %q twice", a.Name)
	case b.First < a.Last && b.Last > a.Last:
		t.Errorf("mentions %q, %q cross", a.Name, b.Name)
	}
}

func FuzzAnnotate(f *testing.F) {
	f.Add("استقبل وزير الخارجية المصري سامح شكري نظيره الفرنسي، جان إيف لودريان، في باريس.")
	f.Add("وزراء الخارجية التونسي خميس الجهيناوي والمصري")
	f.Add("«مجلس شورى» (أوبك) رئيس")
	f.Add("محمد بن")
	f.Add("نظيره")
	f.Add("الأمين العام للأمم\nالمتحدة Europa Oil & Gas السيد")
	f.Fuzz(func(t *testing.T, text string) {
		checkDocument(t, annotate(t, strings.ToValidUTF8(text, "")))
	})
}

func TestExtension(t *testing.T) {
	ext := schema.Source{Name: "vessels.yaml", Data: []byte(`
classes:
  - {name: Vessel, label: {en: vessel}}
lexicon:
  - class: Vessel
    names: [مافي مرمرة]
    heads: [سفينة, ناقلة]
`)}
	list, err := newStages(ext)
	if err != nil {
		t.Fatal(err)
	}
	d := run(list, "أبحرت مافي مرمرة أمس، ثم وصلت سفينة الأمل إلى غزة.")
	var got []string
	for _, m := range d.Mentions {
		if m.Class == "Vessel" {
			got = append(got, m.Name)
		}
	}
	if want := "مافي مرمرة، سفينة الأمل"; strings.Join(got, "، ") != want {
		t.Errorf("vessels: %q, want %q", got, want)
	}
}

func TestExtensionErrors(t *testing.T) {
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ yaml, want string }{
		{"lexicon: [{class: Ship, names: [x]}]", `"Ship" is no class of entities`},
		{"lexicon: [{class: Date, names: [x]}]", `"Date" is no class of entities`},
		{"lexicon: {class: Person}", "want a list"},
	} {
		_, err := ner.New(ont, schema.Source{Name: "x.yaml", Data: []byte(c.yaml)})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.yaml, err, c.want)
		}
	}
}

func BenchmarkAnnotate(b *testing.B) {
	list, err := stages()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("استقبل وزير الخارجية المصري سامح شكري أمس في القاهرة نظيره الفرنسي جان إيف لودريان، وبحث معه الوضع في ليبيا. وقال المتحدث باسم وزارة الخارجية إن اللقاء كان مثمرا، وإن البلدين يدعمان مجلس الأمن الدولي.\n", 20)
	d := run(list[:1], text)
	b.ReportAllocs()
	for b.Loop() {
		list[2].Annotate(d)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkNew(b *testing.B) {
	ont, err := schema.Default()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ner.New(ont); err != nil {
			b.Fatal(err)
		}
	}
}
