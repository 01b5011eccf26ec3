package main

import (
	"bytes"
	"context"
	"regexp"
	"testing"
	"time"

	"isnad/extract/article"
)

// TestProgress reads a folder and checks that all of its bytes are counted, and the
// line that is printed where there is no terminal.
func TestProgress(t *testing.T) {
	var lines bytes.Buffer
	a := &app{err: &lines}
	ctx, paths := context.Background(), []string{folder(t, 20)}
	p := a.newProgress(ctx, paths, article.Options{})
	if p.total <= 0 {
		t.Fatalf("total is %d", p.total)
	}
	p.start = p.start.Add(-time.Minute)
	for o := range (&extraction{unevenly{}, 4, nil}).run(ctx, p.watch(article.Files(ctx, paths, article.Options{}))) {
		if o.err == nil {
			p.step()
		}
	}
	if got := p.read(); got != p.total {
		t.Errorf("read %d bytes of %d", got, p.total)
	}
	if lines.Len() != 0 {
		t.Errorf("a line came too early: %s", &lines)
	}
	p.told = p.told.Add(-time.Minute)
	p.step()
	if want := regexp.MustCompile(`^\d+ articles, \d/s, 100%, 0s left\n$`); !want.Match(lines.Bytes()) {
		t.Errorf("got %q", lines.String())
	}
	if p := (&app{err: &lines}).newProgress(ctx, []string{"-"}, article.Options{}); p.total != -1 {
		t.Errorf("standard input has a total of %d", p.total)
	}
}
