package main

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"isnad/graph"
)

func newStats(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count what is in the graph",
		Example: `  isnad stats
  isnad stats --store /srv/isnad --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withView(func(v *graph.View) error {
				s, err := a.stats(cmd.Context(), v)
				if err != nil {
					return err
				}
				if a.config.JSON {
					return a.printJSON(s)
				}
				return a.printStats(s)
			})
		},
	}
	bindOntology(cmd)
	return cmd
}

func (a *app) stats(ctx context.Context, v *graph.View) (*graph.Stats, error) {
	ont, err := a.ontology()
	if err != nil {
		return nil, err
	}
	return v.Stats(ctx, ont)
}

// printStats prints counts of the graph, the largest of each kind first.
func (a *app) printStats(s *graph.Stats) error {
	t := &table{header: []string{"in the graph", "", "number"}, right: []int{2}}
	t.add("articles", "", s.Articles)
	addCounts(t, "entities", s.Entities)
	addCounts(t, "statements", s.Statements)
	t.add("quads", "", s.Quads)
	return a.printTable(t)
}

// addCounts adds a row for the sum of counts and one for each.
func addCounts(t *table, what string, counts map[string]int) {
	total := 0
	for _, n := range counts {
		total += n
	}
	t.add(what, "", total)
	names := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(counts[y]-counts[x], cmp.Compare(x, y))
	})
	for _, name := range names {
		t.add("", name, counts[name])
	}
}
