//go:build linux

package isnad_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"isnad/graph/postgres/pgtest"
)

// BenchmarkGrowth builds a graph of articles of the corpus, shuffled, in steps up to the
// numbers in ISNAD_GROWTH, in a folder and in a PostgreSQL database. For each step it
// reports what an article takes that is added at this size, in bytes and in the processor
// time of isnad, so that the slope by which larger graphs are reckoned is a measured one.
func BenchmarkGrowth(b *testing.B) {
	sources, _ := filepath.Glob(filepath.Join(corpus, "*.jsonl.zst"))
	var steps []int
	for _, field := range strings.Fields(os.Getenv("ISNAD_GROWTH")) {
		n, err := strconv.Atoi(field)
		if err != nil {
			b.Fatalf("ISNAD_GROWTH: %v", err)
		}
		steps = append(steps, n)
	}
	if len(sources) == 0 || len(steps) == 0 {
		b.Skip("a measurement: make bench-growth runs it, on the articles of " + corpus)
	}
	bin := buildProgram(b)
	parts := shuffled(b, sources, steps)
	b.Run("folder", func(b *testing.B) {
		store := filepath.Join(b.TempDir(), "store")
		grow(b, bin, store, parts, func() int64 { return folderSize(b, store) })
	})
	b.Run("database", func(b *testing.B) {
		server, err := pgtest.Start()
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(server.Stop)
		address := server.Database(b)
		grow(b, bin, address, parts, func() int64 { return databaseSize(b, address) })
	})
}

// grow adds the parts to a store one after the other.
func grow(b *testing.B, bin, store string, parts []string, size func() int64) {
	before, total := int64(0), 0
	for b.Loop() {
		for _, part := range parts {
			did := built(b, bin, "--store", store, part)
			now, n := size(), float64(did.new)
			total += did.new
			fmt.Printf("%-9s %7d articles: %7.0f articles/s, %6.2f ms of processor time, %8.0f bytes and %5.2f statements an article added\n",
				strings.TrimPrefix(b.Name(), "BenchmarkGrowth/"), total, n/did.seconds, did.cpu.Seconds()*1000/n, float64(now-before)/n, float64(did.statements)/float64(total))
			before = now
		}
	}
	b.ReportMetric(float64(before)/float64(total), "B/article")
	b.ReportMetric(0, "ns/op")
}

// shuffled writes articles of all sources in one random order to files that end at the
// numbers of articles in steps.
func shuffled(b *testing.B, sources []string, steps []int) (parts []string) {
	b.Helper()
	all := filepath.Join(b.TempDir(), "all.jsonl")
	if _, _, err := sample(sources, slices.Max(steps), all); err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile(all)
	if err != nil {
		b.Fatal(err)
	}
	lines := slices.Collect(strings.Lines(string(text)))
	rnd := rand.New(rand.NewPCG(1, 2))
	rnd.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	from := 0
	for _, to := range steps {
		to = min(to, len(lines))
		part := filepath.Join(b.TempDir(), fmt.Sprintf("to-%d.jsonl", to))
		writeLines(b, part, lines[from:to])
		parts, from = append(parts, part), to
	}
	return parts
}

func writeLines(b *testing.B, path string, lines []string) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for _, line := range lines {
		_, err = w.WriteString(line) // an error stays
	}
	for _, done := range []func() error{w.Flush, f.Close} {
		if failed := done(); err == nil {
			err = failed
		}
	}
	if err != nil {
		b.Fatal(err)
	}
}

// databaseSize returns the bytes of the tables and indexes of a store.
func databaseSize(b *testing.B, address string) (n int64) {
	b.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err == nil {
		defer conn.Close(ctx)
		err = conn.QueryRow(ctx, "SELECT pg_total_relation_size('nodes') + pg_total_relation_size('quads')").Scan(&n)
	}
	if err != nil {
		b.Fatal(err)
	}
	return n
}
