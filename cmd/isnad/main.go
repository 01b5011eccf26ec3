// Command isnad builds a knowledge graph from Arabic news: articles in, entities
// and relations out, every edge with the words that state it.
//
// This file and root.go wire the commands together; each command has a file of
// its own, config.go is the only place that knows how settings are found, and
// the work itself is done by the packages extract, graph and web.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ignoreFileSizeSignal()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() { // a second Ctrl-C ends the program at once
		<-ctx.Done()
		stop()
	}()
	os.Exit(run(ctx, newApp(os.Stdin, os.Stdout, os.Stderr), os.Args[1:]))
}
