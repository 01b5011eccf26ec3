// Package web serves a graph over HTTP: Gizmo as Cayley's clients expect it, and exports.
//
// Each part of the server installs its own routes (gizmo.go those of Cayley), and
// Handler puts what holds for all of them around the whole: guard.go, and whoever
// will ask clients who they are.
//
// A Server listens on loopback unless told otherwise and answers only requests
// that come from no web page or from one of its own (guard.go), so that a page
// open in the user's browser cannot read the graph. It never writes.
package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"time"
)

// Config says how to serve. Limits that are zero take the value named.
type Config struct {
	// Gizmo runs one query on a view of its own and returns at most limit rows,
	// each of a type that encoding/json can write. It stops when ctx ends.
	Gizmo func(ctx context.Context, query string, limit int) ([]any, error)

	// Export finds what a request's parameters ask for. nil: there is no /api/export.
	Export func(ctx context.Context, asked url.Values) (*Download, error)

	ExportTimeout time.Duration // of one export, to its last byte: 10m
	Exports       int           // exports at a time, others are turned away: 2

	Limit      int           // rows of a query that sets none: 100
	MaxLimit   int           // rows that a query may ask for: 100,000
	Timeout    time.Duration // of one query: 30s
	MaxBody    int64         // bytes of a request's body: 1 MiB
	Concurrent int           // queries at a time, others wait: twice the cores
	Hosts      []string      // names, besides loopback, by which clients may address the server
}

// withDefaults returns c with zero limits replaced, or what is wrong with it.
func (c Config) withDefaults() (Config, error) {
	if c.Gizmo == nil {
		return c, errors.New("web: Config.Gizmo is needed")
	}
	if c.Limit < 0 || c.MaxLimit < 0 || c.Timeout < 0 || c.MaxBody < 0 || c.Concurrent < 0 || c.ExportTimeout < 0 || c.Exports < 0 {
		return c, errors.New("web: a limit is negative")
	}
	setDefault(&c.Limit, 100)
	setDefault(&c.MaxLimit, max(100_000, c.Limit))
	setDefault(&c.Timeout, 30*time.Second)
	setDefault(&c.MaxBody, 1<<20)
	setDefault(&c.ExportTimeout, 10*time.Minute)
	setDefault(&c.Exports, 2)
	setDefault(&c.Concurrent, 2*runtime.GOMAXPROCS(0))
	return c, nil
}

func setDefault[T comparable](p *T, value T) {
	var zero T
	if *p == zero {
		*p = value
	}
}

// Server answers HTTP requests about one graph.
type Server struct {
	config  Config
	slots   chan struct{} // one for each query that runs
	exports chan struct{}
}

// NewServer returns a server for config, or what is wrong with it.
func NewServer(config Config) (*Server, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Server{config: config, slots: make(chan struct{}, config.Concurrent), exports: make(chan struct{}, config.Exports)}, nil
}

// Install adds the server's routes to mux. They are not guarded: see Handler.
func (s *Server) Install(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", s.health)
	s.installGizmo(mux)
	s.installExport(mux)
}

// Handler returns all routes behind the guard.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	s.Install(mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		writeError(w, http.StatusNotFound, fmt.Errorf("nothing at %s", r.URL.Path))
	})
	return s.guard(mux)
}

// Serve answers requests on l until ctx ends, then lets those under way finish
// for a few seconds. It returns nil after such an end.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	const grace = 5 * time.Second
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      s.config.Timeout + 30*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err := server.Shutdown(bounded)
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close() // queries still running are cut off
		}
		stopped <- err
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("web: %w", err)
	}
	return <-stopped
}

func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}
