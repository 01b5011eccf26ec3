package queue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Names of what is kept on the server; see the package documentation.
const (
	jobsStream    = "ISNAD-JOBS"
	resultsStream = "ISNAD-RESULTS"
	deadStream    = "ISNAD-DEAD"
	bodiesBucket  = "isnad-bodies"
	writersBucket = "isnad-writers"

	jobsSubject    = "isnad.jobs."
	resultsSubject = "isnad.results."
	deadSubject    = "isnad.dead."
)

// DefaultPatience is how long a server waits for a sign of life of whoever works on a
// message before it gives the message to another.
const DefaultPatience = 30 * time.Second

// Options say how to reach a server.
type Options struct {
	URL         string // nats://, tls://, ws:// or wss://; several are separated by commas
	Token       string // shared secret; empty for none
	Credentials string // file of a user's JWT and seed, as nsc writes it; empty for none
	CA          string // file of the authorities (PEM) to trust; empty for the system's
	Cert, Key   string // files of the client's certificate (PEM); empty for none
	Name        string // of this client, for the server's monitoring
	Patience    time.Duration
	Notify      func(format string, args ...any) // told of trouble that passes; may be nil
}

// Conn is a connection to a server. It comes back by itself when it is lost.
type Conn struct {
	opt    Options
	nc     *nats.Conn
	js     jetstream.JetStream
	bodies jetstream.ObjectStore
	room   int // bytes that a message may have
}

// Connect connects to a server and makes sure that it has what the package needs.
func Connect(ctx context.Context, opt Options) (*Conn, error) {
	if opt.Notify == nil {
		opt.Notify = func(string, ...any) {}
	}
	if opt.Patience <= 0 {
		opt.Patience = DefaultPatience
	}
	nc, err := nats.Connect(opt.URL, opt.client()...)
	if err != nil {
		return nil, opt.explain(err)
	}
	c := &Conn{opt: opt, nc: nc, room: int(nc.MaxPayload()) - 1<<10} // some is left for headers
	if c.js, err = jetstream.New(nc); err == nil {
		err = c.prepare(ctx)
	}
	if err != nil {
		nc.Close()
		return nil, opt.explain(err)
	}
	return c, nil
}

// Close ends the connection.
func (c *Conn) Close() { c.nc.Close() }

func (o Options) client() []nats.Option {
	at := o.redacted()
	opts := []nats.Option{
		nats.Name(o.Name),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		nats.ReconnectJitter(250*time.Millisecond, 250*time.Millisecond),
		nats.ReconnectBufSize(-1), // publishing fails while nobody listens, and is tried again
		nats.DisconnectErrHandler(func(nc *nats.Conn, err error) {
			if err != nil && !nc.IsClosed() {
				o.Notify("%s: the connection is lost (%v); trying again", at, err)
			}
		}),
		nats.ReconnectHandler(func(*nats.Conn) { o.Notify("%s: connected again", at) }),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}), // what matters comes back from calls
	}
	if o.Token != "" {
		opts = append(opts, nats.Token(o.Token))
	}
	if o.Credentials != "" {
		opts = append(opts, nats.UserCredentials(o.Credentials))
	}
	if o.CA != "" {
		opts = append(opts, nats.RootCAs(o.CA))
	}
	if o.Cert != "" {
		opts = append(opts, nats.ClientCert(o.Cert, o.Key))
	}
	return opts
}

// redacted is the URL without secrets.
func (o Options) redacted() string { return Redacted(o.URL) }

// Redacted returns addresses, separated by commas, without users and passwords.
func Redacted(urls string) string {
	all := strings.Split(urls, ",")
	for i, s := range all {
		s = strings.TrimSpace(s)
		if u, err := url.Parse(s); err != nil {
			s = "…"
		} else if u.User != nil {
			s = u.Scheme + "://…@" + u.Host
		}
		all[i] = s
	}
	return strings.Join(all, ",")
}

// explain says what a failure to connect means and what to do.
func (o Options) explain(err error) error {
	advice := ""
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, nats.ErrNoServers), errors.Is(err, nats.ErrTimeout), errors.Is(err, context.DeadlineExceeded):
		advice = ": no NATS server answers there: start one, such as 'isnad queue serve', or name another"
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired):
		advice = ": give a user and password in the URL, a token or a file of credentials"
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount), errors.Is(err, nats.ErrNoResponders):
		advice = ": the server has no JetStream: enable it, or run 'isnad queue serve'"
	}
	return fmt.Errorf("queue: %s: %w%s", o.redacted(), err, advice)
}

// prepare creates the streams and buckets that are missing. Those that are there stay as
// they are, so that an operator may set replicas, placement and limits.
func (c *Conn) prepare(ctx context.Context) error {
	for _, cfg := range []jetstream.StreamConfig{
		{Name: jobsStream, Subjects: []string{jobsSubject + "*.*"}, Retention: jetstream.WorkQueuePolicy, Description: "articles to extract"},
		{Name: resultsStream, Subjects: []string{resultsSubject + "*"}, Retention: jetstream.WorkQueuePolicy, Description: "results to write"},
		{Name: deadStream, Subjects: []string{deadSubject + "*.*"}, MaxMsgsPerSubject: 1, Description: "articles that could not be extracted"},
	} {
		cfg.Storage, cfg.Compression = jetstream.FileStorage, jetstream.S2Compression
		_, err := c.js.Stream(ctx, cfg.Name)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			_, err = c.js.CreateStream(ctx, cfg)
		}
		if err != nil && !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // made by another process meanwhile
			return fmt.Errorf("stream %s: %w", cfg.Name, err)
		}
	}
	var err error
	if c.bodies, err = c.js.ObjectStore(ctx, bodiesBucket); errors.Is(err, jetstream.ErrBucketNotFound) {
		c.bodies, err = c.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: bodiesBucket, Compression: true, Description: "bodies too large for a message"})
	}
	if err != nil {
		return fmt.Errorf("bucket %s: %w", bodiesBucket, err)
	}
	return nil
}

// VersionID returns the short form in which subjects and ids of runs bear the version of
// an extractor.
func VersionID(version string) string {
	sum := sha256.Sum256([]byte(version))
	return hex.EncodeToString(sum[:6])
}

// retryWait is the time between tries of what the server refuses for now.
const retryWait = 250 * time.Millisecond

// insist calls f until it succeeds, fails for good, or ctx ends. While a server is away
// the rest of the program waits here.
func (c *Conn) insist(ctx context.Context, what string, f func() error) error {
	for told := false; ; {
		err := f()
		if err == nil || !passing(err) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !told && c.nc.IsConnected() {
			c.opt.Notify("%s: %s: %v; trying again", c.opt.redacted(), what, err)
			told = true
		}
		if errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, jetstream.ErrStreamNotFound) {
			prepare, cancel := context.WithTimeout(ctx, 5*time.Second)
			_ = c.prepare(prepare) // the server may have lost its store; else f fails again
			cancel()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retryWait):
		}
	}
}

// passing reports whether a failure may go away by itself: a server that is away,
// starting, or short of room.
func passing(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.Code >= 500 || errors.Is(err, jetstream.ErrStreamNotFound)
	}
	return !errors.Is(err, nats.ErrMaxPayload) && !errors.Is(err, nats.ErrConnectionClosed) && !errors.Is(err, errMessage)
}
