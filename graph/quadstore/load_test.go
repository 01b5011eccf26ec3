package quadstore

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
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

// A loaded store is the store that the same quads make one by one, whether it is read,
// written or opened again.
func TestLoad(t *testing.T) {
	dir := t.TempDir()
	quads := append(numbered(1, 500), numbered(100, 500)...)
	for _, v := range oddValues() {
		quads = append(quads, quad.Quad{Subject: v, Predicate: quad.IRI("odd"), Object: v, Label: v},
			quad.Quad{Subject: quad.IRI("hub"), Predicate: v, Object: v})
	}
	quads = append(quads, quads[:300]...)
	want := model{}
	for _, q := range quads {
		want[modelKey(q)] = q
	}
	s := mustOpen(t, dir, Options{})
	if n, err := s.Load(context.Background(), each(quads, nil)); n != len(want) || err != nil {
		t.Fatalf("loaded %d quads, %v; want %d", n, err, len(want))
	}
	checkStore(t, s.live, want)
	if _, err := s.Load(context.Background(), each(quads, nil)); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("loading again: %v", err)
	}
	more := numbered(5000, 100)
	mustAdd(t, s, more...)
	for _, q := range more {
		want[modelKey(q)] = q
	}
	checkStore(t, s.live, want)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir, Options{})
	checkStore(t, s.live, want)
	if _, err := os.Stat(filepath.Join(dir, loadFolder)); err == nil {
		t.Error("the load left files behind")
	}
}

// A load that fails or is cancelled leaves nothing, and the store goes on.
func TestLoadFails(t *testing.T) {
	broken := errors.New("broken")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, load := range map[string]func(*Store) error{
		"input":    func(s *Store) error { _, err := s.Load(t.Context(), each(numbered(1, 50), broken)); return err },
		"bad quad": func(s *Store) error { _, err := s.Load(t.Context(), each([]quad.Quad{{}}, nil)); return err },
		"cancelled": func(s *Store) error {
			_, err := s.Load(cancelled, each(numbered(1, 50), nil))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := mustOpen(t, dir, Options{})
			if err := load(s); err == nil {
				t.Fatal("no error")
			}
			checkStore(t, s.live, model{})
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
