package postgres

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"isnad/graph/internal/storetest"
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
	return storetest.Opened(t, s, err)
}

// statements collects what is sent to the server.
type statements struct {
	mu   sync.Mutex
	sent []string
}

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = append(s.sent, d.SQL)
	return ctx
}
func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// count returns how many statements have the words.
func (s *statements) count(words string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, text := range s.sent {
		if strings.Contains(text, words) {
			n++
		}
	}
	return n
}

func (s *statements) contain(words string) bool { return s.count(words) > 0 }

// traced opens a store and collects its statements.
func traced(t *testing.T, address string) (*Store, *statements) {
	t.Helper()
	sent := &statements{}
	tracer = sent
	defer func() { tracer = nil }()
	return openAt(t, address, Options{}), sent
}
