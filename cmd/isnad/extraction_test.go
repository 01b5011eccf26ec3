package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"isnad/extract/article"
	"isnad/schema"
)

// unevenly extracts nothing, and takes longer for some articles than for others.
type unevenly struct{}

func (unevenly) Version() string { return "test" }

func (unevenly) Extract(ctx context.Context, a *article.Article) (*schema.Result, error) {
	h := fnv.New32()
	h.Write([]byte(a.ID))
	time.Sleep(time.Duration(h.Sum32()%500) * time.Microsecond)
	if strings.Contains(a.Body, "يعطل") {
		panic("a rule broke")
	}
	return &schema.Result{ID: a.ID}, ctx.Err()
}

// folder writes n short articles, some of them several to a file, and one that is empty.
func folder(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const body = "زار وزير الخارجية مدينة مراكش يوم الأربعاء، والتقى نظيره في مقر الوزارة"
	for i := range n {
		switch {
		case i%7 == 3:
			var lines strings.Builder
			for j := range 9 {
				fmt.Fprintf(&lines, "{\"id\":\"%d\",\"title\":\"خبر من مراكش\",\"body\":\"%s رقم %d.\"}\n", j, body, i*100+j)
			}
			write(fmt.Sprintf("%03d.jsonl", i), lines.String())
		default:
			write(fmt.Sprintf("%03d.txt", i), fmt.Sprintf("خبر من مراكش\n\n%s رقم %d.\n", body, i))
		}
	}
	write("050-empty.txt", "")
	write("051-fault.txt", "خبر يعطل القراءة\n\n"+body+" ثم يعطل كل شيء.\n")
	return dir
}

func outcomes(ctx context.Context, x *extraction, dir string) []string {
	var got []string
	for o := range x.run(ctx, article.Files(ctx, []string{dir}, article.Options{})) {
		switch {
		case o.err != nil:
			got = append(got, "error "+o.err.Error())
		case o.result == nil:
			got = append(got, "skipped "+o.article.ID)
		default:
			got = append(got, o.result.ID)
		}
	}
	return got
}

// TestExtractionOrder compares many workers with one: the same outcomes in the same
// order, faults and skipped articles in their places.
func TestExtractionOrder(t *testing.T) {
	dir := folder(t, 60)
	skip := func(a *article.Article) (bool, error) { return strings.HasPrefix(a.ID, "00"), nil }
	ctx := context.Background()
	want := outcomes(ctx, &extraction{unevenly{}, 1, skip}, dir)
	if len(want) < 100 {
		t.Fatalf("only %d outcomes: %q", len(want), want)
	}
	joined := strings.Join(want, "\n")
	for _, part := range []string{"skipped 001.txt", "003.jsonl#8", "050-empty.txt: ", "051-fault.txt: extraction failed on it (a rule broke)"} {
		if !strings.Contains(joined, part) {
			t.Errorf("%q is not among the outcomes:\n%s", part, joined)
		}
	}
	for range 3 {
		if got := strings.Join(outcomes(ctx, &extraction{unevenly{}, 8, skip}, dir), "\n"); got != joined {
			t.Fatalf("8 workers give\n%s\n1 gives\n%s", got, joined)
		}
	}
}

// TestExtractionStops checks that it ends soon after its context, with the context's
// error, even while an input waits for bytes that do not come.
func TestExtractionStops(t *testing.T) {
	never, _ := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	x := &extraction{unevenly{}, 2, nil}
	var last outcome
	n := 0
	for o := range x.run(ctx, article.Files(ctx, []string{folder(t, 3), "-"}, article.Options{Stdin: never})) {
		last = o
		if n++; n == 3 {
			cancel()
		}
	}
	if n != 4 || !errors.Is(last.err, context.Canceled) {
		t.Errorf("%d outcomes, the last %v", n, last.err)
	}
}

// TestExtractionBreak checks that a consumer may leave early.
func TestExtractionBreak(t *testing.T) {
	ctx := context.Background()
	for range (&extraction{unevenly{}, 4, nil}).run(ctx, article.Files(ctx, []string{folder(t, 30)}, article.Options{})) {
		break
	}
}

// TestExtractionAgain checks that the second article of an id is never skipped: the
// first may be about to replace what the graph holds.
func TestExtractionAgain(t *testing.T) {
	dir := t.TempDir()
	const line = `{"id":"same","body":"زار وزير الخارجية مدينة مراكش يوم الأربعاء، والتقى نظيره"}` + "\n"
	if err := os.WriteFile(filepath.Join(dir, "news.jsonl"), []byte(line+line), 0o644); err != nil {
		t.Fatal(err)
	}
	skip := func(*article.Article) (bool, error) { return true, nil }
	got := outcomes(context.Background(), &extraction{unevenly{}, 2, skip}, dir)
	if want := []string{"skipped news.jsonl#same", "news.jsonl#same"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
