package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/schema"
)

func TestSettle(t *testing.T) {
	for _, test := range []struct{ dates, want string }{
		{"", `=`}, // undated alone
		{" 2022", `=2022 2022=2022`},
		{" 2022 2022-05 2022-05-11", `=2022-05-11 2022=2022-05-11 2022-05=2022-05-11 2022-05-11=2022-05-11`},
		{"2022 2022-05 2022-06", `2022=2022 2022-05=2022-05 2022-06=2022-06`},
		{" 2021 2022-05", `= 2021=2021 2022-05=2022-05`},
		{"2022 2022-05 2022-05-11 2022-05-18 2022-06", `2022=2022 2022-05=2022-05 2022-05-11=2022-05-11 2022-05-18=2022-05-18 2022-06=2022-06`},
		{"2022 2022-05 2022-05-11 2023", `2022=2022-05-11 2022-05=2022-05-11 2022-05-11=2022-05-11 2023=2023`},
	} {
		dates := strings.Split(test.dates, " ")
		to := settle(dates)
		var got []string
		for _, d := range dates {
			got = append(got, d+"="+to[d])
		}
		if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q: %s", test.dates, diff)
		}
	}
}

// say adds what one content says of a claim.
func (t *claimTally) say(sign int, dates map[string]int, places ...[2]string) {
	s := &share{dates: dates, places: map[[2]string]bool{}}
	for _, p := range places {
		s.places[p] = true
	}
	t.add(s, sign)
}

func (t *claimTally) String() string {
	sts, _ := t.statements()
	var out []string
	for _, st := range sts {
		out = append(out, fmt.Sprintf("[%s %.2f %d %s]", st.date, st.confidence, st.sources, strings.Join(st.places, ",")))
	}
	return strings.Join(out, " ")
}

func TestStatements(t *testing.T) {
	c := newClaimTally()
	check := func(want string) {
		t.Helper()
		if diff := cmp.Diff(want, c.String()); diff != "" {
			t.Error(diff)
		}
	}
	check("")
	c.say(+1, map[string]int{"": 80})
	check("[ 0.80 1 ]")
	c.say(+1, map[string]int{"": 50})
	check("[ 0.90 2 ]")
	c.say(+1, map[string]int{"2022-05": 80}, [2]string{"2022-05", "p"})
	check("[2022-05 0.98 3 p]")
	c.say(+1, map[string]int{"2022-05-11": 70, "2022-05": 60}) // one content, both dates: counts once
	check("[2022-05-11 0.99 4 p]")
	c.say(+1, map[string]int{"2022-05-18": 70}) // now the coarse ones are undecided
	check("[ 0.90 2 ] [2022-05 0.92 2 p] [2022-05-11 0.70 1 ] [2022-05-18 0.70 1 ]")
	c.say(-1, map[string]int{"2022-05-18": 70})
	check("[2022-05-11 0.99 4 p]")
	c.say(-1, map[string]int{"2022-05-11": 70, "2022-05": 60})
	c.say(-1, map[string]int{"2022-05": 80}, [2]string{"2022-05", "p"})
	c.say(-1, map[string]int{"": 50})
	check("[ 0.80 1 ]")
	c.say(-1, map[string]int{"": 80})
	check("")
	if len(c.Said) > 0 || len(c.Places) > 0 {
		t.Errorf("what is left when all is gone: %v", c)
	}
	c.say(+1, map[string]int{"": 100})
	check("[ 0.99 1 ]")
	c.say(+1, map[string]int{"2022": 0})
	check("[2022 0.99 2 ]")
}

func TestIRI(t *testing.T) {
	for name, want := range map[string]string{
		"ناصر بوريطة":         "isnad:person/ناصر_بوريطة",
		" ناصر\u00a0 بوريطة ": "isnad:person/ناصر_بوريطة",
		"“أبو” «بكر»":         "isnad:person/أبو_بكر",
		`a"b<c>d\e^f{g}|h`:    "isnad:person/ab%3Cc%3Ed%5Ce%5Ef%7Bg%7D%7Ch",
		"a/b?c#d%e":           "isnad:person/a%2Fb%3Fc%23d%25e",
		"x\u200fy\x00z\xff":   "isnad:person/x%E2%80%8Fy%00z%EF%BF%BD",
		"e\u0301":             "isnad:person/\u00e9",
		"بلادنا24":            "isnad:person/بلادنا24",
	} {
		if got := EntityIRI("Person", name, 1); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
	if got := EntityIRI("Person", "x", 3); got != "isnad:person/x_3" {
		t.Error(got)
	}
	if got := EntityIRI("Person", strings.Repeat("ط", 1000), 2); len([]rune(got)) != len("isnad:person/")+maxLocal+2 {
		t.Errorf("a long name gives %d runes", len([]rune(got)))
	}
	ids := []string{"https://example.org/a?b=c", "a b", "a_b", "a%20b", "\u00e9", "e\u0301", "x\xff", "x\xfe", "../a", ""}
	seen := map[string]bool{}
	for _, id := range ids {
		seen[ArticleIRI(id)] = true
	}
	if len(seen) != len(ids) {
		t.Errorf("%d ids have %d IRIs: %v", len(ids), len(seen), seen)
	}
	if got := ClassOf("isnad:person/x"); got != "person" || ClassOf("x:person/y") != "" || ClassOf("isnad:met") != "" {
		t.Error("ClassOf", got)
	}
}

func TestMost(t *testing.T) {
	if got := most(map[string]int{"ب": 2, "ا": 2, "ابت": 2, "طويل جدا": 1}); got != "ابت" {
		t.Error(got)
	}
	tally := NewTally()
	tally.Classes["Person"] = 5
	tally.Names = Counts2{"ar": {"بوريطة": 5, "ناصر بوريطة": 2}, "fr": {"Bourita": 3}}
	if tally.Name() != "ناصر بوريطة" {
		t.Error(tally.Name())
	}
	tally.Codes["MA"] = 1
	keys := tally.Keys()
	for _, want := range []string{"Person code MA", "Person name bourita", "Person name بوريطه", "Person name ناصر بوريطه", "Person short بوريطه"} {
		if !slices.Contains(keys, want) {
			t.Errorf("%q is not among the keys %q", want, keys)
		}
	}
}

func TestSurface(t *testing.T) {
	text := "انضمت للتحالف، إلى التحالف لبنان"
	for words, want := range map[string]string{"لتحالف": "التحالف", "التحالف": "التحالف", "لبنان": "لبنان"} {
		at := strings.Index(text, words)
		m := schema.Mention{Text: words, Span: schema.Span{Start: at, End: at + len(words)}}
		if got := Surface(text, m); got != want {
			t.Errorf("%s: %s, want %s", words, got, want)
		}
	}
	if got := Surface("", schema.Mention{Text: "لتحالف", Span: schema.Span{Start: 9}}); got != "لتحالف" {
		t.Errorf("without the text: %s", got)
	}
}

func TestCountryName(t *testing.T) {
	tally := NewTally()
	tally.Classes["Country"] = 1
	tally.Names = Counts2{"ar": {"الروسي": 1}}
	if tally.Name() != "الروسي" {
		t.Error(tally.Name())
	}
	tally.Codes["RU"] = 1
	if tally.Name() != "روسيا" || !slices.Contains(tally.Keys(), "Country name روسيا") {
		t.Error(tally.Name(), tally.Keys())
	}
}
