package export

import (
	"context"
	"runtime"
	"testing"

	"isnad/graph"
	"isnad/graph/export/format"
	"isnad/graph/internal/extsort"
	"isnad/schema"
)

// TestBoundedMemory exports a graph and one four times as large, and holds that memory does not
// grow with it. The names or numbers of entities, which some formats hold, are few here.
func TestBoundedMemory(t *testing.T) {
	defer func(n int) { extsort.Memory = n }(extsort.Memory)
	extsort.Memory = 100_000 // so that both graphs are spilled
	// What is on the way between the cores differs by a megabyte; 6,000 statements held take four.
	const n, slack = 2000, 2 << 20
	small, large := peaks(t, n), peaks(t, 4*n)
	for name, peak := range large {
		if peak > small[name]+slack {
			t.Errorf("%s: %d KB for %d statements, %d KB for %d", name, small[name]>>10, n, peak>>10, 4*n)
		}
	}
}

// peaks returns how many bytes of the heap are in use at most, beyond those of the open
// store, while n statements are read and while each format is written.
func peaks(t *testing.T, n int) map[string]int {
	g, err := graph.Open(largeStore(t, n), graph.Options{ReadOnly: true})
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
	read := func(ctx context.Context) *Selected {
		s, err := Select(ctx, v, ont, Selection{Bare: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if err := read(context.Background()).Close(); err != nil { // fills the store's caches
		t.Fatal(err)
	}
	base := gauge{}
	base.look()
	reading := &gauge{Context: context.Background(), every: n / 64 / 8}
	s := read(reading)
	defer s.Close()
	out := map[string]int{"select": reading.most - base.most}
	if s.edges.Runs() < 3 {
		t.Errorf("%d statements in %d runs: nothing was tested", n, s.edges.Runs())
	}
	for _, f := range format.All() {
		writing := &gauge{every: 4}
		if err := f.Write(&s.Graph, writing); err != nil {
			t.Error(err)
		}
		out[f.Name] = writing.most - base.most
	}
	return out
}

// gauge looks now and then at how much of the heap is in use, while who calls it waits: as
// a context, which is asked whether to go on, and as a file.
type gauge struct {
	context.Context
	every, calls, most int
}

func (g *gauge) Err() error {
	g.count()
	return nil
}

func (g *gauge) Write(b []byte) (int, error) {
	g.count()
	return len(b), nil
}

func (g *gauge) count() {
	if g.calls++; g.calls%g.every == 0 {
		g.look()
	}
}

func (g *gauge) look() {
	for range 2 { // what was allocated during the first counts as in use
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	g.most = max(g.most, int(m.HeapAlloc))
}
