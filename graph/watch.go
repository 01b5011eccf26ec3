package graph

import (
	"context"
	"maps"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"
)

const (
	// MaxQueryMemory is by how many bytes the heap may grow while queries run, before
	// the one that holds most of it is stopped.
	MaxQueryMemory = 256 << 20
	// maxQueryStack is by how many bytes the stacks may grow; at 1 GB the process ends.
	maxQueryStack = 64 << 20
	// heavy is what a query must hold to be stopped. It is less than MaxQueryMemory by
	// far, since what is known of a query is two garbage collections old.
	heavy = 16 << 20

	// farOver is by how many bytes the heap may grow before every query that ran meanwhile
	// is stopped: it grows faster than can be found out by whom.
	farOver = 4 * MaxQueryMemory

	watchPause = 5 * time.Millisecond
)

// watch is over all queries of the process: memory is the process's.
var watch watcher

// watcher stops queries that let memory grow too much, as doubling a string in a loop does,
// and those beside them only if they hold much of it too.
type watcher struct {
	mu      sync.Mutex
	running map[*running]struct{}
	last    uint8 // the number given last
	judging bool
}

// running is a query under watch.
type running struct {
	number  uint8 // of those that run; 0 is none
	began   time.Time
	cancel  context.CancelCauseFunc
	least   usage // of the process since the query began, or since another was stopped
	stopped bool
}

// usage is memory in bytes.
type usage struct{ heap, stacks uint64 }

// begin puts a query under watch until end; cancel is called if it has to stop.
func (w *watcher) begin(cancel context.CancelCauseFunc) *running {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := &running{began: time.Now(), cancel: cancel, least: memoryInUse(), number: w.number()}
	if w.running == nil {
		w.running = map[*running]struct{}{}
		go w.run()
	}
	w.running[r] = struct{}{}
	return r
}

func (w *watcher) end(r *running) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, r)
	if r.stopped {
		go collect() // lest what it held is taken for that of another
	}
}

// number returns a number that no query has, and none has had for long, since profiles
// still tell of those that have ended; 0 if there is none.
func (w *watcher) number() uint8 {
	taken := [1 << numberBits]bool{0: true}
	for r := range w.running {
		taken[r.number] = true
	}
	for range taken {
		if w.last++; !taken[w.last] {
			return w.last
		}
	}
	return 0
}

// collect collects garbage so often that profiles tell what is held now.
func collect() {
	runtime.GC()
	runtime.GC()
}

// run watches as long as there are queries.
func (w *watcher) run() {
	tick := time.NewTicker(watchPause)
	defer tick.Stop()
	for range tick.C {
		w.mu.Lock()
		if len(w.running) == 0 {
			w.running = nil
			w.mu.Unlock()
			return
		}
		now := memoryInUse()
		over := w.over(now)
		w.stopFarOver(now)
		if over != (usage{}) && !w.judging {
			w.judging = true
			go w.judge(over)
		}
		w.mu.Unlock()
	}
}

// stopFarOver stops all queries for which the heap has grown by far too much, or the
// stacks, which leave no time to find out whose they are. The caller holds w.mu.
func (w *watcher) stopFarOver(now usage) {
	for r := range w.running {
		if !r.stopped && (now.heap > r.least.heap+farOver || now.stacks > r.least.stacks+maxQueryStack) {
			r.stopped = true
			r.cancel(ErrQueryMemory)
		}
	}
}

// over returns what the process uses where that is too much for some query, else zero.
// The caller holds w.mu.
func (w *watcher) over(now usage) (over usage) {
	for r := range w.running {
		r.least.heap, r.least.stacks = min(r.least.heap, now.heap), min(r.least.stacks, now.stacks)
		if now.heap > r.least.heap+MaxQueryMemory {
			over.heap = now.heap
		}
	}
	return over
}

// judge stops the query that holds most, and gives the others the room that they had. What
// is known may be old: if that tells of no query, it looks again after collecting garbage,
// and if none holds much then either, the memory is somebody else's.
func (w *watcher) judge(over usage) {
	guilty := w.culprits(over, false)
	if len(guilty) == 0 {
		collect()
		w.mu.Lock()
		over = w.over(memoryInUse())
		w.mu.Unlock()
		guilty = w.culprits(over, true)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.judging = false
	for r := range w.running {
		if guilty[r.number] {
			r.stopped = true
			r.cancel(ErrQueryMemory)
		}
		r.least.heap, r.least.stacks = max(r.least.heap, over.heap), max(r.least.stacks, over.stacks)
	}
}

// culprits returns the numbers of the queries to stop; less is sure before garbage has been
// collected.
func (w *watcher) culprits(over usage, collected bool) map[uint8]bool {
	guilty := map[uint8]bool{}
	if over.heap == 0 {
		return guilty
	}
	held := heldByQueries()
	if held[0] >= heavy { // allocated so deep that the number does not show
		maps.Copy(guilty, deepQueries())
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	var worst, oldest *running
	for r := range w.running {
		if r.stopped {
			continue
		}
		if worst == nil || held[r.number] > held[worst.number] {
			worst = r
		}
		if oldest == nil || r.began.Before(oldest.began) {
			oldest = r
		}
	}
	switch {
	case worst == nil || len(guilty) > 0:
	case held[worst.number] >= heavy:
		guilty[worst.number] = true
	case held[0] >= heavy && collected:
		guilty[oldest.number] = true
	}
	return guilty
}

func memoryInUse() usage {
	m := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(m)
	return usage{m[0].Value.Uint64(), m[1].Value.Uint64()}
}
