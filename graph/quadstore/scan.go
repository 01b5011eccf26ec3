package quadstore

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// scan walks the keys that begin with a prefix. One goroutine uses it; Close
// of the view may come from another.
type scan struct {
	view   *View
	prefix []byte

	it   *pebble.Iterator // nil before the first step and after the last
	done bool
	err  error
	n    uint // steps, to ask the context now and then
}

// next moves on and calls read with the iterator there. read's error ends the
// scan; what the iterator gives is valid only during the call.
func (s *scan) next(ctx context.Context, read func(*pebble.Iterator) error) bool {
	return s.move(ctx, func(it *pebble.Iterator) bool {
		if s.n == 1 {
			return it.First()
		}
		return it.Next()
	}, read)
}

// seek moves to the first key that is not before the one given.
func (s *scan) seek(ctx context.Context, key []byte, read func(*pebble.Iterator) error) bool {
	return s.move(ctx, func(it *pebble.Iterator) bool { return it.SeekGE(key) }, read)
}

func (s *scan) move(ctx context.Context, to func(*pebble.Iterator) bool, read func(*pebble.Iterator) error) bool {
	if s.done {
		return false
	}
	if s.n++; s.n%256 == 0 && ctx != nil && ctx.Err() != nil {
		return s.end(ctx.Err())
	}
	v := s.view
	v.mu.RLock()
	defer v.mu.RUnlock()
	if err := v.Err(); err != nil {
		return s.end(err)
	}
	if s.it == nil {
		if s.n > 1 || v.src == nil {
			return s.end(ErrClosed)
		}
		if err := s.open(); err != nil {
			return s.end(err)
		}
	}
	if !to(s.it) {
		return s.end(explain(v.dir, s.it.Error()))
	}
	if err := read(s.it); err != nil {
		return s.end(explain(v.dir, err))
	}
	return true
}

// open opens the iterator, or takes one that another scan has done with; the view's
// lock must be held.
func (s *scan) open() error {
	v := s.view
	lower, upper := s.prefix, prefixEnd(s.prefix)
	if s.it = v.idleIterator(); s.it != nil {
		s.it.SetBounds(lower, upper)
	} else {
		it, err := v.src.NewIter(&pebble.IterOptions{LowerBound: lower, UpperBound: upper})
		if err != nil {
			return explain(v.dir, err)
		}
		s.it = it
	}
	v.scanning.Lock()
	defer v.scanning.Unlock()
	if v.scans == nil {
		v.scans = map[*scan]struct{}{}
	}
	v.scans[s] = struct{}{}
	return nil
}

// maxIdle is how many iterators a view keeps for scans to come: a walk opens and ends
// one for each node that it passes, and moving one costs less than opening another.
const maxIdle = 8

// idleIterator takes an iterator that no scan uses, or nil.
func (v *View) idleIterator() *pebble.Iterator {
	v.scanning.Lock()
	defer v.scanning.Unlock()
	if len(v.idle) == 0 {
		return nil
	}
	it := v.idle[len(v.idle)-1]
	v.idle = v.idle[:len(v.idle)-1]
	return it
}

// keep keeps the iterator for another scan, if it may be: not one that saw an error, and
// only over a snapshot, for else it would show what was.
func (v *View) keep(it *pebble.Iterator) bool {
	if v.release == nil || it.Error() != nil {
		return false
	}
	v.scanning.Lock()
	defer v.scanning.Unlock()
	if len(v.idle) >= maxIdle {
		return false
	}
	v.idle = append(v.idle, it)
	return true
}

// end ends the scan at once, without waiting for Close, which Cayley forgets.
// The view's lock must be held.
func (s *scan) end(err error) bool {
	s.done = true
	if s.err == nil {
		s.err = err
	}
	if err != nil && err != ErrClosed && err != context.Canceled && err != context.DeadlineExceeded {
		s.view.note(err)
	}
	if s.it != nil {
		s.view.scanning.Lock()
		delete(s.view.scans, s)
		s.view.scanning.Unlock()
		if err == nil && s.view.keep(s.it) {
			s.it = nil
		} else {
			s.release()
		}
	}
	return false
}

func (s *scan) release() {
	_ = s.it.Close() // its error was seen by next
	s.it = nil
}

func (s *scan) close() error {
	s.view.mu.RLock()
	defer s.view.mu.RUnlock()
	if !s.done {
		s.end(nil)
	}
	return s.err
}

// quadsOf returns a scan over the quads that match the pattern, and the order
// in which their keys are to be read.
func quadsOf(v *View, pattern tuple) (*scan, order) {
	o := orderFor(pattern)
	return &scan{view: v, prefix: o.appendPrefix(nil, pattern)}, o
}

// sizeOf returns the number of quads that match the pattern: exact for at
// most one bound direction, for one with the predicate, and for few quads; else
// the least of the exact numbers of its parts.
func (v *View) sizeOf(ctx context.Context, pattern tuple) (graph.Size, error) {
	n := pattern.bound()
	if n == 0 {
		t, err := v.totals()
		return graph.Size{Size: int64(t.quads), Exact: err == nil}, err
	}
	least := graph.Size{Size: -1, Exact: n == 1}
	for _, d := range quad.Directions {
		id := pattern.get(d)
		if id == 0 {
			continue
		}
		u, err := v.uses(id)
		if err != nil {
			return graph.Size{}, err
		}
		uses, exact := u.of(d), n == 1
		if p, ok := pairOf(pattern, d); ok && uses > hubUses {
			if uses, err = v.pairUses(p); err != nil {
				return graph.Size{}, err
			}
			exact = n == 2
		}
		if c := int64(uses); least.Size < 0 || c < least.Size || exact {
			least = graph.Size{Size: c, Exact: exact}
		}
		if least.Exact || least.Size == 0 {
			least.Exact = true
			return least, nil
		}
	}
	return v.probe(ctx, pattern, least)
}

// probe counts the quads of a pattern if they are few.
func (v *View) probe(ctx context.Context, pattern tuple, least graph.Size) (graph.Size, error) {
	s, _ := quadsOf(v, pattern)
	defer s.close()
	for n := int64(0); n <= int64(hubUses); n++ {
		if !s.next(ctx, func(*pebble.Iterator) error { return nil }) {
			return graph.Size{Size: n, Exact: s.err == nil}, s.err
		}
	}
	return least, nil
}
