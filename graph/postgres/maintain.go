package postgres

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/jackc/pgx/v5"
)

// A Report says what Check has read, and what is wrong.
type Report struct {
	Quads, Values uint64
	Faults        []string // at most maxFaults, one line each; none if all is well
}

const maxFaults = 20

// Check holds the nodes' reference counts against the quads, and every value against the
// hash it goes by. Indexes against tables are for PostgreSQL's own pg_amcheck.
func (v *View) Check(ctx context.Context) (Report, error) {
	var r Report
	stats, err := v.Stats(ctx, true)
	if err != nil {
		return r, err
	}
	r.Quads, r.Values = uint64(stats.Quads.Size), uint64(stats.Nodes.Size)
	if err := v.checkCounts(ctx, &r); err != nil {
		return r, v.fail(err)
	}
	return r, v.fail(v.checkValues(ctx, &r))
}

func (v *View) checkCounts(ctx context.Context, r *Report) error {
	return v.query(ctx, func(rows pgx.Rows) error {
		var h []byte
		var refs, uses int64
		if err := rows.Scan(&h, &refs, &uses); err != nil {
			return err
		}
		r.Faults = append(r.Faults, fmt.Sprintf("the node %x is used %d times, its count says %d (-1: there is no node)", h, uses, refs))
		return nil
	}, fmt.Sprintf(`SELECT coalesce(hash, h), coalesce(refs, -1)::bigint, coalesce(n, 0) FROM nodes FULL JOIN (
		SELECT h, count(*) AS n FROM (
			SELECT subject_hash AS h FROM quads UNION ALL SELECT predicate_hash FROM quads
			UNION ALL SELECT object_hash FROM quads UNION ALL SELECT label_hash FROM quads) AS uses
		WHERE h IS NOT NULL GROUP BY h) AS counted ON hash = h WHERE refs IS DISTINCT FROM n ORDER BY 1 LIMIT %d`, maxFaults))
}

func (v *View) checkValues(ctx context.Context, r *Report) error {
	scan := v.scan("SELECT hash FROM nodes", nil, 1)
	defer scan.close()
	for len(r.Faults) < maxFaults {
		page, row, ok := scan.next(ctx)
		if !ok {
			break
		}
		h := page.at(row, 0)
		val, err := page.name(h, 0)
		if err != nil {
			return err
		}
		if val == nil || graph.HashOf(val) != h {
			r.Faults = append(r.Faults, fmt.Sprintf("the node %x holds %v, whose hash is another", h[:], val))
		}
	}
	return scan.err
}

// Compact rewrites the tables and indexes, so that what was removed takes no room, and
// returns the bytes before and after. Others wait for it.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	const size = "SELECT (pg_total_relation_size('nodes') + pg_total_relation_size('quads'))::bigint"
	if before, err = s.number(ctx, size); err != nil {
		return 0, 0, explain(s.target, err)
	}
	for _, table := range []string{"quads", "nodes"} {
		if _, err := s.from.pool.Exec(ctx, "VACUUM (FULL, ANALYZE) "+table); err != nil {
			return 0, 0, explain(s.target, err)
		}
	}
	after, err = s.number(ctx, size)
	return before, after, explain(s.target, err)
}
