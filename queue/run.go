package queue

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// What bounds a run that sets no bounds.
const (
	DefaultWindow = 256
	windowBytes   = 16 << 20 // of bodies of jobs that wait for their replies
)

// RunOptions describe a run.
type RunOptions struct {
	ID      string // names the run; the same again to go on with it
	Version string // of the extractor whose replies are wanted
	Graph   string // the graph that is written, for people and for the lease: equal for one graph
	Window  int    // jobs that may be published and not settled; 0 is DefaultWindow
	Settled uint64 // the sequence up to which the graph has dealt with the input
	Sole    bool   // nobody else can write the graph now, so that a lease found is a dead process's
}

// Job is an article to extract.
type Job struct {
	Sequence uint64 // position in the input; later jobs have higher ones
	Article  string // its id, for people
	Key      string // names the article and what it holds
	Body     []byte // JSON
}

// Reply is what became of a job.
type Reply struct {
	Body  []byte // JSON; nil if every try failed
	Error string // of the last try, if all failed; the job is then a letter
	Tries int
}

// Run is a run that is being written. Publish may run in another goroutine than the other
// methods, which are for one.
type Run struct {
	conn   *Conn
	opt    RunOptions
	lease  *lease
	open   context.Context // until Close
	stop   context.CancelFunc
	beside sync.WaitGroup
	inbox  jetstream.ConsumeContext

	mu      sync.Mutex
	jobs    map[uint64]*waiting
	replies map[uint64]*held // also of jobs that are not published yet, from before a restart
	bytes   int              // of the jobs without a reply
	settled uint64
	freed   chan struct{} // a job was settled
	came    chan struct{} // a reply came
}

// waiting is a job that is published and not settled.
type waiting struct {
	message      // without its body once the reply is there
	sent    bool // at least once
	size    int  // of its body, until the reply is there
	large   bool // its body is in the bucket
}

// held is a reply that is not stored yet.
type held struct {
	*message
	msg jetstream.Msg
}

// StartRun begins a run, or goes on with it: replies that came while nobody waited are
// used. It fails if another process writes the graph.
func (c *Conn) StartRun(ctx context.Context, opt RunOptions) (*Run, error) {
	if opt.Window <= 0 {
		opt.Window = DefaultWindow
	}
	r := &Run{conn: c, opt: opt, settled: opt.Settled, jobs: map[uint64]*waiting{}, replies: map[uint64]*held{},
		freed: make(chan struct{}, 1), came: make(chan struct{}, 1)}
	var err error
	if r.lease, err = c.takeLease(ctx, opt.Graph, opt.Sole); err != nil {
		return nil, err
	}
	r.open, r.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := r.collect(ctx); err != nil {
		r.Close()
		return nil, c.opt.explain(err)
	}
	r.beside.Go(func() { r.lease.keep(r.open) })
	return r, nil
}

// collect begins to receive replies. The consumer is made anew, so that what a dead
// writer had received and not acknowledged comes at once.
func (r *Run) collect(ctx context.Context) error {
	err := r.conn.js.DeleteConsumer(ctx, resultsStream, r.opt.ID)
	if err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return err
	}
	consumer, err := r.consumer(ctx)
	if err != nil {
		return err
	}
	if err := r.conn.prepareWorkers(ctx, r.opt.Version); err != nil {
		return err
	}
	inbox, err := consumer.Consume(r.receive,
		jetstream.PullMaxMessages(r.opt.Window),
		jetstream.PullExpiry(pullExpiry),
		jetstream.ConsumeErrHandler(func(jetstream.ConsumeContext, error) {})) // it asks again by itself
	if err == nil {
		r.inbox = inbox
	}
	return err
}

// pullExpiry is how long a request for messages waits on the server; after half of it
// without a heartbeat the request is taken for lost.
const pullExpiry = 2 * time.Second

func (r *Run) consumer(ctx context.Context) (jetstream.Consumer, error) {
	return r.conn.js.CreateOrUpdateConsumer(ctx, resultsStream, jetstream.ConsumerConfig{
		Durable:       r.opt.ID,
		FilterSubject: resultsSubject + r.opt.ID,
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       r.conn.opt.Patience,
		MaxAckPending: -1, // the window bounds it
	})
}

// Publish hands a job to the workers. It waits while the window is full.
func (r *Run) Publish(ctx context.Context, job Job) error {
	w := &waiting{size: len(job.Body), large: len(job.Body) > r.conn.room/2, message: message{ID: fmt.Sprintf("%s/%d", r.opt.ID, job.Sequence), Run: r.opt.ID, Sequence: job.Sequence,
		Article: job.Article, Key: job.Key, Extractor: r.opt.Version, Graph: r.opt.Graph, Body: job.Body}}
	for !r.admit(w) {
		select {
		case <-r.freed:
		case <-r.lease.lost:
			return r.lease.err()
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
	return r.send(ctx, w)
}

// send publishes a job under its present id.
func (r *Run) send(ctx context.Context, w *waiting) error {
	for {
		r.mu.Lock()
		m := w.message
		r.mu.Unlock()
		data, err := r.conn.encode(ctx, m)
		if err != nil {
			return err
		}
		if err := r.conn.publish(ctx, jobsSubject+VersionID(r.opt.Version)+"."+r.opt.ID, m.ID, data); err != nil {
			return err
		}
		r.mu.Lock()
		w.sent = true
		same := w.ID == m.ID
		r.mu.Unlock()
		if same {
			return nil
		}
	}
}

// admit takes the job into the window if there is room. A job that is larger than the
// window goes alone.
func (r *Run) admit(w *waiting) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.jobs) >= r.opt.Window || len(r.jobs) > 0 && r.bytes+w.size > windowBytes {
		return false
	}
	r.jobs[w.Sequence] = w
	r.bytes += w.size
	return true
}

