package quadstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"sync"

	"github.com/cayleygraph/quad"
)

// ErrNotEmpty says that a store to be loaded holds quads already.
var ErrNotEmpty = errors.New("the store is not empty: load into a new one")

var errManyValues = errors.New("a load has more than 4,294,967,295 different values: load in parts")

// defaultLoadBytes is what a load keeps of quads and values in memory before it puts them
// into files: enough for some 1,300,000 quads of news. The process takes about twice as
// much, for what is garbage.
const defaultLoadBytes = 96 << 20

// Load fills an empty store with quads, of which some may come twice, and returns the
// number of different ones. It is all or nothing: the quads are sorted into tables of
// their own, which the store takes over at once. Its memory is bounded: what exceeds it
// is sorted part by part in files within the store's folder, and these are merged.
func (s *Store) Load(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (n int, err error) {
	if s.opts.ReadOnly {
		return 0, ErrReadOnly
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.writable(); err != nil {
		return 0, err
	}
	if s.totals.quads != 0 {
		return 0, explain(s.dir, ErrNotEmpty)
	}
	t, err := newTables(s)
	if err != nil {
		return 0, explain(s.dir, err)
	}
	defer func() { err = errors.Join(err, explain(s.dir, t.remove())) }()
	l := &loader{tables: t, limit: s.opts.loadBytes, names: t.writer(spaceValue), part: newPart(), before: s.totals.last}
	if err := l.collect(ctx, quads); err != nil {
		return 0, explain(s.dir, err)
	}
	if err := l.write(ctx); err != nil || l.quads == 0 {
		return 0, explain(s.dir, err)
	}
	if err := s.ingest(ctx, t.paths); err != nil {
		return 0, explain(s.dir, err)
	}
	s.totals = l.totals()
	return int(l.quads), nil
}

// ingest makes the tables part of the store, all or none.
func (s *Store) ingest(ctx context.Context, paths []string) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- fmt.Errorf("%v", r)
			}
		}()
		err := s.db.Flush() // or the tables would wait for what is in memory
		if err == nil {
			err = s.db.Ingest(ctx, paths)
		}
		done <- err
	}()
	before := s.db.NewSnapshot()
	err := s.await(done)
	if failed := s.trouble.err(); failed != nil {
		s.fail(failed, before)
		return s.failure
	}
	return errors.Join(err, before.Close())
}

// loader turns quads into sorted tables. It fills one part after another; if one is
// enough, that never leaves memory.
type loader struct {
	tables *tables
	limit  int          // bytes that a part may take
	names  *tableWriter // of values, by id
	part   *part        // the last one; nil once it is on disk
	parts  []*spilled   // if there are several: all of them
	before uint64       // the last id given earlier

	values, quads uint64 // different ones
}

func (l *loader) totals() totals {
	return totals{last: l.before + l.values, nodes: l.values, quads: l.quads}
}

// part is some of the quads of a load. Its values are numbered from 1 in the order in
// which they come; 0 is no value.
type part struct {
	tokens *interned
	quads  [][4]uint32 // numbers of values, in the order of quad.Directions
}

func newPart() *part { return &part{tokens: newInterned()} }

// size returns the bytes that the part takes, those for sorting it included: a quad has
// 16, and so has each of the two orders that are written at a time.
func (p *part) size() int { return 3*16*len(p.quads) + p.tokens.size() }

// reset empties the part for another.
func (p *part) reset() {
	p.tokens.reset()
	p.quads = p.quads[:0]
}

// collect numbers the values of all quads, part by part.
func (l *loader) collect(ctx context.Context, quads iter.Seq2[quad.Quad, error]) error {
	c := collector{loader: l}
	n := 0
	for q, err := range ahead(quads) {
		if err != nil {
			return err
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		n++
		if l.part.size() > l.limit && len(l.part.quads) > 0 {
			if err := c.spill(); err != nil {
				return err
			}
		}
		if err := c.add(q); err != nil {
			return err
		}
	}
	if len(l.parts) > 0 {
		err := c.spill()
		l.part = nil
		return err
	}
	l.values = uint64(l.part.tokens.len())
	for i := range l.part.quads {
		for k, n := range l.part.quads[i] {
			if n != 0 {
				l.part.quads[i][k] = uint32(l.before + uint64(n))
			}
		}
	}
	return l.names.close()
}

// collector fills the parts of a loader.
type collector struct {
	*loader
	later      *spool // the values of a part that is not the first, by number
	enc, token []byte // of the value at hand
}

func (c *collector) add(q quad.Quad) (err error) {
	if !q.IsValid() {
		return fmt.Errorf("quadstore: %v: %w", q, quad.ErrIncomplete)
	}
	var t [4]uint32
	for i, d := range quad.Directions {
		v := q.Get(d)
		if v == nil {
			continue
		}
		if c.enc, err = appendValue(c.enc[:0], v); err != nil {
			return fmt.Errorf("quadstore: %w", err)
		}
		c.token = appendToken(c.token[:0], c.enc)
		n, isNew := c.part.tokens.number(c.token)
		if isNew {
			if err := c.keep(n); err != nil {
				return err
			}
		}
		t[i] = n
	}
	c.part.quads = append(c.part.quads, t)
	return nil
}

// keep stores the value at hand, which has got the number. Those of the first part get
// their ids by it; those of later ones may have come before.
func (c *collector) keep(n uint32) (err error) {
	if len(c.parts) == 0 {
		id := c.before + uint64(n)
		if id > math.MaxUint32 {
			return errManyValues
		}
		return c.names.set(keyOfID(spaceValue, id), c.enc)
	}
	if c.later == nil {
		if c.later, err = c.tables.spool("values", len(c.parts)); err != nil {
			return err
		}
	}
	return c.later.bytes(c.enc)
}

// spill puts the part on disk and begins another.
func (c *collector) spill() error {
	p, err := spill(c.part, c.tables, len(c.parts))
	if err != nil {
		return err
	}
	if c.later != nil {
		p.values, c.later = c.later, nil
		if err := p.values.close(); err != nil {
			return err
		}
	}
	c.parts = append(c.parts, p)
	c.part.reset()
	return nil
}

// ahead yields the quads while another goroutine reads those that follow.
func ahead(quads iter.Seq2[quad.Quad, error]) iter.Seq2[quad.Quad, error] {
	const batch = 1024
	type read struct {
		quads []quad.Quad
		err   error // after them
	}
	return func(yield func(quad.Quad, error) bool) {
		batches, enough := make(chan read, 4), make(chan struct{})
		var reading sync.WaitGroup
		defer reading.Wait()
		defer close(enough)
		reading.Go(func() {
			defer close(batches)
			var r read
			send := func() bool {
				select {
				case batches <- r:
					r = read{}
					return true
				case <-enough:
					return false
				}
			}
			for q, err := range quads {
				if r.err = err; err == nil {
					r.quads = append(r.quads, q)
				}
				if (err != nil || len(r.quads) == batch) && !send() {
					return
				}
			}
			send()
		})
		for r := range batches {
			for _, q := range r.quads {
				if !yield(q, nil) {
					return
				}
			}
			if r.err != nil && !yield(quad.Quad{}, r.err) {
				return
			}
		}
	}
}
