package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
)

// checkCounts counts the uses of every node by the quads and compares: nothing is
// missing, nothing is left behind.
func checkCounts(t testing.TB, s *Store) {
	t.Helper()
	wrong, err := s.number(context.Background(), `SELECT count(*) FROM nodes FULL JOIN (
		SELECT h, count(*) AS n FROM (
			SELECT subject_hash AS h FROM quads UNION ALL SELECT predicate_hash FROM quads
			UNION ALL SELECT object_hash FROM quads UNION ALL SELECT label_hash FROM quads) AS uses
		WHERE h IS NOT NULL GROUP BY h) AS counted ON hash = h WHERE refs IS DISTINCT FROM n`)
	if err != nil {
		t.Fatal(err)
	}
	if wrong != 0 {
		t.Errorf("%d reference counts are wrong", wrong)
	}
}

// contents returns all quads, sorted.
func contents(t testing.TB, qs graph.QuadStore) []string {
	t.Helper()
	ctx := context.Background()
	var out []string
	it := qs.QuadsAllIterator()
	defer it.Close()
	for it.Next(ctx) {
		out = append(out, qs.Quad(it.Result()).NQuad())
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// number gives quads of all kinds of values; equal numbers give equal quads.
func numbered(n int) quad.Quad {
	q := quad.Quad{Subject: quad.IRI(fmt.Sprint("s", n%7)), Predicate: quad.IRI(fmt.Sprint("p", n%3))}
	switch n % 9 {
	case 0:
		q.Object = quad.String(fmt.Sprintf("نص %d", n%50))
	case 1:
		q.Object = quad.LangString{Value: quad.String(fmt.Sprint("اسم ", n%20)), Lang: "ar"}
	case 2:
		q.Object = quad.Int(n % 11)
	case 3:
		q.Object = quad.Float(float64(n%5) + 0.5)
	case 4:
		q.Object = quad.Time(time.Date(2022, 5, 1+n%20, 1, 2, 3, 0, time.UTC))
	case 5:
		q.Object = quad.BNode(fmt.Sprint("b", n%6))
	case 6:
		q.Object = quad.TypedString{Value: "x", Type: quad.IRI(fmt.Sprint("t", n%4))}
	case 7:
		q.Object = quad.Bool(n%2 == 0)
	default:
		q.Object = quad.IRI(fmt.Sprint("s", n%7)) // the subject again
	}
	if n%4 > 1 {
		q.Label = quad.IRI(fmt.Sprint("l", n%5))
	}
	return q
}

// TestModel applies random batches and compares with a plain set.
func TestModel(t *testing.T) {
	s := open(t)
	model := map[string]bool{}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		before := maps.Clone(model)
		var deltas []graph.Delta
		for range rnd.IntN(40) {
			d := graph.Delta{Quad: numbered(rnd.IntN(400)), Action: graph.Add}
			if rnd.IntN(2) == 0 {
				d.Action = graph.Delete
			}
			deltas = append(deltas, d)
		}
		opts := graph.IgnoreOpts{IgnoreDup: rnd.IntN(3) > 0, IgnoreMissing: rnd.IntN(3) > 0}
		err := s.ApplyDeltas(deltas, opts)
		if wrong := applyModel(model, deltas, opts); wrong != (err != nil) {
			t.Fatalf("deltas %v with %+v: %v", deltas, opts, err)
		} else if wrong {
			model = before
		}
		if diff := cmp.Diff(slices.Sorted(maps.Keys(model)), contents(t, s)); diff != "" {
			t.Fatalf("after %v (-want +got):\n%s", deltas, diff)
		}
		checkCounts(t, s)
	}
}

// applyModel reports whether the deltas are to be refused.
func applyModel(model map[string]bool, deltas []graph.Delta, opts graph.IgnoreOpts) (wrong bool) {
	for _, d := range deltas {
		key := d.Quad.NQuad()
		switch {
		case d.Action == graph.Add && model[key]:
			wrong = wrong || !opts.IgnoreDup
		case d.Action == graph.Add:
			model[key] = true
		case !model[key]:
			wrong = wrong || !opts.IgnoreMissing
		default:
			delete(model, key)
		}
	}
	return wrong
}

// TestValues writes what Cayley's own loader refuses or changes, and what it does not.
func TestValues(t *testing.T) {
	for _, v := range []quad.Value{
		quad.String(""), quad.String("a\x00b"), quad.String(`a\x00b`), quad.String("\xff\xfe not UTF-8"),
		quad.IRI("a\x00b"), quad.IRI("\xff"), quad.BNode("\xff"),
		quad.LangString{Value: "", Lang: "ar"}, quad.LangString{Value: "\xff", Lang: "ar"},
		quad.TypedString{Value: `\x00`, Type: "t"}, quad.TypedString{Value: "v", Type: "\xff"},
		quad.Int(math.MinInt64), quad.Float(math.Inf(-1)), quad.Float(-0.25), quad.Bool(false),
		quad.Time(time.Date(2022, 5, 11, 1, 2, 3, 4, time.UTC)), quad.Time(time.Date(12022, 5, 11, 1, 2, 3, 0, time.UTC)),
		quad.Time(time.Date(1, 1, 1, 0, 0, 0, 1000, time.UTC)),
	} {
		cols, err := encode(v)
		if err != nil {
			t.Errorf("%#v: %v", v, err)
			continue
		}
		got, err := decode(cols[:])
		if want, ok := v.(quad.Time); ok && err == nil && want.Equal(got) {
			continue
		}
		if err != nil || got != v {
			t.Errorf("%#v came back as %#v (%v)", v, got, err)
		}
	}
	s := open(t)
	q := quad.Quad{Subject: quad.IRI("a\x00b"), Predicate: quad.IRI("p"), Object: quad.String("\xff\x00")}
	if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, s); !slices.Equal(got, []string{q.NQuad()}) {
		t.Errorf("stored %q", got)
	}
}

