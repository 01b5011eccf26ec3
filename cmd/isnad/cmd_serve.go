package main

import (
	"context"
	"fmt"
	"net"
	"net/url"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/web"
)

func newServe(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer Gizmo over HTTP, as Cayley does",
		Long: `Serves POST /api/v1/query/gizmo and GET or POST /api/v2/query?lang=gizmo with
Cayley's shapes of results and errors, GET /api/export with parameters named as the
flags of 'isnad export', and GET /healthz. It listens on loopback
unless told otherwise, only reads, and refuses requests that a web page of another
site makes a browser send. While it serves, no other isnad can open the graph. Nobody is asked who they are: do not listen on an address
that strangers reach.`,
		Example: `  isnad serve
  isnad serve --address 127.0.0.1:8080 --timeout 5s
  curl -d 'g.V("<isnad:country/المغرب>").out("<isnad:joined>").all()' http://127.0.0.1:64210/api/v1/query/gizmo`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withGraph(func(g *graph.Graph) error { return a.serve(cmd.Context(), g) })
		},
	}
	bind(cmd.Flags(), "serve.address", "address", "", "host and port to listen on; port 0 takes a free one")
	bind(cmd.Flags(), "serve.limit", "limit", "n", "rows of a query that asks for no other number")
	bind(cmd.Flags(), "serve.timeout", "timeout", "t", "time after which a query is stopped")
	bind(cmd.Flags(), "serve.max_body", "max-body", "", "bytes that a request may have")
	bind(cmd.Flags(), "serve.hosts", "hosts", "", "names, besides localhost and addresses, by which clients may call the server")
	bind(cmd.Flags(), "serve.exports", "exports", "", "exports that may run at a time; others are turned away with status 503")
	bind(cmd.Flags(), "serve.export_timeout", "export-timeout", "", "time after which an export is cut off")
	return cmd
}

func (a *app) serve(ctx context.Context, g *graph.Graph) error {
	c := a.config.Serve
	server, err := web.NewServer(web.Config{
		Gizmo: func(ctx context.Context, query string, limit int) ([]any, error) {
			return g.Query(ctx, "gizmo", query, limit)
		},
		Export:  func(ctx context.Context, asked url.Values) (*web.Download, error) { return a.download(ctx, g, asked) },
		Limit:   c.Limit,
		Timeout: c.Timeout,
		MaxBody: int64(c.MaxBody),
		Hosts:   c.Hosts,

		Exports:       c.Exports,
		ExportTimeout: c.ExportTimeout,
	})
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Address)
	if err != nil {
		return fmt.Errorf("serve: %w; choose another with --address", err)
	}
	if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		a.say("isnad: warning: %s is not loopback: anyone who reaches it can query the graph", listener.Addr())
	}
	a.say("Serving %s on http://%s (Ctrl-C stops)", a.place(), listener.Addr())
	if err := server.Serve(ctx, listener); err != nil {
		return err
	}
	a.say("Stopped.")
	return nil
}
