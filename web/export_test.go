package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// export answers as its format parameter says, and counts what it closes.
func export(closed *int) func(context.Context, url.Values) (*Download, error) {
	return func(ctx context.Context, asked url.Values) (*Download, error) {
		d := &Download{Name: "رسم.gexf", MediaType: "application/gexf+xml", Close: func() error { *closed++; return nil }}
		switch asked.Get("format") {
		case "wrong":
			return nil, errors.New(`format "wrong" is not known`)
		case "slow":
			<-ctx.Done()
			return nil, ctx.Err()
		case "broken":
			d.Write = func(w io.Writer) error {
				_, err := io.WriteString(w, strings.Repeat("x", 1<<16))
				return errors.Join(err, errors.New("the disk is gone"))
			}
		default:
			d.Write = func(w io.Writer) error {
				_, err := fmt.Fprint(w, asked["entity"], asked.Get("depth"))
				return err
			}
		}
		return d, nil
	}
}

func TestExport(t *testing.T) {
	var closed int
	ts := start(t, Config{Export: export(&closed), ExportTimeout: 50 * time.Millisecond})
	for _, test := range []struct {
		name, query string
		status      int
		want        string
	}{
		{"parameters", "format=gexf&entity=" + url.QueryEscape("ناصر بوريطة") + "&entity=b&depth=2", 200, "[ناصر بوريطة b]2"},
		{"refused", "format=wrong", 400, `{"error":"format \"wrong\" is not known"}`},
		{"too slow", "format=slow", 400, `{"error":"the export was stopped after 50ms: ask for less"}`},
		{"no query string", "a=%zz", 400, `{"error":"reading the address: invalid URL escape \"%zz\""}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := http.NewRequest("GET", ts.URL+"/api/export?"+test.query, nil)
			if err != nil {
				t.Fatal(err)
			}
			if status, got := send(t, r); status != test.status || got != test.want {
				t.Errorf("got %d %s\nwant %d %s", status, got, test.status, test.want)
			}
		})
	}
	resp, err := http.Get(ts.URL + "/api/export")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if got := resp.Header.Get("Content-Disposition"); got != "attachment; filename*=utf-8''%D8%B1%D8%B3%D9%85.gexf" {
		t.Errorf("the file is named by %s", got)
	}
	if got := resp.Header.Get("Content-Type"); got != "application/gexf+xml" {
		t.Errorf("type %s", got)
	}
	if closed != 2 {
		t.Errorf("%d exports closed, want 2", closed)
	}
}

// TestExportBreaks holds that a client does not take a part for the whole.
func TestExportBreaks(t *testing.T) {
	var closed int
	ts := start(t, Config{Export: export(&closed)})
	resp, err := http.Get(ts.URL + "/api/export?format=broken")
	if err == nil {
		defer resp.Body.Close()
		_, err = io.ReadAll(resp.Body)
	}
	if err == nil {
		t.Error("the download ended as if it were whole")
	}
}

// TestExportSlots holds that exports beyond the number that may run are turned away at once.
func TestExportSlots(t *testing.T) {
	begun, proceed := make(chan struct{}), make(chan struct{})
	ts := start(t, Config{Exports: 1, Export: func(context.Context, url.Values) (*Download, error) {
		begun <- struct{}{}
		<-proceed
		return nil, errors.New("done")
	}})
	first := make(chan struct{})
	go func() {
		defer close(first)
		if resp, err := http.Get(ts.URL + "/api/export"); err == nil {
			resp.Body.Close()
		}
	}()
	<-begun
	resp, err := http.Get(ts.URL + "/api/export")
	close(proceed)
	<-first
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
		t.Errorf("status %d", resp.StatusCode)
	}
}
