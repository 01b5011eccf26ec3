package quadstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// each yields the quads, then the error if there is one.
func each(quads []quad.Quad, last error) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
		if last != nil {
			yield(quad.Quad{}, last)
		}
	}
}

// loadable returns quads that are awkward to load: repeated near and far, of all types of
// value, long ones, hubs, with labels and without.
func loadable() []quad.Quad {
	quads := append(numbered(1, 500), numbered(100, 500)...)
	for _, v := range oddValues() {
		quads = append(quads, quad.Quad{Subject: v, Predicate: quad.IRI("odd"), Object: v, Label: v},
			quad.Quad{Subject: quad.IRI("hub"), Predicate: v, Object: v})
	}
	for i := range 300 {
		long := quad.String(strings.Repeat("نص طويل ", 20) + fmt.Sprint(i%200))
		quads = append(quads, quad.Quad{Subject: quad.IRI(fmt.Sprint(i)), Predicate: quad.IRI(fmt.Sprint("p", i%7)),
			Object: quad.IRI("hub"), Label: long})
	}
	return append(quads, quads[:300]...)
}

func modelOf(quads []quad.Quad) model {
	m := model{}
	for _, q := range quads {
		m[modelKey(q)] = q
	}
	return m
}

// A loaded store is the store that the same quads make one by one, whether it is read,
// written or opened again, and however often the load goes to disk.
func TestLoad(t *testing.T) {
	quads := loadable()
	var whole map[string]string // what is stored, byte for byte
	for _, limit := range []int{0, 15 << 10, 150 << 10} {
		t.Run(fmt.Sprint(limit), func(t *testing.T) {
			dir := t.TempDir()
			want := modelOf(quads)
			o := Options{loadBytes: limit}
			s := mustOpen(t, dir, o)
			if n, err := s.Load(context.Background(), each(quads, nil)); n != len(want) || err != nil {
				t.Fatalf("loaded %d quads, %v; want %d", n, err, len(want))
			}
			checkStore(t, s.live, want)
			if got := keysOf(t, s.live); whole == nil {
				whole = got
			} else if !maps.Equal(got, whole) {
				t.Error("what is stored depends on the memory of the load")
			}
			if _, err := s.Load(context.Background(), each(quads, nil)); !errors.Is(err, ErrNotEmpty) {
				t.Errorf("loading again: %v", err)
			}
			more := numbered(5000, 100)
			mustAdd(t, s, more...)
			maps.Copy(want, modelOf(more))
			checkStore(t, s.live, want)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = mustOpen(t, dir, o)
			checkStore(t, s.live, want)
			if _, err := os.Stat(filepath.Join(dir, loadFolder)); err == nil {
				t.Error("the load left files behind")
			}
		})
	}
}

// A store that was emptied is loaded with ids that were never given.
func TestLoadEmptied(t *testing.T) {
	for _, limit := range []int{0, 60 << 10} {
		s := mustOpen(t, t.TempDir(), Options{loadBytes: limit})
		mustAdd(t, s, numbered(1, 20)...)
		last := s.totals.last
		var gone []graph.Delta
		for _, q := range numbered(1, 20) {
			gone = append(gone, graph.Delta{Quad: q, Action: graph.Delete})
		}
		if err := s.ApplyDeltas(gone, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Load(t.Context(), each(loadable(), nil)); err != nil {
			t.Fatal(err)
		}
		checkStore(t, s.live, modelOf(loadable()))
		if id, _ := nodeID(s.ValueOf(loadable()[0].Subject)); id <= last {
			t.Errorf("the id %d was given again", id)
		}
	}
}

// A load that meets a full disk, wherever that is, leaves nothing, and the store goes on or
// says that it has stopped; with room again it is loaded.
func TestLoadFullDisk(t *testing.T) {
	quads := loadable()
	step := int64(1)
	if testing.Short() || raceEnabled {
		step = 7
	}
	failed := 0
	for left := int64(0); ; left += step + left/16 {
		memory, disk := vfs.NewCrashableMem(), new(fullDisk)
		disk.left.Store(1 << 40)
		s := mustOpen(t, "store", Options{fs: errorfs.Wrap(memory, disk), loadBytes: 30 << 10})
		disk.left.Store(left)
		_, err := s.Load(t.Context(), each(quads, nil))
		if err == nil {
			break
		}
		failed++
		if !errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), "\n") {
			t.Errorf("room for %d writes: %v", left, err)
		}
		if n := quadCount(t, s); n != 0 {
			t.Errorf("room for %d writes: %d quads after a load that failed", left, n)
		}
		if files, err := memory.List("store/" + loadFolder); err == nil && len(files) > 0 {
			t.Errorf("room for %d writes: %q is left", left, files)
		}
		disk.left.Store(1 << 40)
		_ = s.Close()
		s = mustOpen(t, "store", Options{fs: memory, loadBytes: 30 << 10})
		if _, err := s.Load(t.Context(), each(quads, nil)); err != nil {
			t.Fatalf("room for %d writes, then more: %v", left, err)
		}
		checkStore(t, s.live, modelOf(quads))
	}
	if failed < 10 {
		t.Errorf("only %d loads failed", failed)
	}
}

// A load that fails or is cancelled leaves nothing, and the store goes on.
func TestLoadFails(t *testing.T) {
	broken := errors.New("broken")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, load := range map[string]func(*Store) error{
		"late input": func(s *Store) error { _, err := s.Load(t.Context(), each(loadable(), broken)); return err },
		"input":      func(s *Store) error { _, err := s.Load(t.Context(), each(numbered(1, 50), broken)); return err },
		"bad quad":   func(s *Store) error { _, err := s.Load(t.Context(), each([]quad.Quad{{}}, nil)); return err },
		"cancelled": func(s *Store) error {
			_, err := s.Load(cancelled, each(numbered(1, 50), nil))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := mustOpen(t, dir, Options{loadBytes: 60 << 10})
			if err := load(s); err == nil {
				t.Fatal("no error")
			}
			checkStore(t, s.live, model{})
			if _, err := os.Stat(filepath.Join(dir, loadFolder)); err == nil {
				t.Error("the load left files behind")
			}
			if _, err := s.Load(t.Context(), each(numbered(1, 50), nil)); err != nil {
				t.Fatal(err)
			}
			if err := s.ApplyDeltas(adds(numbered(1, 50)...), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
				t.Fatal(err)
			}
			if n := quadCount(t, s); n != 50 {
				t.Errorf("%d quads", n)
			}
			checkKeys(t, s.live)
		})
	}
}
