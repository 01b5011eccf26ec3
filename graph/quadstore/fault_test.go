package quadstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// fullDisk is a file system that is full after a number of writes.
type fullDisk struct {
	left  atomic.Int64
	syncs bool // whether syncs fail too
}

func (d *fullDisk) MaybeError(op errorfs.Op) error {
	switch op.Kind {
	case errorfs.OpCreate, errorfs.OpFileWrite, errorfs.OpFileWriteAt, errorfs.OpFilePreallocate,
		errorfs.OpReuseForWrite, errorfs.OpLink, errorfs.OpRename:
	case errorfs.OpFileSync, errorfs.OpFileSyncData, errorfs.OpFileSyncTo:
		if !d.syncs {
			return nil
		}
	default:
		return nil
	}
	if d.left.Add(-1) < 0 {
		return syscall.ENOSPC
	}
	return nil
}

func (d *fullDisk) String() string { return "full disk" }

// TestFullDisk fills the disk at random moments of a load: the batch that
// fails leaves nothing, reads go on, further writes are refused, and when the
// machine starts again, with room, every acknowledged batch is there.
func TestFullDisk(t *testing.T) {
	rounds := 15
	if testing.Short() || raceEnabled {
		rounds = 6
	}
	for round := range rounds {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(5, uint64(round)))
			memory, disk := vfs.NewCrashableMem(), new(fullDisk)
			disk.left.Store(1 << 40)
			disk.syncs = round%3 == 1
			o := Options{fs: errorfs.Wrap(memory, disk), memTableBytes: 256 << 10, NoSync: round%3 == 2}
			s, err := Open("store", o)
			if err != nil {
				t.Fatal(err)
			}
			disk.left.Store(rnd.Int64N(400))
			states := loadUntilFull(t, s)
			checkFailed(t, s, states[len(states)-2])

			crashed := memory.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: rnd.IntN(101), RNG: rnd})
			o.fs = crashed
			s = mustOpen(t, "store", o)
			got := quadsIn(t, s, s.QuadsAllIterator())
			if o.NoSync { // any number of whole batches
				if !slices.ContainsFunc(states, func(m model) bool { return sameKeys(got, m) }) {
					t.Errorf("%d quads, which no number of whole batches makes", len(got))
				}
			} else if want := states[len(states)-2]; !sameKeys(got, want) {
				// Written but not known to be: only a failed sync may leave that.
				if !disk.syncs || !sameKeys(got, states[len(states)-1]) {
					t.Errorf("%d quads after starting again, want %d", len(got), len(want))
				}
			}
			checkKeys(t, s.live)
			mustAdd(t, s, numbered(1<<30, 5)...)
		})
	}
}

// TestFullDiskAtOpen opens a new and an existing store while the disk fills:
// that fails, or gives a store to read; with room again all is as it was.
func TestFullDiskAtOpen(t *testing.T) {
	for _, quads := range []int{0, 30} {
		for left := int64(0); left < 40; left += 1 + left/8 {
			memory, disk := vfs.NewCrashableMem(), new(fullDisk)
			if quads > 0 {
				s := mustOpen(t, "store", Options{fs: memory})
				mustAdd(t, s, numbered(1, quads)...)
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
			disk.left.Store(left)
			disk.syncs = left%2 == 0
			s, err := Open("store", Options{fs: errorfs.Wrap(memory, disk)})
			if err == nil {
				if n := quadCount(t, s); n != int64(quads) {
					t.Errorf("room for %d writes: %d quads, want %d", left, n, quads)
				}
				if err := s.Close(); err != nil && !errors.Is(err, syscall.ENOSPC) {
					t.Errorf("room for %d writes: closing: %v", left, err)
				}
			} else if !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("room for %d writes: %v", left, err)
			}
			again := memory.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: 100, RNG: rand.New(rand.NewPCG(1, 1))})
			s = mustOpen(t, "store", Options{fs: again})
			if n := quadCount(t, s); n != int64(quads) {
				t.Errorf("room for %d writes, then more: %d quads, want %d", left, n, quads)
			}
		}
	}
}

// loadUntilFull returns the states after each batch, that which failed included.
func loadUntilFull(t *testing.T, s *Store) []model {
	t.Helper()
	states := []model{{}}
	for i := 1; i < 2000; i++ {
		next, err := states[i-1].apply(crashDeltas(i), graph.IgnoreOpts{})
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, next)
		if err := s.ApplyDeltas(crashDeltas(i), graph.IgnoreOpts{}); err != nil {
			wantError(t, err, ErrFailed, "store", "start again")
			if !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("the error does not tell why: %v", err)
			}
			return states
		}
	}
	t.Fatal("the disk never filled")
	return nil
}

