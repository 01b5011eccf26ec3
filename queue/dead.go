package queue

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// ErrNoLetter says that there is no letter of the name.
var ErrNoLetter = errors.New("queue: there is no such letter")

// Letter is a job on which every try failed.
type Letter struct {
	Name      string    `json:"name"` // RUN/SEQUENCE
	Article   string    `json:"article"`
	Graph     string    `json:"graph"`
	Extractor string    `json:"extractor"`
	Error     string    `json:"error"`
	Tries     int       `json:"tries"`
	Time      time.Time `json:"time"`

	job    message
	stored uint64 // its place in the stream
}

// bury stores a job as a letter. Storing it twice leaves one.
func (c *Conn) bury(ctx context.Context, job *message, reason string, tries int) error {
	letter := *job
	letter.Error, letter.Tries = reason, tries
	if letter.Object != "" { // the letter outlives the run
		body, err := c.body(ctx, job)
		if err != nil {
			return err
		}
		letter.Object, letter.Body, letter.Run = "", body, deadPrefix+job.Run
	}
	data, err := c.encode(ctx, letter)
	if err != nil {
		return err
	}
	subject := fmt.Sprintf("%s%s.%d", deadSubject, job.Run, job.Sequence)
	return c.publish(ctx, stamped(subject, job.ID+"/"+job.Key, data))
}

// deadPrefix begins the names of objects that belong to letters.
const deadPrefix = "dead/"

// Letters yields the letters, the oldest first; the error, if any, comes last.
func (c *Conn) Letters(ctx context.Context) iter.Seq2[*Letter, error] {
	return func(yield func(*Letter, error) bool) {
		stream, err := c.js.Stream(ctx, deadStream)
		if err != nil {
			yield(nil, c.opt.explain(err))
			return
		}
		state := stream.CachedInfo().State
		for seq := state.FirstSeq; seq <= state.LastSeq; seq++ {
			raw, err := stream.GetMsg(ctx, seq, jetstream.WithGetMsgSubject(deadSubject+">"))
			if errors.Is(err, jetstream.ErrMsgNotFound) {
				return
			}
			if err != nil {
				yield(nil, c.opt.explain(err))
				return
			}
			seq = raw.Sequence
			m, err := decodeMessage(raw.Data)
			if err != nil {
				continue
			}
			if !yield(newLetter(m, raw), nil) {
				return
			}
		}
	}
}

func newLetter(m *message, raw *jetstream.RawStreamMsg) *Letter {
	run := strings.TrimPrefix(m.Run, deadPrefix)
	return &Letter{job: *m, stored: raw.Sequence, Name: fmt.Sprintf("%s/%d", run, m.Sequence), Article: m.Article, Graph: m.Graph, Extractor: m.Extractor, Error: m.Error, Tries: m.Tries, Time: raw.Time}
}

// Open returns the letter's article, as its job held it.
func (c *Conn) Open(ctx context.Context, l *Letter) ([]byte, error) {
	body, err := c.body(ctx, &l.job)
	if err != nil {
		return nil, fmt.Errorf("queue: letter %s: %w", l.Name, err)
	}
	return body, nil
}

// Drop deletes a letter.
func (c *Conn) Drop(ctx context.Context, l *Letter) error {
	stream, err := c.js.Stream(ctx, deadStream)
	if err == nil {
		err = stream.DeleteMsg(ctx, l.stored)
	}
	if errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful) {
		return fmt.Errorf("%w: %s", ErrNoLetter, l.Name)
	}
	if err == nil && l.job.Object != "" {
		err = c.forget(ctx, l.job.Object)
	}
	if err != nil {
		return fmt.Errorf("queue: letter %s: %w", l.Name, err)
	}
	return nil
}