// publish stores a message on the server and waits for its word that it is stored.
func (c *Conn) publish(ctx context.Context, subject, id string, data []byte) error {
	msg := &nats.Msg{Subject: subject, Data: data, Header: nats.Header{jetstream.MsgIDHeader: {id}}}
	return c.insist(ctx, "publishing", func() error {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		_, err := c.js.PublishMsg(ctx, msg, jetstream.WithRetryAttempts(0))
		return err
	})
}

// receive takes in one reply.
func (r *Run) receive(msg jetstream.Msg) {
	m, err := decodeMessage(msg.Data())
	if err != nil || m.Run != r.opt.ID {
		r.conn.opt.Notify("%s: a result that is none of this run's is dropped", msg.Subject())
		_ = msg.Term()
		return
	}
	r.mu.Lock()
	job, old := r.jobs[m.Sequence], r.replies[m.Sequence]
	again := old != nil && old.Key == m.Key && old.Object == m.Object && old.Error == m.Error // the same message, or its twin
	switch {
	case m.Sequence <= r.settled, old != nil && !again:
		r.mu.Unlock()
		r.drop(&held{m, msg})
		return
	case job != nil && job.Key != m.Key:
		r.mu.Unlock()
		r.refuse(&held{m, msg})
		return
	}
	r.replies[m.Sequence] = &held{m, msg}
	if job != nil {
		r.bytes -= job.size
		job.Body, job.size = nil, 0
	}
	r.mu.Unlock()
	signal(r.came)
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// drop takes a reply that is of no use off the server. What fails here comes again.
func (r *Run) drop(h *held) {
	if h.Object != "" {
		_ = r.conn.forget(r.open, h.Object)
	}
	_ = h.msg.Ack()
}

// refuse drops the reply to a job whose article is another one since, and publishes the
// new one under an id that the server has not seen.
func (r *Run) refuse(h *held) {
	r.mu.Lock()
	if r.replies[h.Sequence] == h {
		delete(r.replies, h.Sequence)
	}
	job := r.jobs[h.Sequence]
	if job != nil {
		job.ID += "/" + job.Key
	}
	sent := job != nil && job.sent
	r.mu.Unlock()
	r.drop(h)
	if sent { // else Publish sees to it
		r.again(r.open, job)
	}
}

// Wait returns the reply to a job that was published.
func (r *Run) Wait(ctx context.Context, sequence uint64) (*Reply, error) {
	watch := newWatch(r)
	defer watch.stop()
	for {
		r.mu.Lock()
		h := r.replies[sequence]
		r.mu.Unlock()
		if h != nil {
			return r.reply(ctx, h)
		}
		select {
		case <-r.came:
		case <-watch.C:
			watch.look(ctx)
		case <-r.lease.lost:
			return nil, r.lease.err()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (r *Run) reply(ctx context.Context, h *held) (*Reply, error) {
	reply := &Reply{Error: h.Error, Tries: h.Tries}
	if h.Error != "" {
		return reply, nil
	}
	err := r.conn.insist(ctx, "reading a large result", func() (err error) {
		reply.Body, err = r.conn.body(ctx, h.message)
		return err
	})
	return reply, err
}

// Settle says that everything up to the sequence is dealt with, and stored if need be. The
// replies are acknowledged, and the window moves on.
func (r *Run) Settle(ctx context.Context, sequence uint64) {
	r.mu.Lock()
	r.settled = max(r.settled, sequence)
	var gone []*held
	large := false
	for _, seq := range slices.Sorted(maps.Keys(r.replies)) {
		if seq <= sequence {
			gone = append(gone, r.replies[seq])
			delete(r.replies, seq)
		}
	}
	for seq, job := range r.jobs {
		if seq <= sequence {
			large = large || job.large
			r.bytes -= job.size
			delete(r.jobs, seq)
		}
	}
	r.mu.Unlock()
	for _, h := range gone {
		_ = h.msg.Ack() // if it is lost, the reply comes again and is dropped
		large = large || h.Object != ""
	}
	if large {
		_ = r.conn.forgetAll(ctx, objects(r.opt.ID, sequence)) // Finish finds what is left
	}
	signal(r.freed)
}

// Finish takes everything of the run off the server but its letters, and closes it.
func (r *Run) Finish(ctx context.Context) error {
	if r.inbox != nil {
		r.inbox.Stop()
		r.inbox = nil
	}
	err := r.conn.Abandon(ctx, r.opt.ID)
	r.Close()
	return err
}

// Abandon takes everything of a run off the server but its letters.
func (c *Conn) Abandon(ctx context.Context, run string) error {
	return c.insist(ctx, "tidying up", func() error {
		for stream, subject := range map[string]string{jobsStream: jobsSubject + "*." + run, resultsStream: resultsSubject + run} {
			s, err := c.js.Stream(ctx, stream)
			if err != nil {
				return err
			}
			if err := s.Purge(ctx, jetstream.WithPurgeSubject(subject)); err != nil {
				return err
			}
		}
		if err := c.js.DeleteConsumer(ctx, resultsStream, run); err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
			return err
		}
		return c.forgetAll(ctx, run+"/")
	})
}

// Close ends this process's part in the run and leaves what is on the server, so that
// workers go on and the run can be taken up again.
func (r *Run) Close() {
	if r.inbox != nil {
		r.inbox.Stop()
	}
	r.stop()
	r.beside.Wait()
	r.lease.release()
}
