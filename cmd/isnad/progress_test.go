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
	files := article.Files(ctx, paths, article.Options{})
	in := newIntake(files)
	if in.total <= 0 {
		t.Fatalf("total is %d", in.total)
	}
	p := a.newProgress(in.total, in.read)
	p.start = p.start.Add(-time.Minute)
	for o := range (&extraction{unevenly{}, 4, nil}).run(ctx, in.watch(files)) {
		if o.err == nil {
			p.step()
		}
	}
	if got := in.read(); got != in.total {
		t.Errorf("read %d bytes of %d", got, in.total)
	}
	if lines.Len() != 0 {
		t.Errorf("a line came too early: %s", &lines)
	}
	p.told = p.told.Add(-time.Minute)
	p.step()
	if want := regexp.MustCompile(`^\d+ articles, \d/s, 100%, 0s left\n$`); !want.Match(lines.Bytes()) {
		t.Errorf("got %q", lines.String())
	}
	if in := newIntake(article.Files(ctx, []string{"-"}, article.Options{})); in.total != -1 {
		t.Errorf("standard input has a total of %d", in.total)
	}
}
