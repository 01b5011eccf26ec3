package main

import (
	"context"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/ingest"
)

func newRemove(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove ARTICLE…",
		Short: "Retract articles: what no other article supports goes with them",
		Long: `Retracts articles by id (an address, or the path relative to the folder that was
built) or IRI. No quad remains that no other article supports.`,
		Example: `  isnad remove 2022/marrakech.txt
  isnad remove https://example.org/news/17 isnad:article/2022/rabat.txt`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("name the articles to retract, by id or IRI")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.remove(cmd.Context(), args) },
	}
}

func (a *app) remove(ctx context.Context, articles []string) error {
	if err := a.withGraph(func(*graph.Graph) error { return nil }); err != nil {
		return err // there is none: do not create one
	}
	return a.withWriter(func(_ *graph.Graph, w *ingest.Writer) error {
		type line struct {
			Article string `json:"article"`
			Removed bool   `json:"removed"`
		}
		lines := []line{}
		missing := 0
		for _, name := range articles {
			id := articleID(name)
			found, err := w.Remove(ctx, id)
			if err != nil {
				return err
			}
			if !found {
				missing++
				a.reject(usagef("no article %q in the graph", id))
			}
			lines = append(lines, line{id, found})
		}
		if a.config.JSON {
			if err := a.printJSON(lines); err != nil {
				return err
			}
		} else {
			a.say("%s removed.", plural(len(articles)-missing, "article", "articles"))
		}
		if missing > 0 {
			return errReported
		}
		return nil
	})
}

// articleID returns the id of the article that the user names by id or IRI.
func articleID(name string) string {
	local, isIRI := strings.CutPrefix(strings.Trim(name, "<>"), "isnad:article/")
	if !isIRI {
		return name
	}
	if id, err := url.PathUnescape(local); err == nil {
		return id
	}
	return local
}