// checkFailed checks that a store that has failed shows what was there before.
func checkFailed(t *testing.T, s *Store, want model) {
	t.Helper()
	if err := s.ApplyDeltas(crashDeltas(1), graph.IgnoreOpts{IgnoreDup: true}); !errors.Is(err, ErrFailed) {
		t.Errorf("writing after the failure: %v", err)
	}
	for _, qs := range []graph.QuadStore{s, s.View()} {
		if got := quadsIn(t, qs, qs.QuadsAllIterator()); !sameKeys(got, want) {
			t.Errorf("%d quads to be read after the failure, want %d", len(got), len(want))
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
}

// TestFlippedByte damages one byte at a time, in any file of a closed store and
// in the tables of one that was not closed: it must be noticed, or do no harm.
// (A log or manifest that ends in a damaged record looks as if the machine had
// stopped while it was written, so there the end may be lost.)
func TestFlippedByte(t *testing.T) {
	memory := vfs.NewCrashableMem()
	o := Options{fs: memory, memTableBytes: 256 << 10}
	s, err := Open("store", o)
	if err != nil {
		t.Fatal(err)
	}
	want := crashState(90)
	for i := 1; i <= 90; i++ {
		if err := s.ApplyDeltas(crashDeltas(i), graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
	}
	// What the machine has when it stops while the store is open: a log.
	running := memory.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: 100, RNG: rand.New(rand.NewPCG(9, 9))})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("closed", func(t *testing.T) { flipBytes(t, memory, want, "*") })
	t.Run("running", func(t *testing.T) { flipBytes(t, running, want, "*.sst") })
}

func flipBytes(t *testing.T, disk *vfs.MemFS, want model, pattern string) {
	flips := 15
	if testing.Short() || raceEnabled {
		flips = 3
	}
	rnd := rand.New(rand.NewPCG(7, 8))
	names, err := disk.List("store")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	detected := map[string]int{}
	for _, name := range names {
		data := readAll(t, disk, path.Join("store", name))
		if ok, _ := path.Match(pattern, name); !ok || len(data) == 0 {
			continue
		}
		for range flips {
			at := rnd.IntN(len(data))
			damaged := slices.Clone(data)
			damaged[at] ^= byte(1 + rnd.IntN(255))
			copied := vfs.NewMem()
			copyStore(t, disk, copied, name, damaged)
			if err := readDamaged(copied, want); errors.Is(err, errInvented) {
				t.Errorf("%s, byte %d of %d: %v", name, at, len(data), err)
			} else if err != nil {
				detected[path.Ext(name)]++
				if path.Ext(name) == ".sst" {
					wantError(t, err, ErrCorrupt, "store", "restore")
				}
			}
		}
	}
	t.Logf("damage that was noticed, by kind of file: %v", detected)
	if detected[".sst"] == 0 {
		t.Error("no damage to a table was noticed")
	}
}

var errInvented = errors.New("the store shows what was never stored")

// readDamaged reads the whole store. It returns errInvented if it shows
// anything but what is wanted, another error if that is noticed.
func readDamaged(disk vfs.FS, want model) error {
	s, err := Open("store", Options{fs: disk})
	if err != nil {
		return err
	}
	defer s.Close()
	got := model{}
	it := s.QuadsAllIterator()
	defer it.Close()
	for it.Next(context.Background()) {
		q := s.Quad(it.Result())
		if err := s.Err(); err != nil {
			return err
		}
		got[modelKey(q)] = q
	}
	if err := it.Err(); err != nil {
		return err
	}
	if !sameKeys(got, want) {
		return fmt.Errorf("%w: %d quads, want %d", errInvented, len(got), len(want))
	}
	return nil
}

func readAll(t *testing.T, disk vfs.FS, name string) []byte {
	t.Helper()
	f, err := disk.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// copyStore copies a store, with other content for one of its files.
func copyStore(t *testing.T, from, to vfs.FS, changed string, content []byte) {
	t.Helper()
	if err := to.MkdirAll("store", 0o755); err != nil {
		t.Fatal(err)
	}
	names, err := from.List("store")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data := content
		if name != changed {
			data = readAll(t, from, path.Join("store", name))
		}
		f, err := to.Create(path.Join("store", name), vfs.WriteCategoryUnspecified)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
