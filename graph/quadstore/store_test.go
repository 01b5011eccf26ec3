package quadstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"isnad/graph/internal/storetest"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

func mustOpen(t testing.TB, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	return storetest.Opened(t, s, err)
}

func mustMemory(t testing.TB) *Store {
	t.Helper()
	s, err := OpenMemory()
	return storetest.Opened(t, s, err)
}

func adds(quads ...quad.Quad) []graph.Delta {
	var out []graph.Delta
	for _, q := range quads {
		out = append(out, graph.Delta{Quad: q, Action: graph.Add})
	}
	return out
}

func mustAdd(t testing.TB, s *Store, quads ...quad.Quad) {
	t.Helper()
	if err := s.ApplyDeltas(adds(quads...), graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
}

// numbered returns n different quads that begin with i, labelled and not.
func numbered(i, n int) []quad.Quad {
	var out []quad.Quad
	for k := range n {
		q := quad.Quad{
			Subject:   quad.IRI(fmt.Sprintf("s%d", (i+k)%97)),
			Predicate: quad.IRI(fmt.Sprintf("p%d", k%5)),
			Object:    quad.String(fmt.Sprintf("object %d.%d", i, k)),
		}
		if k%2 == 1 {
			q.Label = quad.IRI(fmt.Sprintf("statement/%d", i))
		}
		out = append(out, q)
	}
	return out
}

func quadCount(t testing.TB, qs graph.QuadStore) int64 {
	t.Helper()
	st, err := qs.Stats(context.Background(), true)
	if err != nil {
		t.Fatal(err)
	}
	return st.Quads.Size
}

// One line that names the folder and says what to do.
func wantError(t *testing.T, err, want error, dir, advice string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
	if msg := err.Error(); !strings.Contains(msg, dir) || !strings.Contains(msg, advice) || strings.Contains(msg, "\n") {
		t.Errorf("the error is not one line with %q and %q: %s", dir, advice, msg)
	}
}

func TestReopen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	s := mustOpen(t, dir, Options{})
	mustAdd(t, s, numbered(1, 300)...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	if err := s.ApplyDeltas(adds(numbered(2, 1)...), graph.IgnoreOpts{}); !errors.Is(err, ErrClosed) {
		t.Errorf("writing to a closed store: %v", err)
	}
	if v := s.ValueOf(quad.IRI("s1")); v != nil || !errors.Is(s.Err(), ErrClosed) {
		t.Errorf("reading a closed store: %v, %v", v, s.Err())
	}
	start := time.Now()
	s = mustOpen(t, dir, Options{})
	if took := time.Since(start); took > time.Second {
		t.Errorf("opening a small store took %v", took)
	}
	if n := quadCount(t, s); n != 300 {
		t.Errorf("%d quads after reopening, want 300", n)
	}
	checkKeys(t, s.live)
}

func TestInUse(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{})
	mustAdd(t, s, numbered(1, 3)...)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, dir + "/.", link} {
		_, err := Open(name, Options{})
		wantError(t, err, ErrInUse, dir, "wait")
	}
	if n := quadCount(t, s); n != 3 {
		t.Errorf("%d quads after others tried, want 3", n)
	}
}

func TestReadOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	_, err := Open(dir, Options{ReadOnly: true})
	wantError(t, err, fs.ErrNotExist, dir, "no store")
	_, err = Open(t.TempDir(), Options{ReadOnly: true})
	wantError(t, err, fs.ErrNotExist, "", "no store")
	s := mustOpen(t, dir, Options{})
	mustAdd(t, s, numbered(1, 10)...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir, Options{ReadOnly: true})
	if n := quadCount(t, s); n != 10 {
		t.Errorf("%d quads, want 10", n)
	}
	if err := s.ApplyDeltas(adds(numbered(2, 1)...), graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("writing: %v", err)
	}
	if _, err := s.NewQuadWriter(); !errors.Is(err, ErrReadOnly) {
		t.Errorf("asking for a writer: %v", err)
	}
	v := s.View()
	defer v.Close()
	if n := quadCount(t, v); n != 10 {
		t.Errorf("%d quads in a view, want 10", n)
	}
}

