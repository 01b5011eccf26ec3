package benchstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/kv/bolt"
	_ "github.com/cayleygraph/cayley/graph/kv/leveldb"
	_ "github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/quadstore"
)

// figures are what was measured of one store; times in seconds.
type figures struct {
	Bulk     float64            // quads a second, all at once, without waiting for the disk
	Synced   float64            // quads a second, article by article, each on disk
	Bytes    int64              // on disk after the bulk load
	Reopen   float64            // opening what was loaded
	Memory   int64              // bytes resident at most, of loading and opening
	Queries  map[string]float64 // the best of several runs
	Rows     map[string]int     // of each query's answer
	Alone    float64            // reads a second of four readers
	Beside   float64            // the same beside a writer
	Written  float64            // quads a second of that writer
	TimedOut map[string]bool
}

const (
	bulkBatch   = 10_000
	syncedQuads = 100_000          // of the load article by article
	queryTime   = 40 * time.Second // for one query
	readTime    = 3 * time.Second
	readers     = 4
)

// openStore opens a store by Cayley's name of it, creating it if need be.
func openStore(kind, dir string, sync bool) (cayley.QuadStore, error) {
	opts := cayley.Options{"nosync": !sync, "no_sync": !sync}
	if !cayley.IsPersistent(kind) {
		return cayley.NewQuadStore(kind, "", opts)
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
		if err := cayley.InitQuadStore(kind, dir, opts); err != nil {
			return nil, err
		}
	}
	return cayley.NewQuadStore(kind, dir, opts)
}

// measure measures one store with the quads of a file.
func measure(b *testing.B, kind, quads, work string, ask map[string]string) figures {
	b.Helper()
	quadstore.Register()
	f := figures{Queries: map[string]float64{}, Rows: map[string]int{}, TimedOut: map[string]bool{}}
	dir := filepath.Join(work, kind)
	qs, err := openStore(kind, dir, false)
	check(b, err)
	n := 0
	took := clock(func() { n = bulk(b, qs, quads) })
	f.Bulk = float64(n) / took
	if cayley.IsPersistent(kind) {
		check(b, qs.Close())
		f.Bytes = folderSize(b, dir)
		f.Reopen = clock(func() { qs, err = openStore(kind, dir, false) })
		check(b, err)
	}
	f.Memory = peakMemory()
	g := graph.New(qs)
	for name, query := range ask {
		f.ask(b, g, name, query)
	}
	if kind != "memstore" { // which dies of a read beside a write
		f.beside(b, qs, g, ask["one hop in"], quads, kind)
	}
	check(b, g.Close())
	if cayley.IsPersistent(kind) {
		f.Synced = synced(b, kind, filepath.Join(work, kind+"-synced"), quads)
	}
	return f
}

func check(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func clock(f func()) float64 {
	start := time.Now()
	f()
	return time.Since(start).Seconds()
}

// bulk loads everything: at once if the store can, else in large batches.
func bulk(b *testing.B, qs cayley.QuadStore, quads string) (n int) {
	if s, ok := qs.(*quadstore.Store); ok {
		n, err := s.Load(context.Background(), flat(quads))
		check(b, err)
		return n
	}
	var batch []cayley.Delta
	for q, err := range flat(quads) {
		check(b, err)
		n++
		if batch = append(batch, cayley.Delta{Quad: q, Action: cayley.Add}); len(batch) == bulkBatch {
			check(b, qs.ApplyDeltas(batch, cayley.IgnoreOpts{IgnoreDup: true}))
			batch = batch[:0]
		}
	}
	check(b, qs.ApplyDeltas(batch, cayley.IgnoreOpts{IgnoreDup: true}))
	return n
}

func flat(quads string) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for group, err := range readQuads(quads) {
			if err != nil {
				yield(quad.Quad{}, err)
				return
			}
			for _, q := range group {
				if !yield(q, nil) {
					return
				}
			}
		}
	}
}

