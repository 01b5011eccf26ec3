package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/graph"
	"isnad/queue"
	"isnad/schema"
)

// articleSource is where a build over a queue has its articles from.
type articleSource struct {
	readings func(context.Context) iter.Seq[reading]
	twice    bool                                          // it can be read again from the start
	settled  func(context.Context, *article.Article) error // told of each article that is dealt with; may be nil
}

// queuedBuild is the writer of a build over a queue: it publishes articles, and yields
// what workers make of them in the order of the input. After an interruption it goes on
// behind what is stored, if the input is the same.
type queuedBuild struct {
	*builder
	graph   *graph.Graph
	version string // of the extractor
	from    articleSource
	conn    *queue.Conn
	last    graph.Progress // what the store holds
}

// queued yields the outcomes of articles that workers extract elsewhere.
func (b *builder) queued(ctx context.Context, g *graph.Graph, version string, from articleSource) iter.Seq[outcome] {
	return func(yield func(outcome) bool) {
		q := &queuedBuild{builder: b, graph: g, version: version, from: from}
		if err := q.run(ctx, yield); err != nil {
			yield(outcome{fatal: err})
		}
	}
}

// errOtherInput says that the input is not that of the run to go on with.
var errOtherInput = errors.New("the input is another one")

// errLeft ends a run whose outcomes nobody wants any more.
var errLeft = errors.New("left")

func (q *queuedBuild) run(ctx context.Context, yield func(outcome) bool) error {
	v := q.graph.View()
	last, err := v.Progress(ctx)
	if err := closed(err, v); err != nil {
		return err
	}
	if q.conn, err = q.connect(ctx, "isnad build", q.progress.clear); err != nil {
		return err
	}
	defer q.conn.Close()
	q.last = last
	if strings.HasPrefix(last.Run, queue.VersionID(q.version)+"-") {
		q.say("Going on with run %s behind article %d of its input.", last.Run, last.Sequence)
		if err := q.pass(ctx, last, yield); !errors.Is(err, errOtherInput) {
			return err
		}
		if !q.from.twice {
			return q.giveUp(ctx, last)
		}
		q.say("The input is not that of run %s: beginning a new one.", last.Run)
	}
	if last.Run != "" {
		if err := q.conn.Abandon(ctx, last.Run); err != nil {
			return err
		}
	}
	return q.pass(ctx, newTrail(queue.VersionID(q.version)+"-"+strings.ToLower(rand.Text()[:10])).at, yield)
}

// begin stores that the run is under way.
func (q *queuedBuild) begin(ctx context.Context, from graph.Progress) error {
	if q.last == from {
		return nil
	}
	err := q.graph.Advance(ctx, graph.Step{From: q.last, To: from})
	if err == nil {
		q.last = from
	}
	return err
}

// giveUp forgets a run whose input was to be read again and has turned out to be another
// one that is used up now.
func (q *queuedBuild) giveUp(ctx context.Context, last graph.Progress) error {
	if err := q.conn.Abandon(ctx, last.Run); err != nil {
		return err
	}
	if err := q.graph.Advance(ctx, graph.Step{From: last}); err != nil {
		return err
	}
	return fmt.Errorf("standard input is not what run %s had read, and cannot be read twice: run the same command again to build from it", last.Run)
}

// entry is one article of the input, on its way to its outcome.
type entry struct {
	reading                  // the article without its body
	hash      string         // of the article
	at        graph.Progress // its place
	published bool           // a worker has it
}

