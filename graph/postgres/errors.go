package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/jackc/pgx/v5/pgconn"
)

// What can be wrong with a store. Errors wrap one of these, or what PostgreSQL said,
// with the database's address, without its password, and what to do.
var (
	// ErrReadOnly says that a View, or a Store opened so, was to be written.
	ErrReadOnly = errors.New("postgres: read-only")
	// ErrClosed says that a closed Store or View was used.
	ErrClosed = errors.New("postgres: closed")
	// ErrNotEmpty says that Load was to fill a store that has quads.
	ErrNotEmpty = errors.New("the database is not empty")
	// ErrSchema says that tables called nodes or quads are not Cayley's.
	ErrSchema = errors.New("the database has a table nodes or quads that is not Cayley's: name another database, or another schema of it by search_path")
	// ErrFailed is wrapped by every error that the database, or the way to it, is at fault for.
	ErrFailed = errors.New("postgres: failed")

	errAbsent = fmt.Errorf("the database holds no graph: %w", fs.ErrNotExist)
)

// Codes of PostgreSQL's errors.
const (
	codeSerialization  = "40001"
	codeDeadlock       = "40P01"
	codeUnique         = "23505"
	codeForeignKey     = "23503"
	codeDuplicateTable = "42P07"
	codeDuplicateName  = "42710"
	codeQueryCanceled  = "57014"
)

// storeError is an error about the store in a database.
type storeError struct {
	target string
	err    error
}

// Error is one line, whatever PostgreSQL says.
func (e *storeError) Error() string {
	text := strings.Join(strings.Fields(e.err.Error()), " ")
	var server *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case errors.As(e.err, &server):
		text = fmt.Sprintf("%s (SQLSTATE %s)", server.Message, server.Code)
		if advice := adviceFor(server); advice != "" {
			text += ": " + advice
		}
	case errors.As(e.err, &connect):
		text = "cannot connect: " + strings.Join(strings.Fields(connect.Unwrap().Error()), " ") +
			": check the address and that the server runs"
	case lost(e.err):
		text += ": " + whenLost
	}
	return "postgres: " + e.target + ": " + text
}

func (e *storeError) Unwrap() error { return e.err }

// Is makes the error one of ErrFailed.
func (e *storeError) Is(target error) bool { return target == ErrFailed }

const whenLost = "the connection is lost: see that the server runs, and start again"

// lost reports whether the connection has broken.
func lost(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// adviceFor says what to do about an error of the server.
func adviceFor(e *pgconn.PgError) string {
	switch {
	case strings.HasPrefix(e.Code, "28"):
		return "check user and password"
	case e.Code == "3D000":
		return "create the database first"
	case strings.HasPrefix(e.Code, "57P"):
		return whenLost
	case e.Code == "3F000":
		return "create the schema that search_path names first"
	case e.Code == "42501" || e.Code == "25006":
		return "grant the user the right to it, or only read"
	case e.Code == "53100":
		return "make room on the server's disk"
	case e.Code == "53300":
		return "raise max_connections, or run fewer processes"
	case e.Code == codeQueryCanceled:
		return "raise statement_timeout, or ask for less"
	}
	return ""
}

// explain adds the database's address to an error.
func explain(target string, err error) error {
	var done *storeError
	var delta *graph.DeltaError
	if err == nil || errors.As(err, &done) || errors.As(err, &delta) || errors.Is(err, ErrClosed) || errors.Is(err, ErrReadOnly) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &storeError{target, err}
}

// retryable reports whether a transaction may succeed when it is run again.
func retryable(err error) bool {
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		return false
	}
	switch server.Code {
	case codeSerialization, codeDeadlock:
		return true
	}
	return false
}

// Redacted returns an address without its password.
func Redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		scheme, _, _ := strings.Cut(address, ":")
		return scheme + "://…"
	}
	q := u.Query()
	for _, secret := range []string{"password", "sslpassword"} {
		if q.Has(secret) {
			q.Set(secret, "xxxxx")
			u.RawQuery = q.Encode()
		}
	}
	return u.Redacted()
}
