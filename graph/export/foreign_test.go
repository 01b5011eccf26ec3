package export

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/graph"
	"isnad/graph/export/read"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/schema"
)

func ontology(t testing.TB) *schema.Ontology {
	t.Helper()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	return ont
}

// reading returns what text of a format says as a graph that the desk made.
func reading(t testing.TB, format, text string, source Source) (*Foreign, error) {
	t.Helper()
	items, err := itemsOf(format, "f", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	source.Name, source.Ontology = "desk", ontology(t)
	return ReadForeign(items, source)
}

// told puts a result into words: its entities and relations, a line each.
func told(r *schema.Result) string {
	var b strings.Builder
	names := map[string]string{}
	for _, e := range r.Entities {
		names[e.ID] = e.Name
		fmt.Fprintf(&b, "%s %s%s", e.Type, e.Name, e.Code)
		for _, m := range e.Mentions[1:] {
			fmt.Fprintf(&b, " | %s", m.Text)
		}
		if e.NameLatin != "" {
			fmt.Fprintf(&b, " ~ %s", e.NameLatin)
		}
		b.WriteString("\n")
	}
	for _, rel := range r.Relations {
		object := names[rel.O.Entity]
		if rel.O.Literal != nil {
			object = fmt.Sprintf("%q", rel.O.Literal.Value)
		}
		fmt.Fprintf(&b, "%s %s %s %s %s %g: %s\n", names[rel.S], rel.P, object, rel.Status, rel.Date, rel.Confidence, rel.Evidence.Text)
	}
	return b.String()
}

// TestForeign reads graphs as people and other programs make them.
func TestForeign(t *testing.T) {
	for _, test := range []struct {
		name, format, text string
		source             Source
		want               string
	}{
		{"classes by what is said", "csv", "المصدر,الهدف,العلاقة\nجواد,وزير الشباب,يشغل منصب\nجواد,المغرب,زار\nجواد,طنجة,زار\nالقمة,2022-05,عُقد يوم\n", Source{},
			"Person جواد\nCountry المغربMA\nPlace طنجة\nEvent القمة\n" +
				"جواد holdsPosition \"وزير الشباب\" asserted  1: جواد يشغل منصب وزير الشباب\nجواد visited المغرب asserted  1: جواد زار المغرب\n" +
				"جواد visited طنجة asserted  1: جواد زار طنجة\nالقمة heldOn \"2022-05\" asserted  1: القمة عُقد يوم 2022-05\n"},
		{"words of the file", "csv", "from,to,label\nA,B,works for\nA,B,pal of\n", Source{Words: map[string]string{"works for": "memberOf", "pal of": "leads"}, Class: schema.Person},
			"Person A\nOrganization B\nA memberOf B asserted  1: A عضو في B\nA leads B asserted  1: A يرأس B\n"},
		{"what find prints, one predicate for all", "csv", "who,whom,quotation\nA,B,q\n", Source{Class: schema.Person, Predicate: "met"}, "Person A\nPerson B\nA met B asserted  1: q\n"},
		{"parallel edges and a self loop", "jsongraph", `{"nodes":[{"id":1,"label":"أ","class":"شخص","latin":"A","names":["أأ"],"office":"وزير"}],"links":[
{"source":1,"target":1,"label":"التقى","date":"2022","status":"denied","evidence":[{"quote":"ق1"},{"quote":"ق2"}]},{"source":"أ","target":1,"predicate":"met","confidence":0.333}]}`, Source{},
			"Person أ | أأ ~ A\nأ holdsPosition \"وزير\" asserted  1: أ يشغل منصب وزير\nأ met أ denied 2022 1: ق1\nأ met أ denied 2022 1: ق2\nأ met أ asserted  0.33: أ التقى أ\n"},
		{"ids of our own", "graphml", `<graphml><key id="p" attr.name="predicate"/><graph><node id="isnad:person/ناصر_بوريطة"/><node id="isnad:place/%D8%A3"/>
<edge source="isnad:person/ناصر_بوريطة" target="isnad:place/%D8%A3"><data key="p">visited</data></edge></graph></graphml>`, Source{},
			"Person ناصر بوريطة\nPlace أ\nناصر بوريطة visited أ asserted  1: ناصر بوريطة زار أ\n"},
		{"schema.org", "jsonld", `{"@context":{"@vocab":"https://schema.org/","@language":"ar"},"@graph":[{"@id":"_:a","@type":"Person","name":["جواد",{"@value":"Jawad","@language":"en"}],
"alternateName":"الزيات","memberOf":{"@type":"SportsTeam","name":"الرجاء"},"worksFor":{"@id":"https://news.example/x"},"jobTitle":"رئيس","birthDate":"1970"},{"@id":"_:b","@type":"CreativeWork","name":"كتاب"}]}`, Source{Class: schema.Organization},
			"Person جواد | الزيات ~ Jawad\nOrganization الرجاء\nOrganization x\n" +
				"جواد holdsPosition \"رئيس\" asserted  1: جواد يشغل منصب رئيس\nجواد memberOf الرجاء asserted  1: جواد عضو في الرجاء\nجواد affiliatedWith x asserted  1: جواد ينتمي إلى x\n"},
		{"statements about statements", "nquads", `<isnad:person/a> <isnad:met> <isnad:person/b> <isnad:statement/1> .
<isnad:person/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <isnad:Person> .
<isnad:statement/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <isnad:person/a> .
<isnad:statement/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <isnad:met> .
<isnad:statement/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <isnad:person/b> .
<isnad:statement/1> <sanad:status> "planned" .
<isnad:statement/1> <sanad:date> "2022-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .
<isnad:statement/1> <sanad:confidence> "0.5"^^<http://www.w3.org/2001/XMLSchema#double> .
<isnad:statement/1> <http://www.w3.org/ns/prov#wasDerivedFrom> _:q .
_:q <http://www.w3.org/ns/prov#value> "سيلتقيان" .
`, Source{}, "Person a\nPerson b\na met b planned 2022-05 0.5: سيلتقيان\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := reading(t, test.format, test.text, test.source)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(test.want, told(got.Result)); d != "" {
				t.Error(d)
			}
			if err := got.Result.Validate(ontology(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestForeignErrors(t *testing.T) {
	for _, test := range []struct{ format, text, want string }{
		{"csv", "Source,Target,Label\n", "there is nothing in it that the ontology knows"},
		{"csv", "Source,Target,Label\na,b,met\n", `f:2: nothing tells the class of "a": give nodes a column class`},
		{"csv", "Source,Target,Label\na,,met\n", `f:2: an edge from "a" without a target`},
		{"csv", "Source,Target,Label\n,a,met\n", `f:2: an edge without a source`},
		{"csv", "Source,Target\na,b\n", `f:2: an edge from "a" that does not say what it means`},
		{"csv", "Source,Target,Label\na,b,likes\n", `f:2: unknown predicate "likes": use one of 'isnad schema', or say what it means with --map "likes=PREDICATE"`},
		{"csv", "Source,Target,Label,Status\na,b,met,maybe\n", `f:2: status "maybe" is none of asserted, planned, denied`},
		{"csv", "Source,Target,Label,Date\na,b,met,11/05/2022\n", `f:2: date "11/05/2022" is not YYYY, YYYY-MM or YYYY-MM-DD`},
		{"csv", "Source,Target,Label,Confidence\na,b,met,NaN\n", `f:2: a confidence is a number from 0 to 1`},
		{"csv", "Source,Target,Label\na,gestern,heldOn\n", `f:2: date "gestern" is not YYYY, YYYY-MM or YYYY-MM-DD`},
		{"csv", "Id,Label,Class\n1,a,Person\n1,b,Person\n", `f:3: the id "1" is that of another node`},
		{"csv", "Id,Label,Class\n1,a,Ship\n", `f:2: unknown class "Ship": use one of 'isnad schema', or say what it means with --map "Ship=CLASS"`},
		{"csv", "Id,Label,Class\n1,a,Position\n", `f:2: "1" is of the class Position, which is of values, not of entities`},
		{"jsongraph", `{"nodes":[{"id":"1","label":"a","class":"Person"},{"id":"2","label":"a","class":"Person"}],"links":[{"source":"a","target":"1","label":"met"}]}`,
			`f:1: 2 nodes are called "a": name the end by its id`},
		{"jsongraph", `{"nodes":[{"id":"1","class":"Person"},{"id":"2","class":"Place"}],"links":[{"source":"1","target":"2","label":"met"}]}`, `f:1: "1": met does not hold between Person and Place`},
		{"jsongraph", `{"nodes":[{"id":"1","class":"Person"}],"links":[{"source":"1","target":"2","label":"met"}]}`, `f:1: there is no node "2"`},
		{"jsonld", `{"@context":{"a":{"@id":1}}}`, "f: no JSON-LD: "},
		{"jsonld", `{"@context":`, "f: no JSON: unexpected end of JSON input"},
		{"nquads", "<a> <b> .\n", "export: f:1: "},
	} {
		_, err := reading(t, test.format, test.text, Source{})
		if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s %q: %v\nwant %s", test.format, test.text, err, test.want)
		}
	}
}

// TestForeignBeside holds that a graph that somebody made changes nothing that was
// extracted, that reading it again changes nothing at all, and that it goes without trace.
func TestForeignBeside(t *testing.T) {
	ctx := context.Background()
	g := memory(t)
	w := ingest.NewWriter(g, ontology(t), nil)
	for _, r := range fixture.Coalition() {
		if _, err := w.Write(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	without := dumped(t, g)
	var outcomes []ingest.Outcome
	for _, text := range []string{"Source,Target,Label\nناصر بوريطة,مدريد,visited\n", "Source,Target,Label\nناصر بوريطة,مدريد,visited\n", "Source,Target,Label,Quote\nناصر بوريطة,طنجة,visited,زارها\n"} {
		made, err := reading(t, "csv", text, Source{Class: schema.Person})
		if err != nil {
			t.Fatal(err)
		}
		outcome, err := w.Write(ctx, made.Result)
		if err != nil {
			t.Fatal(err)
		}
		outcomes = append(outcomes, outcome)
	}
	if d := cmp.Diff([]ingest.Outcome{ingest.New, ingest.Unchanged, ingest.Replaced}, outcomes); d != "" {
		t.Error(d)
	}
	with := dumped(t, g)
	for line := range strings.Lines(without) {
		if strings.Contains(line, "<isnad:evidence/") && !strings.Contains(with, line) {
			t.Errorf("what was extracted is gone: %s", line)
		}
	}
	if !strings.Contains(with, `<sanad:publisher> "desk"`) || !strings.Contains(with, "زارها") || strings.Contains(with, "مدريد\" .\n<isnad:evidence") {
		t.Error("the source, or what it says last, is not there")
	}
	roundTrips(t, g)
	if was, err := w.Remove(ctx, "import/desk"); err != nil || !was {
		t.Fatal(was, err)
	}
	if got := dumped(t, g); got != without {
		t.Errorf("something is left: %s", firstDifference(got, without))
	}
}

// TestRestoreErrors holds that nothing but the export of a whole graph is taken for one.
func TestRestoreErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{"nodes":[{"id":"a"}]}`:                                                                                         "f:1: there are no articles in it",
		`{"graph":{"articles":[1]},"nodes":[]}`:                                                                          "f:1: no article of isnad: ",
		`{"graph":{"articles":[{}]},"nodes":[]}`:                                                                         "f:1: graph: the result has no id",
		`{"graph":{"articles":[{"id":"1"}]},"nodes":[{"id":"a"}]}`:                                                       "f:1: this is not what the articles of the file say",
		`{"graph":{"articles":[{"id":"1","entities":[{"id":"e1"}],"assignment":{}}]},"nodes":[]}`:                        `f:1: graph: result "1": entity "e1" is assigned to nothing`,
		`{"graph":{"articles":[{"id":"1"}]},"nodes":[],"links":[{"source":"a","target":"b","key":"isnad:statement/1"}]}`: "f:1: this is not what",
	} {
		_, err := Restore(context.Background(), memory(t), read.NodeLink("f", strings.NewReader(text)))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v\nwant %s", text, err, want)
		}
	}
	g := filled(t, random(1, 3))
	if _, err := Restore(context.Background(), g, read.NodeLink("f", strings.NewReader(`{"nodes":[]}`))); err != graph.ErrNotEmpty {
		t.Errorf("into a full store: %v", err)
	}
}

// FuzzForeign reads what people could have made in each format. What is accepted is a
// valid result.
func FuzzForeign(f *testing.F) {
	ont := ontology(f)
	f.Add("csv", "Source,Target,Label\nأ,\"ب\nج\",met\n")
	f.Add("jsongraph", `{"nodes":[{"id":"1","label":"\u202e\u0000\ud800","class":"Person"}],"links":[{"source":"1","target":"1","label":"met"}]}`)
	f.Add("graphml", `<graphml><key id="p" attr.name="label"/><graph><node id="isnad:place/x"/><edge source="isnad:place/x" target="isnad:place/x"><data key="p">locatedIn</data></edge></graph></graphml>`)
	f.Add("jsonld", `{"@context":{"@vocab":"http://schema.org/"},"@id":"a:b","@type":"Person","name":{"@value":"x","@language":"ar"},"memberOf":{"@list":[{"@type":"Organization"}]}}`)
	f.Add("nquads", "<a> <rdf:type> <isnad:Person> <g> .\n_:b <isnad:met> <a> .\n")
	f.Fuzz(func(t *testing.T, format, text string) {
		items, err := itemsOf(format, "f", strings.NewReader(text))
		if err != nil {
			return
		}
		found, err := ReadForeign(items, Source{Name: "desk", Ontology: ont, Class: schema.Person})
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("%q", err)
			}
			return
		}
		if err := found.Result.Validate(ont); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzDocument holds that an article comes back as it was, whatever its texts.
func FuzzDocument(f *testing.F) {
	for _, s := range texts {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, id, text string) {
		if id == "" {
			return
		}
		r := &schema.Result{ID: id, Title: text, Text: text + "\n" + text, Hash: text, Extractor: text, Language: text,
			Entities: []schema.Entity{{ID: "e1", Type: schema.Person, Name: text, Mentions: []schema.Mention{{Text: text, Span: schema.Span{End: len(text)}}}}}}
		roundTrips(t, filled(t, []graph.Live{{Result: r, Assignment: graph.Assignment{Entities: map[string]string{"e1": graph.EntityIRI(schema.Person, text, 1)}}}}))
	})
}