// pass runs through the input once: it publishes what comes after the progress, and yields
// the outcomes.
func (q *queuedBuild) pass(ctx context.Context, from graph.Progress, yield func(outcome) bool) (err error) {
	label, sole := q.storeName()
	run, err := q.conn.StartRun(ctx, queue.RunOptions{ID: from.Run, Version: q.version, Graph: label, Window: q.config.Queue.Window, Settled: from.Sequence, Sole: sole})
	if err != nil {
		return err
	}
	defer run.Close()
	// The run is known before anything of it is on the server, lest that stay there.
	if err := q.begin(ctx, from); err != nil {
		return err
	}
	q.detail("Run %s: articles go to workers of extractor %s, up to %d ahead.", from.Run, q.version, q.config.Queue.Window)
	inner, cancel := context.WithCancel(ctx)
	entries, fed := make(chan entry, q.config.Queue.Window), make(chan error, 1)
	go func() {
		defer close(entries)
		fed <- q.feed(inner, run, from, entries)
	}()
	err = q.drain(ctx, run, entries, yield)
	cancel()
	for range entries { // the feeder ends
	}
	switch failed := <-fed; {
	case errors.Is(err, errLeft):
		return nil
	case err != nil:
		return err
	case failed != nil:
		return failed
	}
	if err := run.Finish(ctx); err != nil {
		return err
	}
	return q.graph.Advance(ctx, graph.Step{From: q.last})
}

