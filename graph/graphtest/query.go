package graphtest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
)

// coalition returns a graph of the fixture's articles in the store under test.
func coalition(t testing.TB, open Open) *graph.Graph {
	t.Helper()
	g := open(t)
	write(t, writer(t, g), ingest.New, fixture.Coalition()...)
	return g
}

func sameRows(got, want []any) bool { return reflect.DeepEqual(got, want) }

// abuses would kill the process, or never end, in a bare session; and what each must be
// refused with.
var abuses = []struct{ name, query, want string }{
	{"syntax", `g.V(`, "SyntaxError"},
	{"unknown name", `nobody.all()`, "nobody"},
	{"null tag", `g.V().followRecursive("<isnad:met>", 3, null).all()`, "followRecursive"},
	{"object tag", `g.V().out("<isnad:met>", {}).all()`, "argument 2"},
	{"function as predicate", `g.V().out(function(){}).all()`, "argument 1"},
	{"null in a list", `g.V().out(["<isnad:met>", null]).all()`, "no node"},
	{"empty name", `g.V("").all()`, "empty string"},
	{"null value", `iri(null)`, "want strings"},
	{"no path", `g.V().follow(3)`, "want one path"},
	{"no path at all", `g.V().except()`, "want one path"},
	{"method torn off", `var all = g.V().all; all()`, "all was called on something else"},
	{"path in a list", `g.V().out([g.V()]).all()`, "no node"},
	{"endless", `while (true) {}`, graph.ErrQueryTime.Error()},
	{"endless with catch", `while (true) { try { g.V().forEach(function(d) { while (true) {} }) } catch (e) {} }`, graph.ErrQueryTime.Error()},
	{"thrown", `throw "no"`, "no"},
	{"object in itself", `var o = {}; o.o = o; g.emit(o)`, "nested"},
	{"array in itself", `var a = []; a[0] = a; g.V(a).all()`, "nested"},
	{"object of 2^40 parts", `var o = {}; for (var i = 0; i < 40; i++) o = {a: o, b: o}; g.emit(o)`, "100000 parts"},
	{"long array", `g.emit(new Array(4294967295))`, "100000 parts"},
	{"array in itself as text", `var a = []; a[0] = a; throw "no" + a`, "no"},
	{"array in itself thrown", `var a = []; a[0] = a; throw a`, "at <eval>"},
	{"object in itself thrown", `var o = {}; o.o = o; throw o`, "object"},
	{"long array as text", `"" + new Array(4294967295)`, "elements"},
	{"long JSON", `var s = "["; for (var i = 0; i < 20; i++) s += s; JSON.parse(s)`, "JSON.parse"},
	{"getter of itself", `var o = {get a() { return this.a }}; o.a`, "query"},
	{"eval", `eval("1")`, "eval"},
	{"constructor of functions", `(function() {}).constructor("return 1")()`, "undefined"},
	{"constructor of a method", `g.V.constructor("return 1")()`, "undefined"},
	{"long", strings.Repeat("(", 1<<20), "longer than"},
	{"deep", strings.Repeat("(", 10_000), "nested"},
	{"endless text of what is thrown", `throw {toString: function() { while (true) {} }}`, graph.ErrQueryTime.Error()},
}

func testAbuse(t *testing.T, open Open) {
	g := coalition(t, open)
	for _, test := range abuses {
		t.Run(test.name, func(t *testing.T) {
			limit := 5 * time.Second
			if test.want == graph.ErrQueryTime.Error() {
				limit = 300 * time.Millisecond
			}
			ctx, cancel := context.WithTimeout(context.Background(), limit)
			defer cancel()
			rows, err := g.Query(ctx, "gizmo", test.query, 10)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("rows %v, error %v, want one with %q", rows, err, test.want)
			}
		})
	}
	rows, err := g.Query(context.Background(), "gizmo", `g.V("<isnad:person/ناصر_بوريطة>").out("<isnad:name>").all()`, 0)
	if err != nil || len(rows) != 1 {
		t.Errorf("after all that: %v, %v", rows, err)
	}
	if _, err := g.Query(context.Background(), "sql", "select 1", 0); err == nil {
		t.Error("another language is not refused")
	}
}

