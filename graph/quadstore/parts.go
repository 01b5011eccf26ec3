package quadstore

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"math"

	"github.com/cayleygraph/quad"
)

// spilled is a part of a load that is on disk. Its values are numbered from 1 as those of
// any part. They get their ids in the order in which they would have come without parts:
// the first part that has a value gives it its id.
type spilled struct {
	tokens *spool // in order, each with its number
	quads  *spool // by number, later by id
	size   int    // of quads
	values *spool // encoded, by number; nil of the first part
	again  *spool // of those that an earlier part has: number here, part and number there
	first  bitset // those that no earlier part has
	before uint64 // the last id of the parts before
}

// spill writes a part to disk.
func spill(p *part, t *tables, n int) (s *spilled, err error) {
	s = &spilled{size: len(p.quads), first: newBitset(p.tokens.len() + 1)}
	for _, f := range []struct {
		to   **spool
		what string
	}{{&s.tokens, "tokens"}, {&s.quads, "quads"}, {&s.again, "again"}} {
		if *f.to, err = t.spool(f.what, n); err != nil {
			return nil, err
		}
	}
	for _, n := range p.tokens.sorted() {
		if err := errors.Join(s.tokens.bytes(p.tokens.token(n)), s.tokens.numbers(uint64(n))); err != nil {
			return nil, err
		}
	}
	for _, q := range p.quads {
		if err := s.quads.quad(q); err != nil {
			return nil, err
		}
	}
	return s, errors.Join(s.tokens.close(), s.quads.close())
}

// numberParts gives ids to the values of all parts, and writes all tables of values.
func (l *loader) numberParts(ctx context.Context) error {
	if err := l.findFirst(ctx); err != nil {
		return err
	}
	l.values = 0
	for _, p := range l.parts {
		p.before = l.before + l.values
		l.values += uint64(p.first.count())
		if err := p.again.close(); err != nil {
			return err
		}
	}
	if l.before+l.values > math.MaxUint32 {
		return errManyValues
	}
	if err := together([]func() error{
		func() error { return l.writeMergedTokens(ctx) },
		func() error { return l.writeLaterNames(ctx) },
	}); err != nil {
		return err
	}
	for n, p := range l.parts {
		if err := l.translate(ctx, p, n); err != nil {
			return err
		}
	}
	return nil
}

// id returns the id of a value that no earlier part has.
func (p *spilled) id(number uint64) uint64 { return p.before + uint64(p.first.rank(int(number))) }

// partToken is a token of a part.
type partToken struct {
	token  []byte
	number uint64
	part   int
}

// mergedTokens yields the tokens of all parts, in order; those of equal ones that are in
// earlier parts first.
func (l *loader) mergedTokens(ctx context.Context) iter.Seq2[*partToken, error] {
	return func(yield func(*partToken, error) bool) {
		var reads []func(*partToken) error
		for n, p := range l.parts {
			r, err := p.tokens.open(len(l.parts))
			if err != nil {
				yield(nil, err)
				return
			}
			defer r.close()
			reads = append(reads, func(t *partToken) (err error) {
				t.part = n
				if t.token, err = r.bytes(); err != nil {
					return err
				}
				return whole(r.numbers(&t.number))
			})
		}
		n := 0
		for t, err := range merged(reads, func(a, b *partToken) int { return bytes.Compare(a.token, b.token) }) {
			if n++; err == nil && n%4096 == 0 {
				err = ctx.Err()
			}
			if !yield(t, err) || err != nil {
				return
			}
		}
	}
}

// findFirst finds the first part of each value, and tells the others of it.
func (l *loader) findFirst(ctx context.Context) error {
	var token []byte // never empty
	var part int
	var number uint64
	for t, err := range l.mergedTokens(ctx) {
		if err != nil {
			return err
		}
		if bytes.Equal(token, t.token) {
			if err := l.parts[t.part].again.numbers(t.number, uint64(part), number); err != nil {
				return err
			}
			continue
		}
		token, part, number = append(token[:0], t.token...), t.part, t.number
		l.parts[part].first.set(int(number))
	}
	for _, p := range l.parts {
		p.first.finish()
	}
	return nil
}

// writeMergedTokens writes the table of tokens.
func (l *loader) writeMergedTokens(ctx context.Context) error {
	w := l.tables.writer(spaceToken)
	var id []byte
	for t, err := range l.mergedTokens(ctx) {
		if err != nil {
			return err
		}
		if p := l.parts[t.part]; p.first.has(int(t.number)) {
			id = appendID(id[:0], p.id(t.number))
			if err := w.set(t.token, id); err != nil {
				return err
			}
		}
	}
	for _, p := range l.parts {
		if err := p.tokens.remove(); err != nil {
			return err
		}
	}
	return w.close()
}

// writeLaterNames writes the names of values that are not in the first part.
func (l *loader) writeLaterNames(ctx context.Context) error {
	for _, p := range l.parts[1:] {
		if err := l.writeNames(ctx, p); err != nil {
			return err
		}
	}
	return l.names.close()
}

func (l *loader) writeNames(ctx context.Context, p *spilled) error {
	r, err := p.values.open(1)
	if err != nil {
		return err
	}
	defer r.close()
	for number := uint64(1); ; number++ {
		enc, err := r.bytes()
		if errors.Is(err, io.EOF) {
			return p.values.remove()
		} else if err != nil {
			return err
		}
		if number%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if p.first.has(int(number)) {
			if err := l.names.set(keyOfID(spaceValue, p.id(number)), enc); err != nil {
				return err
			}
		}
	}
}

// translate replaces the numbers in a part's quads by ids.
func (l *loader) translate(ctx context.Context, p *spilled, n int) error {
	ids, err := l.ids(p)
	if err != nil {
		return err
	}
	from, err := p.quads.open(1)
	if err != nil {
		return err
	}
	defer from.close()
	to, err := l.tables.spool("translated", n)
	if err != nil {
		return err
	}
	for k := 0; ; k++ {
		q, err := from.quad()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if k%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for i, number := range q {
			q[i] = ids[number]
		}
		if err := to.quad(q); err != nil {
			return err
		}
	}
	if err := errors.Join(to.close(), p.quads.remove()); err != nil {
		return err
	}
	p.quads = to
	return nil
}

// ids returns the ids of a part's values, by number.
func (l *loader) ids(p *spilled) ([]uint32, error) {
	ids := make([]uint32, p.first.len())
	for number := 1; number < len(ids); number++ {
		if p.first.has(number) {
			ids[number] = uint32(p.id(uint64(number)))
		}
	}
	r, err := p.again.open(1)
	if err != nil {
		return nil, err
	}
	defer r.close()
	for {
		var here, part, there uint64
		err := r.numbers(&here, &part, &there)
		if errors.Is(err, io.EOF) {
			return ids, p.again.remove()
		} else if err != nil {
			return nil, err
		}
		ids[here] = uint32(l.parts[part].id(there))
	}
}

// readSorted reads a part's quads, sorted by an order.
func (p *spilled) readSorted(ctx context.Context, o order) ([]sortable, error) {
	r, err := p.quads.open(1)
	if err != nil {
		return nil, err
	}
	defer r.close()
	sorted := make([]sortable, 0, p.size)
	for {
		q, err := r.quad()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if len(sorted)%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !o.labelled || q[quad.Label-quad.Subject] != 0 {
			sorted = append(sorted, pack(o, q))
		}
	}
	sortPacked(sorted)
	return sorted, nil
}
