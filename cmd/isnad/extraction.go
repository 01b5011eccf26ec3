package main

import (
	"context"
	"fmt"
	"hash/maphash"
	"iter"
	"runtime"
	"sync"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/graph"
	"isnad/schema"
)

// outcome is what became of one article: a result, or an error, or neither if the
// article was skipped.
type outcome struct {
	article *article.Article // nil if it could not be read
	result  *schema.Result
	err     error

	settle func(write func(...graph.Step) error) error // runs the write of what came over a queue; nil for others
	fatal  error                                       // why no more will come
}

// extraction runs articles through an extractor: files are read in parallel,
// articles extracted in parallel, and the outcomes come in the order of the input.
// However large the input, only a few articles for each worker are in memory.
type extraction struct {
	extractor extract.Extractor
	workers   int
	skip      func(*article.Article) (bool, error) // whether an article need not be extracted; may be nil
	// It is asked ahead of the writer, and so only of the first article of an id:
	// another one may be about to replace that.
}

// workers returns the number of articles to work on at a time.
func (a *app) workers() int {
	if a.config.Workers > 0 {
		return a.config.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// reading is an article or an error, as package article yields them.
type reading struct {
	article *article.Article
	err     error
}

// run yields the outcome of every article of files, in order. When ctx ends it
// stops and yields the context's error last. No worker runs after it has returned.
func (x *extraction) run(ctx context.Context, files iter.Seq2[*article.File, error]) iter.Seq[outcome] {
	return func(yield func(outcome) bool) {
		inner, cancel := context.WithCancel(ctx)
		var workers sync.WaitGroup
		defer workers.Wait()
		defer cancel()
		jobs := make(chan job)
		for range x.workers {
			workers.Go(func() {
				for j := range received(inner, jobs) {
					j.done <- x.extract(inner, j)
				}
			})
		}
		ordered := make(chan job, 4*x.workers)
		go func() {
			defer close(ordered)
			before := newRepeats()
			for r := range read(inner, files, x.workers) {
				j := job{reading: r, again: before.has(r.article), done: make(chan outcome, 1)}
				// A job is in ordered only once a worker has it, so waiting for it ends.
				if !send(inner, jobs, j) || !send(inner, ordered, j) {
					return
				}
			}
		}()
		for j := range received(inner, ordered) {
			if out := <-j.done; ctx.Err() == nil && !yield(out) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(outcome{err: err})
		}
	}
}

// repeats tells articles whose id has come before.
type repeats struct {
	seen map[uint64]bool // hashes of ids: taking a new one for another costs only time
	seed maphash.Seed
}

func newRepeats() *repeats { return &repeats{map[uint64]bool{}, maphash.MakeSeed()} }

func (r *repeats) has(a *article.Article) bool {
	if a == nil {
		return false
	}
	id := maphash.String(r.seed, a.ID)
	was := r.seen[id]
	r.seen[id] = true
	return was
}

// job is a reading on its way through a worker.
type job struct {
	reading
	again bool // another article of its id came before
	done  chan outcome
}

// extract turns one reading into its outcome. A panic becomes an error of that
// article: one text that breaks a rule must not end the batch.
func (x *extraction) extract(ctx context.Context, r job) (out outcome) {
	out = outcome{article: r.article, err: r.err}
	if r.err != nil {
		return out
	}
	defer func() {
		if fault := recover(); fault != nil {
			out.result, out.err = nil, fmt.Errorf("%s: extraction failed on it (%v); leave it out and report it", r.article.Origin, fault)
		}
	}()
	if x.skip != nil && !r.again {
		known, err := x.skip(r.article)
		if known || err != nil {
			out.err = err
			return out
		}
	}
	out.result, out.err = x.extractor.Extract(ctx, r.article)
	if out.err != nil {
		out.err = fmt.Errorf("%s: %w", r.article.Origin, out.err)
	}
	return out
}

// read yields the articles of files in order, while up to parallel files are read
// ahead, a few articles of each. It returns when ctx ends, even if a file (such as
// standard input) still waits for its next byte.
func read(ctx context.Context, files iter.Seq2[*article.File, error], parallel int) iter.Seq[reading] {
	const ahead = 4
	return func(yield func(reading) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		streams := make(chan chan reading, parallel) // of open files, in order
		go func() {
			defer close(streams)
			for f, err := range files {
				stream := make(chan reading, ahead)
				if !send(ctx, streams, stream) {
					return
				}
				if err != nil {
					stream <- reading{err: err}
					close(stream)
					continue
				}
				go func() {
					defer close(stream)
					for a, err := range f.Articles(ctx) {
						if !send(ctx, stream, reading{a, err}) {
							return
						}
					}
				}()
			}
		}()
		for stream := range received(ctx, streams) {
			for r := range received(ctx, stream) {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// send sends v unless ctx ends first, and reports whether it did.
func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// received yields what comes from a channel until it is closed or ctx ends.
func received[T any](ctx context.Context, from <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for {
			select {
			case v, open := <-from:
				if !open || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
