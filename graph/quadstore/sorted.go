package quadstore

import (
	"context"
	"iter"
	"math"
	"slices"

	"github.com/cayleygraph/quad"
)

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

func sortPacked(s []sortable) { slices.SortFunc(s, compareSortable) }

// write writes the tables of values, where collect has not, and of all orders, as many at
// a time as there are processors.
func (l *loader) write(ctx context.Context) error {
	var jobs []func() error
	if len(l.parts) > 0 {
		if err := l.numberParts(ctx); err != nil {
			return err
		}
	} else {
		jobs = append(jobs, l.writeTokens)
	}
	var groups [len(orders)]*groups
	for i, o := range orders {
		jobs = append(jobs, func() (err error) {
			if i < len(leading) {
				if groups[i], err = newGroups(l.tables, o); err != nil {
					return err
				}
			}
			return l.writeOrder(ctx, o, groups[i])
		})
	}
	if err := together(jobs); err != nil {
		return err
	}
	l.quads = groups[0].quads
	return together([]func() error{
		func() error { return l.writeCounts(groups[:len(leading)]) },
		func() error { return l.writePairs(groups[:len(leading)]) },
		l.writeTotals,
	})
}

// writeTokens writes the table of tokens of the only part.
func (l *loader) writeTokens() error {
	w := l.tables.writer(spaceToken)
	var id []byte
	for _, n := range l.part.tokens.sorted() {
		id = appendID(id[:0], l.before+uint64(n))
		if err := w.set(l.part.tokens.token(n), id); err != nil {
			return err
		}
	}
	l.part.tokens = nil // the largest of what is in memory
	return w.close()
}

// writeOrder writes an order, each quad once, and tells its groups if they are asked for.
func (l *loader) writeOrder(ctx context.Context, o order, groups *groups) error {
	w := l.tables.writer(o.space)
	key := make([]byte, 0, 40)
	var last sortable // no quad
	n := 0
	for s, err := range l.sorted(ctx, o) {
		if err != nil {
			return err
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if *s == last {
			continue
		}
		last = *s
		key = append(key[:0], o.space)
		for k := range 4 {
			key = appendID(key, s.id(k))
		}
		if err := w.set(key, nil); err != nil {
			return err
		}
		if groups != nil {
			if err := groups.add(s); err != nil {
				return err
			}
		}
	}
	if groups != nil {
		if err := groups.close(); err != nil {
			return err
		}
	}
	return w.close()
}

// sorted yields all quads by an order; those that came twice may come twice.
func (l *loader) sorted(ctx context.Context, o order) iter.Seq2[*sortable, error] {
	if l.part == nil {
		return l.sortedParts(ctx, o)
	}
	return func(yield func(*sortable, error) bool) {
		all := make([]sortable, 0, len(l.part.quads))
		for _, q := range l.part.quads {
			if !o.labelled || q[quad.Label-quad.Subject] != 0 {
				all = append(all, pack(o, q))
			}
		}
		sortPacked(all)
		for i := range all {
			if !yield(&all[i], nil) {
				return
			}
		}
	}
}

// sortedParts yields the quads of all parts by an order: it sorts each in memory, writes
// it, and merges them.
func (l *loader) sortedParts(ctx context.Context, o order) iter.Seq2[*sortable, error] {
	return func(yield func(*sortable, error) bool) {
		var reads []func(*sortable) error
		for n, p := range l.parts {
			run, err := l.writeRun(ctx, o, p, n)
			if err != nil {
				yield(nil, err)
				return
			}
			r, err := run.open(len(l.parts))
			if err != nil {
				yield(nil, err)
				return
			}
			defer func() {
				_ = r.close()
				_ = run.remove() // if only to have room: all goes in the end
			}()
			reads = append(reads, func(s *sortable) error {
				q, err := r.quad()
				*s = pack(orders[0], q)
				return err
			})
		}
		for s, err := range merged(reads, func(a, b *sortable) int { return compareSortable(*a, *b) }) {
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// writeRun writes a part's quads sorted by an order, their ids in that order.
func (l *loader) writeRun(ctx context.Context, o order, p *spilled, n int) (*spool, error) {
	sorted, err := p.readSorted(ctx, o)
	if err != nil {
		return nil, err
	}
	run, err := l.tables.spool("order-"+string(o.space), n)
	if err != nil {
		return nil, err
	}
	for _, s := range sorted {
		if err := run.quad([4]uint32{uint32(s.id(0)), uint32(s.id(1)), uint32(s.id(2)), uint32(s.id(3))}); err != nil {
			return nil, err
		}
	}
	return run, run.close()
}
