package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Options are the settings of a Store. The zero value is good.
type Options struct {
	// ReadOnly opens an existing store and refuses writes. The right to SELECT is enough.
	ReadOnly bool
	// NoSync returns from writes before they are on the server's disk: the last ones
	// (whole) may be lost if the server's machine stops.
	NoSync bool
}

const (
	connectTimeout = 10 * time.Second // if the address has no connect_timeout
	minConnections = 16
)

// tracer sees the statements of pools opened from now on; for tests.
var tracer pgx.QueryTracer

// live is the reader that a Store embeds: it sees what is stored at each moment.
type live = reader

// Store is a graph.QuadStore in a PostgreSQL database. All methods may be called at
// once from several goroutines, and other processes may have the database open too.
type Store struct {
	*live
	readOnly bool
}

var (
	_ graph.QuadStore      = (*Store)(nil)
	_ graph.BatchQuadStore = (*Store)(nil)
	_ shape.Optimizer      = (*Store)(nil)
)

// Open opens the store in the database of an address such as
// postgres://user:password@host:5432/name?sslmode=require, with any parameter that
// libpq or the server knows (search_path and statement_timeout among them), and
// creates its tables if there are none (fs.ErrNotExist if opts.ReadOnly).
func Open(ctx context.Context, address string, opts Options) (*Store, error) {
	target := Redacted(address)
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("postgres: %s: the address is wrong: want postgres://user:password@host:port/database", target)
	}
	config.MaxConns = max(config.MaxConns, minConnections)
	config.MinConns = 0
	conn := config.ConnConfig
	if conn.ConnectTimeout == 0 || conn.ConnectTimeout > time.Minute {
		conn.ConnectTimeout = connectTimeout
	}
	conn.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		// The server ends the statement; if it does not, the connection is given up.
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: 2 * time.Second}
	}
	conn.Tracer = tracer
	if opts.NoSync {
		conn.RuntimeParams["synchronous_commit"] = "off"
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, explain(target, err)
	}
	s := &Store{live: &live{target: target, from: &connections{pool: pool, open: map[*session]struct{}{}}, names: new(nameCache)}, readOnly: opts.ReadOnly}
	if err := s.prepare(ctx); err != nil {
		s.from.close()
		return nil, explain(target, err)
	}
	return s, nil
}

// View is a read-only graph.QuadStore over one state of a Store. All methods may be
// called from several goroutines.
type View struct {
	*reader
}

var (
	_ graph.QuadStore      = (*View)(nil)
	_ graph.BatchQuadStore = (*View)(nil)
	_ shape.Optimizer      = (*View)(nil)
)

// View returns the store as it is now. It holds a connection and must be closed. If
// there is none to be had, every use of the view says so.
func (s *Store) View() *View {
	v := &View{&reader{target: s.target, sess: &session{from: s.from, begin: beginRead}, names: s.names, fixed: true}}
	ctx, cancel := background()
	defer cancel()
	_ = v.fail(v.sess.open(ctx))
	return v
}

// Close ends the view's transaction; iterators over it end with ErrClosed.
func (v *View) Close() error {
	v.sess.rollback()
	return nil
}

// ApplyDeltas returns ErrReadOnly.
func (v *View) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return ErrReadOnly }

// NewQuadWriter returns ErrReadOnly.
func (v *View) NewQuadWriter() (quad.WriteCloser, error) { return nil, ErrReadOnly }

// Close closes the store with all its views and iterators. Closing it again does
// nothing.
func (s *Store) Close() error {
	s.from.close()
	return nil
}
