package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// watch looks after a run that waits: it says why nothing comes, and publishes again what
// a server has lost.
type watch struct {
	*time.Ticker
	run  *Run
	told bool
	lost int // looks in a row that found nothing anywhere
}

// watchEvery is the time between two looks.
const watchEvery = 2 * time.Second

func newWatch(r *Run) *watch { return &watch{Ticker: time.NewTicker(watchEvery), run: r} }

func (w *watch) stop() { w.Stop() }

// look asks the server where the jobs are. A server that does not answer is told of
// elsewhere.
func (w *watch) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, watchEvery)
	defer cancel()
	r := w.run
	r.acknowledge()
	if _, err := r.conn.js.Consumer(ctx, resultsStream, r.opt.ID); errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
		r.reopen(ctx)
	}
	jobs, err := r.conn.count(ctx, jobsStream, jobsSubject+VersionID(r.opt.Version)+"."+r.opt.ID)
	if err != nil {
		return
	}
	results, err := r.conn.count(ctx, resultsStream, resultsSubject+r.opt.ID)
	if err != nil {
		return
	}
	r.mu.Lock()
	held := len(r.replies)
	r.mu.Unlock()
	switch {
	case jobs == 0 && results <= held:
		if w.lost++; w.lost >= 2 { // once may be a message on its way
			w.lost = 0
			r.recover(ctx)
		}
	case jobs > 0:
		w.lost = 0
		w.tellIdle(ctx, jobs)
	}
}

// tellIdle says once if nobody works on what waits.
func (w *watch) tellIdle(ctx context.Context, jobs int) {
	r := w.run
	if w.told {
		return
	}
	c, err := r.conn.js.Consumer(ctx, jobsStream, VersionID(r.opt.Version))
	if err != nil {
		return
	}
	if info := c.CachedInfo(); info.NumWaiting == 0 && info.NumAckPending == 0 {
		w.told = true
		r.conn.opt.Notify("no worker of extractor %s is at work: %d jobs wait; start 'isnad worker' of this version, with the same --ontology, on any machine", r.opt.Version, jobs)
	}
}

// count returns the number of messages of a subject.
func (c *Conn) count(ctx context.Context, stream, subject string) (int, error) {
	s, err := c.js.Stream(ctx, stream)
	if err != nil {
		return 0, err
	}
	info, err := s.Info(ctx, jetstream.WithSubjectFilter(subject))
	if err != nil {
		return 0, err
	}
	n := 0
	for _, of := range info.State.Subjects {
		n += int(of)
	}
	return n, nil
}

// reopen makes anew what a server has forgotten. What fails is tried again at the next look.
func (r *Run) reopen(ctx context.Context) {
	if r.conn.prepare(ctx) != nil {
		return
	}
	old := r.inbox
	if r.collect(ctx) == nil {
		old.Stop()
	}
}

// recover publishes all jobs without a reply again, under new ids.
func (r *Run) recover(ctx context.Context) {
	r.mu.Lock()
	var lost []*waiting
	for seq, job := range r.jobs {
		if r.replies[seq] == nil && job.sent {
			job.ID = fmt.Sprintf("%s/%d/%s", r.opt.ID, seq, nuid.Next())
			lost = append(lost, job)
		}
	}
	r.mu.Unlock()
	if len(lost) > 0 {
		r.conn.opt.Notify("the server has lost %d jobs: they are published again", len(lost))
	}
	for _, job := range lost {
		r.again(ctx, job)
	}
}

// again publishes a job under its present id.
func (r *Run) again(ctx context.Context, job *waiting) {
	if err := r.send(ctx, job); err != nil && ctx.Err() == nil {
		r.conn.opt.Notify("%s: publishing again: %v", job.Article, err)
	}
}