// ask runs a query until a second has passed, three times at least, and keeps the best.
func (f *figures) ask(b *testing.B, g *graph.Graph, name, query string) {
	begin := time.Now()
	for round := 0; round < 3 || round < 20 && time.Since(begin) < time.Second; round++ {
		ctx, cancel := context.WithTimeout(context.Background(), queryTime)
		var rows []any
		var err error
		took := clock(func() { rows, err = g.Query(ctx, "gizmo", query, 0) })
		cancel()
		if errors.Is(err, graph.ErrQueryTime) {
			f.Queries[name], f.TimedOut[name] = queryTime.Seconds(), true
			return
		}
		if err != nil {
			b.Fatalf("%s: %v", name, err)
		}
		if best, again := f.Queries[name]; !again || took < best {
			f.Queries[name] = took
		}
		f.Rows[name] = len(rows)
		if took > 5 {
			return
		}
	}
}

// beside counts the reads of four readers alone, and beside a writer at full speed.
func (f *figures) beside(b *testing.B, qs cayley.QuadStore, g *graph.Graph, query, quads, kind string) {
	if kind == "bolt" {
		return // reads that meet a growing file never end there
	}
	read := func() float64 {
		var n atomic.Int64
		ctx, cancel := context.WithTimeout(context.Background(), readTime)
		defer cancel()
		var all sync.WaitGroup
		for range readers {
			all.Go(func() {
				for ctx.Err() == nil {
					if _, err := g.Query(ctx, "gizmo", query, 10); err == nil {
						n.Add(1)
					}
				}
			})
		}
		all.Wait()
		return float64(n.Load()) / readTime.Seconds()
	}
	f.Alone = read()
	var stop atomic.Bool
	var writer sync.WaitGroup
	begin, written := time.Now(), 0
	writer.Go(func() {
		for group := range readQuads(quads) {
			if stop.Load() {
				return
			}
			var batch []cayley.Delta
			for _, q := range group {
				q.Subject = quad.IRI(q.Subject.String() + "~")
				batch = append(batch, cayley.Delta{Quad: q, Action: cayley.Add})
			}
			if qs.ApplyDeltas(batch, cayley.IgnoreOpts{IgnoreDup: true}) != nil {
				return
			}
			written += len(group)
		}
	})
	f.Beside = read()
	stop.Store(true)
	writer.Wait()
	f.Written = float64(written) / time.Since(begin).Seconds()
}

// synced loads articles one by one and waits for the disk at each.
func synced(b *testing.B, kind, dir, quads string) float64 {
	qs, err := openStore(kind, dir, true)
	check(b, err)
	defer qs.Close()
	n := 0
	took := clock(func() {
		for group, err := range readQuads(quads) {
			check(b, err)
			var batch []cayley.Delta
			for _, q := range group {
				batch = append(batch, cayley.Delta{Quad: q, Action: cayley.Add})
			}
			check(b, qs.ApplyDeltas(batch, cayley.IgnoreOpts{IgnoreDup: true}))
			if n += len(group); n >= syncedQuads {
				return
			}
		}
	})
	return float64(n) / took
}

func folderSize(b *testing.B, dir string) (n int64) {
	check(b, filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	}))
	return n
}

// peakMemory returns the most bytes that the process has had resident; 0 if unknown.
func peakMemory() int64 {
	runtime.GC()
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return kb << 10
		}
	}
	return 0
}

// job is what the comparison hands to the process that measures one store.
type job struct {
	Kind, Quads, Work, To string
	Ask                   map[string]string
}

const jobEnv = "ISNAD_BENCHSTORE_JOB"

// BenchmarkOne measures the store that the comparison names; it is run by that only.
func BenchmarkOne(b *testing.B) {
	text := os.Getenv(jobEnv)
	if text == "" {
		b.Skip("run by BenchmarkStores, one process a store")
	}
	var j job
	check(b, json.Unmarshal([]byte(text), &j))
	f := measure(b, j.Kind, j.Quads, j.Work, j.Ask)
	data, err := json.Marshal(f)
	check(b, err)
	check(b, os.WriteFile(j.To, data, 0o644))
	fmt.Fprintf(os.Stderr, "%s: %.0f quads/s in bulk\n", j.Kind, f.Bulk)
}
