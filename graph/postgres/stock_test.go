package postgres

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/path"
	stock "github.com/cayleygraph/cayley/graph/sql/postgres"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// openStock opens the store with Cayley's own backend.
func openStock(t testing.TB, address string) graph.QuadStore {
	t.Helper()
	qs, err := graph.NewQuadStore(stock.Type, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { qs.Close() })
	return qs
}

// definitions returns columns, indexes and constraints of a store's tables, without the
// schema they are in.
func definitions(t testing.TB, s *Store) []string {
	t.Helper()
	var out []string
	err := s.query(context.Background(), func(rows pgx.Rows) error {
		var text, schema string
		if err := rows.Scan(&text, &schema); err != nil {
			return err
		}
		out = append(out, strings.ReplaceAll(text, schema+".", ""))
		return nil
	}, `SELECT d, current_schema() FROM (
		SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS d
			FROM information_schema.columns WHERE table_schema = current_schema()
		UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
		UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
	) AS all_of_them ORDER BY d`)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSchema compares the schema with what Cayley's own backend creates, before and after
// a load: what there is more is called isnad.
func TestSchema(t *testing.T) {
	address := server.Database(t)
	if err := graph.InitQuadStore(stock.Type, address, graph.Options{"db_fill_factor": 80}); err != nil {
		t.Fatal(err)
	}
	theirs := openAt(t, address, Options{ReadOnly: true})
	want := definitions(t, theirs)
	s := open(t)
	check := func(when string) {
		got := slices.DeleteFunc(definitions(t, s), func(d string) bool { return strings.Contains(d, "isnad_") })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-Cayley's +ours):\n%s", when, diff)
		}
	}
	check("when new")
	if _, err := s.Load(context.Background(), sequence(numbered(1), numbered(2), numbered(1))); err != nil {
		t.Fatal(err)
	}
	check("after a load")
}

// TestStockReads opens what we wrote with Cayley's own backend: it finds every quad, and
// walks it as we do.
func TestStockReads(t *testing.T) {
	address := server.Database(t)
	s := openAt(t, address, Options{})
	var loaded []quad.Quad
	for n := range 900 {
		loaded = append(loaded, numbered(n))
	}
	if _, err := s.Load(context.Background(), sequence(loaded...)); err != nil {
		t.Fatal(err)
	}
	deltas := []graph.Delta{{Quad: numbered(0), Action: graph.Delete}, {Quad: quad.Make(quad.IRI("s1"), quad.IRI("p1"), quad.IRI("s2"), quad.IRI("l")), Action: graph.Add}}
	if err := s.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	qs := openStock(t, address)
	if diff := cmp.Diff(contents(t, s), contents(t, qs)); diff != "" {
		t.Errorf("Cayley reads something else (-want +got):\n%s", diff)
	}
	for _, p := range []*path.Path{
		path.StartPath(nil, quad.IRI("s1")).Out(quad.IRI("p1")),
		path.StartPath(nil, quad.IRI("s2")).In(),
		path.StartPath(nil, quad.IRI("s1")).Out().In(quad.IRI("p2")).Unique(),
		path.StartPath(nil, quad.IRI("s1")).LabelContext(quad.IRI("l")).Out(),
		path.StartPath(nil).Has(quad.IRI("p2"), quad.Int(4)).Save(quad.IRI("p1"), "x"),
	} {
		want, got := walk(t, p, qs), walk(t, p, s)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("paths differ (-Cayley's +ours):\n%s", diff)
		}
		if len(got) == 0 {
			t.Errorf("a path without an end proves nothing")
		}
	}
}

func walk(t testing.TB, p *path.Path, qs graph.QuadStore) []string {
	t.Helper()
	var out []string
	if err := graph.Iterate(context.Background(), p.BuildIteratorOn(qs)).EachValue(qs, func(v quad.Value) { out = append(out, v.String()) }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// TestStockWrites reads what Cayley's own backend wrote, and writes on.
func TestStockWrites(t *testing.T) {
	address := server.Database(t)
	if err := graph.InitQuadStore(stock.Type, address, nil); err != nil {
		t.Fatal(err)
	}
	qs := openStock(t, address)
	for n := range 60 {
		if err := qs.ApplyDeltas([]graph.Delta{{Quad: numbered(n), Action: graph.Add}}, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			t.Fatal(err)
		}
	}
	want := contents(t, qs)
	reader := openAt(t, address, Options{ReadOnly: true})
	if diff := cmp.Diff(want, contents(t, reader)); diff != "" {
		t.Errorf("we read something else (-Cayley's +ours):\n%s", diff)
	}
	s := openAt(t, address, Options{})
	for n := range 30 {
		if err := s.ApplyDeltas([]graph.Delta{{Quad: numbered(n), Action: graph.Delete}}, graph.IgnoreOpts{IgnoreMissing: true}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(contents(t, s), contents(t, qs)); diff != "" {
		t.Errorf("after deletes Cayley reads something else (-want +got):\n%s", diff)
	}
}

// TestBoth walks both ways twice, at which Cayley's own backend ends the process.
func TestBoth(t *testing.T) {
	address := server.Database(t)
	s := openAt(t, address, Options{})
	var quads []quad.Quad
	for _, n := range [][2]string{{"a", "b"}, {"b", "c"}, {"c", "a"}, {"d", "b"}, {"a", "a"}} {
		quads = append(quads, quad.Make(quad.IRI(n[0]), quad.IRI("p"), quad.IRI(n[1]), nil))
	}
	if _, err := s.Load(context.Background(), sequence(quads...)); err != nil {
		t.Fatal(err)
	}
	memory := memstore.New(quads...)
	v := s.View()
	defer v.Close()
	for _, p := range []*path.Path{
		path.StartPath(nil, quad.IRI("a")).Both().Both(),
		path.StartPath(nil, quad.IRI("a")).Both(quad.IRI("p")).Both(quad.IRI("p")).Both(),
		path.StartPath(nil, quad.IRI("b")).Both().Has(quad.IRI("p"), quad.IRI("a")),
		path.StartPath(nil, quad.IRI("a")).Both().Tag("x").Both().And(path.StartPath(nil, quad.IRI("d")).Both()),
	} {
		if diff := cmp.Diff(walk(t, p, memory), walk(t, p, v)); diff != "" {
			t.Errorf("(-memory +postgres):\n%s", diff)
		}
	}
}
