package queue

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// publishPatience is how long a server may take to say that it has stored a message.
const publishPatience = 5 * time.Second

// Publish hands a job to the workers. It waits while the window is full.
func (r *Run) Publish(ctx context.Context, job Job) error {
	w := &waiting{size: len(job.Body), large: len(job.Body) > r.conn.room/2, message: message{ID: fmt.Sprintf("%s/%d", r.opt.ID, job.Sequence), Run: r.opt.ID, Sequence: job.Sequence,
		Article: job.Article, Key: job.Key, Extractor: r.opt.Version, Graph: r.opt.Graph, Body: job.Body}}
	for !r.admit(w) {
		select {
		case <-r.freed:
		case <-r.lease.lost:
			return r.lease.err()
		case <-r.open.Done():
			return context.Cause(r.open)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	r.mu.Lock()
	reply := r.replies[job.Sequence]
	r.mu.Unlock()
	if reply != nil && reply.Key == job.Key {
		return nil // it was extracted before a restart
	}
	if reply != nil {
		r.refuse(reply)
	}
	r.mu.Lock()
	r.outbox = append(r.outbox, w)
	r.mu.Unlock()
	signal(r.ready)
	return nil
}

// burst is how many jobs are published, and replies acknowledged, at a time where there
// are as many: each message alone would wake the server and everybody on the way.
func (r *Run) burst() int { return max(1, r.opt.Window/8) }

// room reports whether the window has room: once it was full, for a burst. The lock is held.
func (r *Run) room() bool {
	if r.full && len(r.jobs) > r.opt.Window-r.burst() {
		return false
	}
	r.full = len(r.jobs) >= r.opt.Window
	return !r.full
}

// admit takes the job into the window if there is room. A job that is larger than the
// window goes alone.
func (r *Run) admit(w *waiting) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.room() || len(r.jobs) > 0 && r.bytes+w.size > windowBytes {
		return false
	}
	r.jobs[w.Sequence] = w
	r.bytes += w.size
	return true
}

// dispatch sends what Publish has put into the outbox, all of it at a time, until the run
// is closed. What can never be sent ends the run.
func (r *Run) dispatch() {
	for {
		select {
		case <-r.ready:
		case <-r.open.Done():
			return
		}
		r.mu.Lock()
		jobs := r.outbox
		r.outbox = nil
		r.mu.Unlock()
		if err := r.sendAll(r.open, jobs); err != nil {
			r.stop(err)
		}
	}
}

// sendAll publishes jobs without waiting for the server's word on each before the next,
// and insists on those that it does not confirm.
func (r *Run) sendAll(ctx context.Context, jobs []*waiting) error {
	type sent struct {
		id   string
		word jetstream.PubAckFuture
	}
	all := make([]sent, len(jobs))
	for i, w := range jobs {
		msg, err := r.message(ctx, w, &all[i].id)
		if err != nil {
			return err
		}
		all[i].word, _ = r.conn.js.PublishMsgAsync(msg, jetstream.WithRetryAttempts(0))
	}
	patience := time.NewTimer(publishPatience)
	defer patience.Stop()
	for i, w := range jobs {
		if all[i].word != nil {
			select {
			case <-all[i].word.Ok():
				if r.confirm(w, all[i].id) {
					continue
				}
			case <-all[i].word.Err():
			case <-patience.C:
				patience.Reset(0) // nor for the others
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if err := r.send(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// message returns the message of a job under its present id.
func (r *Run) message(ctx context.Context, w *waiting, id *string) (*nats.Msg, error) {
	r.mu.Lock()
	m := w.message
	r.mu.Unlock()
	*id = m.ID
	data, err := r.conn.encode(ctx, m)
	return stamped(jobsSubject+VersionID(r.opt.Version)+"."+r.opt.ID, m.ID, data), err
}

// confirm notes that a job has been sent, and reports whether that was under the id that
// it still has.
func (r *Run) confirm(w *waiting, id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	w.sent = true
	return w.ID == id
}

// send publishes a job under its present id.
func (r *Run) send(ctx context.Context, w *waiting) error {
	for {
		var id string
		msg, err := r.message(ctx, w, &id)
		if err != nil {
			return err
		}
		if err := r.conn.publish(ctx, msg); err != nil {
			return err
		}
		if r.confirm(w, id) {
			return nil
		}
	}
}

// stamped returns a message with the id by which the server drops it if it has it already.
func stamped(subject, id string, data []byte) *nats.Msg {
	return &nats.Msg{Subject: subject, Data: data, Header: nats.Header{jetstream.MsgIDHeader: {id}}}
}

// publish stores a message on the server and waits for its word that it is stored.
func (c *Conn) publish(ctx context.Context, msg *nats.Msg) error {
	return c.insist(ctx, "publishing", func() error {
		ctx, cancel := context.WithTimeout(ctx, publishPatience)
		defer cancel()
		_, err := c.js.PublishMsg(ctx, msg, jetstream.WithRetryAttempts(0))
		return err
	})
}
