package quadstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"
)

// ErrNotEmpty says that a store to be loaded holds quads already.
var ErrNotEmpty = errors.New("the store is not empty: load into a new one")

var errManyValues = errors.New("a load has more than 4,294,967,295 different values: load in parts")

// Load fills an empty store with quads, of which some may come twice, and returns the
// number of different ones. It is all or nothing: the quads are sorted into tables of
// their own, which the store takes over at once. It holds in memory 48 bytes a quad and
// the token of every value.
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
	l := &loader{tables: t, tokens: newInterned(), totals: s.totals, before: s.totals.last}
	if err := l.collect(ctx, quads); err != nil {
		return 0, explain(s.dir, err)
	}
	if err := l.write(ctx); err != nil || l.totals.quads == 0 {
		return 0, explain(s.dir, err)
	}
	if err := s.ingest(ctx, t.paths); err != nil {
		return 0, explain(s.dir, err)
	}
	s.totals = l.totals
	return int(l.totals.quads), nil
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

// sortable is the ids of a quad in some order, so packed that it sorts by number.
type sortable [2]uint64

func pack(o order, t [4]uint32) sortable {
	at := func(i int) uint64 { return uint64(t[o.dirs[i]-quad.Subject]) }
	return sortable{at(0)<<32 | at(1), at(2)<<32 | at(3)}
}

func (s sortable) id(i int) uint64 { return s[i/2] >> (32 * (1 - i%2)) & math.MaxUint32 }

func compareSortable(a, b sortable) int {
	switch {
	case a[0] < b[0] || a[0] == b[0] && a[1] < b[1]:
		return -1
	case a == b:
		return 0
	}
	return 1
}

// loader turns quads into sorted tables.
type loader struct {
	tables *tables
	tokens *interned   // by id, less those before
	before uint64      // the last id given earlier
	quads  [][4]uint32 // ids, in the order of quad.Directions
	counts [][4]uint32 // uses of each value, by id and direction
	totals totals

	token []byte // of the value at hand

	mu    sync.Mutex
	pairs []pairCount // guarded by mu while orders are written
}

