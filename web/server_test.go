package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// answer is a Gizmo function that says what it was asked.
func answer(ctx context.Context, query string, limit int) ([]any, error) {
	switch query {
	case "nothing":
		return []any{}, nil
	case "wrong":
		return nil, errors.New("SyntaxError: wrong")
	case "endless":
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return []any{map[string]any{"id": query, "limit": limit}}, nil
}

func start(t *testing.T, c Config) *httptest.Server {
	t.Helper()
	if c.Gizmo == nil {
		c.Gizmo = answer
	}
	s, err := NewServer(c)
	if err != nil {
		t.Fatal(err)
	}
	ts := httptest.NewServer(s.Handler())
	t.Cleanup(ts.Close)
	return ts
}

func send(t *testing.T, r *http.Request) (int, string) {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, strings.TrimSpace(string(body))
}

func TestGizmoEndpoints(t *testing.T) {
	ts := start(t, Config{Limit: 7, MaxLimit: 50, MaxBody: 64, Timeout: 50 * time.Millisecond})
	tests := []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"v1", "POST", "/api/v1/query/gizmo", "ناصر", 200, `{"result":[{"id":"ناصر","limit":7}]}`},
		{"v1 limit", "POST", "/api/v1/query/gizmo?limit=3", "q", 200, `{"result":[{"id":"q","limit":3}]}`},
		{"v2 post", "POST", "/api/v2/query?lang=gizmo", "q", 200, `{"result":[{"id":"q","limit":7}]}`},
		{"v2 get", "GET", "/api/v2/query?lang=gizmo&qu=a%2Bb", "", 200, `{"result":[{"id":"a+b","limit":7}]}`},
		{"no rows", "POST", "/api/v1/query/gizmo", "nothing", 200, `{"result":null}`},
		{"error", "POST", "/api/v1/query/gizmo", "wrong", 400, `{"error":"SyntaxError: wrong"}`},
		{"deadline", "POST", "/api/v1/query/gizmo", "endless", 400, `{"error":"context deadline exceeded"}`},
		{"empty", "POST", "/api/v1/query/gizmo", " \n", 400, `{"error":"query is empty"}`},
		{"no language", "POST", "/api/v2/query", "q", 400, `{"error":"query language not specified: add lang=gizmo"}`},
		{"other language", "POST", "/api/v1/query/mql", "q", 400, `{"error":"unknown query language \"mql\": this server answers gizmo"}`},
		{"bad limit", "POST", "/api/v1/query/gizmo?limit=-1", "q", 400, `{"error":"limit \"-1\" is not a whole number from 1 to 50"}`},
		{"too many rows", "POST", "/api/v1/query/gizmo?limit=51", "q", 400, `{"error":"limit \"51\" is not a whole number from 1 to 50"}`},
		{"too large", "POST", "/api/v1/query/gizmo", strings.Repeat("x", 65), 413, `{"error":"reading the query: http: request body too large"}`},
		{"writing", "POST", "/api/v2/write", "<a> <b> <c> .", 404, `{"error":"nothing at /api/v2/write"}`},
		{"health", "GET", "/healthz", "", 200, `{"status":"ok"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := http.NewRequest(test.method, ts.URL+test.path, strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			status, got := send(t, r)
			if status != test.status || got != test.want {
				t.Errorf("%s %s %q\n got %d %s\nwant %d %s", test.method, test.path, test.body, status, got, test.status, test.want)
			}
		})
	}
}

func TestGuard(t *testing.T) {
	ts := start(t, Config{Hosts: []string{"graph.example"}})
	own := strings.TrimPrefix(ts.URL, "http://")
	_, port, err := net.SplitHostPort(own)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, host string
		header     map[string]string
		status     int
	}{
		{"plain client", own, nil, 200},
		{"localhost", "localhost:" + port, nil, 200},
		{"IPv6 loopback", "[::1]:" + port, nil, 200},
		{"configured name", "graph.example", nil, 200},
		{"rebound name", "evil.example:" + port, nil, 403},
		{"own page", own, map[string]string{"Origin": "http://" + own, "Sec-Fetch-Site": "same-origin"}, 200},
		{"typed address", own, map[string]string{"Sec-Fetch-Site": "none"}, 200},
		{"other site's form", own, map[string]string{"Origin": "https://evil.example"}, 403},
		{"sandboxed page", own, map[string]string{"Origin": "null"}, 403},
		{"other site's image", own, map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"other port of this host", own, map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := http.NewRequest("GET", ts.URL+"/api/v2/query?lang=gizmo&qu=q", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = test.host
			for k, v := range test.header {
				r.Header.Set(k, v)
			}
			if status, body := send(t, r); status != test.status {
				t.Errorf("got %d %s, want %d", status, body, test.status)
			}
		})
	}
}

// TestSlots sends more queries than may run at a time: all are answered, none
// beside more than one other.
func TestSlots(t *testing.T) {
	var running = make(chan struct{}, 2)
	ts := start(t, Config{Concurrent: 2, Gizmo: func(context.Context, string, int) ([]any, error) {
		select {
		case running <- struct{}{}:
		default:
			return nil, errors.New("a third query at a time")
		}
		time.Sleep(5 * time.Millisecond)
		<-running
		return []any{1}, nil
	}})
	errs := make(chan error)
	const n = 10
	for range n {
		go func() {
			resp, err := http.Post(ts.URL+"/api/v1/query/gizmo", "text/plain", strings.NewReader("q"))
			if err == nil {
				body, _ := io.ReadAll(resp.Body)
				resp.Body.Close()
				if resp.StatusCode != 200 {
					err = fmt.Errorf("status %d: %s", resp.StatusCode, body)
				}
			}
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// TestServeStops checks that the end of the context ends Serve, and that a query
// under way is answered first.
func TestServeStops(t *testing.T) {
	begun := make(chan struct{})
	s, err := NewServer(Config{Gizmo: func(context.Context, string, int) ([]any, error) {
		close(begun)
		time.Sleep(50 * time.Millisecond)
		return []any{"late"}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, l) }()
	go func() { <-begun; cancel() }()
	r, _ := http.NewRequest("POST", "http://"+l.Addr().String()+"/api/v1/query/gizmo", strings.NewReader("q"))
	if status, body := send(t, r); status != 200 || body != `{"result":["late"]}` {
		t.Errorf("got %d %s", status, body)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestNewServerRefuses(t *testing.T) {
	for name, c := range map[string]Config{
		"no Gizmo":       {},
		"negative limit": {Gizmo: answer, Limit: -1},
	} {
		if _, err := NewServer(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
