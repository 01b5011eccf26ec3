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

// leaseTime is how long a lease holds without being renewed.
const leaseTime = 30 * time.Second

// ErrWriting says that another process writes the graph.
var ErrWriting = errors.New("another build writes this graph")

// lease is the right to write a graph through this server. It keeps a second writer of a
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
		bucket, err = c.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: writersBucket, TTL: leaseTime, Description: "who writes which graph"})
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

// wait takes the lease when it is free. One that is not renewed was a dead process's.
func (l *lease) wait(ctx context.Context) error {
	var first jetstream.KeyValueEntry
	for {
		var err error
		if l.revision, err = l.bucket.Create(ctx, l.key, l.value); err == nil || !errors.Is(err, jetstream.ErrKeyExists) {
			return err
		}
		now, err := l.bucket.Get(ctx, l.key)
		if errors.Is(err, jetstream.ErrKeyNotFound) {
			continue // just now
		}
		if err != nil {
			return err
		}
		var who holder
		_ = json.Unmarshal(now.Value(), &who)
		if first == nil {
			first = now
			l.conn.opt.Notify("a build by %s has not given this graph back: waiting to see whether it lives", who)
		}
		if now.Revision() != first.Revision() {
			return fmt.Errorf("%w: %s: wait until it has ended, or stop it", ErrWriting, who)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// keep renews the lease until ctx ends or another has taken it.
func (l *lease) keep(ctx context.Context) {
	tick := time.NewTicker(leaseTime / 6)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		try, cancel := context.WithTimeout(ctx, leaseTime/6)
		revision, err := l.bucket.Update(try, l.key, l.value, l.revision)
		if errors.Is(err, jetstream.ErrKeyExists) { // not the revision that it was
			now, gone := l.bucket.Get(try, l.key)
			switch {
			case gone != nil: // the server was away for longer than the lease, or has lost it
				revision, err = l.bucket.Create(try, l.key, l.value)
			case string(now.Value()) == string(l.value): // renewed, and the answer was lost
				revision, err = now.Revision(), nil
			default:
				var who holder
				_ = json.Unmarshal(now.Value(), &who)
				l.lose(fmt.Errorf("queue: %w: %s", ErrWriting, who))
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
