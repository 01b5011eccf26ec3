package format

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

// escaped returns s in a syntax, with its lines.
func escaped(x *syntax, s string) string {
	b := buffer{syntax: x}
	b.text(s)
	return string(b.written())
}

func TestSyntax(t *testing.T) {
	for _, test := range []struct {
		syntax        *syntax
		s, text, line string
	}{
		{bare, "ناصر بوريطة، الوزير", "ناصر بوريطة، الوزير", "ناصر بوريطة، الوزير"},
		{bare, "a\nb\r\nc\td", "a\nb \nc d", "a b  c d"},
		{bare, "\u202eعكس\u202c\x00\u0600", "عكس", "عكس"},
		{bare, "ab\xff\xfe\xd8", "ab\ufffd", "ab\ufffd"},
		{bare, "é—«»👩\u200d🚀\u00ad\u2028\uffff", "é—«»👩\u200d🚀 ", "é—«»👩\u200d🚀 "},
		{jsonText, "\"\\\n</script>&", `\"\\\n\u003c/script\u003e\u0026`, `\"\\ \u003c/script\u003e\u0026`},
		{xmlText, "<\"&\">\n", "&lt;\"&amp;\"&gt;\n", "&lt;\"&amp;\"&gt; "},
		{xmlAttr, "<\"&\">\n", "&lt;&quot;&amp;&quot;&gt;&#10;", "&lt;&quot;&amp;&quot;&gt; "},
		{quoted, "\"\\\n'", `\"\\\n'`, `\"\\ '`},
		{cypher, "\"\\\n'", `"\\\n\'`, `"\\ \'`},
		{csvText, "\";\n,", "\"\";\n,", "\"\"; ,"},
		{csvItem, "\";\n,", "\"\",\n,", "\"\", ,"},
		{markdown, "*a_[1]`|#", "\\*a\\_\\[1\\]\\`\\|\\#", "\\*a\\_\\[1\\]\\`\\|\\#"},
		{mermaid, "\"#<`>", "#quot;#35;#lt;#96;#gt;", "#quot;#35;#lt;#96;#gt;"},
	} {
		if got := escaped(test.syntax, test.s); got != test.text {
			t.Errorf("%q: %q, want %q", test.s, got, test.text)
		}
		b := buffer{syntax: test.syntax}
		if b.line(test.s); string(b.written()) != test.line {
			t.Errorf("%q in one line: %q, want %q", test.s, b.written(), test.line)
		}
	}
}

func TestCell(t *testing.T) {
	for s, want := range map[string]string{
		"": ",", "a": "a,", "a,b": `"a,b",`, `a"b`: `"a""b",`, " a": `" a",`, "a\nb": "\"a\nb\",", `\.`: `"\.",`, "a\x00": "a,", "ناصر": "ناصر,",
	} {
		b := buffer{syntax: csvText}
		if b.cells(s); string(b.written()) != want {
			t.Errorf("%q: %s, want %s", s, b.written(), want)
		}
	}
}

// slowly is what a syntax makes of a text byte by byte.
func slowly(x *syntax, s string) string {
	slow := *x
	slow.words = false
	return escaped(&slow, s)
}

// TestWords goes through all pairs of bytes at all places of a word.
func TestWords(t *testing.T) {
	for i := range 1 << 16 {
		pair := string([]byte{byte(i >> 8), byte(i)})
		for _, around := range [][2]string{{"", "abcdefgh"}, {"abc", "abcde"}, {"abcdef", "ab"}, {"abcdefg", "hijklmno"}, {"ناصر", "ناصر"}, {"aناص", "رabcd"}} {
			s := around[0] + pair + around[1]
			if got, want := escaped(jsonText, s), slowly(jsonText, s); got != want {
				t.Fatalf("%q: %q, want %q", s, got, want)
			}
		}
	}
}

// FuzzSyntax holds that what is escaped reads back as the clean text, for readers that
// know nothing of ours.
func FuzzSyntax(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, line := escaped(bare, s), clean(s)
		if strings.ReplaceAll(text, "\n", " ") != line || !utf8.ValidString(text) || clean(line) != line {
			t.Errorf("%q: clean is %q, in one line %q", s, text, line)
		}
		for _, x := range []*syntax{bare, jsonText, xmlText, xmlAttr, quoted, cypher, csvText} {
			if got, want := escaped(x, s), slowly(x, s); !x.words || got != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
		b := buffer{syntax: jsonText}
		b.json(s)
		var back string
		if err := json.Unmarshal(b.written(), &back); err != nil || back != text {
			t.Errorf("JSON: %s is %q (%v), want %q", b.written(), back, err, text)
		}
		b = buffer{syntax: xmlText}
		b.raw("<x")
		b.attr("a", s)
		b.raw(">")
		b.text(s)
		b.raw("</x>")
		var element struct {
			Attr string `xml:"a,attr"`
			Text string `xml:",chardata"`
		}
		if err := xml.Unmarshal(b.written(), &element); err != nil || element.Attr != text || element.Text != text {
			t.Errorf("XML: %s is %q (%v), want %q", b.written(), element, err, text)
		}
		b = buffer{syntax: csvText}
		b.cells("x", s)
		b.endRow()
		row, err := csv.NewReader(bytes.NewReader(b.written())).Read()
		if err != nil || row[1] != text {
			t.Errorf("CSV: %s is %q (%v), want %q", b.written(), row, err, text)
		}
	})
}

// BenchmarkSyntax escapes what an edge consists of.
func BenchmarkSyntax(b *testing.B) {
	texts := []string{"التقى وزير الخارجية نظيره في مراكش على هامش الاجتماع الوزاري، وبحث معه سبل التعاون", "isnad:person/ناصر_بوريطة",
		"isnad:statement/0123456789abcdef0123456789abcdef", "https://news.example/2022/05/11/title", "وكالة الأنباء", "2022-05-11", "met"}
	for name, x := range map[string]*syntax{"json": jsonText, "xml": xmlAttr, "markdown": markdown} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(strings.Join(texts, ""))))
			to := buffer{syntax: x}
			for b.Loop() {
				to.n = 0
				for _, s := range texts {
					to.text(s)
				}
			}
		})
	}
}
