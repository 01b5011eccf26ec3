package postgres

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
)

// page is some rows of a result, read ahead. The names of a column are read by one
// query when the first of them is asked for.
type page struct {
	reader *reader
	width  int
	hashes []hash
	names  map[hash]quad.Value
	read   []bool // columns whose names have been read
}

const (
	firstPage = 64
	lastPage  = 1024
)

func (p *page) rows() int { return len(p.hashes) / p.width }

func (p *page) at(row, col int) hash { return p.hashes[row*p.width+col] }

// add appends a row.
func (p *page) add(values [][]byte) error {
	if len(values) != p.width {
		return fmt.Errorf("postgres: %d columns where %d were asked for", len(values), p.width)
	}
	for _, v := range values {
		var h hash
		if v != nil && copy(h[:], v) != len(h) {
			return fmt.Errorf("postgres: a hash of %d bytes", len(v))
		}
		p.hashes = append(p.hashes, h)
	}
	return nil
}

// ref returns the node in a row and column, nil if there is none.
func (p *page) ref(row, col int) graph.Ref {
	h := p.at(row, col)
	if !h.Valid() {
		return nil
	}
	return &nodeRef{h, p, col}
}

// quad returns the quad in the four columns from col.
func (p *page) quad(row, col int) *quadRef {
	return &quadRef{graph.QuadHash{Subject: p.at(row, col), Predicate: p.at(row, col+1),
		Object: p.at(row, col+2), Label: p.at(row, col+3)}, p, col}
}

// name returns the name of a node that stands in one of some columns.
func (p *page) name(h hash, cols ...int) (quad.Value, error) {
	if v := p.reader.names.get(h); v != nil {
		return v, nil
	}
	p.reader.naming.Lock()
	defer p.reader.naming.Unlock()
	if v := p.names[h]; v != nil {
		return v, nil
	}
	var missing []hash
	seen := map[hash]bool{}
	for _, col := range cols {
		if p.read[col] {
			continue
		}
		p.read[col] = true
		for row := range p.rows() {
			h := p.at(row, col)
			if h.Valid() && !seen[h] && p.reader.names.get(h) == nil {
				seen[h] = true
				missing = append(missing, h)
			}
		}
	}
	if len(missing) == 0 { // it has left the cache since
		missing = []hash{h}
	}
	ctx, cancel := background()
	defer cancel()
	names, err := p.reader.namesOf(ctx, missing)
	if err != nil {
		return nil, err
	}
	if p.names == nil {
		p.names = names
	} else {
		for h, v := range names {
			p.names[h] = v
		}
	}
	return names[h], nil
}

const selectNames = "SELECT hash, " + valueColumns + " FROM nodes WHERE hash = ANY($1)"

// namesOf reads the values of nodes; those that are not there are left out.
func (r *reader) namesOf(ctx context.Context, hashes []hash) (map[hash]quad.Value, error) {
	names := make(map[hash]quad.Value, len(hashes))
	list := make([][]byte, len(hashes))
	for i := range hashes {
		list[i] = hashes[i][:]
	}
	err := r.query(ctx, func(rows pgx.Rows) error {
		raw := rows.RawValues()
		var h hash
		if len(raw) == 0 || copy(h[:], raw[0]) != len(h) {
			return fmt.Errorf("postgres: a node without a hash")
		}
		v, err := decode(raw[1:])
		if err != nil {
			return err
		}
		size := 0
		for _, c := range raw[1:] {
			size += len(c)
		}
		if names[h] = v; size <= nameCacheBytes {
			r.names.put(h, v)
		}
		return nil
	}, selectNames, list)
	return names, err
}
