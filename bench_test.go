//go:build linux

package isnad_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

const corpus = "../shared/corpus"

// BenchmarkBuild runs the program as a user does, on 2,000 articles of the
// corpus, the same number of each source: isnad extract by one worker, isnad build
// on all cores, and the start of the program beside them. A word is what stands
// between white space; tokens are more, since clitics count. Words a core are
// words a second of processor time, so that a busy machine says the same.
func BenchmarkBuild(b *testing.B) {
	sources, _ := filepath.Glob(filepath.Join(corpus, "*.jsonl.zst"))
	if len(sources) == 0 {
		b.Skip(corpus + " is not here, so there is nothing to build")
	}
	dir := b.TempDir()
	bin := buildProgram(b)
	input := filepath.Join(dir, "articles.jsonl")
	articles, words, err := sample(sources, 2000, input)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		one := measure(b, bin, "extract", "--workers", "1", "--quiet", input)
		store := filepath.Join(dir, "store")
		if err := os.RemoveAll(store); err != nil {
			b.Fatal(err)
		}
		all := measure(b, bin, "build", "--store", store, "--quiet", input)
		start := min(measure(b, bin, "version").wall, measure(b, bin, "version").wall)
		b.ReportMetric(float64(words)/one.cpu.Seconds(), "extract-words/s/core")
		b.ReportMetric(float64(articles)/all.wall.Seconds(), "build-articles/s")
		b.ReportMetric(float64(words)/all.cpu.Seconds(), "build-words/s/core")
		b.ReportMetric(float64(max(one.peak, all.peak))/(1<<20), "peak-MB")
		b.ReportMetric(float64(start.Milliseconds()), "start-ms")
	}
	b.ReportMetric(0, "ns/op")
}

// usage is what one run of the program took.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // bytes resident
}

func measure(b *testing.B, bin string, args ...string) usage {
	b.Helper()
	cmd := exec.Command(bin, args...)
	cmd.Stdout, cmd.Stderr = io.Discard, os.Stderr
	begin := time.Now()
	err := cmd.Run()
	u := usage{wall: time.Since(begin)}
	if err != nil {
		b.Fatalf("isnad %s: %v", strings.Join(args, " "), err)
	}
	u.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.peak = int64(r.Maxrss) << 10 // kilobytes on Linux
	}
	return u
}

// sample writes n articles, evenly from all sources, and counts their words. A
// source that has fewer than its share leaves the rest to the larger ones.
func sample(sources []string, n int, to string) (articles, words int, err error) {
	slices.SortFunc(sources, func(a, b string) int { return int(size(a) - size(b)) }) // small ones first
	out, err := os.Create(to)
	if err != nil {
		return 0, 0, err
	}
	defer out.Close()
	w := bufio.NewWriter(out)
	for i, source := range sources {
		share := (n - articles) / (len(sources) - i)
		taken, count, err := head(source, share, w)
		if err != nil {
			return 0, 0, fmt.Errorf("%s: %w", source, err)
		}
		articles, words = articles+taken, words+count
	}
	return articles, words, w.Flush()
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// head copies the first want articles of a source.
func head(source string, want int, w io.Writer) (taken, words int, err error) {
	file, err := os.Open(source)
	if err != nil {
		return 0, 0, err
	}
	defer file.Close()
	plain, err := zstd.NewReader(file)
	if err != nil {
		return 0, 0, err
	}
	defer plain.Close()
	lines := bufio.NewScanner(plain)
	lines.Buffer(nil, 64<<20)
	for taken < want && lines.Scan() {
		var record struct{ Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			return 0, 0, err
		}
		n := len(strings.Fields(record.Title)) + len(strings.Fields(record.Text))
		if n < 30 { // some records hold a caption, a link or nothing
			continue
		}
		taken, words = taken+1, words+n
		if _, err := fmt.Fprintf(w, "%s\n", lines.Bytes()); err != nil {
			return 0, 0, err
		}
	}
	return taken, words, lines.Err()
}
