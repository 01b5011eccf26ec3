package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// installGizmo adds Cayley's two query endpoints. A result is {"result": [...]},
// null where there are no rows; an error is {"error": "..."} with status 400.
func (s *Server) installGizmo(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/v1/query/{lang}", func(w http.ResponseWriter, r *http.Request) {
		s.serveQuery(w, r, r.PathValue("lang"))
	})
	v2 := func(w http.ResponseWriter, r *http.Request) { s.serveQuery(w, r, r.URL.Query().Get("lang")) }
	mux.HandleFunc("GET /api/v2/query", v2)
	mux.HandleFunc("POST /api/v2/query", v2)
}

func (s *Server) serveQuery(w http.ResponseWriter, r *http.Request, lang string) {
	text, err := s.queryText(w, r)
	if err != nil {
		status := http.StatusBadRequest
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			status = http.StatusRequestEntityTooLarge
		}
		writeError(w, status, err)
		return
	}
	limit, err := s.rowLimit(r)
	switch {
	case lang == "":
		err = errors.New("query language not specified: add lang=gizmo")
	case lang != "gizmo":
		err = fmt.Errorf("unknown query language %q: this server answers gizmo", lang)
	}
	if err != nil {
		writeError(w, http.StatusBadRequest, err)
		return
	}
	rows, err := s.gizmo(r.Context(), text, limit)
	if err != nil {
		writeError(w, http.StatusBadRequest, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"result": rows})
}

// gizmo runs a query in one of the slots, under the server's deadline.
func (s *Server) gizmo(ctx context.Context, text string, limit int) ([]any, error) {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return nil, errors.New("too many queries are running: try again later")
	}
	rows, err := s.config.Gizmo(ctx, text, limit)
	if len(rows) == 0 {
		rows = nil // Cayley answers null
	}
	return rows, err
}

// queryText returns the query: the body of a POST, the parameter qu of a GET.
func (s *Server) queryText(w http.ResponseWriter, r *http.Request) (string, error) {
	text := r.URL.Query().Get("qu")
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.config.MaxBody))
		if err != nil {
			return "", fmt.Errorf("reading the query: %w", err)
		}
		text = string(body)
	}
	if strings.TrimSpace(text) == "" {
		return "", errors.New("query is empty")
	}
	return text, nil
}

// rowLimit returns how many rows the request asks for. As in Cayley, 0 or no
// limit means the server's own.
func (s *Server) rowLimit(r *http.Request) (int, error) {
	given := r.URL.Query().Get("limit")
	if given == "" || given == "0" {
		return s.config.Limit, nil
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 || n > s.config.MaxLimit {
		return 0, fmt.Errorf("limit %q is not a whole number from 1 to %d", given, s.config.MaxLimit)
	}
	return n, nil
}

func writeError(w http.ResponseWriter, status int, err error) {
	writeJSON(w, status, map[string]string{"error": err.Error()})
}

// writeJSON writes v whole or, if it cannot be written as JSON, an error instead.
func writeJSON(w http.ResponseWriter, status int, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		status = http.StatusInternalServerError
		data = []byte(`{"error":"the result cannot be written as JSON"}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write(append(data, '\n')) // a client that has gone away is no error of ours
}
