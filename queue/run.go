package queue

import (
	"context"
	"errors"
	"sync"
	"time"

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
	open   context.Context         // until Close
	stop   context.CancelCauseFunc // with what ended the run before Close
	beside sync.WaitGroup
	inbox  jetstream.ConsumeContext

	mu      sync.Mutex
	jobs    map[uint64]*waiting
	outbox  []*waiting       // admitted and not sent yet
	replies map[uint64]*held // also of jobs that are not published yet, from before a restart
	stored  []jetstream.Msg  // replies that are settled and not acknowledged yet
	bytes   int              // of the jobs without a reply
	full    bool             // the window was full, and has too little room yet for a burst
	settled uint64
	freed   chan struct{} // there is room in the window
	ready   chan struct{} // there is something in the outbox
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
		freed: make(chan struct{}, 1), ready: make(chan struct{}, 1), came: make(chan struct{}, 1)}
	var err error
	if r.lease, err = c.takeLease(ctx, opt.Graph, opt.Sole); err != nil {
		return nil, err
	}
	r.open, r.stop = context.WithCancelCause(context.WithoutCancel(ctx))
	if err := r.collect(ctx); err != nil {
		r.Close()
		return nil, c.opt.explain(err)
	}
	r.beside.Go(func() { r.lease.keep(r.open) })
	r.beside.Go(r.dispatch)
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
		case <-r.open.Done():
			return nil, context.Cause(r.open)
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
// replies are acknowledged, a few at a time, and the window moves on.
func (r *Run) Settle(ctx context.Context, sequence uint64) {
	r.mu.Lock()
	large := false
	for ; r.settled < sequence; r.settled++ {
		seq := r.settled + 1
		if job := r.jobs[seq]; job != nil {
			large = large || job.large
			r.bytes -= job.size
			delete(r.jobs, seq)
		}
		if h := r.replies[seq]; h != nil {
			large = large || h.Object != ""
			r.stored = append(r.stored, h.msg)
			delete(r.replies, seq)
		}
	}
	many, room := len(r.stored) >= r.burst(), r.room()
	r.mu.Unlock()
	if many || large {
		r.acknowledge()
	}
	if large {
		_ = r.conn.forgetAll(ctx, objects(r.opt.ID, sequence)) // Finish finds what is left
	}
	if room {
		signal(r.freed)
	}
}

// acknowledge takes replies that are settled off the server. Those whose acknowledgement
// is lost come again and are dropped.
func (r *Run) acknowledge() {
	r.mu.Lock()
	stored := r.stored
	r.stored = nil
	r.mu.Unlock()
	for _, msg := range stored {
		_ = msg.Ack()
	}
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
	r.acknowledge()
	if r.inbox != nil {
		r.inbox.Stop()
	}
	r.stop(nil)
	r.beside.Wait()
	r.lease.release()
}
