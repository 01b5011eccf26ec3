package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/ingest"
)

func newResolve(a *app) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "resolve --all",
		Short: "Decide anew which mentions are the same entity",
		Long: `Resolves the entities of all articles anew, in order of publication, under the
user's rulings in same.yaml and different.yaml. This alone may change the IRI of an
entity; a build only adds.`,
		Example: `  isnad resolve --all
  isnad resolve --all --same rulings/same.yaml --different rulings/different.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !all {
				return usagef("resolving changes the IRIs of entities everywhere: say --all")
			}
			return a.resolve(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "resolve every entity of every article")
	bindPins(cmd)
	bindOntology(cmd)
	return cmd
}

func (a *app) resolve(ctx context.Context) error {
	if err := a.withGraph(func(*graph.Graph) error { return nil }); err != nil {
		return err // there is none: do not create one
	}
	return a.withWriter(func(_ *graph.Graph, w *ingest.Writer) error {
		var told *progress
		at, articles := 0, 0
		changed, err := w.ResolveAll(ctx, func(done, total int) {
			if told == nil {
				told = a.newProgress(int64(total), func() int64 { return int64(at) })
			}
			at, articles = done, total
			told.step()
		})
		if told != nil {
			told.finish()
		}
		if ctx.Err() != nil {
			return errors.New("interrupted: the graph is consistent; run the same command again to go on")
		}
		if err != nil {
			return err
		}
		if a.config.JSON {
			return a.printJSON(map[string]int{"articles": articles, "changed": changed})
		}
		a.say("%s resolved anew, %d changed.", plural(articles, "article", "articles"), changed)
		return nil
	})
}