// testLimits bounds rows and time.
func testLimits(t *testing.T, open Open) {
	g := coalition(t, open)
	for _, query := range []string{
		`g.V().all()`, `g.V().getLimit(500)`, `g.V().all(); g.V().all()`, `g.V().forEach(function(d) { g.emit(d) })`,
		`g.V().toArray().forEach(function(n) { g.emit(n) })`,
	} {
		rows, err := g.Query(context.Background(), "gizmo", query, 7)
		if err != nil || len(rows) != 7 {
			t.Errorf("%s: %d rows, %v, want 7", query, len(rows), err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	const product = `g.V().forEach(function() { g.V().forEach(function() { g.V().count() }) })`
	if _, err := g.Query(ctx, "gizmo", product, 0); !errors.Is(err, graph.ErrQueryTime) {
		t.Errorf("a query without end: %v", err)
	}
}

// testRecursion walks paths of any length, alone and beside what narrows them: each node is
// found once, under the tags of its own, and as in memory.
func testRecursion(t *testing.T, open Open) {
	g, want := coalition(t, open), built(t, fixture.Coalition()...)
	const from, steps = `g.V("<isnad:person/ناصر_بوريطة>")`, `g.M().both("<isnad:met>").tag("at")`
	for _, query := range []string{
		from + `.followRecursive("<isnad:met>").all()`,
		from + `.followRecursive(` + steps + `, 3, "depth").all()`,
		from + `.followRecursive(` + steps + `, 3).has("<rdf:type>", "<isnad:Person>").all()`,
		from + `.tag("first").followRecursive(` + steps + `, 3).save("<isnad:name>", "name").all()`,
		from + `.followRecursive(` + steps + `, 3).and(g.V().has("<rdf:type>", "<isnad:Person>")).all()`,
		`g.V().has("<rdf:type>", "<isnad:Person>").and(` + from + `.followRecursive(` + steps + `, 2)).unique().all()`,
		from + `.followRecursive(` + steps + `, 3).union(g.V("<isnad:country/MA>")).all()`,
	} {
		got := Answer(t, g, query)
		same(t, query, Answer(t, want, query), got)
		for line := range strings.Lines(got) {
			var row map[string]string
			_ = json.Unmarshal([]byte(line), &row) // the depth is a number, and left out
			if at, tagged := row["at"]; tagged && at != row["id"] {
				t.Errorf("%s: %s has the tag of another", query, line)
			}
		}
		if got == "" {
			t.Errorf("%s: no answer shows nothing", query)
		}
	}
}

// testCancellation ends what a caller no longer wants; a write leaves nothing.
func testCancellation(t *testing.T, open Open) {
	g := coalition(t, open)
	before := dump(t, g)
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := g.Query(gone, "gizmo", `g.V().all()`, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("a query whose caller is gone: %v", err)
	}
	if what, err := writer(t, g).Write(gone, parse(t, firstVersion)); !errors.Is(err, context.Canceled) {
		t.Errorf("a write whose caller is gone: %v, %v", what, err)
	}
	if was, err := writer(t, g).Remove(gone, fixture.Coalition()[0].ID); !errors.Is(err, context.Canceled) {
		t.Errorf("a removal whose caller is gone: %v, %v", was, err)
	}
	same(t, "a cancelled write left something", before, dump(t, g))
	write(t, writer(t, g), ingest.New, parse(t, firstVersion))
	same(t, "a cancelled write left something behind", dump(t, built(t, append(fixture.Coalition(), parse(t, firstVersion))...)), dump(t, g))
}

// testShapes holds the Go types of rows.
func testShapes(t *testing.T, open Open) {
	g := coalition(t, open)
	rows, err := g.Query(context.Background(), "gizmo", `
		var met = g.M().both("<isnad:met>")
		g.V("<isnad:person/ناصر_بوريطة>").follow(met).unique().tag("who").save("<isnad:name>", "name").all()
		g.emit({n: g.V().has("<rdf:type>", "<isnad:Person>").count()})
		g.emit(g.V("<isnad:person/ناصر_بوريطة>").out("<isnad:name>").toValue())`, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 {
		t.Fatalf("rows %v", rows)
	}
	row, ok := rows[0].(map[string]any)
	if !ok || row["id"] != row["who"] || row["name"] == nil || !strings.HasPrefix(row["id"].(string), "<isnad:person/") {
		t.Errorf("row %v", rows[0])
	}
	if n := rows[2].(map[string]any)["n"]; n != int64(3) {
		t.Errorf("counted %v (%T) persons", n, n)
	}
	if rows[3] != "ناصر بوريطة" {
		t.Errorf("emitted %v", rows[3])
	}
}