func sequence(quads ...quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// TestLoad loads quads, some twice, into an empty store.
func TestLoad(t *testing.T) {
	s, ctx := open(t), context.Background()
	broken := errors.New("the input is broken")
	if _, err := s.Load(ctx, func(yield func(quad.Quad, error) bool) {
		_ = yield(numbered(1), nil) && yield(numbered(2), nil) && yield(quad.Quad{}, broken)
	}); !errors.Is(err, broken) {
		t.Fatalf("loading broken input: %v", err)
	}
	if got := contents(t, s); len(got) != 0 {
		t.Fatalf("a load that failed has left %v", got)
	}
	var quads []quad.Quad
	want := map[string]bool{}
	for n := range 5000 {
		q := numbered(n)
		quads = append(quads, q)
		want[q.NQuad()] = true
	}
	if n, err := s.Load(ctx, sequence(quads...)); err != nil || n != len(quads) {
		t.Fatalf("loaded %d: %v", n, err)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), contents(t, s)); diff != "" {
		t.Errorf("after loading (-want +got):\n%s", diff)
	}
	checkCounts(t, s)
	if _, err := s.Load(ctx, sequence(quads...)); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("loading into a filled store: %v", err)
	}
}

// TestDeleteIsLocal makes sure that a delete looks at no nodes but those of its quads:
// Cayley's own goes through the whole table, as a node planted there would show.
func TestDeleteIsLocal(t *testing.T) {
	s, ctx := open(t), context.Background()
	q := numbered(0)
	if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.from.pool.Exec(ctx, `INSERT INTO nodes (hash, refs, value_string) VALUES ('\x00112233445566778899aabbccddeeff00112233', 0, 'planted')`); err != nil {
		t.Fatal(err)
	}
	if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Delete}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if n, err := s.number(ctx, "SELECT count(*) FROM nodes"); err != nil || n != 1 {
		t.Errorf("%d nodes are left (%v), want the planted one", n, err)
	}
}

// TestRetry lets the server end transactions as it does when others are in the way.
func TestRetry(t *testing.T) {
	for _, code := range []string{codeSerialization, codeDeadlock} {
		s, ctx := open(t), context.Background()
		if _, err := s.from.pool.Exec(ctx, `CREATE SEQUENCE tries;
			CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				IF nextval('tries') < 4 THEN RAISE EXCEPTION 'not now' USING ERRCODE = '`+code+`'; END IF;
				RETURN NULL;
			END $$;
			CREATE TRIGGER refuse AFTER INSERT ON quads FOR EACH STATEMENT EXECUTE FUNCTION refuse()`); err != nil {
			t.Fatal(err)
		}
		runs := 0
		err := s.Update(ctx, func(tx *Tx) error {
			runs++
			return tx.ApplyDeltas([]graph.Delta{{Quad: numbered(1), Action: graph.Add}}, graph.IgnoreOpts{})
		})
		if err != nil || runs != 4 {
			t.Errorf("SQLSTATE %s: %d runs, %v", code, runs, err)
		}
		checkCounts(t, s)
	}
}

