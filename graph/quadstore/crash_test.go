package quadstore

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

const (
	crashEnv   = "ISNAD_TEST_WRITE_UNTIL_KILLED" // the folder to write to
	bulkEnv    = "ISNAD_TEST_LOAD_UNTIL_KILLED"  // the folder to load into
	crashBatch = 25
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashEnv); dir != "" {
		writeUntilKilled(dir)
	}
	if dir := os.Getenv(bulkEnv); dir != "" {
		loadUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// loadUntilKilled loads quads without an end.
func loadUntilKilled(dir string) {
	s, err := Open(dir, Options{loadBytes: 200 << 10})
	if err == nil {
		fmt.Println(1)
		_, err = s.Load(context.Background(), func(yield func(quad.Quad, error) bool) {
			for i := 0; ; i++ {
				for _, q := range crashQuads(i) {
					yield(q, nil)
				}
			}
		})
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// TestKillLoad kills a process in the middle of a load: the store is as it was, what the
// load had on disk goes when it is opened, and it can be loaded.
func TestKillLoad(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	runAndKill(t, bulkEnv+"="+dir, 300*time.Millisecond)
	left, err := os.ReadDir(filepath.Join(dir, loadFolder))
	if err != nil || len(left) == 0 {
		t.Fatalf("nothing of the load was on disk: %v", err)
	}
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	checkStore(t, s.live, model{})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir, Options{})
	if _, err := os.Stat(filepath.Join(dir, loadFolder)); err == nil {
		t.Error("opening the store left what a killed load had on disk")
	}
	if _, err := s.Load(t.Context(), each(loadable(), nil)); err != nil {
		t.Fatal(err)
	}
	checkStore(t, s.live, modelOf(loadable()))
}

// writeUntilKilled adds one batch after another and prints the number of each
// when it is acknowledged. Every third batch also removes the one before it.
func writeUntilKilled(dir string) {
	s, err := Open(dir, Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for i := 1; ; i++ {
		if err := s.ApplyDeltas(crashDeltas(i), graph.IgnoreOpts{}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(i)
	}
}

func crashDeltas(i int) []graph.Delta {
	deltas := adds(crashQuads(i)...)
	if i%3 == 0 {
		for _, q := range crashQuads(i - 1) {
			deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Delete})
		}
	}
	return deltas
}

func crashQuads(i int) []quad.Quad { return numbered(i*1000, crashBatch) }

// crashState is what is stored after the first n batches.
func crashState(n int) model {
	m := model{}
	for i := 1; i <= n; i++ {
		if removed := (i+1)%3 == 0 && i < n; removed {
			continue
		}
		for _, q := range crashQuads(i) {
			m[modelKey(q)] = q
		}
	}
	return m
}

// TestKill kills a process that loads a store, at random moments: every
// acknowledged batch is there, the one under way is there whole or not at all.
func TestKill(t *testing.T) {
	rounds := 8
	if testing.Short() || raceEnabled {
		rounds = 2
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	for round := range rounds {
		dir := filepath.Join(t.TempDir(), strconv.Itoa(round))
		acknowledged := runAndKill(t, crashEnv+"="+dir, time.Duration(rnd.IntN(400))*time.Millisecond)
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatalf("round %d, %d batches acknowledged: %v", round, acknowledged, err)
		}
		got := quadsIn(t, s, s.QuadsAllIterator())
		if !sameKeys(got, crashState(acknowledged)) && !sameKeys(got, crashState(acknowledged+1)) {
			t.Errorf("round %d: %d quads after %d acknowledged batches, which is not what those or one more make", round, len(got), acknowledged)
		}
		checkKeys(t, s.live)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// runAndKill runs the test program with a variable, kills it so long after its first line,
// and returns the number in its last.
func runAndKill(t *testing.T, env string, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), env)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := 0
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if last == 0 { // it has begun
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
	}
	_ = cmd.Wait() // killed
	if last == 0 {
		t.Fatal("it did not begin")
	}
	return last
}
