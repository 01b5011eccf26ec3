package queue

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Tries is how often a job is tried before it becomes a letter. A worker that dies over a
// job, or falls silent, has tried.
const Tries = 5

// WorkOptions describe a worker.
type WorkOptions struct {
	Version  string // of the extractor: only jobs that ask for it are taken
	Parallel int    // jobs at a time
	Timeout  time.Duration
	// Extract turns the body of a job into that of a reply. It is called from several
	// goroutines.
	Extract func(ctx context.Context, body []byte) ([]byte, error)
	Done    func(article string, err error) // told of each try; may be nil
}

// worker is one that works.
type worker struct {
	*Conn
	how  WorkOptions
	done sync.Mutex
}

// Work takes jobs and sends replies until ctx ends; the jobs at hand are finished first.
func (c *Conn) Work(ctx context.Context, opt WorkOptions) error {
	err := c.insist(ctx, "starting to work", func() error { return c.prepareWorkers(ctx, opt.Version) })
	if err != nil && ctx.Err() == nil {
		return c.opt.explain(err)
	}
	w := &worker{Conn: c, how: opt}
	var all sync.WaitGroup
	for range max(1, opt.Parallel) {
		all.Go(func() { w.take(ctx) })
	}
	all.Go(func() { w.lookAround(ctx) })
	all.Wait()
	return nil
}

// prepareWorkers makes sure that the jobs of a version have the consumer from which all
// its workers take them.
func (c *Conn) prepareWorkers(ctx context.Context, version string) error {
	_, err := c.js.CreateOrUpdateConsumer(ctx, jobsStream, jetstream.ConsumerConfig{
		Durable:       VersionID(version),
		FilterSubject: jobsSubject + VersionID(version) + ".*",
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       c.opt.Patience,
		MaxDeliver:    -1, // a worker counts, and says what went wrong
		MaxAckPending: -1, // workers take one job at a time
		Metadata:      map[string]string{"extractor": version},
	})
	return err
}

// take works on one job after the other. A job is asked for only when there is somebody
// to do it, so that a worker that dies has tried no other.
func (w *worker) take(ctx context.Context) {
	for ctx.Err() == nil {
		err := w.takeAll(ctx)
		if ctx.Err() != nil {
			return
		}
		if errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
			again, cancel := context.WithTimeout(ctx, 5*time.Second)
			if w.prepare(again) == nil {
				_ = w.prepareWorkers(again, w.how.Version)
			}
			cancel()
		}
		select {
		case <-ctx.Done():
		case <-time.After(retryWait):
		}
	}
}

// takeAll works until the server is gone, or has forgotten the consumer.
func (w *worker) takeAll(ctx context.Context) error {
	consumer, err := w.js.Consumer(ctx, jobsStream, VersionID(w.how.Version))
	if err != nil {
		return err
	}
	jobs, err := consumer.Messages(jetstream.PullMaxMessages(1), jetstream.PullExpiry(pullExpiry), jetstream.WithMessagesErrOnMissingHeartbeat(true))
	if err != nil {
		return err
	}
	defer jobs.Stop()
	for {
		msg, err := jobs.Next(jetstream.NextContext(ctx)) // which asks for one
		if err != nil {
			return err
		}
		w.do(ctx, msg)
	}
}

// lastWords is for how long a worker that is told to end tries to send what it has done.
const lastWords = 5 * time.Second

// lingering returns a context that ends some time after another.
func lingering(ctx context.Context, after time.Duration) (context.Context, context.CancelFunc) {
	later, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(after, cancel) })
	return later, func() { stop(); cancel() }
}

// do tries a job and sees to it that there is a reply, a letter or another try.
func (w *worker) do(ctx context.Context, msg jetstream.Msg) {
	tries := 1
	if meta, err := msg.Metadata(); err == nil {
		tries = int(meta.NumDelivered)
	}
	job, err := decodeMessage(msg.Data())
	if err != nil {
		w.opt.Notify("%s: a job that is none of isnad's is dropped", msg.Subject())
		_ = msg.Term()
		return
	}
	reply := message{ID: job.ID, Run: job.Run, Sequence: job.Sequence, Article: job.Article, Key: job.Key, Extractor: w.how.Version}
	if tries > Tries {
		err = fmt.Errorf("%d workers died or fell silent over it", Tries)
	} else {
		alive := w.keepAlive(msg)
		reply.Body, err = w.try(context.WithoutCancel(ctx), job)
		alive()
		w.tell(job.Article, err)
	}
	ctx, cancel := lingering(ctx, lastWords)
	defer cancel()
	switch {
	case err == nil:
		err = w.send(ctx, reply)
	case tries < Tries:
		_ = msg.NakWithDelay(retryWait << (tries - 1))
		return
	default:
		reply.Error, reply.Tries, reply.Body = err.Error(), min(tries, Tries), nil
		if err = w.bury(ctx, job, reply.Error, reply.Tries); err == nil {
			err = w.send(ctx, reply)
		}
	}
	if err == nil {
		_ = msg.Ack() // if it is lost, the job comes again, and its reply is dropped
	}
}

func (w *worker) send(ctx context.Context, m message) error {
	data, err := w.encode(ctx, m)
	if err != nil {
		return err
	}
	return w.publish(ctx, stamped(resultsSubject+m.Run, m.ID, data))
}

func (w *worker) tell(article string, err error) {
	if w.how.Done != nil {
		w.done.Lock()
		defer w.done.Unlock()
		w.how.Done(article, err)
	}
}

// try extracts, for as long as the options allow. What takes longer is left behind.
func (w *worker) try(ctx context.Context, job *message) ([]byte, error) {
	if w.how.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, w.how.Timeout)
		defer cancel()
	}
	type outcome struct {
		body []byte
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		body, err := w.body(ctx, job)
		if err == nil {
			body, err = w.how.Extract(ctx, body)
		}
		done <- outcome{body, err}
	}()
	select {
	case o := <-done:
		return o.body, o.err
	case <-ctx.Done():
		return nil, fmt.Errorf("extraction took longer than %v", w.how.Timeout)
	}
}

// keepAlive tells the server that the job is being worked on until the result is called.
func (w *worker) keepAlive(msg jetstream.Msg) (stop func()) {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		tick := time.NewTicker(w.opt.Patience / 3)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_ = msg.InProgress()
			case <-ctx.Done():
				return
			}
		}
	}()
	return stop
}

// lookAround says once of each other version of the extractor that jobs wait for it: a
// user who starts the wrong worker would else wonder why it does nothing.
func (w *worker) lookAround(ctx context.Context) {
	told := map[string]bool{VersionID(w.how.Version): true}
	for {
		for _, v := range w.waitingVersions(ctx) {
			if !told[v.ID] {
				told[v.ID] = true
				w.opt.Notify("jobs wait for extractor %s; this worker is %s and leaves them alone, since its results would differ: start a worker of that version, with the same --ontology", v.Name, w.how.Version)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(watchEvery):
		}
	}
}
