package quadstore

import (
	"cmp"
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
)

// groups counts the quads of each value in the direction that leads an order, and those of
// hubs by predicate. It writes them to files, so that what it holds does not grow.
type groups struct {
	dir    quad.Direction
	pred   int // where the order has the predicate
	quads  uint64
	counts *spool // id, number of quads
	pairs  *spool // id, predicate, number of quads; nil if the predicate leads

	id, n     uint64            // of the group at hand; 0 before the first
	last, run uint64            // the last predicate in the group, and its latest run of quads
	preds     map[uint64]uint64 // quads by predicate, less that run
}

func newGroups(t *tables, o order) (*groups, error) {
	g := &groups{dir: o.dirs[0], pred: slices.Index(o.dirs[:], quad.Predicate), preds: map[uint64]uint64{}}
	var err error
	if g.counts, err = t.spool("counts-"+string(o.space), 0); err != nil || g.dir == quad.Predicate {
		return g, err
	}
	g.pairs, err = t.spool("pairs-"+string(o.space), 0)
	return g, err
}

// add counts a quad, which is not before those added earlier.
func (g *groups) add(s *sortable) error {
	g.quads++
	if id := s.id(0); id != g.id {
		if err := g.end(); err != nil {
			return err
		}
		g.id = id
	}
	g.n++
	if pred := s.id(g.pred); pred == g.last {
		g.run++
	} else {
		g.endRun()
		g.last, g.run = pred, 1
	}
	return nil
}

func (g *groups) endRun() {
	if g.run > 0 {
		g.preds[g.last] += g.run
		g.run = 0
	}
}

// end writes the group at hand.
func (g *groups) end() error {
	if g.n == 0 {
		return nil
	}
	if err := g.counts.numbers(g.id, g.n); err != nil {
		return err
	}
	if g.pairs != nil && g.n > hubUses {
		g.endRun()
		for _, pred := range slices.Sorted(maps.Keys(g.preds)) {
			if err := g.pairs.numbers(g.id, pred, g.preds[pred]); err != nil {
				return err
			}
		}
	}
	if len(g.preds) > 0 {
		clear(g.preds)
	}
	g.n, g.run = 0, 0
	return nil
}

// close writes the last group.
func (g *groups) close() error {
	err := errors.Join(g.end(), g.counts.close())
	if g.pairs != nil {
		err = errors.Join(err, g.pairs.close())
	}
	return err
}

// mergedPairs yields what groups have written of one kind, by id and direction.
func mergedPairs(all []*groups, kind func(*groups) *spool, read func(*spoolReader, *pairCount) error) iter.Seq2[*pairCount, error] {
	return func(yield func(*pairCount, error) bool) {
		var reads []func(*pairCount) error
		for _, g := range all {
			file := kind(g)
			if file == nil {
				continue
			}
			r, err := file.open(len(all))
			if err != nil {
				yield(nil, err)
				return
			}
			defer r.close()
			reads = append(reads, func(p *pairCount) error {
				p.dir = g.dir
				return read(r, p)
			})
		}
		// Each file is sorted by predicate within an id.
		for p, err := range merged(reads, func(a, b *pairCount) int {
			return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.dir, b.dir))
		}) {
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// writeCounts writes the table of counts by direction.
func (l *loader) writeCounts(all []*groups) error {
	w := l.tables.writer(spaceCount)
	var id uint64
	var sum uses
	var val []byte
	flush := func() error {
		if id == 0 {
			return nil
		}
		val = appendUvarints(val[:0], sum[:]...)
		sum = uses{}
		return w.set(keyOfID(spaceCount, id), val)
	}
	for p, err := range mergedPairs(all, func(g *groups) *spool { return g.counts },
		func(r *spoolReader, p *pairCount) error { return r.numbers(&p.id, &p.n) }) {
		if err != nil {
			return err
		}
		if p.id != id {
			if err := flush(); err != nil {
				return err
			}
			id = p.id
		}
		sum[p.dir-quad.Subject] = p.n
	}
	return errors.Join(flush(), w.close())
}

// writePairs writes the table of counts with the predicate.
func (l *loader) writePairs(all []*groups) error {
	w := l.tables.writer(spacePair)
	for p, err := range mergedPairs(all, func(g *groups) *spool { return g.pairs },
		func(r *spoolReader, p *pairCount) error { return r.numbers(&p.id, &p.pred, &p.n) }) {
		if err != nil {
			return err
		}
		if err := w.set(p.pair.key(), appendUvarints(nil, p.n)); err != nil {
			return err
		}
	}
	return w.close()
}

func (l *loader) writeTotals() error {
	w := l.tables.writer(spaceMeta)
	if err := w.set(keyTotals, l.totals().append(nil)); err != nil {
		return err
	}
	return w.close()
}
