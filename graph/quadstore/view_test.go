package quadstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

func TestViewStaysAsItWas(t *testing.T) {
	s := mustMemory(t)
	first := numbered(1, 20)
	mustAdd(t, s, first...)
	v := s.View()
	defer v.Close()
	var deltas []graph.Delta
	for _, q := range first {
		deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Delete})
	}
	if err := s.ApplyDeltas(append(deltas, adds(numbered(2, 5)...)...), graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	want := model{}
	for _, q := range first {
		want[modelKey(q)] = q
	}
	if got := quadsIn(t, v, v.QuadsAllIterator()); !sameKeys(got, want) {
		t.Errorf("the view shows %v, want %v", got, want)
	}
	if n := quadCount(t, s); n != 5 {
		t.Errorf("the store has %d quads, want 5", n)
	}
	if err := v.ApplyDeltas(deltas, graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("writing to a view: %v", err)
	}
}

// A view must be had, read and closed while a batch is being written.
func TestViewsDoNotWait(t *testing.T) {
	s := mustMemory(t)
	mustAdd(t, s, numbered(1, 5)...)
	s.writing.Lock()
	defer s.writing.Unlock()
	done := make(chan struct{})
	go func() {
		defer close(done)
		v := s.View()
		if n := quadCount(t, v); n != 5 {
			t.Errorf("%d quads, want 5", n)
		}
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Error("the view waits for the writer")
	}
}

// Cayley leaves iterators open; they must neither hold up Close nor live on.
func TestCloseEndsIterators(t *testing.T) {
	ctx := context.Background()
	for _, whole := range []bool{false, true} {
		t.Run(fmt.Sprintf("store closed %v", whole), func(t *testing.T) {
			s := mustMemory(t)
			mustAdd(t, s, numbered(1, 20)...)
			v := s.View()
			its := []graph.Iterator{
				v.QuadsAllIterator(), v.NodesAllIterator(),
				v.QuadIterator(quad.Predicate, v.ValueOf(quad.IRI("p1"))),
			}
			for _, it := range its {
				if !it.Next(ctx) {
					t.Fatalf("%v: no first result: %v", it, it.Err())
				}
			}
			if whole {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
			for _, it := range its {
				if it.Next(ctx) || !errors.Is(it.Err(), ErrClosed) {
					t.Errorf("%v goes on after the view was closed; error %v", it, it.Err())
				}
				if err := it.Close(); err != nil && !errors.Is(err, ErrClosed) {
					t.Errorf("closing %v: %v", it, err)
				}
			}
		})
	}
}

func TestIteratorsEndWithTheirContext(t *testing.T) {
	s := mustMemory(t)
	mustAdd(t, s, numbered(1, 2000)...)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	it := s.QuadsAllIterator()
	defer it.Close()
	n := 0
	for it.Next(ctx) {
		if n++; n == 10 {
			cancel()
		}
	}
	if n > 1000 || !errors.Is(it.Err(), context.Canceled) {
		t.Errorf("%d quads after the context was cancelled at 10; error %v", n, it.Err())
	}
	if quadCount(t, s) != 2000 || s.Err() != nil {
		t.Errorf("a cancelled query spoilt the store: %v", s.Err())
	}
}

// Readers on views beside a writer: every view shows whole batches, and the
// same ones throughout.
func TestReadersBesideWriter(t *testing.T) {
	s := mustMemory(t)
	const batches, size = 150, 20
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() {
			for {
				v := s.View()
				n := quadCount(t, v)
				if n%size != 0 {
					t.Errorf("a view shows half a batch: %d quads", n)
				}
				it := v.QuadsAllIterator()
				seen := int64(0)
				for it.Next(context.Background()) {
					if q := v.Quad(it.Result()); !q.IsValid() {
						t.Errorf("a quad without its names: %v", q)
					}
					seen++
				}
				if it.Err() != nil || seen != n {
					t.Errorf("%d quads in a view of %d: %v", seen, n, it.Err())
				}
				if err := v.Close(); err != nil {
					t.Error(err)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	readers.Go(func() { // and one that reads the store itself, and is cut off
		for range 20 {
			v := s.View()
			go v.Close()
			it := v.NodesAllIterator()
			for it.Next(context.Background()) {
				v.NameOf(it.Result())
			}
			s.SizeOf(s.ValueOf(quad.IRI("p1")))
		}
	})
	for i := range batches {
		mustAdd(t, s, numbered(i, size)...)
	}
	close(done)
	readers.Wait()
}
