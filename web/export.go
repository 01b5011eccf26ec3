package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"time"
)

// Download is a part of the graph, found and ready to be written.
type Download struct {
	Name      string // of the file
	MediaType string
	Write     func(io.Writer) error // may be called once
	Close     func() error
}

// installExport adds the endpoint of exports. What goes wrong before the first byte is
// answered as {"error": "..."}; later the connection is cut, so that no client takes a
// part for the whole.
func (s *Server) installExport(mux *http.ServeMux) {
	if s.config.Export != nil {
		mux.HandleFunc("GET /api/export", s.serveExport)
	}
}

func (s *Server) serveExport(w http.ResponseWriter, r *http.Request) {
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	default:
		w.Header().Set("Retry-After", "10")
		writeError(w, http.StatusServiceUnavailable, errors.New("too many exports are running: try again later"))
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.config.ExportTimeout)
	defer cancel()
	asked, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		writeError(w, http.StatusBadRequest, fmt.Errorf("reading the address: %w", err))
		return
	}
	found, err := s.config.Export(ctx, asked)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("the export was stopped after %s: ask for less", s.config.ExportTimeout)
	}
	if err != nil {
		writeError(w, http.StatusBadRequest, err)
		return
	}
	defer found.Close()
	deadline, _ := ctx.Deadline()
	// A writer without deadlines, as tests have, goes on until the client leaves.
	_ = http.NewResponseController(w).SetWriteDeadline(deadline.Add(time.Second))
	w.Header().Set("Content-Type", found.MediaType)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": found.Name}))
	if err := found.Write(untilDone{ctx, w}); err != nil {
		panic(http.ErrAbortHandler) // net/http cuts the connection and logs nothing
	}
}

// untilDone writes until its context ends.
type untilDone struct {
	ctx context.Context
	to  io.Writer
}

func (w untilDone) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.to.Write(p)
}
