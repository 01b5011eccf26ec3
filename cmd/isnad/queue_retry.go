package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/spf13/cobra"

	"isnad/extract/article"
	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/queue"
)

func newQueueRetry(a *app) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "retry NAME…",
		Short: "Extract and write articles again that could not be extracted",
		Long: `Hands the articles to the workers again, by which they are extracted as in a build, and
writes them into the graph of --store. With --all, those that were meant for that graph. An
article that fails again is listed again.`,
		Example: `  isnad queue retry --all
  isnad queue retry --store /srv/isnad 0123456789ab-abcdefghij/17`,
		Args: needNames(&all),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.onQueue(cmd.Context(), func(ctx context.Context, conn *queue.Conn) error {
				name, _ := a.storeName()
				letters, err := chosen(ctx, conn, func(l *queue.Letter) bool { return all && l.Graph == name || slices.Contains(args, l.Name) }, args)
				if err != nil {
					return err
				}
				return a.retry(ctx, conn, letters)
			})
		},
	}
	bindQueue(cmd)
	bindPins(cmd)
	bindOntology(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "all that were meant for the graph of --store")
	return cmd
}

func (a *app) retry(ctx context.Context, conn *queue.Conn, letters []*queue.Letter) error {
	x, err := a.extractor()
	if err != nil {
		return err
	}
	return a.withWriter(func(g *graph.Graph, w *ingest.Writer) error {
		b := &builder{app: a, writer: w, progress: a.newProgress(-1, func() int64 { return 0 })}
		return b.run(ctx, g, b.queued(ctx, g, x.Version(), letterSource(conn, letters)))
	})
}

// letterSource reads articles from letters, which are dropped when they are dealt with:
// what fails again is a new letter.
func letterSource(conn *queue.Conn, letters []*queue.Letter) articleSource {
	return articleSource{
		twice: true,
		readings: func(ctx context.Context) iter.Seq[reading] {
			return func(yield func(reading) bool) {
				for _, l := range letters {
					art, err := openLetter(ctx, conn, l)
					if !yield(reading{art, err}) {
						return
					}
				}
			}
		},
		settled: func(ctx context.Context, art *article.Article) error {
			for i, l := range letters {
				if l.Article == art.ID {
					letters = slices.Delete(slices.Clone(letters), i, i+1)
					return conn.Drop(ctx, l)
				}
			}
			return nil
		},
	}
}

func openLetter(ctx context.Context, conn *queue.Conn, l *queue.Letter) (*article.Article, error) {
	body, err := conn.Open(ctx, l)
	if err != nil {
		return nil, err
	}
	art := &article.Article{}
	if err := json.Unmarshal(body, art); err != nil {
		return nil, fmt.Errorf("letter %s holds no article: %w", l.Name, err)
	}
	return art, nil
}
