// Package pgtest starts a PostgreSQL server for tests: in a folder of its own, on a
// Unix socket, without a port, gone when the tests end.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoServer says that this machine has no PostgreSQL.
var ErrNoServer = errors.New("these tests need PostgreSQL's initdb and postgres: run 'make postgres' as root, or install the package postgresql")

// startLimit is how long a server may take to answer.
const startLimit = 30 * time.Second

// Server is a running server.
type Server struct {
	dir       string
	cmd       *exec.Cmd
	log       bytes.Buffer
	databases atomic.Int64
}

// Start makes a database cluster and starts its server, with further settings as
// "name=value".
func Start(settings ...string) (*Server, error) {
	initdb, postgres, err := programs()
	if err != nil {
		return nil, err
	}
	// Paths of sockets are short: a temporary folder deep in others would not do.
	dir, err := os.MkdirTemp("/tmp", "isnad-pg")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir}
	if err := s.start(initdb, postgres, settings); err != nil {
		s.Stop()
		return nil, fmt.Errorf("pgtest: %w\n%s", err, s.log.String())
	}
	return s, nil
}

func (s *Server) start(initdb, postgres string, settings []string) error {
	as, err := unprivileged()
	if err != nil {
		return err
	}
	if err := as.own(s.dir); err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	create := exec.Command(initdb, "--pgdata", data, "--username", "isnad", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions")
	create.SysProcAttr, create.Dir = as.process(), s.dir
	if out, err := create.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	args := []string{"-D", data, "-k", s.dir, "-c", "listen_addresses="}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	s.cmd = exec.Command(postgres, args...)
	s.cmd.SysProcAttr, s.cmd.Dir = as.process(), s.dir
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	if err := s.cmd.Start(); err != nil {
		s.cmd = nil
		return err
	}
	return s.await()
}

// await returns when the server answers.
func (s *Server) await() error {
	for deadline := time.Now().Add(startLimit); ; time.Sleep(20 * time.Millisecond) {
		err := s.exec("SELECT 1")
		if err == nil || time.Now().After(deadline) {
			return err
		}
	}
}

// exec runs a statement in the database that every cluster has.
func (s *Server) exec(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.url("public"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// url returns the address of a schema of the database that every cluster has.
func (s *Server) url(schema string) string {
	return "postgres://isnad@/postgres?" + url.Values{"host": {s.dir}, "sslmode": {"disable"}, "search_path": {schema}}.Encode()
}

// Database creates an empty schema, which serves as a database of its own and is there
// sooner, and returns its address. It goes with the test.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test_%d", s.databases.Add(1))
	if err := s.exec("CREATE SCHEMA " + name); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		if err := s.exec("DROP SCHEMA " + name + " CASCADE"); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return s.url(name)
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() {
	if s.cmd != nil {
		_ = s.cmd.Process.Signal(syscall.SIGQUIT) // at once; nothing is to be kept
		_ = s.cmd.Wait()
	}
	_ = os.RemoveAll(s.dir)
}

// programs finds the server's programs, which Debian keeps out of PATH.
func programs() (initdb, postgres string, err error) {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.Sort(dirs)
	slices.Reverse(dirs)
	for _, dir := range append([]string{""}, dirs...) {
		initdb, err1 := exec.LookPath(filepath.Join(dir, "initdb"))
		postgres, err2 := exec.LookPath(filepath.Join(dir, "postgres"))
		if err1 == nil && err2 == nil {
			return initdb, postgres, nil
		}
	}
	return "", "", ErrNoServer
}

// Pid is the process of the server.
func (s *Server) Pid() int { return s.cmd.Process.Pid }
