package main

import (
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"isnad/graph/postgres/pgtest"
)

// databases makes databases for tests, on a server that starts with the first.
type databases struct {
	t     testing.TB
	start func() *pgtest.Server
}

func newDatabases(t testing.TB) *databases {
	return &databases{t, sync.OnceValue(func() *pgtest.Server {
		s, err := pgtest.Start("fsync=off")
		if err != nil {
			t.Error(err)
			return nil
		}
		t.Cleanup(s.Stop)
		return s
	})}
}

// set sets variables to the addresses of new databases: database VAR...
func (d *databases) set(ts *testscript.TestScript, neg bool, args []string) {
	server := d.start()
	if neg || len(args) == 0 || server == nil {
		ts.Fatalf("database VAR...: no server, or wrong usage")
	}
	for _, name := range args {
		ts.Setenv(name, server.Database(d.t))
	}
}
