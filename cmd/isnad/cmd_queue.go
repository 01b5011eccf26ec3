package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"isnad/queue"
)

func newQueue(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "queue",
		Short: "Serve a queue, and see what is in it",
		Long: `Without a command, says how many articles and results are on the server, and who works
on them.`,
		Example: `  isnad queue serve                      a server of this machine's own
  isnad queue --queue nats://queue.example.org:4222
  isnad queue dead`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.onQueue(cmd.Context(), a.printQueue) },
	}
	bindQueue(cmd)
	cmd.AddCommand(newQueueServe(a), newQueueDead(a), newQueueRetry(a), newQueueDrop(a))
	return cmd
}

// onQueue runs f with a connection to the server of the queue.
func (a *app) onQueue(ctx context.Context, f func(context.Context, *queue.Conn) error) error {
	conn, err := a.connect(ctx, "isnad queue", func() {})
	if err != nil {
		return err
	}
	defer conn.Close()
	return f(ctx, conn)
}

func (a *app) printQueue(ctx context.Context, conn *queue.Conn) error {
	s, err := conn.Status(ctx)
	if err != nil {
		return err
	}
	if a.config.JSON {
		return a.printJSON(s)
	}
	t := &table{header: []string{"on the server", "number", "bytes"}, right: []int{1, 2}}
	t.add("articles to extract", s.Jobs.Messages, s.Jobs.Bytes)
	t.add("results to write", s.Results.Messages, s.Results.Bytes)
	t.add("dead articles", s.Dead.Messages, s.Dead.Bytes)
	t.add("large bodies, in pieces", s.Bodies.Messages, s.Bodies.Bytes)
	if err := a.printTable(t); err != nil || len(s.Versions) == 0 {
		return err
	}
	fmt.Fprintln(a.out)
	t = &table{header: []string{"extractor", "waiting", "at hand", "tried before", "idle workers"}, right: []int{1, 2, 3, 4}}
	for _, v := range s.Versions {
		t.add(v.Name, v.Waiting, v.AtHand, v.TakenOver, v.Idle)
	}
	return a.printTable(t)
}

func newQueueServe(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run a NATS server with its store on disk",
		Long: `Runs a NATS server with JetStream in this process, for those who have none. It listens
on loopback unless told otherwise; ask for a token, and show a certificate, before you let
other machines reach it. What builds and workers have sent is in its folder when it is
started again.`,
		Example: `  isnad queue serve
  ISNAD_QUEUE_TOKEN=… isnad queue serve --address :4222 --queue-cert server.pem --queue-key server.key
  isnad queue serve --monitor 127.0.0.1:8222`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serveQueue(cmd.Context()) },
	}
	flags := cmd.Flags()
	bind(flags, "queue.address", "address", "", "host and port to listen on; port 0 takes a free one")
	bind(flags, "queue.monitor", "monitor", "", "host and port of NATS's own monitoring over HTTP")
	bind(flags, "queue.folder", "folder", "", "folder of the server")
	bind(flags, "queue.token", "queue-token", "", "secret that clients must give; better in ISNAD_QUEUE_TOKEN")
	bind(flags, "queue.cert", "queue-cert", "", "PEM file of the server's certificate, for TLS")
	bind(flags, "queue.key", "queue-key", "", "PEM file of its key")
	return cmd
}

func (a *app) serveQueue(ctx context.Context) error {
	c := a.config.Queue
	server, err := queue.StartServer(queue.ServerOptions{Address: c.Address, Monitor: c.Monitor, Folder: c.Folder, Token: c.Token, Cert: c.Cert, Key: c.Key,
		Notify: func(format string, args ...any) { a.say("isnad: "+format, args...) }})
	if err != nil {
		return err
	}
	if !server.Loopback() && c.Token == "" {
		a.say("isnad: warning: %s is not loopback and asks for no token: anyone who reaches it can read and write the queue", server.URL())
	}
	a.say("Serving a queue in %s on %s (Ctrl-C stops)", c.Folder, server.URL())
	err = closed(server.Wait(ctx), server)
	if err == nil {
		a.say("Stopped.")
	}
	return err
}

func newQueueDead(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "dead",
		Short: "List the articles on which every try failed, and why",
		Long: `Lists the articles that could not be extracted in five tries, the oldest first. Their
builds have gone on without them. 'isnad queue retry' tries them again, 'isnad queue drop'
forgets them.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.onQueue(cmd.Context(), a.printDead) },
	}
	bindQueue(cmd)
	return cmd
}

func (a *app) printDead(ctx context.Context, conn *queue.Conn) error {
	t := &table{header: []string{"name", "article", "error", "tries", "since", "graph"}, right: []int{3}}
	for l, err := range conn.Letters(ctx) {
		if err != nil {
			return err
		}
		if a.config.JSON {
			if err := a.printLine(l); err != nil {
				return err
			}
			continue
		}
		t.add(l.Name, l.Article, l.Error, l.Tries, l.Time.Format(time.RFC3339), l.Graph)
	}
	if a.config.JSON {
		return nil
	}
	if len(t.rows) == 0 {
		a.say("No article has failed.")
		return nil
	}
	return a.printTable(t)
}

func newQueueDrop(a *app) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "drop NAME…",
		Short: "Forget articles that could not be extracted",
		Example: `  isnad queue drop 0123456789ab-abcdefghij/17
  isnad queue drop --all`,
		Args: needNames(&all),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.onQueue(cmd.Context(), func(ctx context.Context, conn *queue.Conn) error {
				letters, err := chosen(ctx, conn, func(l *queue.Letter) bool { return all || slices.Contains(args, l.Name) }, args)
				for _, l := range letters {
					err = errors.Join(err, conn.Drop(ctx, l))
				}
				if err == nil {
					a.say("Dropped %s.", plural(len(letters), "article", "articles"))
				}
				return err
			})
		},
	}
	bindQueue(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "all that 'isnad queue dead' lists")
	return cmd
}

// needNames demands names of letters, or --all.
func needNames(all *bool) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if *all == (len(args) > 0) {
			return usagef("name the articles as 'isnad queue dead' does, or give --all")
		}
		return nil
	}
}

// chosen returns the letters that are wanted. Each of the names must be among them.
func chosen(ctx context.Context, conn *queue.Conn, want func(*queue.Letter) bool, names []string) ([]*queue.Letter, error) {
	var found []*queue.Letter
	missing := slices.Clone(names)
	for l, err := range conn.Letters(ctx) {
		if err != nil {
			return nil, err
		}
		if want(l) {
			found = append(found, l)
			missing = slices.DeleteFunc(missing, func(name string) bool { return name == l.Name })
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("%w: %s: see 'isnad queue dead'", queue.ErrNoLetter, missing[0])
	}
	return found, nil
}
