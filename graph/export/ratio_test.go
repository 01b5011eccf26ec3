//go:build proof

package export

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"isnad/graph"
	"isnad/graph/export/format"
	"isnad/schema"
)

// took is how long something took, in seconds by the clock and of processor time.
type took struct {
	Wall float64 `json:"wall"`
	CPU  float64 `json:"cpu"`
}

// timed measures f.
func timed(t *testing.T, f func() error) took {
	t.Helper()
	cpu := func() float64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
	}
	wall, before := time.Now(), cpu()
	if err := f(); err != nil {
		t.Fatal(err)
	}
	return took{time.Since(wall).Seconds(), cpu() - before}
}

// step is what a child prints: reading a store, or writing a format.
type step struct {
	Name  string `json:"name"`
	Took  took   `json:"took"`
	Bytes int64  `json:"bytes"`
	Peak  int    `json:"peak"` // of resident memory, MiB
}

// ratioFormats are those that networkx can write too.
var ratioFormats = []string{"jsongraph", "graphml", "gexf", "cytoscape"}

// TestRatioChild exports a store in every format, in a process of its own, for TestRatio.
func TestRatioChild(t *testing.T) {
	store, dir := os.Getenv("ISNAD_RATIO_STORE"), os.Getenv("ISNAD_RATIO_DIR")
	if store == "" {
		return // this is no child
	}
	g, err := graph.Open(store, graph.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	v := g.View()
	defer v.Close()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	var s *Selected
	report := func(name, path string, f func() error) {
		x := step{Name: name, Took: timed(t, f), Peak: peakMiB(t)}
		if info, err := os.Stat(path); err == nil {
			x.Bytes = info.Size()
		}
		line, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(string(line))
	}
	report("", "", func() (err error) {
		s, err = Select(context.Background(), v, ont, Selection{Bare: true})
		return err
	})
	defer s.Close()
	for _, f := range format.All() {
		path := filepath.Join(dir, f.Name)
		report(f.Name, path, func() error {
			out, err := os.Create(path)
			if err != nil {
				return err
			}
			defer out.Close()
			return f.Write(&s.Graph, out)
		})
		if f.Name != "jsongraph" { // which networkx reads
			os.Remove(path)
		}
	}
}

// peakMiB returns the peak of this process's resident memory since it was last asked.
func peakMiB(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(line)[0])
	if err == nil {
		err = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // begin anew
	}
	if err != nil {
		t.Fatal(err)
	}
	return kb >> 10
}

// exported loads a store of n statements and returns what exporting it took.
func exported(t *testing.T, n int, dir string) (steps []step) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run", "^TestRatioChild$", "-test.timeout", "0")
	child.Env = append(os.Environ(), "ISNAD_RATIO_STORE="+largeStore(t, n), "ISNAD_RATIO_DIR="+dir)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range bytes.Lines(out) {
		var x step
		if json.Unmarshal(line, &x) == nil {
			steps = append(steps, x)
		}
	}
	return steps
}

// TestRatio exports stores of several sizes and prints what it took; then it has networkx
// read the largest of them from node-link JSON and write it with its own writers.
// ISNAD_EXPORT_SIZES sets the sizes, rising, with commas between them.
func TestRatio(t *testing.T) {
	sizes := os.Getenv("ISNAD_EXPORT_SIZES")
	if sizes == "" {
		sizes = "5000,20000"
	}
	dir := t.TempDir()
	var last []step
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatalf("ISNAD_EXPORT_SIZES: %v", err)
		}
		last = exported(t, n, dir)
		fmt.Printf("\n%d statements: read and sorted in %.2f s, %d MiB at most\n\n", n, last[0].Took.Wall, last[0].Peak)
		fmt.Println("| format | MB | s | s of processor | MiB at most |\n|---|---:|---:|---:|---:|")
		for _, x := range last[1:] {
			fmt.Printf("| `%s` | %d | %.2f | %.2f | %d |\n", x.Name, x.Bytes/1e6, x.Took.Wall, x.Took.CPU, x.Peak)
		}
	}
	compare(t, dir, last)
}

// compare prints what networkx took beside ours.
func compare(t *testing.T, dir string, ours []step) {
	t.Helper()
	read := ours[0]
	fmt.Print("\nwriting alone, and with reading: ours from a store, networkx's from node-link JSON\n\n",
		"| format | MB | networkx, MB | s | networkx, s | times as fast | by processor time | with reading | MiB | networkx, MiB |\n",
		"|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, x := range ours[1:] {
		if !slices.Contains(ratioFormats, x.Name) {
			continue
		}
		theirs, size := networkx(t, x.Name, dir)
		fmt.Printf("| `%s` | %d | %d | %.2f | %.2f | %.1f | %.1f | %.1f | %d | %.0f |\n", x.Name, x.Bytes/1e6, size/1e6, x.Took.Wall, theirs.Write.Wall,
			theirs.Write.Wall/x.Took.Wall, theirs.Write.CPU/x.Took.CPU, (theirs.Read.Wall+theirs.Write.Wall)/(read.Took.Wall+x.Took.Wall),
			max(read.Peak, x.Peak), theirs.MiB)
	}
}

// measured is what testdata/write.py prints.
type measured struct {
	Read, Write took
	MiB         float64
}

// networkx has networkx write a format from the node-link JSON in the folder, and returns
// what it took and how many bytes it wrote.
func networkx(t *testing.T, name, dir string) (m measured, size int64) {
	t.Helper()
	target := filepath.Join(dir, "networkx")
	cmd := exec.Command("/usr/bin/python3", filepath.Join("testdata", "write.py"), name, filepath.Join(dir, "jsongraph"), target) // Debian's python
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &m)
	}
	if err != nil {
		t.Fatalf("networkx: %s: %v", name, err)
	}
	info, err := os.Stat(target)
	if err != nil {
		t.Fatal(err)
	}
	return m, info.Size()
}
