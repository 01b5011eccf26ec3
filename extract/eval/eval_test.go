package eval

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"isnad/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func fixture(t *testing.T) ([]Gold, []schema.Result) {
	t.Helper()
	gold, err := LoadGold("testdata/gold")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("testdata/results.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	results, err := ReadResults(f)
	if err != nil {
		t.Fatal(err)
	}
	return gold, results
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got\n%s\nwant\n%s", name, got, want)
	}
}

func TestTable(t *testing.T) {
	gold, results := fixture(t)
	golden(t, "table.txt", Score(gold, results).Table())
}

func TestErrors(t *testing.T) {
	gold, results := fixture(t)
	golden(t, "errors.txt", Errors(gold, results).Text(0))
}

func TestCalibrate(t *testing.T) {
	gold, results := fixture(t)
	for i, c := range []float64{0.95, 0.95, 0.15, 1, 0.25, 0.15, 0.6} {
		results[0].Relations[i].Confidence = c
	}
	golden(t, "calibration.txt", Calibrate(gold, results).Table())
}

func TestScoreOfNothing(t *testing.T) {
	gold, _ := fixture(t)
	r := Score(gold, nil)
	if r.F1 != 0 || r.Relations.FN != 12 || len(r.Missing) != 2 {
		t.Errorf("F1 %v, %d missed, no result for %q; want 0, 12 and both articles", r.F1, r.Relations.FN, r.Missing)
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"الإِتِّحاد الأوروبى", "الاتحاد الاوروبي"},
		{"مؤسّسة «الرؤية»", "موسسه الرويه"},
		{"مـــراكش،  2022", "مراكش 2022"},
		{"\uFEFB", "لا"},
		{"", ""},
	} {
		if got := fold(c.in); got != c.want {
			t.Errorf("fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestSameLiteral(t *testing.T) {
	for _, c := range []struct {
		kind       schema.Class
		said, want string
		same       bool
	}{
		{schema.Position, "وزير الخارجية الروسي", "وزير الخارجية", true},
		{schema.Position, "وزير الخارجية السابق", "وزير الخارجية", false},
		{schema.Position, "نائب رئيس المجلس", "رئيس المجلس", false},
		{schema.Date, "2014-09-05", "2014-09", true},
		{schema.Date, "2014-09", "2014-09-05", true},
		{schema.Date, "2014", "2014-09-05", false},
		{schema.Money, "700 مليون دولار", "700 مليون دولار أمريكي", true},
		{schema.Money, "700 مليون دولار", "70 مليون دولار", false},
	} {
		if got := sameLiteral(schema.Literal{Type: c.kind, Value: c.said}, schema.Literal{Type: c.kind, Value: c.want}); got != c.same {
			t.Errorf("%q for %q: %v, want %v", c.said, c.want, got, c.same)
		}
	}
}

func TestReadResultsAcceptsPlainMentions(t *testing.T) {
	in := `{"id":"a","entities":[{"id":"e1","type":"Person","name":"سامي","mentions":["سامي","غزال"]}],"relations":[]}` + "\n\n"
	got, err := ReadResults(strings.NewReader(in))
	if err != nil || len(got) != 1 || len(got[0].Entities[0].Mentions) != 2 || got[0].Entities[0].Mentions[1].Text != "غزال" {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := ReadResults(strings.NewReader("{\"id\":\"a\"}\n{nonsense\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a broken line gives %v, want an error that names line 2", err)
	}
}

func TestLoadGoldNamesTheFault(t *testing.T) {
	if _, err := LoadGold(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no annotated articles") {
		t.Errorf("an empty folder gives %v", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.json"), []byte(`{"id":`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadGold(dir); err == nil || !strings.Contains(err.Error(), "x.json") {
		t.Errorf("a broken file gives %v, want an error that names it", err)
	}
}

func FuzzReadResults(f *testing.F) {
	f.Add(`{"id":"a","entities":[{"id":"e1","type":"Person","name":"سامي","mentions":["سامي"]}],"relations":[{"s":"e1","p":"met","o":{"type":"Date","value":"2020"}}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		results, err := ReadResults(strings.NewReader(s))
		if err != nil {
			return
		}
		gold, _ := fixture(t)
		for i := range results {
			results[i].ID = gold[i%2].ID
		}
		Errors(gold, results)
		if r := Score(gold, results); r.F1 < 0 || r.F1 > 1 {
			t.Errorf("F1 %v", r.F1)
		}
	})
}
