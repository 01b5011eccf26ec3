package main

import (
	"context"

	"github.com/spf13/cobra"

	"isnad/queue"
)

func newWorker(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Extract articles that 'isnad build --queue' hands out",
		Long: `Takes articles from a NATS server, extracts them and sends the results back. It stores
nothing, so any number of workers may run, on any machine that reaches the server, and
be started and stopped at any time. A worker takes only the articles of builds that use
the same release of isnad and the same --ontology, since its results would differ; it
says which others wait. Ctrl-C lets it finish the articles at hand.`,
		Example: `  isnad worker --queue nats://queue.example.org:4222
  isnad worker --queue tls://queue.example.org:4222 --queue-ca ca.pem --workers 8`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.work(cmd.Context()) },
	}
	bindQueue(cmd)
	bind(cmd.Flags(), "workers", "workers", "", "articles extracted at a time; 0 means one for each core")
	bind(cmd.Flags(), "queue.timeout", "timeout", "t", "time after which one extraction counts as failed")
	bindOntology(cmd)
	return cmd
}

// bindQueue adds the flags by which the server of the queue is reached.
func bindQueue(cmd *cobra.Command) {
	flags := cmd.Flags()
	bind(flags, "queue.url", "queue", "", "address of the NATS server, such as nats://127.0.0.1:4222")
	bind(flags, "queue.token", "queue-token", "", "secret that the server asks for; better in ISNAD_QUEUE_TOKEN")
	bind(flags, "queue.credentials", "queue-credentials", "", "file of a NATS user's JWT and seed")
	bind(flags, "queue.ca", "queue-ca", "", "PEM file of the authorities that the server's certificate may be from")
	bind(flags, "queue.cert", "queue-cert", "", "PEM file of the certificate to show")
	bind(flags, "queue.key", "queue-key", "", "PEM file of its key")
	bind(flags, "queue.patience", "queue-patience", "", "time without a sign of life after which work is given to another")
}

func (a *app) work(ctx context.Context) error {
	x, err := a.extractor()
	if err != nil {
		return err
	}
	told := a.newProgress(-1, func() int64 { return 0 })
	conn, err := a.connect(ctx, "isnad worker", told.clear)
	if err != nil {
		return err
	}
	defer conn.Close()
	a.say("Working with extractor %s, %d at a time (Ctrl-C stops).", x.Version(), a.workers())
	run := &extraction{extractor: x}
	err = conn.Work(ctx, queue.WorkOptions{
		Version:  x.Version(),
		Parallel: a.workers(),
		Timeout:  a.config.Queue.Timeout,
		Extract:  run.extractJob,
		Done: func(article string, err error) {
			if err != nil {
				told.clear()
				a.reject(err)
			}
			told.step()
		},
	})
	told.finish()
	if err == nil {
		a.say("Stopped after %s.", plural(told.done, "article", "articles"))
	}
	return err
}
