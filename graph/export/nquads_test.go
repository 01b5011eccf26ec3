package export

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// hostile are values that Cayley's own writer and reader lose or refuse.
var hostile = []quad.Value{
	quad.IRI(""), quad.IRI("a b"), quad.IRI(`q"uote`), quad.IRI("<angle>"), quad.IRI("line\nbreak\t"), quad.IRI(`back\slash\u0041`),
	quad.IRI("isnad:person/ناصر_بوريطة"), quad.IRI("{|}^`"), quad.IRI("bad\xffbyte"),
	quad.BNode("plain1"), quad.BNode("odd label"), quad.BNode(""), quad.BNode("isnad0x41"), quad.BNode("-dash"), quad.BNode("نقطة"),
	quad.String(""), quad.String("line\nbreak\r\n\ttab"), quad.String(`"quoted" \ back`), quad.String("نص «عربي»\u200f "),
	quad.String("\x00\x01\x7f"), quad.String("bad\xff\xfe"), quad.String("\ufffd"), quad.String(`\u0041`), quad.String("𐍈 😀"),
	quad.String(`5"^^<x>`), quad.String(`a"@ar`), quad.String("<iri>"), quad.String("_:b"),
	quad.LangString{Value: "ناصر", Lang: "ar"}, quad.LangString{Value: "x\n", Lang: "ar-MA"},
	quad.TypedString{Value: "x", Type: "http://example.org/t"}, quad.TypedString{Value: "x", Type: ""},
	quad.TypedString{Value: "x", Type: "a >b"}, quad.TypedString{Value: "007", Type: xsd + "integer"}, quad.TypedString{Value: "10", Type: "schema:Integer"},
	quad.Int(0), quad.Int(-5), quad.Int(math.MaxInt64), quad.Float(0.93), quad.Float(0), quad.Float(math.Inf(1)), quad.Float(math.Inf(-1)),
	quad.Float(math.SmallestNonzeroFloat64), quad.Bool(true), quad.Bool(false),
	quad.Time(time.Date(2022, 5, 11, 10, 0, 0, 123456789, time.UTC)),
}

func roundTrip(t *testing.T, q quad.Quad) {
	t.Helper()
	line, err := AppendQuad(nil, q)
	if err != nil {
		t.Fatal(err)
	}
	text := string(line)
	if strings.Count(text, "\n") != 1 || strings.ContainsAny(text, "\r\x00") {
		t.Fatalf("%#v is not one clean line: %q", q, text)
	}
	got, ok, err := ParseQuad(strings.TrimSuffix(text, "\n"))
	if err != nil || !ok {
		t.Fatalf("%q: %v, %v", text, ok, err)
	}
	if got != q {
		t.Fatalf("%q: read %#v, wrote %#v", text, got, q)
	}
}

func TestRoundTrip(t *testing.T) {
	for _, v := range hostile {
		q := quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: v}
		roundTrip(t, q)
		switch v.(type) {
		case quad.IRI, quad.BNode:
			q.Subject, q.Label = v, v
			roundTrip(t, q)
		}
	}
}

func TestOneLineForEach(t *testing.T) {
	seen := map[string]quad.Value{}
	for _, v := range hostile {
		b, err := appendValue(nil, v)
		if err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[string(b)]; twice {
			t.Errorf("%#v and %#v are both written %s", v, other, b)
		}
		seen[string(b)] = v
	}
}

func TestUnwritable(t *testing.T) {
	for _, v := range []quad.Value{nil, quad.LangString{Value: "x", Lang: "a b"}} {
		if _, err := AppendQuad(nil, quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: v}); err == nil {
			t.Errorf("%#v was written", v)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for line, want := range map[string]string{
		`<s> <p> .`:                    "object",
		`<s> <p> <o>`:                  "too soon",
		`<s> <p> <o> <l> <x> .`:        "full stop",
		`<s> <p> <o> . x`:              "after the full stop",
		`<s> <p> "o`:                   "no closing",
		`<s b> <p> "o" .`:              "may not stand",
		`"s" <p> "o" .`:                "subject cannot be",
		`<s> _:p "o" .`:                "predicate cannot be",
		`<s> <p> "o" "l" .`:            "label cannot be",
		`<s> <p> "\x" .`:               "unknown escape",
		`<s> <p> "\u00" .`:             "no escape",
		`<s> <p> "\uD800" .`:           "no character",
		`<s> <p> "\`:                   "escape",
		`<s> <p> "o"@ .`:               "language tag",
		`<s> <p> "o"^^x .`:             "want a type",
		"<s> <p> \"\xff\" .":           "no UTF-8",
		`<s> <p> _:isnad0xzz .`:        "no label",
		`s <p> <o> .`:                  "want <",
		`<s> <p> "a" "b`:               "no closing",
		"<s> <p> \"raw\nbreak\" .":     "raw line break",
		`<s> <p> <http://a\u0020b\> .`: "unknown escape",
	} {
		if q, _, err := ParseQuad(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v, want an error with %q", line, q, err, want)
		}
	}
	for _, line := range []string{"", "   ", "# a comment", `<s> <p> "o" . # a comment`} {
		if _, _, err := ParseQuad(line); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func FuzzRoundTrip(f *testing.F) {
	f.Add("isnad:a b", "نص\n\"x\"\xff", "ar", "b")
	f.Fuzz(func(t *testing.T, iri, text, lang, blank string) {
		objects := []quad.Value{quad.String(text), quad.IRI(iri), quad.BNode(blank)}
		if languageTag.MatchString(lang) {
			objects = append(objects, quad.LangString{Value: quad.String(text), Lang: lang})
		}
		if typed := native(text, iri); typed != nil {
			objects = append(objects, typed)
		}
		for _, o := range objects {
			roundTrip(t, quad.Quad{Subject: quad.IRI(iri), Predicate: quad.IRI(text), Object: o, Label: quad.BNode(blank)})
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(`<s> <p> "o\u00e9"@ar <l> .`)
	f.Add(`_:b <p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> . # x`)
	f.Fuzz(func(t *testing.T, line string) {
		q, ok, err := ParseQuad(line)
		if err == nil && ok {
			roundTrip(t, q)
		}
	})
}

func BenchmarkAppendQuad(b *testing.B) {
	q := quad.Quad{Subject: quad.IRI("isnad:person/ناصر_بوريطة"), Predicate: quad.IRI("isnad:name"), Object: quad.String("ناصر بوريطة")}
	var buf []byte
	for b.Loop() {
		var err error
		if buf, err = AppendQuad(buf[:0], q); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(buf)))
}
