package postgres

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	stock "github.com/cayleygraph/cayley/graph/sql/postgres"
	"github.com/cayleygraph/quad"

	"isnad/graph/internal/storetest"
	"isnad/graph/postgres/pgtest"
)

// cost is what a load of a quad takes.
type cost struct{ clock, cpu time.Duration }

// measure returns the cost of a load of n quads: the time on the clock, and that of the
// processors in this process and the server's.
func measure(t testing.TB, s *pgtest.Server, n int, load func() error) cost {
	t.Helper()
	begun, used := time.Now(), usage(t, s.Pid())
	if err := load(); err != nil {
		t.Fatal(err)
	}
	return cost{time.Since(begun) / time.Duration(n), (usage(t, s.Pid()) - used) / time.Duration(n)}
}

// report prints what a load costs with Cayley's loader and with ours, and their ratios.
func report(what string, theirs, ours cost) {
	fmt.Printf("postgres_load_ratio_%s: %.1f (processor time %.1f); quads/s: Cayley's %.0f, isnad's %.0f\n", what,
		float64(theirs.clock)/float64(ours.clock), float64(theirs.cpu)/float64(ours.cpu),
		float64(time.Second)/float64(theirs.clock), float64(time.Second)/float64(ours.clock))
}

// writeAll adds quads as Cayley's load command does: 10,000 at a time.
func writeAll(qs graph.QuadStore, quads []quad.Quad) error {
	w, err := qs.NewQuadWriter()
	if err != nil {
		return err
	}
	defer w.Close()
	for len(quads) > 0 {
		n := min(len(quads), 10_000)
		if _, err := w.WriteQuads(quads[:n]); err != nil {
			return err
		}
		quads = quads[n:]
	}
	return nil
}

// TestLoadRatio loads the same quads with Cayley's own backend and with ours, into empty
// databases and into ones that have quads, by turns on one server whose settings are
// PostgreSQL's own. "make bench-postgres" runs it.
func TestLoadRatio(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("ISNAD_BENCH_QUADS"))
	if err != nil {
		t.Skip("a measurement: make bench-postgres runs it")
	}
	measured, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(measured.Stop)
	first, more := storetest.Quads(0, n), storetest.Quads(n, n/4)
	address := measured.Database(t)
	if err := graph.InitQuadStore(stock.Type, address, nil); err != nil {
		t.Fatal(err)
	}
	mine := measured.Database(t)
	theirs, ours := openStock(t, address), openAt(t, mine, Options{})
	empty := measure(t, measured, n, func() error { return writeAll(theirs, first) })
	loaded := measure(t, measured, n, func() error {
		_, err := ours.Load(context.Background(), sequence(first...))
		return err
	})
	report("empty", empty, loaded)
	filled := measure(t, measured, len(more), func() error { return writeAll(theirs, more) })
	owner, guest := ordinary(t, ours, mine)
	for i, user := range []struct {
		what  string
		store *Store
	}{
		{"filled", openAt(t, owner, Options{})},
		{"filled_superuser", ours},
		{"filled_guest", openAt(t, guest, Options{})},
	} {
		quads := storetest.Quads((i+2)*n, n/4)
		report(user.what, filled, measure(t, measured, len(quads), func() error { return addQuads(user.store, quads) }))
	}
	checkCounts(t, ours)
}

// addQuads adds quads as one batch.
func addQuads(s *Store, quads []quad.Quad) error {
	w, err := s.NewQuadWriter()
	if err != nil {
		return err
	}
	defer w.Close()
	_, err = w.WriteQuads(quads)
	return err
}

// ordinary makes two users who are no superusers, and returns the addresses of a store for
// them: one owns its tables, as a user does for whom isnad has made them, the other may
// read and write them.
func ordinary(t testing.TB, s *Store, address string) (owner, guest string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	schema := u.Query().Get("search_path")
	name := func(role string) string { return role + "_of_" + schema }
	as := func(role string) string {
		u.User = url.User(name(role))
		return u.String()
	}
	for _, text := range []string{
		"CREATE ROLE " + name("owner") + " LOGIN",
		"CREATE ROLE " + name("guest") + " LOGIN",
		"ALTER SCHEMA " + schema + " OWNER TO " + name("owner"),
		"ALTER TABLE nodes OWNER TO " + name("owner"),
		"ALTER TABLE quads OWNER TO " + name("owner"),
		"ALTER TABLE isnad_turn OWNER TO " + name("owner"),
		"GRANT USAGE ON SCHEMA " + schema + " TO " + name("guest"),
		"GRANT ALL ON ALL TABLES IN SCHEMA " + schema + " TO " + name("guest"),
		"GRANT ALL ON ALL SEQUENCES IN SCHEMA " + schema + " TO " + name("guest"),
	} {
		if _, err := s.from.pool.Exec(context.Background(), text); err != nil {
			t.Fatal(err)
		}
	}
	return as("owner"), as("guest")
}
