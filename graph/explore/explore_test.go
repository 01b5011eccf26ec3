package explore_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/graph"
	"isnad/graph/explore"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

const (
	bourita    = "isnad:person/ناصر_بوريطة"
	blinken    = "isnad:person/أنتوني_بلينكن"
	stoltenb   = "isnad:person/ينس_ستولتنبرغ"
	morocco    = "isnad:country/المغرب"
	guinea     = "isnad:country/غينيا"
	benin      = "isnad:country/بنين"
	coalition  = "isnad:organization/التحالف_الدولي_ضد_داعش"
	marrakech  = "isnad:place/مراكش"
	homonymSrc = `
article h1 2021-01-01
entity e1 Person محمد حسن
entity e2 Country مصر =EG
e1 affiliatedWith e2 : المصري محمد حسن
article h2 2021-01-02
entity e1 Person محمد حسن
entity e2 Country السودان =SD
e1 affiliatedWith e2 : السوداني محمد حسن
e1 holdsPosition "وزير" : الوزير محمد حسن
`
)

func world(t *testing.T, more ...string) (*graph.View, *schema.Ontology) {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	w := ingest.NewWriter(g, ont, nil)
	all := fixture.Coalition()
	for _, text := range more {
		add, err := fixture.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, add...)
	}
	for _, r := range all {
		if _, err := w.Write(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
	v := g.View()
	t.Cleanup(func() { v.Close(); g.Close() })
	return v, ont
}

func TestLookup(t *testing.T) {
	v, ont := world(t, homonymSrc)
	for name, want := range map[string][]string{
		"ناصر بوريطة":          {bourita},
		"السيد ناصر بُوريطه":   {bourita},
		"بوريطة":               {bourita},
		"nasser bourita":       {bourita},
		"بلينكين":              {blinken},
		"المملكة المغربية":     {morocco},
		"ma":                   {morocco},
		"<" + morocco + ">":    {morocco},
		"محمد حسن":             {"isnad:person/محمد_حسن", "isnad:person/محمد_حسن_2"},
		"التحالف الدولي":       {coalition},
		"لا أحد":               nil,
		"":                     nil,
		"isnad:person/no_body": nil,
	} {
		got, err := explore.Lookup(context.Background(), v, ont, name)
		if err != nil {
			t.Fatal(err)
		}
		var iris []string
		for _, c := range got {
			iris = append(iris, c.IRI)
		}
		if !slices.Equal(iris, want) {
			t.Errorf("Lookup(%q) = %q, want %q", name, iris, want)
		}
	}
	got, err := explore.Lookup(context.Background(), v, ont, "محمد حسن")
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	if !slices.Equal(got[1].Countries, []string{"السودان"}) || !slices.Equal(got[1].Offices, []string{"وزير"}) {
		t.Errorf("the second homonym is described as %+v", got[1])
	}
}

func TestDescribe(t *testing.T) {
	v, _ := world(t)
	e, err := explore.Describe(context.Background(), v, bourita)
	if err != nil {
		t.Fatal(err)
	}
	if e.Name != "ناصر بوريطة" || e.Articles != 4 || e.First != "2022-05-11" || e.Last != "2022-06-01" {
		t.Errorf("%+v", e)
	}
	var got []string
	for _, p := range e.Says {
		for _, st := range p.Statements {
			got = append(got, fmt.Sprintf("%s inverse=%v %s %d", p.Name, p.Inverse, st.Date, st.Sources))
			if len(st.Evidence) == 0 || st.Evidence[0].Quote == "" || st.Evidence[0].Article.ID == "" {
				t.Errorf("%s has no words that state it", st.IRI)
			}
		}
	}
	want := []string{
		"affiliatedWith inverse=false  2",
		"holdsPosition inverse=false  2",
		"met inverse=false 2022-05-18 1",
		"met inverse=true 2022-05-11 2",
		"participatedIn inverse=false  1",
		"spokeWith inverse=false 2022-05-30 1",
		"visited inverse=false 2022-05-18 1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := explore.Describe(context.Background(), v, "isnad:person/x"); !errors.Is(err, explore.ErrUnknown) {
		t.Errorf("an unknown entity: %v", err)
	}
}

func TestFind(t *testing.T) {
	v, _ := world(t)
	for _, test := range []struct {
		name   string
		filter explore.Filter
		want   string
	}{
		{"who met whom", explore.Filter{Predicate: "met"},
			"ناصر بوريطة met ينس ستولتنبرغ 2022-05-18; أنتوني بلينكين met ناصر بوريطة 2022-05-11"},
		{"either end", explore.Filter{Predicate: "met", Of: []string{bourita}, With: []string{blinken}},
			"أنتوني بلينكين met ناصر بوريطة 2022-05-11"},
		{"corroborated", explore.Filter{Predicate: "met", MinSources: 2},
			"أنتوني بلينكين met ناصر بوريطة 2022-05-11"},
		{"since", explore.Filter{Predicate: "met", Since: "2022-05-12"},
			"ناصر بوريطة met ينس ستولتنبرغ 2022-05-18"},
		{"until", explore.Filter{Predicate: "met", Until: "2022-05-12"},
			"أنتوني بلينكين met ناصر بوريطة 2022-05-11"},
		{"a month", explore.Filter{Predicate: "joined", Since: "2022-05", Until: "2022-05", Status: schema.Asserted},
			"بنين joined التحالف الدولي ضد داعش 2022-05; غينيا joined التحالف الدولي ضد داعش "},
		{"denied", explore.Filter{Of: []string{coalition}, Status: schema.Denied},
			"غينيا joined التحالف الدولي ضد داعش "},
		{"in a country", explore.Filter{Predicate: "met", Place: []string{morocco}},
			"أنتوني بلينكين met ناصر بوريطة 2022-05-11"},
		{"limit", explore.Filter{Predicate: "met", Limit: 1},
			"ناصر بوريطة met ينس ستولتنبرغ 2022-05-18"},
		{"none", explore.Filter{Predicate: "killed"}, ""},
	} {
		sts, err := explore.Find(context.Background(), v, test.filter)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, st := range sts {
			got = append(got, fmt.Sprintf("%s %s %s %s", st.Subject.Name, st.Predicate, st.Object.Name, st.Date))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	if _, err := explore.Find(context.Background(), v, explore.Filter{}); !errors.Is(err, explore.ErrNoFilter) {
		t.Errorf("an empty filter: %v", err)
	}
}

func TestPath(t *testing.T) {
	v, _ := world(t)
	for _, test := range []struct {
		a, b string
		max  int
		want string
	}{
		{bourita, blinken, 4, "ناصر بوريطة -met- أنتوني بلينكين"},
		{stoltenb, morocco, 4, "ينس ستولتنبرغ -met- ناصر بوريطة -affiliatedWith- المغرب"},
		{benin, guinea, 4, "بنين -joined- التحالف الدولي ضد داعش -joined- غينيا"},
		{guinea, morocco, 4, "غينيا -joined- التحالف الدولي ضد داعش -joined- بنين -supports- المغرب"},
		{guinea, morocco, 2, ""},
		{morocco, morocco, 4, ""},
		{morocco, "isnad:person/x", 4, ""},
	} {
		chains, err := explore.Path(context.Background(), v, test.a, test.b, test.max, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, chain := range chains {
			line := chain[0].From.Name
			for _, hop := range chain {
				line += " -" + hop.Statements[0].Predicate + "- " + hop.To.Name
				if hop.Statements[0].Evidence[0].Quote == "" {
					t.Errorf("%s: a hop without words", line)
				}
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s to %s in %d: %s", test.a, test.b, test.max, diff)
		}
	}
}
