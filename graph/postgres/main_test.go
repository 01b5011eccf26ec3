package postgres

import (
	"context"
	"fmt"
	"os"
	"testing"

	"isnad/graph/postgres/pgtest"
)

// server is what all tests of the package share.
var server *pgtest.Server

func TestMain(m *testing.M) {
	Child()
	var err error
	if server, err = pgtest.Start("fsync=off", "full_page_writes=off", "max_connections=200"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	server.Stop()
	os.Exit(code)
}

func database(t testing.TB) string { return server.Database(t) }

// open opens a store in a database of its own.
func open(t testing.TB) *Store {
	t.Helper()
	return openAt(t, server.Database(t), Options{})
}

func openAt(t testing.TB, address string, opts Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), address, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return s
}