// feed publishes the articles of the input that the graph does not hold, and passes all on.
func (q *queuedBuild) feed(ctx context.Context, run *queue.Run, from graph.Progress, to chan<- entry) error {
	trail, before := newTrail(from.Run), newRepeats()
	var unread []error // of what comes before the progress
	for r := range q.from.readings(ctx) {
		e := trail.next(r)
		again := before.has(r.article)
		switch {
		case e.at.Sequence > from.Sequence:
			if err := q.publish(ctx, run, r.article, again, &e); err != nil {
				return err
			}
			if !send(ctx, to, e) {
				return ctx.Err()
			}
			continue
		case r.err != nil:
			unread = append(unread, r.err)
		}
		if e.at.Sequence < from.Sequence {
			continue
		}
		if e.at != from {
			return errOtherInput
		}
		if !skip(ctx, to, from.Sequence, unread) {
			return ctx.Err()
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if trail.at.Sequence < from.Sequence {
		return errOtherInput
	}
	return nil
}

// skip passes on that the first n articles are dealt with, but for those that could not be
// read.
func skip(ctx context.Context, to chan<- entry, n uint64, unread []error) bool {
	for i := range n {
		var e entry
		if i < uint64(len(unread)) {
			e.err = unread[i]
		}
		if !send(ctx, to, e) {
			return false
		}
	}
	return true
}

// publish hands an article to the workers unless the graph holds it.
func (q *queuedBuild) publish(ctx context.Context, run *queue.Run, a *article.Article, again bool, e *entry) error {
	if a == nil {
		return nil
	}
	if !again {
		known, err := q.writer.Known(ctx, a.ID, e.hash, q.version)
		if known || err != nil {
			return err
		}
	}
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("%s: %w", a.Origin, err)
	}
	e.published = true
	return run.Publish(ctx, queue.Job{Sequence: e.at.Sequence, Article: a.ID, Key: queue.VersionID(a.ID + "\x00" + e.hash), Body: body})
}

// drain yields the outcome of each entry.
func (q *queuedBuild) drain(ctx context.Context, run *queue.Run, entries <-chan entry, yield func(outcome) bool) error {
	for e := range received(ctx, entries) {
		o := outcome{article: e.article, err: e.err}
		if e.published {
			reply, err := run.Wait(ctx, e.at.Sequence)
			if err != nil {
				return err
			}
			o.result, o.err = q.result(reply, e)
			o.settle = q.settler(ctx, run, e, o.err)
		} else if q.from.settled != nil && e.err == nil {
			o.err = q.from.settled(ctx, e.article)
		}
		if !yield(o) {
			return errLeft
		}
	}
	return ctx.Err()
}

// result reads the result in a reply.
func (q *queuedBuild) result(reply *queue.Reply, e entry) (*schema.Result, error) {
	if reply.Error != "" {
		return nil, fmt.Errorf("%s (%d tries; it is kept on the server: see 'isnad queue dead')", reply.Error, reply.Tries)
	}
	r := &schema.Result{}
	if err := json.Unmarshal(reply.Body, r); err != nil {
		return nil, fmt.Errorf("%s: the worker's result cannot be read: %w", e.article.Origin, err)
	}
	if r.ID != e.article.ID || r.Hash != e.hash || r.Extractor != q.version {
		return nil, fmt.Errorf("%s: the worker sent a result of %s by %s, and not what was asked for", e.article.Origin, r.ID, r.Extractor)
	}
	return r, nil
}

// settler returns how an outcome is dealt with: the article is written together with the
// progress, and the reply acknowledged after that. An article that cannot be written moves
// the progress alone, so that it is not tried again at the next start.
func (q *queuedBuild) settler(ctx context.Context, run *queue.Run, e entry, bad error) func(func(...graph.Step) error) error {
	ctx = context.WithoutCancel(ctx)
	return func(write func(...graph.Step) error) error {
		step := graph.Step{From: q.last, To: e.at}
		if bad == nil {
			bad = write(step)
		}
		if bad != nil && storeFailed(bad) {
			return bad
		}
		if bad != nil {
			if err := q.graph.Advance(ctx, step); err != nil {
				return storeError{fmt.Errorf("%s: %w", e.article.Origin, err)}
			}
		}
		q.last = e.at
		run.Settle(ctx, e.at.Sequence)
		if q.from.settled != nil {
			if err := q.from.settled(ctx, e.article); err != nil {
				return err
			}
		}
		return bad
	}
}

// storeName returns a name of the graph that is the same for all who write it, without
// secrets, and whether only this process can be writing it.
func (a *app) storeName() (name string, sole bool) {
	if !strings.Contains(a.config.Store, "://") {
		host, _ := os.Hostname()
		path, err := filepath.Abs(a.config.Store)
		if err != nil {
			path = a.config.Store
		}
		return host + ":" + path, true
	}
	u, err := url.Parse(a.config.Store)
	if err != nil { // it has been opened
		return "", false
	}
	query := u.Query()
	for key := range query {
		if !slices.Contains([]string{"host", "port", "dbname", "search_path"}, key) {
			query.Del(key)
		}
	}
	u.User, u.RawQuery = nil, query.Encode()
	return u.String(), false
}

// connect connects to the server of the queue. clear makes room on the screen for what is
// told meanwhile.
func (a *app) connect(ctx context.Context, name string, clear func()) (*queue.Conn, error) {
	c := a.config.Queue
	if c.URL == "" {
		c.URL = "nats://" + defaults().Queue.Address
	}
	return queue.Connect(ctx, queue.Options{URL: c.URL, Token: c.Token, Credentials: c.Credentials, CA: c.CA, Cert: c.Cert, Key: c.Key,
		Name: name, Patience: c.Patience, Notify: func(format string, args ...any) {
			clear()
			a.say("isnad: "+format, args...)
		}})
}

// extractJob is what a worker does with a job: an article comes, its result goes.
func (x *extraction) extractJob(ctx context.Context, body []byte) ([]byte, error) {
	art := &article.Article{}
	if err := json.Unmarshal(body, art); err != nil {
		return nil, fmt.Errorf("the job holds no article: %w", err)
	}
	out := x.extract(ctx, job{reading: reading{article: art}})
	if out.err != nil {
		return nil, out.err
	}
	return json.Marshal(out.result)
}

// trail follows an input: a place is known by everything that came before it.
type trail struct{ at graph.Progress }

func newTrail(run string) *trail { return &trail{graph.Progress{Run: run, Digest: "-"}} }

// next returns the entry of the next article, or of what could not be read.
func (t *trail) next(r reading) entry {
	e := entry{reading: reading{err: r.err}}
	id := ""
	if r.article != nil {
		bare := *r.article
		bare.Body = ""
		e.article, e.hash, id = &bare, extract.Hash(r.article), bare.ID
	}
	t.at.Sequence++
	t.at.Digest = queue.VersionID(t.at.Digest + "\x00" + id + "\x00" + e.hash)
	e.at = t.at
	return e
}
