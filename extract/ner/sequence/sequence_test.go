package sequence

import (
	"bytes"
	"slices"
	"testing"
)

// say builds a sentence; a word written a|P begins a person, a|p continues one.
func say(words ...string) Sentence {
	var s Sentence
	for _, w := range words {
		label := Outside
		if n := len(w) - 2; n > 0 && w[n] == '|' {
			label = map[byte]Label{'P': BeginPerson, 'p': InPerson, 'O': BeginOrganization, 'o': InOrganization, 'L': BeginPlace}[w[n+1]]
			w = w[:n]
		}
		s.Tokens = append(s.Tokens, Token{Norm: w, Base: w})
		s.Labels = append(s.Labels, label)
	}
	return s
}

func lessons() []Sentence {
	return []Sentence{
		say("قال", "الوزير", "سالم|P", "حمدي|p", "في", "طنجه|L"),
		say("زار", "الوزير", "كمال|P", "رضا|p", "مصنعا"),
		say("وصل", "الي", "فاس|L"),
		say("اعلن", "حزب|O", "الامل|o", "ترشيح", "سالم|P", "حمدي|p"),
		say("قال", "الوزير", "نادر|P", "فوزي|p", "ان", "الامل", "كبير"),
	}
}

func TestModelFindsNamesByContext(t *testing.T) {
	m := Train(lessons(), 5, 2)
	for _, s := range lessons() {
		if got := m.Label(s.Tokens); !slices.Equal(got, s.Labels) {
			t.Errorf("%v: labels %v, want %v", s.Tokens, got, s.Labels)
		}
	}
	unseen := say("قال", "الوزير", "هسومي|P", "مسعودو|p", "في", "وجده|L")
	names := m.Names(unseen.Tokens)
	if len(names) == 0 || names[0].Sort != BeginPerson || names[0].First != 2 || names[0].Last != 4 {
		t.Errorf("names %+v of a minister never seen before", names)
	}
	for _, n := range names {
		if n.Margin < 0 {
			t.Errorf("name %+v is on the best path, so its margin cannot be negative", n)
		}
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	var files [][]byte
	for range 2 {
		file, err := Train(lessons(), 3, 2).Save("# test")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the same sentences give two models")
	}
	back, err := Load(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range lessons() {
		if a, b := Train(lessons(), 3, 2).Label(s.Tokens), back.Label(s.Tokens); !slices.Equal(a, b) {
			t.Errorf("saved and loaded, the model labels %v as %v, not %v", s.Tokens, b, a)
		}
	}
}

func TestSpans(t *testing.T) {
	got := Spans([]Label{BeginPerson, InPerson, BeginPerson, Outside, BeginPlace, InOrganization})
	want := []Span{{0, 2, BeginPerson, 0}, {2, 3, BeginPerson, 0}, {4, 5, BeginPlace, 0}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestNothing(t *testing.T) {
	m := Train(lessons(), 1, 1)
	if m.Names(nil) != nil || len(m.Label(nil)) != 0 {
		t.Error("an empty sentence has names")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("# nothing\n\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := Load(data); err == nil {
			m.Names(lessons()[0].Tokens)
		}
	})
}

func BenchmarkNames(b *testing.B) {
	m, s := Train(lessons(), 3, 2), lessons()[0]
	n := 0
	for b.Loop() {
		m.Names(s.Tokens)
		n += len(s.Tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
}
