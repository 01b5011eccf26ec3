package quadstore

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2"
)

// filled returns a store with hubs, labels, odd values and some deletions.
func filled(t *testing.T, dir string) *Store {
	t.Helper()
	s := mustOpen(t, dir, Options{})
	for i := range 5 {
		mustAdd(t, s, numbered(i*1000, 200)...)
	}
	var gone []graph.Delta
	for _, q := range numbered(1000, 200)[:70] {
		gone = append(gone, graph.Delta{Quad: q, Action: graph.Delete})
	}
	if err := s.ApplyDeltas(gone, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCheck(t *testing.T) {
	s := filled(t, t.TempDir())
	r, err := s.Check(context.Background())
	if err != nil || len(r.Faults) > 0 || r.Quads != 930 || r.Values == 0 {
		t.Fatalf("a sound store: %+v, %v", r, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Check(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestCheckFinds removes, changes or adds single keys of every kind.
func TestCheckFinds(t *testing.T) {
	s := filled(t, t.TempDir())
	rnd := rand.New(rand.NewPCG(1, 1))
	keys := map[byte][][]byte{}
	all := &scan{view: s.live}
	for all.next(context.Background(), func(it *pebble.Iterator) error {
		keys[it.Key()[0]] = append(keys[it.Key()[0]], slices.Clone(it.Key()))
		return nil
	}) {
	}
	change := func(what string, change func(*pebble.Batch) error, undo func(*pebble.Batch) error) {
		t.Helper()
		for i, each := range []func(*pebble.Batch) error{change, undo} {
			b := s.db.NewBatch()
			if err := errors.Join(each(b), b.Commit(pebble.NoSync)); err != nil {
				t.Fatal(err)
			}
			s.names.clear()
			r, err := s.Check(context.Background())
			if found := err != nil || len(r.Faults) > 0; found != (i == 0) {
				t.Errorf("%s, undone %v: %+v, %v, %v", what, i == 1, r, err, s.Err())
			}
			for _, f := range r.Faults {
				if strings.Contains(f, "\n") {
					t.Errorf("%s: not one line: %q", what, f)
				}
			}
		}
	}
	for space, some := range keys {
		if space == spaceMeta {
			continue
		}
		for range 3 {
			key := some[rnd.IntN(len(some))]
			old, closer, err := s.db.Get(key)
			if err != nil {
				t.Fatal(err)
			}
			old = slices.Clone(old)
			closer.Close()
			restore := func(b *pebble.Batch) error { return b.Set(key, old, nil) }
			change("removed "+string(space), func(b *pebble.Batch) error { return b.Delete(key, nil) }, restore)
			if len(old) > 0 {
				other := append(slices.Clone(old), 1)
				change("changed "+string(space), func(b *pebble.Batch) error { return b.Set(key, other, nil) }, restore)
			}
		}
	}
	for _, o := range orders {
		extra := o.appendQuad(nil, tuple{1, 2, 3, 4})
		change("added to "+string(o.space), func(b *pebble.Batch) error { return b.Set(extra, nil, nil) },
			func(b *pebble.Batch) error { return b.Delete(extra, nil) })
	}
	change("a stranger", func(b *pebble.Batch) error { return b.Set([]byte("z"), nil, nil) },
		func(b *pebble.Batch) error { return b.Delete([]byte("z"), nil) })
}

func TestBackup(t *testing.T) {
	ctx := context.Background()
	dir, to := filepath.Join(t.TempDir(), "store"), filepath.Join(t.TempDir(), "copy")
	_, err := Backup(ctx, dir, to)
	wantError(t, err, os.ErrNotExist, dir, "no store")
	s := filled(t, dir)
	want := quadsIn(t, s, s.QuadsAllIterator())
	if size, err := Backup(ctx, dir, to); err != nil || size == 0 {
		t.Fatal(size, err)
	}
	_, err = Backup(ctx, dir, to)
	wantError(t, err, ErrExists, to, "name a new one")
	mustAdd(t, s, numbered(9000, 50)...) // the store goes on
	copied := mustOpen(t, to, Options{})
	if got := quadsIn(t, copied, copied.QuadsAllIterator()); !sameKeys(got, want) {
		t.Errorf("%d quads in the copy, want %d", len(got), len(want))
	}
	if r, err := copied.Check(ctx); err != nil || len(r.Faults) > 0 {
		t.Errorf("the copy: %v, %v", r, err)
	}
	mustAdd(t, copied, numbered(9500, 50)...) // and so may the copy
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Backup(gone, dir, to+"2"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if names, _ := filepath.Glob(to + "2*"); len(names) > 0 {
		t.Errorf("a cancelled backup left %v", names)
	}
}

func TestCompact(t *testing.T) {
	dir := t.TempDir()
	s := filled(t, dir)
	want := quadsIn(t, s, s.QuadsAllIterator())
	v := s.View()
	defer v.Close()
	if _, _, err := s.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, qs := range []graph.QuadStore{s, v} {
		if got := quadsIn(t, qs, qs.QuadsAllIterator()); !sameKeys(got, want) {
			t.Errorf("%d quads after compacting, want %d", len(got), len(want))
		}
	}
	checkKeys(t, s.live)
	r := mustOpen(t, dir, Options{ReadOnly: true})
	if _, _, err := r.Compact(context.Background()); !errors.Is(err, ErrReadOnly) {
		t.Errorf("compacting what is open for reading: %v", err)
	}
}