func TestNewerVersion(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{})
	if err := s.db.Set(keyFormat, appendUvarints(nil, format+1), pebble.Sync); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the refusal must give the folder free again
		_, err := Open(dir, Options{})
		wantError(t, err, ErrVersion, dir, "newer one")
	}
}

func TestOlderVersion(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{})
	if err := s.db.Set(keyFormat, appendUvarints(nil, format-1), pebble.Sync); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		_, err := Open(dir, Options{ReadOnly: readOnly})
		wantError(t, err, ErrOldVersion, dir, "build it again")
	}
}

// Pebble has versions of its own.
func TestNewerPebble(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "marker.format-version.000001.999"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir, Options{})
	wantError(t, err, ErrVersion, dir, "newer one")
}

func TestForeignFolders(t *testing.T) {
	t.Run("files", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "article.txt"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir, Options{})
		wantError(t, err, errNotStore, dir, "choose")
		if names, _ := os.ReadDir(dir); len(names) != 1 {
			t.Errorf("the refusal left files behind: %v", names)
		}
	})
	t.Run("another database", func(t *testing.T) {
		dir := t.TempDir()
		db, err := pebble.Open(dir, &pebble.Options{Logger: newTrouble()})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Set([]byte("key"), nil, pebble.Sync); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		_, err = Open(dir, Options{})
		wantError(t, err, errNotStore, dir, "choose")
	})
	t.Run("a file", func(t *testing.T) {
		name := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(name, Options{}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("an interrupted creation", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "LOCK"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		mustOpen(t, dir, Options{})
	})
	t.Run("a database without a version", func(t *testing.T) {
		dir := t.TempDir()
		db, err := pebble.Open(dir, &pebble.Options{Logger: newTrouble()})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		mustOpen(t, dir, Options{})
	})
}

func TestRegistered(t *testing.T) {
	Register()
	Register()
	dir := t.TempDir()
	if err := graph.InitQuadStore(Name, dir, nil); err != nil {
		t.Fatal(err)
	}
	qs, err := graph.NewQuadStore(Name, dir, graph.Options{"read_only": true})
	if err != nil {
		t.Fatal(err)
	}
	defer qs.Close()
	if err := qs.ApplyDeltas(adds(numbered(1, 1)...), graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("writing to a store opened with read_only: %v", err)
	}
	if _, err := graph.NewQuadStore(Name, dir, graph.Options{"no_sync": 3}); err == nil {
		t.Error("a wrong option was accepted")
	}
}

// What Cayley's own stores get wrong about deltas, and what they are to mean.
func TestDeltas(t *testing.T) {
	q := quad.Make(quad.IRI("s"), quad.IRI("p"), quad.IRI("o"), nil)
	labelled := quad.Make(quad.IRI("s"), quad.IRI("p"), quad.IRI("o"), quad.IRI("l"))
	other := quad.Make(quad.IRI("s"), quad.IRI("p"), quad.IRI("o"), quad.IRI("m"))
	add := func(q quad.Quad) graph.Delta { return graph.Delta{Quad: q, Action: graph.Add} }
	del := func(q quad.Quad) graph.Delta { return graph.Delta{Quad: q, Action: graph.Delete} }
	for _, test := range []struct {
		name   string
		stored []quad.Quad
		deltas []graph.Delta
		opts   graph.IgnoreOpts
		err    error
		want   []quad.Quad
	}{
		{"delete then add keeps it", []quad.Quad{q}, []graph.Delta{del(q), add(q)}, graph.IgnoreOpts{}, nil, []quad.Quad{q}},
		{"delete then add, ignoring", []quad.Quad{q}, []graph.Delta{del(q), add(q)}, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}, nil, []quad.Quad{q}},
		{"add then delete leaves nothing", nil, []graph.Delta{add(q), del(q)}, graph.IgnoreOpts{}, nil, nil},
		{"delete all and add again", []quad.Quad{q, labelled}, []graph.Delta{del(q), del(labelled), add(labelled)}, graph.IgnoreOpts{}, nil, []quad.Quad{labelled}},
		{"twice in a batch", nil, []graph.Delta{add(q), add(q)}, graph.IgnoreOpts{}, graph.ErrQuadExists, nil},
		{"twice in a batch, ignoring", nil, []graph.Delta{add(q), add(q)}, graph.IgnoreOpts{IgnoreDup: true}, nil, []quad.Quad{q}},
		{"deleted twice in a batch", []quad.Quad{q}, []graph.Delta{del(q), del(q)}, graph.IgnoreOpts{}, graph.ErrQuadNotExist, []quad.Quad{q}},
		{"labels make quads", nil, []graph.Delta{add(q), add(labelled), add(other)}, graph.IgnoreOpts{}, nil, []quad.Quad{q, labelled, other}},
		{"deleting one label", []quad.Quad{q, labelled, other}, []graph.Delta{del(labelled)}, graph.IgnoreOpts{}, nil, []quad.Quad{q, other}},
		{"half a batch", nil, []graph.Delta{add(q), add(labelled), del(other)}, graph.IgnoreOpts{}, graph.ErrQuadNotExist, nil},
		{"an unknown action", nil, []graph.Delta{add(q), {Quad: other}}, graph.IgnoreOpts{IgnoreMissing: true}, graph.ErrInvalidAction, nil},
		{"an incomplete quad", nil, []graph.Delta{add(q), add(quad.Quad{Subject: quad.IRI("s")})}, graph.IgnoreOpts{}, quad.ErrIncomplete, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := mustMemory(t)
			mustAdd(t, s, test.stored...)
			err := s.ApplyDeltas(test.deltas, test.opts)
			if !sameError(err, test.err) {
				t.Errorf("error %v, want %v", err, test.err)
			}
			want := model{}
			for _, q := range test.want {
				want[modelKey(q)] = q
			}
			if got := quadsIn(t, s, s.QuadsAllIterator()); !reflect.DeepEqual(got, want) {
				t.Errorf("stored %v, want %v", got, want)
			}
			checkKeys(t, s.live)
		})
	}
}

