package arabic

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"isnad/extract"
	"isnad/extract/article"
)

func newAnalyzer(t testing.TB, words ...string) *Analyzer {
	t.Helper()
	a, err := New(Options{Words: words})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func annotate(a *Analyzer, text string) *extract.Document {
	d := &extract.Document{Article: article.Article{Body: text}, Text: text}
	a.Annotate(d)
	return d
}

// cutUp writes the tokens of one word: clitics marked with +.
func cutUp(a *Analyzer, word string) string {
	var out []string
	for _, tok := range annotate(a, word).Tokens {
		switch tok.Kind {
		case extract.Proclit:
			out = append(out, tok.Form+"+")
		case extract.Enclit:
			out = append(out, "+"+tok.Form)
		default:
			out = append(out, tok.Form)
		}
	}
	return strings.Join(out, " ")
}

func TestClitics(t *testing.T) {
	a := newAnalyzer(t)
	for word, want := range fixture(t, "testdata/clitics.txt") {
		if got := cutUp(a, word); got != want {
			t.Errorf("%s: got %s, want %s", word, got, want)
		}
	}
}

// fixture yields the two sides of each "a = b" line of a file.
func fixture(t testing.TB, path string) iter.Seq2[string, string] {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(string, string) bool) {
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			left, right, ok := strings.Cut(line+" ", " = ")
			if !ok {
				t.Fatalf("%s: no = in %q", path, line)
			}
			if !yield(left, strings.TrimSpace(right)) {
				return
			}
		}
	}
}

func TestContraction(t *testing.T) {
	d := annotate(newAnalyzer(t), "انضم المغرب للتحالف، وللجامعة رأي.")
	for _, want := range []struct{ form, base, text string }{
		{"التحالف", "تحالف", "لتحالف"},
		{"الجامعة", "جامعه", "لجامعة"},
	} {
		i := slices.IndexFunc(d.Tokens, func(tok extract.Token) bool { return tok.Form == want.form })
		if i < 0 {
			t.Errorf("no token %s", want.form)
			continue
		}
		tok := d.Tokens[i]
		if got := d.Text[tok.Start:tok.End]; got != want.text || tok.Base != want.base || !tok.Def || !tok.Glued {
			t.Errorf("%s: text %q, base %q, def %v, glued %v", want.form, got, tok.Base, tok.Def, tok.Glued)
		}
	}
}

func TestNamesProtectWords(t *testing.T) {
	a := newAnalyzer(t, "كامالا وبستر", "لوماتو")
	for word, want := range map[string]string{"وبستر": "وبستر", "ولوماتو": "و+ لوماتو", "وبلوماتو": "و+ ب+ لوماتو"} {
		if got := cutUp(a, word); got != want {
			t.Errorf("%s: got %s, want %s", word, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"وصل الوزير. وقال «نعم.» ثم غادر!", []string{"وصل الوزير.", "وقال «نعم.»", "ثم غادر!"}},
		{"قال د. أحمد إن 3.5 مليون زاروا المعرض.", []string{"قال د. أحمد إن 3.5 مليون زاروا المعرض."}},
		{"نقلت أ.ف.ب. عن مصدر.\nفقرة ثانية", []string{"نقلت أ.ف.ب.", "عن مصدر.", "فقرة ثانية"}},
		{"لا يزال عند موقفه. وقال إنه باق.", []string{"لا يزال عند موقفه.", "وقال إنه باق."}},
		{"انتهى الاجتماع.وكان طويلا", []string{"انتهى الاجتماع.", "وكان طويلا"}},
		{"عام 1435 هـ. وبعد ذلك (...) عاد", []string{"عام 1435 هـ.", "وبعد ذلك (...) عاد"}},
		{"", nil},
		{" \n\n ", nil},
	}
	a := newAnalyzer(t)
	for _, tt := range tests {
		d := annotate(a, tt.text)
		var got []string
		for _, s := range d.Sentences {
			got = append(got, d.Text[s.Start:s.End])
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	tests := map[string]string{
		"أُعْلِنَ إلى آخِرِهـ": "اعلن الي اخره",
		"مؤتمر هيئة":           "موتمر هييه",
		"\ufefb \ufdf2":        "لا الله",
		"ال\u200cرباط\u200f":   "الرباط",
		"٢٠١٤ ۱۲":              "2014 12",
		"کی":                   "كي",
		"باريس\u00a0الكبرى":    "باريس الكبري",
		"“نعم”":                "“نعم”",
	}
	for in, want := range tests {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("أُعْلِنَ إلى آخِرِهـ \ufefb")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, again %q", s, once, twice)
		}
	})
}

// FuzzTokens checks that tokens tile the text but for white space and invisible
// characters, and sentences the tokens.
func FuzzTokens(f *testing.F) {
	a := newAnalyzer(f)
	f.Add("وقال بـ«الرباط»: 3.5% و84 دولة www.example.com أ.ف.ب. \ufef7ن السَّلام\u200fعليكم")
	f.Add("\u0640\u0640 \u064b 😀 a@b.cd #وسم @me ٢٠١٤/٠٧/٠٣")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		d := annotate(a, s)
		at := 0
		for i, tok := range d.Tokens {
			if tok.Start < at || tok.End <= tok.Start {
				t.Fatalf("token %d %q at %v, after %d", i, tok.Form, tok.Span, at)
			}
			if gap := s[at:tok.Start]; !skippable(gap) {
				t.Fatalf("token %d: %q is left out before it", i, gap)
			}
			if tok.Glued && strings.TrimSpace(s[at:tok.Start]) != s[at:tok.Start] {
				t.Fatalf("token %d is glued over %q", i, s[at:tok.Start])
			}
			if tok.Form == "" || !utf8.ValidString(s[tok.Start:tok.End]) {
				t.Fatalf("token %d: %q", i, s[tok.Start:tok.End])
			}
			at = tok.End
		}
		if !skippable(s[at:]) {
			t.Fatalf("%q is left out at the end", s[at:])
		}
		next := 0
		for _, sent := range d.Sentences {
			if sent.First != next || sent.Last <= sent.First || sent.Start != d.Tokens[sent.First].Start || sent.End != d.Tokens[sent.Last-1].End {
				t.Fatalf("sentence %+v, want first token %d", sent, next)
			}
			next = sent.Last
		}
		if next != len(d.Tokens) {
			t.Fatalf("sentences end at token %d of %d", next, len(d.Tokens))
		}
	})
}

func skippable(s string) bool {
	for _, r := range s {
		if c := classify(r); c != space && c != invisible {
			return false
		}
	}
	return true
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	text := benchText(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Fold(text)
	}
}

// BenchmarkTokenize annotates our sample articles; tokens/s is the rate of one core.
func BenchmarkTokenize(b *testing.B) {
	a, text := newAnalyzer(b), benchText(b)
	d := &extract.Document{Text: text}
	tokens := 0
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		a.Annotate(d)
		tokens += len(d.Tokens)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

// benchText is the text of our own samples.
func benchText(b *testing.B) string {
	b.Helper()
	paths, err := filepath.Glob("../../docs/samples/*.txt")
	if err != nil || len(paths) == 0 {
		b.Fatalf("no samples: %v", err)
	}
	var text strings.Builder
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		text.Write(data)
		text.WriteByte('\n')
	}
	return text.String()
}
