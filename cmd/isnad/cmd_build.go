package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/quadstore"
	"isnad/schema"
)

func newBuild(a *app) *cobra.Command {
	var input inputFlags
	cmd := &cobra.Command{
		Use:   "build PATH…",
		Short: "Build or extend the graph from articles",
		Long: `Reads files, folders with all that is below them, and - (standard input): text
(title, blank line, body; or body alone), JSON, JSON lines and HTML, each perhaps
compressed with gzip or zstd. Each article is one atomic write. Articles that the
graph holds already are skipped, changed ones replace what they said before, so a
build that was stopped goes on when it is run again. What cannot be read is named on
standard error, and the rest goes on. The store and the settings may lie in a folder
that is built; they are left out.`,
		Example: `  isnad build articles/
  isnad build --store /srv/isnad --root /srv/news /srv/news/2022 /srv/news/2023
  curl -s https://example.org/dump.jsonl.gz | isnad build -
  isnad build --ontology trade.yaml articles/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.build(cmd.Context(), args, a.reading(input))
		},
	}
	input.add(cmd)
	bindPins(cmd)
	return cmd
}

// bindPins adds the flags for the user's rulings on entities.
func bindPins(cmd *cobra.Command) {
	bind(cmd.Flags(), "resolve.same", "same", "", "YAML file that says which entities are one")
	bind(cmd.Flags(), "resolve.different", "different", "", "YAML file that says which entities are not one")
}

// tally counts what a build came to.
type tally struct {
	New        int     `json:"new"`
	Replaced   int     `json:"replaced"`
	Unchanged  int     `json:"unchanged"`
	Unreadable int     `json:"unreadable"`
	Seconds    float64 `json:"seconds"`
}

func (a *app) build(ctx context.Context, paths []string, opt article.Options) error {
	start := time.Now()
	x, err := a.extractor()
	if err != nil {
		return err
	}
	return a.withWriter(func(g *graph.Graph, w *ingest.Writer) error {
		a.detail("Building %s with %s, %s.", a.config.Store, x.Version(), plural(a.workers(), "worker", "workers"))
		files := article.Files(ctx, paths, opt)
		in := newIntake(files)
		b := &builder{app: a, writer: w, progress: a.newProgress(in.total, in.read)}
		run := &extraction{extractor: x, workers: a.workers(), skip: func(art *article.Article) (bool, error) {
			return w.Known(ctx, art.ID, extract.Hash(art), x.Version())
		}}
		err := b.write(ctx, run.run(ctx, in.watch(files)))
		b.progress.finish()
		b.Seconds = time.Since(start).Round(time.Millisecond).Seconds()
		v := g.View()
		defer v.Close()
		if failed := a.printBuild(context.WithoutCancel(ctx), v, &b.tally); err == nil {
			err = failed
		}
		if err == nil && b.Unreadable > 0 {
			err = errReported
		}
		return err
	})
}

// builder writes outcomes to a graph in their order.
type builder struct {
	*app
	tally
	writer   *ingest.Writer
	progress *progress
}

// write stores each outcome until there are no more, the context ends, or the store
// fails. An article that cannot be used is reported, and the next one follows.
func (b *builder) write(ctx context.Context, outcomes func(func(outcome) bool)) error {
	for o := range outcomes {
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted: all articles counted here are stored; run the same command again to go on")
		}
		switch {
		case o.err != nil:
			b.reject(o.err)
		case o.result == nil:
			b.Unchanged++
		default:
			// An interrupt lets the article at hand be finished.
			if err := b.store(context.WithoutCancel(ctx), o.result); err != nil && storeFailed(err) {
				return fmt.Errorf("stopped at %s: %w; what is counted here is stored", o.article.Origin, err)
			} else if err != nil {
				b.reject(fmt.Errorf("%s: %w", o.article.Origin, err))
			}
		}
		b.progress.step()
	}
	return nil
}

func (b *builder) store(ctx context.Context, r *schema.Result) error {
	what, err := b.writer.Write(ctx, r)
	if err != nil {
		return err
	}
	switch what {
	case ingest.New:
		b.New++
	case ingest.Replaced:
		b.Replaced++
	default:
		b.Unchanged++
	}
	if b.config.Verbose {
		b.progress.clear()
		b.detail("%s: %s", what, r.ID)
	}
	return nil
}

// storeFailed reports whether the store, and not the article, is at fault.
func storeFailed(err error) bool {
	for _, fault := range []error{quadstore.ErrFailed, quadstore.ErrCorrupt, quadstore.ErrClosed, quadstore.ErrReadOnly, graph.ErrForm} {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}

func (b *builder) reject(err error) {
	b.Unreadable++
	b.progress.clear()
	b.app.reject(err)
}

// printBuild prints what a build came to and what the graph now holds.
func (a *app) printBuild(ctx context.Context, v *graph.View, done *tally) error {
	if a.config.Quiet && !a.config.JSON {
		return nil
	}
	s, err := a.stats(ctx, v)
	if err != nil {
		return err
	}
	if a.config.JSON {
		return a.printJSON(map[string]any{"build": done, "graph": s})
	}
	t := &table{header: []string{"articles", "", "number"}, right: []int{2}}
	t.add("new", "", done.New)
	t.add("replaced", "", done.Replaced)
	t.add("unchanged", "", done.Unchanged)
	t.add("unreadable", "", done.Unreadable)
	t.add("time", "", time.Duration(done.Seconds*float64(time.Second)).Round(time.Millisecond))
	if err := a.printTable(t); err != nil {
		return err
	}
	fmt.Fprintln(a.out)
	return a.printStats(s)
}
