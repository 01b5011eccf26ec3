package quadstore

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// A copy of a store that is damaged is no backup: nothing is left of it, and the store is
// named, wherever the damage is.
func TestBackupOfDamaged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	s := mustOpen(t, dir, Options{})
	var quads []quad.Quad
	for i := range 40 {
		quads = append(quads, numbered(i*100, 100)...)
	}
	if _, err := s.Load(t.Context(), each(quads, nil)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.sst"))
	if err != nil || len(names) < 5 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		sound, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		damaged := append([]byte(nil), sound...)
		damaged[len(damaged)/10] ^= 0x55 // a block of data
		if err := os.WriteFile(name, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "copy")
		_, err = Backup(t.Context(), dir, to)
		wantError(t, err, ErrCorrupt, dir, "restore a copy")
		if left, _ := filepath.Glob(to + "*"); len(left) > 0 {
			t.Errorf("%v is left", left)
		}
		if err := os.WriteFile(name, sound, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Backup(t.Context(), dir, filepath.Join(t.TempDir(), "copy")); err != nil {
		t.Error(err)
	}
}

// A copy within the store would be part of the next.
func TestBackupWithin(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	filled(t, dir)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{filepath.Join(dir, "copy"), filepath.Join(dir, "a", "b"), filepath.Join(link, "copy")} {
		_, err := Backup(t.Context(), dir, to)
		wantError(t, err, errWithin, to, "elsewhere")
		if left, _ := filepath.Glob(filepath.Join(dir, "*opy*")); len(left) > 0 {
			t.Errorf("%v is left", left)
		}
	}
}

// What is no folder is no store.
func TestOpenNoFolder(t *testing.T) {
	file, link := filepath.Join(t.TempDir(), "file"), filepath.Join(t.TempDir(), "link")
	if err := os.WriteFile(file, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, link} {
		if _, err := Open(path, Options{}); err == nil {
			t.Errorf("%s was opened", path)
		} else {
			wantError(t, err, err, path, "no folder: choose another")
		}
	}
	_, err := Open(file, Options{ReadOnly: true})
	wantError(t, err, err, file, "no folder: choose another")
}

// A backup that is taken while the store is written holds a number of whole batches: all
// that were acknowledged when it began.
func TestBackupBesideWriter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	s := mustOpen(t, dir, Options{memTableBytes: 256 << 10})
	var acknowledged atomic.Int64
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 1; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			if err := s.ApplyDeltas(adds(crashQuads(i)...), graph.IgnoreOpts{}); err != nil {
				stopped <- err
				return
			}
			acknowledged.Store(int64(i))
		}
	}()
	for round := range 4 {
		to := filepath.Join(t.TempDir(), "copy")
		before := acknowledged.Load()
		if _, err := Backup(t.Context(), dir, to); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		after := acknowledged.Load()
		copied := mustOpen(t, to, Options{})
		n := quadCount(t, copied)
		if n%crashBatch != 0 || n < before*crashBatch || n > (after+1)*crashBatch {
			t.Errorf("round %d: %d quads in the copy of a store of %d to %d batches of %d", round, n, before, after, crashBatch)
		}
		if r, err := copied.Check(t.Context()); err != nil || len(r.Faults) > 0 {
			t.Errorf("round %d: the copy: %v, %v", round, r, err)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
