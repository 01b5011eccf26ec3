package export

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/schema"
)

// large is a graph of n statements as the store keeps it, made while it is read: ten to
// an entity, eight to an article, every fourth with a second passage that states it.
type large struct {
	n    int
	emit func(quad.Quad) bool
	more bool
}

// largeStore loads a graph of n statements into a store.
func largeStore(t testing.TB, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store")
	g, err := graph.Open(path, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Load(context.Background(), largeQuads(n)); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func largeQuads(n int) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		x := &large{n: n, more: true, emit: func(q quad.Quad) bool { return yield(q, nil) }}
		x.add(graph.StoreNode, graph.FormOf, quad.String(graph.Form))
		for i := range x.entities() {
			x.entity(i)
		}
		for i := range n/8 + 1 {
			x.article(i)
		}
		for i := range n {
			x.statement(i)
		}
	}
}

func (x *large) add(s quad.IRI, p quad.IRI, o quad.Value) {
	x.more = x.more && x.emit(quad.Quad{Subject: s, Predicate: p, Object: o})
}

func (x *large) entities() int { return x.n/10 + 2 }

// mixed is a number that seems to be drawn (Steele, Lea and Flood 2014, SplitMix64).
func mixed(i, of int) uint64 {
	z := uint64(i*16+of) * 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

var (
	largeNames  = []string{"ناصر", "محمد", "فاطمة", "عبد الرحمن", "سعيدة", "يوسف", "خديجة", "إبراهيم"}
	largeQuotes = []string{
		"التقى وزير الخارجية نظيره في مراكش على هامش الاجتماع الوزاري، وبحث معه سبل التعاون",
		"وقال المتحدث باسم الوزارة إن الوفد وصل مساء الثلاثاء",
		"اجتمع الرئيس مع عدد من قادة الدول المشاركة في القمة التي تستضيفها العاصمة، واتفقوا على عقد لقاء جديد قبل نهاية العام",
		"شارك في الندوة باحثون من جامعات عدة",
	}
)

func (x *large) iri(i int) string {
	return fmt.Sprintf("isnad:person/%s_%s_%d", strings.ReplaceAll(largeNames[i%len(largeNames)], " ", "_"), largeNames[i/8%len(largeNames)], i)
}

func (x *large) entity(i int) {
	iri, name := quad.IRI(x.iri(i)), fmt.Sprintf("%s %s %d", largeNames[i%len(largeNames)], largeNames[i/8%len(largeNames)], i)
	tally := graph.NewTally()
	tally.Articles, tally.Mentions, tally.First, tally.Last = 1+i%50, 3+i%99, "2021-03-04", "2024-10-11"
	tally.Classes[string(schema.Person)] = tally.Articles
	tally.Names = graph.Counts2{"ar": {name: tally.Articles, largeNames[i%len(largeNames)]: 1}}
	tally.Latin[fmt.Sprint("Nasser Bourita ", i)] = 2
	encoded, err := json.Marshal(tally)
	if err != nil {
		panic(err)
	}
	x.add(iri, graph.Type, quad.IRI(graph.World+string(schema.Person)))
	x.add(iri, graph.Name, quad.String(name))
	x.add(quad.IRI(graph.Machinery+"tally/"+strings.TrimPrefix(string(iri), graph.World)), graph.TallyOf, quad.String(encoded))
	if i%5 == 0 {
		x.add(iri, graph.WorldPredicate("holdsPosition"), quad.String("وزير الخارجية"))
	}
}

func (x *large) article(i int) {
	iri := quad.IRI(fmt.Sprintf("isnad:article/%d", i))
	x.add(iri, graph.Type, graph.ArticleClass)
	x.add(iri, graph.ID, quad.String(fmt.Sprint(i)))
	x.add(iri, graph.URL, quad.String(fmt.Sprintf("https://news.example/2022/05/%d", i)))
	x.add(iri, graph.Publisher, quad.String("وكالة الأنباء"))
	x.add(iri, graph.Title, quad.String(fmt.Sprintf("لقاء في مراكش %d", i)))
	x.add(iri, graph.Published, quad.String(fmt.Sprintf("2022-%02d-%02d", 1+i%12, 1+i%28)))
}

func (x *large) statement(i int) {
	iri := quad.IRI(fmt.Sprintf("isnad:statement/%016x%016x", mixed(i, 1), mixed(i, 2)))
	s, o := quad.IRI(x.iri(int(mixed(i, 3)%uint64(x.entities())))), quad.IRI(x.iri(int(mixed(i, 4)%uint64(x.entities()))))
	predicate := graph.WorldPredicate([]string{"met", "visited", "criticized"}[i%3])
	x.more = x.more && x.emit(quad.Quad{Subject: s, Predicate: predicate, Object: o, Label: iri})
	x.add(iri, graph.Type, graph.StatementClass)
	x.add(iri, graph.Subject, s)
	x.add(iri, graph.Predicate, predicate)
	x.add(iri, graph.Object, o)
	x.add(iri, graph.Status, quad.String(schema.Asserted))
	x.add(iri, graph.Date, quad.String(fmt.Sprintf("2022-%02d-%02d", 1+i%12, 1+i%28)))
	x.add(iri, graph.Confidence, quad.Float(float64(50+i%50)/100))
	x.add(iri, graph.Sources, quad.Int(1+i%3))
	for part := range 1 + i%4/3 {
		x.evidence(iri, i, part)
	}
}

func (x *large) evidence(statement quad.IRI, i, part int) {
	iri := quad.IRI(fmt.Sprintf("isnad:evidence/%016x%016x", mixed(i, 5+part), mixed(i, 7+part)))
	x.add(statement, graph.EvidenceOf, iri)
	x.add(iri, graph.ArticleOf, quad.IRI(fmt.Sprintf("isnad:article/%d", (i+part*977)%x.n/8)))
	x.add(iri, graph.Quote, quad.String(fmt.Sprintf("%s %d", largeQuotes[i%len(largeQuotes)], i)))
	x.add(iri, graph.SpanOf, quad.String(fmt.Sprintf("%d-%d", i%3000, i%3000+120)))
	x.add(iri, graph.Confidence, quad.Float(float64(50+i%50)/100))
	x.add(iri, graph.Rule, quad.String("met"))
}
