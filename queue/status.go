package queue

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// Status is what is on a server now.
type Status struct {
	Versions []VersionStatus `json:"versions"` // of extractors that have had jobs, by id
	Jobs     StreamStatus    `json:"jobs"`     // not extracted yet, those at hand among them
	Results  StreamStatus    `json:"results"`  // not stored yet
	Dead     StreamStatus    `json:"dead"`     // letters
	Bodies   StreamStatus    `json:"bodies"`   // the bucket of large bodies, in chunks
}

// StreamStatus is how full a stream is.
type StreamStatus struct {
	Messages uint64 `json:"messages"`
	Bytes    uint64 `json:"bytes"`
}

// VersionStatus is what the workers of one version have before them.
type VersionStatus struct {
	ID        string `json:"id"`
	Name      string `json:"extractor"`
	Waiting   uint64 `json:"waiting"`    // jobs that nobody has taken
	AtHand    int    `json:"at_hand"`    // jobs being worked on
	TakenOver int    `json:"taken_over"` // of these, those on which another try failed before
	Idle      int    `json:"idle"`       // requests of workers that have nothing to do
}

// Status asks the server how full it is.
func (c *Conn) Status(ctx context.Context) (*Status, error) {
	s := &Status{}
	for name, to := range map[string]*StreamStatus{jobsStream: &s.Jobs, resultsStream: &s.Results, deadStream: &s.Dead, "OBJ_" + bodiesBucket: &s.Bodies} {
		stream, err := c.js.Stream(ctx, name)
		if err != nil {
			return nil, c.opt.explain(err)
		}
		state := stream.CachedInfo().State
		*to = StreamStatus{state.Msgs, state.Bytes}
	}
	stream, err := c.js.Stream(ctx, jobsStream)
	if err != nil {
		return nil, c.opt.explain(err)
	}
	consumers := stream.ListConsumers(ctx)
	for info := range consumers.Info() {
		s.Versions = append(s.Versions, VersionStatus{ID: info.Name, Name: info.Config.Metadata["extractor"], Waiting: info.NumPending,
			AtHand: info.NumAckPending, TakenOver: info.NumRedelivered, Idle: info.NumWaiting})
	}
	slices.SortFunc(s.Versions, func(a, b VersionStatus) int { return cmp.Compare(a.ID, b.ID) })
	return s, consumers.Err()
}

// version names an extractor.
type version struct{ ID, Name string }

// waitingVersions returns the versions for which jobs wait; none if the server is away.
func (c *Conn) waitingVersions(ctx context.Context) []version {
	stream, err := c.js.Stream(ctx, jobsStream)
	if err != nil {
		return nil
	}
	info, err := stream.Info(ctx, jetstream.WithSubjectFilter(jobsSubject+">"))
	if err != nil {
		return nil
	}
	var all []version
	for subject := range info.State.Subjects {
		id, _, _ := strings.Cut(strings.TrimPrefix(subject, jobsSubject), ".")
		if slices.ContainsFunc(all, func(v version) bool { return v.ID == id }) {
			continue
		}
		last, err := stream.GetLastMsgForSubject(ctx, subject)
		if errors.Is(err, jetstream.ErrMsgNotFound) || err != nil {
			continue
		}
		if m, err := decodeMessage(last.Data); err == nil {
			all = append(all, version{id, m.Extractor})
		}
	}
	return all
}
