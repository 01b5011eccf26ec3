package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/postgres"
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
that is built; they are left out.

With --queue, articles are extracted by the processes of 'isnad worker' that are
connected to the same NATS server, and written here. The graph is the same.`,
		Example: `  isnad build articles/
  isnad build --store /srv/isnad --root /srv/news /srv/news/2022 /srv/news/2023
  curl -s https://example.org/dump.jsonl.gz | isnad build -
  isnad build --ontology trade.yaml articles/
  isnad build --queue nats://queue.example.org:4222 articles/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.build(cmd.Context(), args, a.reading(input))
		},
	}
	input.add(cmd)
	bindPins(cmd)
	bindQueue(cmd)
	bind(cmd.Flags(), "queue.window", "window", "", "articles that may be with the workers ahead of the writer")
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
	x, err := a.extractor()
	if err != nil {
		return err
	}
	return a.withWriter(func(g *graph.Graph, w *ingest.Writer) error {
		files := article.Files(ctx, paths, opt)
		in := newIntake(files)
		b := &builder{app: a, writer: w, progress: a.newProgress(in.total, in.read)}
		if a.config.Queue.URL != "" {
			from := articleSource{twice: !slices.Contains(paths, "-"), readings: func(ctx context.Context) iter.Seq[reading] {
				return read(ctx, in.watch(files), a.workers())
			}}
			return b.run(ctx, g, b.queued(ctx, g, x.Version(), from))
		}
		a.detail("Building %s with %s, %s.", a.place(), x.Version(), plural(a.workers(), "worker", "workers"))
		run := &extraction{extractor: x, workers: a.workers(), skip: func(art *article.Article) (bool, error) {
			return w.Known(ctx, art.ID, extract.Hash(art), x.Version())
		}}
		return b.run(ctx, g, run.run(ctx, in.watch(files)))
	})
}

// run writes all outcomes and prints what they came to.
func (b *builder) run(ctx context.Context, g *graph.Graph, outcomes iter.Seq[outcome]) error {
	start := time.Now()
	err := b.write(ctx, outcomes)
	b.progress.finish()
	b.Seconds = time.Since(start).Round(time.Millisecond).Seconds()
	v := g.View()
	defer v.Close()
	if failed := b.printBuild(context.WithoutCancel(ctx), v, &b.tally); err == nil {
		err = failed
	}
	if err == nil && b.Unreadable > 0 {
		err = errReported
	}
	return err
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
		if o.fatal != nil {
			return o.fatal
		}
		// An interrupt lets the article at hand be finished.
		if err := b.settle(context.WithoutCancel(ctx), o); err != nil && storeFailed(err) {
			return fmt.Errorf("stopped at %w; what is counted here is stored", err)
		} else if err != nil {
			b.reject(err)
		}
		b.progress.step()
	}
	return nil
}

// settle deals with one outcome and returns what is wrong with its article, or the store.
func (b *builder) settle(ctx context.Context, o outcome) error {
	store := func(steps ...graph.Step) error {
		if err := b.store(ctx, o.result, steps...); err != nil {
			return fmt.Errorf("%s: %w", o.article.Origin, err)
		}
		return nil
	}
	switch {
	case o.settle != nil:
		return o.settle(store)
	case o.err != nil:
		return o.err
	case o.result == nil:
		b.Unchanged++
		return nil
	}
	return store()
}

func (b *builder) store(ctx context.Context, r *schema.Result, steps ...graph.Step) error {
	what, err := b.writer.Write(ctx, r, steps...)
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

// storeError is an error of the store, whatever the article.
type storeError struct{ error }

func (e storeError) Unwrap() error { return e.error }

// storeFailed reports whether the store, and not the article, is at fault.
func storeFailed(err error) bool {
	if store := (storeError{}); errors.As(err, &store) {
		return true
	}
	for _, fault := range []error{quadstore.ErrFailed, quadstore.ErrCorrupt, quadstore.ErrClosed, quadstore.ErrReadOnly, graph.ErrForm, graph.ErrOvertaken,
		postgres.ErrFailed, postgres.ErrClosed, postgres.ErrReadOnly} {
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
