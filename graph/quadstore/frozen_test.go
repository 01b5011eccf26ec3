package quadstore

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// A reader sees the store as it was when it opened it, whatever the writer does.
func TestReadBesideWriter(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{memTableBytes: 256 << 10})
	for i := 1; i <= 40; i++ {
		mustAdd(t, s, numbered(i*1000, 200)...)
	}
	want := quadsIn(t, s, s.QuadsAllIterator())
	r := mustOpen(t, dir, Options{ReadOnly: true})
	var deltas []graph.Delta
	for _, q := range want {
		deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Delete})
	}
	if err := s.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if err := s.db.Compact(t.Context(), []byte{0}, []byte{0xff}, true); err != nil {
		t.Fatal(err)
	}
	if got := quadsIn(t, r, r.QuadsAllIterator()); !sameKeys(got, want) {
		t.Errorf("%d quads beside the writer, want %d", len(got), len(want))
	}
	checkKeys(t, r.live)
	if n := quadCount(t, mustOpen(t, dir, Options{ReadOnly: true})); n != 0 {
		t.Errorf("a reader that came later sees %d quads", n)
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrInUse) {
		t.Errorf("after readers, a second writer: %v", err)
	}
}

// Many readers open the store while a process loads it: each sees whole batches.
func TestReadersBesideProcess(t *testing.T) {
	rounds := 20
	if testing.Short() || raceEnabled {
		rounds = 10
	}
	dir := filepath.Join(t.TempDir(), "store")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashEnv+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	go func() {
		buf := make([]byte, 4096)
		for {
			if _, err := out.Read(buf); err != nil {
				return
			}
		}
	}()
	last := int64(0)
	for round := range rounds {
		s, err := Open(dir, Options{ReadOnly: true})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		n := quadCount(t, s)
		if batches, ok := batchesOf(n); !ok || n < last {
			t.Errorf("round %d: %d quads, after %d: not whole batches, or fewer than before", round, n, last)
		} else if round%10 == 9 && n < 10_000 {
			if got := quadsIn(t, s, s.QuadsAllIterator()); !sameKeys(got, crashState(batches)) && !sameKeys(got, crashState(batches+1)) {
				t.Errorf("round %d: not what %d batches make", round, batches)
			}
			checkKeys(t, s.live)
		}
		last = n
		time.Sleep(20 * time.Millisecond)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d quads at the end", last)
}

// batchesOf returns how many batches of crashDeltas make n quads; perhaps one more.
func batchesOf(n int64) (int, bool) {
	quads := int64(0)
	for i := 0; quads <= n; i++ {
		if quads == n {
			return i, true
		}
		quads += crashBatch
		if (i+1)%3 == 0 {
			quads -= crashBatch
		}
	}
	return 0, false
}

// Reading neither needs nor takes the right to write.
func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{})
	q := quad.Make(quad.IRI("s"), quad.IRI("p"), quad.IRI("o"), nil)
	mustAdd(t, s, q)
	if err := s.db.Set([]byte("z"), nil, pebble.Sync); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := mustOpen(t, dir, Options{ReadOnly: true})
	if n := quadCount(t, r); n != 1 {
		t.Errorf("%d quads", n)
	}
	after, err := os.ReadDir(dir)
	if err != nil || len(before) != len(after) {
		t.Errorf("reading changed the folder: %v, then %v", before, after)
	}
}