// A literal may be larger than what Pebble keeps in memory.
func TestLargeValue(t *testing.T) {
	dir := t.TempDir()
	q := numbered(1, 1)[0]
	q.Object = quad.String(strings.Repeat("نص المقال ", 2<<20))
	s := mustOpen(t, dir, Options{})
	mustAdd(t, s, q)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir, Options{})
	if got := s.NameOf(s.ValueOf(q.Object)); got != q.Object {
		t.Error("a long literal came back differently")
	}
	if n := quadCount(t, s); n != 1 {
		t.Errorf("%d quads, want 1", n)
	}
	checkKeys(t, s.live)
}

// A batch that fails must not teach the store ids or names.
func TestFailedBatchLeavesNoTrace(t *testing.T) {
	s := mustMemory(t)
	a, b := numbered(1, 1)[0], numbered(2, 1)[0]
	bad := append(adds(a), graph.Delta{Quad: quad.Quad{Subject: ownValue{}, Predicate: b.Predicate, Object: b.Object}, Action: graph.Add})
	if err := s.ApplyDeltas(bad, graph.IgnoreOpts{}); err == nil {
		t.Fatal("a value of an unknown type was stored")
	}
	mustAdd(t, s, b) // gets the ids that the failed batch had in mind
	if v := s.ValueOf(a.Object); v != nil {
		t.Errorf("%v is known", a.Object)
	}
	for q := range quadsIn(t, s, s.QuadsAllIterator()) {
		if q != modelKey(b) {
			t.Errorf("stored %v, want %v", q, b)
		}
	}
	checkKeys(t, s.live)
}

func TestWriterCollectsQuads(t *testing.T) {
	s := mustMemory(t)
	w, err := s.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	quads := numbered(1, quad.DefaultBatch+7)
	for _, q := range quads {
		//lint:ignore SA1019 Cayley still calls it, so it must work
		if err := w.WriteQuad(q); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := w.WriteQuads(quads[:3]); n != 3 || err != nil { // duplicates
		t.Errorf("WriteQuads: %d, %v", n, err)
	}
	//lint:ignore SA1019 as above
	if err := w.WriteQuad(numbered(2, 1)[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if n := quadCount(t, s); n != int64(len(quads))+1 {
		t.Errorf("%d quads, want %d", n, len(quads)+1)
	}
}
