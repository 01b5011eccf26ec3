package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// ErrWriting says that another process writes the graph.
var ErrWriting = errors.New("another build writes this graph")

// lease is the right to write a graph through this server: it is renewed six times within
// the patience of the connection, and free when it was not for that long. It keeps a second writer of a
// store that many processes may open from disturbing the first; what the writers store is
// guarded by the store itself.
type lease struct {
	conn     *Conn
	bucket   jetstream.KeyValue
	key      string
	value    []byte
	revision uint64
	lost     chan struct{} // closed when another has it

	once  sync.Once
	taken error
}

// holder is what a lease says of who has it.
type holder struct {
	Host    string `json:"host"`
	Process int    `json:"process"`
	Graph   string `json:"graph"`
}

func (h holder) String() string { return fmt.Sprintf("process %d on %s", h.Process, h.Host) }

func (c *Conn) takeLease(ctx context.Context, graph string, sole bool) (*lease, error) {
	bucket, err := c.js.KeyValue(ctx, writersBucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		bucket, err = c.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: writersBucket, Description: "who writes which graph"})
	}
	if err != nil {
		return nil, fmt.Errorf("queue: bucket %s: %w", writersBucket, err)
	}
	host, _ := os.Hostname()
	me := holder{host, os.Getpid(), graph}
	l := &lease{conn: c, bucket: bucket, key: VersionID(graph), lost: make(chan struct{})}
	if l.value, err = json.Marshal(me); err != nil {
		return nil, err
	}
	if sole {
		l.revision, err = bucket.Put(ctx, l.key, l.value)
	} else {
		err = l.wait(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("queue: %s: %w", graph, err)
	}
	return l, nil
}

// wait takes the lease when it is free.
func (l *lease) wait(ctx context.Context) error {
	var first jetstream.KeyValueEntry
	var since time.Time
	for {
		var err error
		if l.revision, err = l.bucket.Create(ctx, l.key, l.value); err == nil || !errors.Is(err, jetstream.ErrKeyExists) {
			return err
		}
		now, err := l.bucket.Get(ctx, l.key)
		if errors.Is(err, jetstream.ErrKeyNotFound) {
			continue // given back just now
		}
		if err != nil {
			return err
		}
		if first == nil {
			first, since = now, time.Now()
			l.conn.opt.Notify("a build by %s has not given this graph back: waiting to see whether it lives", holderOf(now))
		}
		if now.Revision() != first.Revision() {
			return fmt.Errorf("%w: %s: wait until it has ended, or stop it", ErrWriting, holderOf(now))
		}
		if time.Since(since) > l.conn.opt.Patience {
			l.revision, err = l.bucket.Update(ctx, l.key, l.value, now.Revision())
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(l.conn.opt.Patience / 30):
		}
	}
}

func holderOf(e jetstream.KeyValueEntry) (who holder) {
	_ = json.Unmarshal(e.Value(), &who) // what cannot be read names nobody
	return who
}

// keep renews the lease until ctx ends or another has taken it.
func (l *lease) keep(ctx context.Context) {
	tick := time.NewTicker(l.conn.opt.Patience / 6)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		try, cancel := context.WithTimeout(ctx, l.conn.opt.Patience/6)
		revision, err := l.bucket.Update(try, l.key, l.value, l.revision)
		if errors.Is(err, jetstream.ErrKeyExists) { // not the revision that it was
			now, gone := l.bucket.Get(try, l.key)
			switch {
			case gone != nil: // the server was away for longer than the lease, or has lost it
				revision, err = l.bucket.Create(try, l.key, l.value)
			case string(now.Value()) == string(l.value): // renewed, and the answer was lost
				revision, err = now.Revision(), nil
			default:
				l.lose(fmt.Errorf("queue: %w: %s", ErrWriting, holderOf(now)))
			}
		}
		cancel()
		if err == nil {
			l.revision = revision
		}
	}
}

func (l *lease) lose(err error) {
	l.once.Do(func() {
		l.taken = err
		close(l.lost)
	})
}

// err says who has taken the lease; it may be called once lost is closed.
func (l *lease) err() error { return l.taken }

// release gives the lease back. A server that is away lets it run out.
func (l *lease) release() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = l.bucket.Delete(ctx, l.key, jetstream.LastRevision(l.revision))
}
