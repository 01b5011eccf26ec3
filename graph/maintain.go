package graph

import (
	"context"
	"fmt"
	"strings"

	"isnad/graph/postgres"
	"isnad/graph/quadstore"
)

// Report says what a check has read and what is wrong.
type Report = quadstore.Report

// Check reads everything in the view's store and holds its indexes against each other
// and its counts against what they count.
func (v *View) Check(ctx context.Context) (Report, error) {
	if database, ok := v.qs.(*postgres.View); ok {
		r, err := database.Check(ctx)
		if err != nil {
			err = fmt.Errorf("graph: %w", err)
		}
		return Report(r), err
	}
	qs, ok := v.qs.(interface {
		Check(context.Context) (Report, error)
	})
	if !ok {
		return Report{}, fmt.Errorf("graph: this store has no check of its own: use that of its makers")
	}
	r, err := qs.Check(ctx)
	if err != nil {
		return r, fmt.Errorf("graph: %w", err)
	}
	return r, nil
}

// Compact rewrites what the graph's store keeps on disk, so that what was removed takes
// no room, and returns the bytes before and after.
func (g *Graph) Compact(ctx context.Context) (before, after int64, err error) {
	qs, ok := g.qs.(interface {
		Compact(context.Context) (before, after int64, err error)
	})
	if !ok {
		return 0, 0, fmt.Errorf("graph: this store is not compacted by isnad: use the means of its makers")
	}
	if before, after, err = qs.Compact(ctx); err != nil {
		err = fmt.Errorf("graph: %w", err)
	}
	return before, after, err
}

// Address returns the address of a store without its password, for messages.
func Address(address string) string {
	if !strings.Contains(address, "://") {
		return address
	}
	return postgres.Redacted(address)
}

// Backup copies the graph at the address to a new folder and returns its size in bytes.
// The copy is the graph at one moment, whoever writes it meanwhile.
func Backup(ctx context.Context, address, to string) (int64, error) {
	if strings.Contains(address, "://") {
		return 0, fmt.Errorf("graph: %s: a database is not copied by isnad: use its own means, for PostgreSQL pg_dump", Address(address))
	}
	n, err := quadstore.Backup(ctx, address, to)
	if err != nil {
		err = fmt.Errorf("graph: %w", err)
	}
	return n, err
}
