package postgres

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

// patience bounds what Cayley's interface calls without a context, in which no
// more than names and counts are read.
const patience = time.Minute

// session is a transaction on a connection of its own. Its methods may be called
// from several goroutines and take turns.
type session struct {
	mu      sync.Mutex
	conn    *pgxpool.Conn // nil before the first use and once ended
	from    *connections
	begin   string // the statement that begins the transaction
	ended   bool
	cursors int      // opened so far, which names them
	spent   []string // cursors to close with the next statement
}

const (
	beginRead  = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1" // which takes the snapshot
	beginWrite = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
)

// start takes a connection and begins the transaction, if that has not been
// done. The lock is held.
func (s *session) start(ctx context.Context) error {
	if s.ended {
		return ErrClosed
	}
	if s.conn != nil {
		return nil
	}
	conn, err := s.from.acquire(ctx, s)
	if err != nil {
		return err
	}
	if _, err := conn.Conn().PgConn().Exec(ctx, s.begin).ReadAll(); err != nil {
		s.from.release(s, conn)
		return err
	}
	s.conn = conn
	return nil
}

// open starts the session at once.
func (s *session) open(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.start(ctx)
}

// query runs a statement with cached plan and calls row with each row.
func (s *session) query(ctx context.Context, row func(pgx.Rows) error, statement string, args ...any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(ctx); err != nil {
		return err
	}
	return each(ctx, s.conn, row, statement, args...)
}

// querier is a connection, or what has some.
type querier interface {
	Query(context.Context, string, ...any) (pgx.Rows, error)
}

// each runs a statement and calls row with each row.
func each(ctx context.Context, on querier, row func(pgx.Rows) error, statement string, args ...any) error {
	rows, err := on.Query(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// exec runs a statement and returns how many rows it touched.
func (s *session) exec(ctx context.Context, statement string, args ...any) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(ctx); err != nil {
		return 0, err
	}
	tag, err := s.conn.Exec(ctx, statement, args...)
	return int(tag.RowsAffected()), err
}

// copy runs a COPY of rows in the form of copyRows.
func (s *session) copy(ctx context.Context, statement string, rows io.Reader) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(ctx); err != nil {
		return err
	}
	_, err := s.conn.Conn().PgConn().CopyFrom(ctx, rows, statement)
	return err
}

// end ends the transaction by COMMIT or ROLLBACK and gives the connection back.
// Ending again does nothing.
func (s *session) end(ctx context.Context, how string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	if s.conn == nil {
		return nil
	}
	tag, err := s.conn.Exec(ctx, how)
	if err == nil && tag.String() != how {
		err = fmt.Errorf("postgres: the transaction ended with %s", tag)
	}
	if err != nil {
		_ = s.conn.Conn().Close(ctx) // and not to the pool
	}
	s.from.release(s, s.conn)
	s.conn = nil
	return err
}

// rollback gives up what the session has done.
func (s *session) rollback() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = s.end(ctx, "ROLLBACK")
}

// parameter encodes an argument, a hash or a list of hashes, in PostgreSQL's binary
// format.
func parameter(arg any) (b []byte, oid uint32) {
	switch arg := arg.(type) {
	case []byte:
		return arg, pgtype.ByteaOID
	case [][]byte:
		for _, n := range []int{1, 0, pgtype.ByteaOID, len(arg), 1} { // dimensions, NULLs, type, length, lower bound
			b = binary.BigEndian.AppendUint32(b, uint32(n))
		}
		for _, h := range arg {
			b = binary.BigEndian.AppendUint32(b, uint32(len(h)))
			b = append(b, h...)
		}
		return b, pgtype.ByteaArrayOID
	}
	panic(fmt.Sprintf("postgres: no parameter can be a %T", arg))
}

// cursor is the position in the result of a statement.
type cursor struct {
	name string // empty before the first fetch
	done bool
}

// fetch reads up to n further rows of the statement; c.done then says whether
// they are the last. The values are valid only during the call of row.
func (s *session) fetch(ctx context.Context, c *cursor, n int, statement string, args []any, row func([][]byte) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(ctx); err != nil {
		return err
	}
	b := &pgconn.Batch{}
	for _, name := range s.spent {
		b.ExecParams("CLOSE "+name, nil, nil, nil, nil)
	}
	s.spent = s.spent[:0]
	if c.name == "" {
		s.cursors++
		c.name = fmt.Sprintf("isnad_%d", s.cursors)
		values, oids, formats := make([][]byte, len(args)), make([]uint32, len(args)), make([]int16, len(args))
		for i, a := range args {
			values[i], oids[i] = parameter(a)
			formats[i] = pgx.BinaryFormatCode
		}
		b.ExecParams("DECLARE "+c.name+" NO SCROLL CURSOR FOR "+statement, values, oids, formats, nil)
	}
	b.ExecParams(fmt.Sprintf("FETCH %d FROM %s", n, c.name), nil, nil, nil, []int16{pgx.BinaryFormatCode})
	got := 0
	results := s.conn.Conn().PgConn().ExecBatch(ctx, b)
	var failed error
	for results.NextResult() {
		r := results.ResultReader()
		for r.NextRow() {
			got++
			if failed == nil {
				failed = row(r.Values())
			}
		}
		if _, err := r.Close(); err != nil && failed == nil {
			failed = err
		}
	}
	if err := results.Close(); err != nil && failed == nil {
		failed = err
	}
	if c.done = got < n || failed != nil; c.done && failed == nil {
		s.spent = append(s.spent, c.name)
	}
	return failed
}

// drop gives up a cursor that has not been read to its end.
func (s *session) drop(c *cursor) {
	if c.done || c.name == "" {
		return
	}
	c.done = true
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spent = append(s.spent, c.name)
}
