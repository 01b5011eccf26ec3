package quadstore

import (
	"bufio"
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
	crashEnv   = "ISNAD_TEST_LOAD_UNTIL_KILLED" // the folder to load into
	crashBatch = 25
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashEnv); dir != "" {
		loadUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// loadUntilKilled adds one batch after another and prints the number of each
// when it is acknowledged. Every third batch also removes the one before it.
func loadUntilKilled(dir string) {
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
		acknowledged := loadAndKill(t, dir, time.Duration(rnd.IntN(400))*time.Millisecond)
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

// loadAndKill returns the number of batches that were acknowledged.
func loadAndKill(t *testing.T, dir string, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashEnv+"="+dir)
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
		t.Fatal("the load did not begin")
	}
	return last
}