// TestReadAhead reads the names of many nodes with few statements.
func TestReadAhead(t *testing.T) {
	const n = 5000
	address := server.Database(t)
	var quads []quad.Quad
	for i := range n {
		quads = append(quads, quad.Make(quad.IRI(fmt.Sprint("s", i)), quad.IRI("p"), quad.IRI("o"), nil))
	}
	if _, err := openAt(t, address, Options{}).Load(context.Background(), sequence(quads...)); err != nil {
		t.Fatal(err)
	}
	reading, sent := traced(t, address)
	v := reading.View()
	defer v.Close()
	it := v.QuadIterator(quad.Object, v.ValueOf(quad.IRI("o")))
	defer it.Close()
	got := 0
	for it.Next(context.Background()) {
		if v.NameOf(v.QuadDirection(it.Result(), quad.Subject)) == nil {
			t.Fatal("a node without a name")
		}
		got++
	}
	if err := it.Err(); err != nil || got != n {
		t.Fatalf("%d nodes: %v", got, err)
	}
	if read := sent.count(selectNames); read > 10 {
		t.Errorf("%d statements read %d names", read, n)
	}
}

// TestCancel ends a statement that the server is busy with.
func TestCancel(t *testing.T) {
	s := open(t)
	v := s.View()
	defer v.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	begun := time.Now()
	scan := v.scan("SELECT NULL::bytea FROM (SELECT pg_sleep(60)) AS endless", nil, 1)
	if _, _, ok := scan.next(ctx); ok || !errors.Is(scan.err, context.DeadlineExceeded) {
		t.Errorf("the scan ended with %v", scan.err)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	for begun = time.Now(); ; time.Sleep(20 * time.Millisecond) {
		n, err := s.number(context.Background(), "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%endless%' AND pid <> pg_backend_pid()")
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
		if time.Since(begun) > 10*time.Second {
			t.Fatal("the server still runs the statement")
		}
	}
}

// TestOpenAtOnce opens new databases from many goroutines at the same time, all of which
// would make the tables.
func TestOpenAtOnce(t *testing.T) {
	for range 10 {
		address := server.Database(t)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				s, err := Open(context.Background(), address, Options{})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
}

// TestErrors expects one line that names the database and says what to do.
func TestErrors(t *testing.T) {
	ctx := context.Background()
	good := server.Database(t)
	foreign := server.Database(t)
	s := openAt(t, good, Options{})
	u, err := url.Parse(foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.from.pool.Exec(ctx, "CREATE TABLE "+u.Query().Get("search_path")+".nodes (id INT)"); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, address, want string }{
		{"no server", "postgres://u:secret@127.0.0.1:1/db?sslmode=disable", "check the address and that the server runs"},
		{"no database", strings.Replace(good, "/postgres?", "/nowhere?", 1), "create the database first"},
		{"no user", strings.Replace(good, "isnad@", "nobody:secret@", 1), "check user and password"},
		{"no schema", regexp.MustCompile("search_path=[a-z0-9_]+").ReplaceAllString(good, "search_path=nowhere"), "create the schema"},
		{"tables of others", foreign, "not Cayley's: name another database"},
		{"bad port", "postgres://u:secret@host:port/db", "the address is wrong"},
		{"bad parameter", good + "&nonsense=1", "nonsense"},
	} {
		_, err := Open(ctx, test.address, Options{})
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if _, err := Open(ctx, server.Database(t), Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "holds no graph") {
		t.Errorf("reading an empty database: %v", err)
	}
	slow := openAt(t, good+"&statement_timeout=100", Options{})
	scan := slow.scan("SELECT NULL::bytea FROM (SELECT pg_sleep(60)) AS slow", nil, 1)
	if _, _, ok := scan.next(ctx); ok || scan.err == nil || !strings.Contains(scan.err.Error(), "raise statement_timeout") {
		t.Errorf("a statement over its time: %v", scan.err)
	}
	if err := openAt(t, good, Options{ReadOnly: true}).ApplyDeltas(nil, graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("writing a read-only store: %v", err)
	}
}

// TestLostConnection has the server end a writer's connection, as it does when it is stopped:
// nothing is left of the write, and the next one goes.
func TestLostConnection(t *testing.T) {
	s, ctx := open(t), context.Background()
	add := func(tx *Tx) error {
		return tx.ApplyDeltas([]graph.Delta{{Quad: numbered(1), Action: graph.Add}}, graph.IgnoreOpts{})
	}
	err := s.Update(ctx, func(tx *Tx) error {
		if err := add(tx); err != nil {
			return err
		}
		if _, err := s.from.pool.Exec(ctx, "SELECT pg_terminate_backend($1)", tx.sess.conn.Conn().PgConn().PID()); err != nil {
			return err
		}
		return add(tx)
	})
	if err == nil || !strings.Contains(err.Error(), "see that the server runs, and start again") {
		t.Errorf("a lost connection: %v", err)
	}
	if got := contents(t, s); len(got) != 0 {
		t.Errorf("left of the write: %v", got)
	}
	if err := s.Update(ctx, add); err != nil {
		t.Error(err)
	}
	checkCounts(t, s)
}