// collect gives ids to values, and writes their names as they come.
func (l *loader) collect(ctx context.Context, quads iter.Seq2[quad.Quad, error]) error {
	names := l.tables.writer(spaceValue)
	var enc []byte
	for q, err := range ahead(quads) {
		if err != nil {
			return err
		}
		if len(l.quads)%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !q.IsValid() {
			return fmt.Errorf("quadstore: %v: %w", q, quad.ErrIncomplete)
		}
		var t [4]uint32
		for i, d := range quad.Directions {
			v := q.Get(d)
			if v == nil {
				continue
			}
			if enc, err = appendValue(enc[:0], v); err != nil {
				return fmt.Errorf("quadstore: %w", err)
			}
			if t[i], err = l.id(enc, names); err != nil {
				return err
			}
		}
		l.quads = append(l.quads, t)
	}
	return names.close()
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

// id returns the id of an encoded value, a new one if need be.
func (l *loader) id(enc []byte, names *tableWriter) (uint32, error) {
	l.token = appendToken(l.token[:0], enc)
	n, isNew := l.tokens.number(l.token)
	id := l.before + uint64(n)
	if !isNew {
		return uint32(id), nil
	}
	if id > math.MaxUint32 {
		return 0, errManyValues
	}
	l.totals.last = id
	l.totals.nodes++
	return uint32(id), names.set(keyOfID(spaceValue, id), enc)
}

// write writes all tables but that of names. The first order drops repetitions and
// counts; the others follow, as many at a time as there are processors.
func (l *loader) write(ctx context.Context) error {
	l.counts = make([][4]uint32, l.totals.last+1)
	if err := together([]func() error{l.writeTokens, func() error { return l.writeFirst(ctx) }}); err != nil {
		return err
	}
	l.tokens = nil // the largest of what is in memory
	jobs := []func() error{l.writeCounts}
	for _, o := range orders[1:] {
		jobs = append(jobs, func() error { return l.writeOrder(ctx, o) })
	}
	if err := together(jobs); err != nil {
		return err
	}
	return errors.Join(l.writePairs(), l.writeTotals())
}

// writeFirst writes the first order. The quads are those that it holds afterwards.
func (l *loader) writeFirst(ctx context.Context) error {
	o := orders[0]
	sorted := make([]sortable, len(l.quads))
	for i, t := range l.quads {
		sorted[i] = pack(o, t)
	}
	slices.SortFunc(sorted, compareSortable)
	sorted = slices.Compact(sorted)
	l.quads = l.quads[:len(sorted)]
	for i, s := range sorted {
		l.quads[i] = [4]uint32{uint32(s.id(0)), uint32(s.id(1)), uint32(s.id(2)), uint32(s.id(3))}
		for d, id := range l.quads[i] {
			if id != 0 {
				l.counts[id][d]++
			}
		}
	}
	l.totals.quads = uint64(len(sorted))
	return l.writeSorted(ctx, o, sorted)
}

func (l *loader) writeOrder(ctx context.Context, o order) error {
	sorted := make([]sortable, 0, len(l.quads))
	for _, t := range l.quads {
		if !o.labelled || t[quad.Label-quad.Subject] != 0 {
			sorted = append(sorted, pack(o, t))
		}
	}
	slices.SortFunc(sorted, compareSortable)
	return l.writeSorted(ctx, o, sorted)
}

func (l *loader) writeSorted(ctx context.Context, o order, sorted []sortable) error {
	w := l.tables.writer(o.space)
	key := make([]byte, 0, 40)
	for i, s := range sorted {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		key = append(key[:0], o.space)
		for k := range 4 {
			key = appendID(key, s.id(k))
		}
		if err := w.set(key, nil); err != nil {
			return err
		}
	}
	l.countPairs(o, sorted)
	return w.close()
}

// countPairs counts the quads of hubs by predicate, where the order begins with both.
func (l *loader) countPairs(o order, sorted []sortable) {
	if !pairedIn(o) {
		return
	}
	node, pred := 0, 1
	if o.dirs[0] == quad.Predicate {
		node, pred = 1, 0
	}
	d := o.dirs[node]
	var found []pairCount
	for i := 0; i < len(sorted); {
		j := i + 1
		for j < len(sorted) && sorted[j][0] == sorted[i][0] {
			j++
		}
		if id := sorted[i].id(node); uint64(l.counts[id][d-quad.Subject]) > hubUses {
			found = append(found, pairCount{pair{id, d, sorted[i].id(pred)}, uint64(j - i)})
		}
		i = j
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pairs = append(l.pairs, found...)
}

func (l *loader) writePairs() error {
	slices.SortFunc(l.pairs, func(a, b pairCount) int { return a.pair.compare(b.pair) })
	w := l.tables.writer(spacePair)
	for _, p := range l.pairs {
		if err := w.set(p.pair.key(), appendUvarints(nil, p.n)); err != nil {
			return err
		}
	}
	return w.close()
}

func (l *loader) writeTokens() error {
	w := l.tables.writer(spaceToken)
	var id []byte
	for _, n := range l.tokens.sorted() {
		id = appendID(id[:0], l.before+uint64(n))
		if err := w.set(l.tokens.token(n), id); err != nil {
			return err
		}
	}
	return w.close()
}

func (l *loader) writeCounts() error {
	w := l.tables.writer(spaceCount)
	var val []byte
	for id := 1; id < len(l.counts); id++ {
		c := l.counts[id]
		if c == ([4]uint32{}) {
			continue // of ids given earlier
		}
		val = appendUvarints(val[:0], uint64(c[0]), uint64(c[1]), uint64(c[2]), uint64(c[3]))
		if err := w.set(keyOfID(spaceCount, uint64(id)), val); err != nil {
			return err
		}
	}
	return w.close()
}

func (l *loader) writeTotals() error {
	w := l.tables.writer(spaceMeta)
	if err := w.set(keyTotals, l.totals.append(nil)); err != nil {
		return err
	}
	return w.close()
}
