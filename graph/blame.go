package graph

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
)

// Go does not tell which goroutine holds what, but its heap profile tells by which calls
// memory was allocated. So each query runs under calls that spell its number, one for each
// bit. The profile of goroutines tells whose stacks are deep, by a label.

const (
	numberBits = 8
	queryLabel = "isnad-query"
	// profileDepth is how many calls a profile keeps, from the innermost; what is deeper
	// does not show the number.
	profileDepth = 128
)

// numbered runs f so that profiles show the number with what it does.
func numbered(ctx context.Context, number uint8, f func()) {
	labels := pprof.Labels(queryLabel, strconv.Itoa(int(number)))
	pprof.Do(ctx, labels, func(context.Context) { spell(number, numberBits, f) })
}

func spell(number uint8, bits int, f func()) {
	switch {
	case bits == 0:
		f()
	case number&1 == 0:
		zero(number>>1, bits-1, f)
	default:
		one(number>>1, bits-1, f)
	}
}

//go:noinline
func zero(number uint8, bits int, f func()) { spell(number, bits, f) }

//go:noinline
func one(number uint8, bits int, f func()) { spell(number, bits, f) }

var (
	zeroEntry = reflect.ValueOf(zero).Pointer()
	oneEntry  = reflect.ValueOf(one).Pointer()
)

// spelled returns the number that calls spell, innermost first; 0 if none, or if they are
// too many to tell.
func spelled(calls []uintptr) uint8 {
	number, bits := uint8(0), 0
	for _, pc := range calls {
		f := runtime.FuncForPC(pc - 1)
		if f == nil {
			continue
		}
		switch f.Entry() {
		case zeroEntry:
			number, bits = number<<1, bits+1
		case oneEntry:
			number, bits = number<<1|1, bits+1
		}
	}
	if bits != numberBits {
		return 0
	}
	return number
}

// heldByQueries returns the bytes in use by the number of the query that allocated them, as
// far as garbage collection knows; by 0 those whose calls are too many to tell.
func heldByQueries() (held [1 << numberBits]float64) {
	for _, e := range profile("heap") {
		if n := spelled(e.calls); n > 0 || len(e.calls) >= profileDepth {
			held[n] += e.bytes
		}
	}
	return held
}

// deepQueries returns the numbers of the queries whose stacks are deeper than a profile.
func deepQueries() map[uint8]bool {
	numbers := map[uint8]bool{}
	for _, e := range profile("goroutine") {
		if e.query > 0 && len(e.calls) >= profileDepth {
			numbers[e.query] = true
		}
	}
	return numbers
}

// entry is a line of a profile.
type entry struct {
	calls []uintptr
	bytes float64 // in use, of the heap
	query uint8   // by the label, of a goroutine
}

// profile reads one of Go's profiles, in the form that they have as text: the binary one
// takes a library, and the functions of package runtime tell 32 calls only.
func profile(name string) (entries []entry) {
	var text bytes.Buffer
	if err := pprof.Lookup(name).WriteTo(&text, 1); err != nil {
		return nil
	}
	lines := bufio.NewScanner(&text)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if label, ok := strings.CutPrefix(lines.Text(), `# labels: {"`+queryLabel+`":"`); ok && len(entries) > 0 {
			n, _ := strconv.ParseUint(strings.TrimSuffix(label, `"}`), 10, numberBits)
			entries[len(entries)-1].query = uint8(n)
			continue
		}
		counts, calls, ok := strings.Cut(lines.Text(), " @ 0x")
		if !ok || strings.HasPrefix(counts, "#") {
			continue
		}
		var e entry
		for pc := range strings.SplitSeq(calls, " 0x") {
			if n, err := strconv.ParseUint(pc, 16, 64); err == nil {
				e.calls = append(e.calls, uintptr(n))
			}
		}
		var objects, sampled float64
		if _, err := fmt.Sscanf(counts, "%f: %f", &objects, &sampled); err == nil && objects > 0 {
			// Samples are taken each so many bytes, so small objects stand for many.
			e.bytes = sampled / -math.Expm1(-sampled/objects/float64(runtime.MemProfileRate))
		}
		entries = append(entries, e)
	}
	return entries
}
