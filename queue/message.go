package queue

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// message is a job, a reply or a letter. It travels as a line of JSON with the body
// behind it, so that nobody parses a body but who wants it.
type message struct {
	ID        string `json:"id"` // by which the server drops what is sent twice; the reply has its job's
	Run       string `json:"run"`
	Sequence  uint64 `json:"sequence"` // position in the run's input
	Article   string `json:"article"`  // its id, for people
	Key       string `json:"key"`      // names the article and what it holds: tells it from another in its place
	Extractor string `json:"extractor"`
	Graph     string `json:"graph,omitempty"`  // which one it is for, for people
	Object    string `json:"object,omitempty"` // the name in the bucket of a body that is too large
	Error     string `json:"error,omitempty"`  // why there is no result: of letters and of tombstones
	Tries     int    `json:"tries,omitempty"`  // of letters
	Body      []byte `json:"-"`                // the article of jobs and letters, the result of replies
}

// errMessage says that a message is none of ours.
var errMessage = errors.New("not a message of isnad")

func decodeMessage(data []byte) (*message, error) {
	head, body, found := bytes.Cut(data, []byte{'\n'})
	m := &message{Body: body}
	if err := json.Unmarshal(head, m); err != nil || !found || m.Run == "" || m.Key == "" {
		return nil, errMessage
	}
	return m, nil
}

// encode returns the message as it travels. A body that does not fit is put into the
// bucket, under a name of its own: two workers of one job must not write one object.
func (c *Conn) encode(ctx context.Context, m message) ([]byte, error) {
	data, err := m.join()
	if err != nil || len(data) <= c.room {
		return data, err
	}
	m.Object = objects(m.Run, m.Sequence) + nuid.Next()
	err = c.insist(ctx, "storing a large body", func() error {
		_, err := c.bodies.PutBytes(ctx, m.Object, m.Body)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("queue: %s: %w", m.Article, err)
	}
	m.Body = nil
	return m.join()
}

// join returns the line and the body behind it.
func (m *message) join() ([]byte, error) {
	head, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("queue: %s: %w", m.Article, err)
	}
	return slices.Concat(head, []byte{'\n'}, m.Body), nil
}

// body returns a message's body, from wherever it is.
func (c *Conn) body(ctx context.Context, m *message) ([]byte, error) {
	if m.Object == "" {
		return m.Body, nil
	}
	return c.bodies.GetBytes(ctx, m.Object)
}

// forget deletes an object without leaving the marker that JetStream keeps of deleted ones.
func (c *Conn) forget(ctx context.Context, object string) error {
	err := c.bodies.Delete(ctx, object)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	s, err := c.js.Stream(ctx, "OBJ_"+bodiesBucket)
	if err != nil {
		return err
	}
	return s.Purge(ctx, jetstream.WithPurgeSubject("$O."+bodiesBucket+".M."+base64.URLEncoding.EncodeToString([]byte(object))))
}

// forgetAll deletes the objects whose names begin with the prefix.
func (c *Conn) forgetAll(ctx context.Context, prefix string) error {
	all, err := c.bodies.List(ctx)
	if errors.Is(err, jetstream.ErrNoObjectsFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, o := range all {
		if strings.HasPrefix(o.Name, prefix) {
			if err := c.forget(ctx, o.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// objects is how the names of a job's objects begin.
func objects(run string, sequence uint64) string { return fmt.Sprintf("%s/%d/", run, sequence) }
