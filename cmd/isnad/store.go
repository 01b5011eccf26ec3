package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/resolve"
)

// openGraph opens the graph of --store to read it.
func (a *app) openGraph() (*graph.Graph, error) {
	g, err := graph.Open(a.config.Store, graph.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, a.noGraph()
	}
	return g, err
}

// place names the store in messages, without a password.
func (a *app) place() string { return graph.Address(a.config.Store) }

// inDatabase reports whether the store is in a database, and not in a folder.
func (a *app) inDatabase() bool { return strings.Contains(a.config.Store, "://") }

func (a *app) noGraph() error {
	return fmt.Errorf("there is no graph in %s: build one with 'isnad build PATH…', or name its folder or database with --store", a.place())
}

// withGraph runs read on the graph of --store and closes it.
func (a *app) withGraph(read func(*graph.Graph) error) error {
	g, err := a.openGraph()
	if err != nil {
		return err
	}
	return closed(read(g), g)
}

// withView runs read on a view of the graph of --store.
func (a *app) withView(read func(*graph.View) error) error {
	return a.withGraph(func(g *graph.Graph) error {
		v := g.View()
		return closed(read(v), v)
	})
}

// withWriter opens the graph of --store, or creates it, and runs write with its writer.
func (a *app) withWriter(write func(*graph.Graph, *ingest.Writer) error) error {
	ont, err := a.ontology()
	if err != nil {
		return err
	}
	pins, err := a.pins()
	if err != nil {
		return err
	}
	g, err := graph.Open(a.config.Store, graph.Options{})
	if err != nil {
		return err
	}
	return closed(write(g, ingest.NewWriter(g, ont, pins)), g)
}

// pins reads the user's rulings on entities. The files need not exist under their
// default names, but must where the user names them.
func (a *app) pins() (*resolve.Pins, error) {
	for _, key := range []string{"resolve.same", "resolve.different"} {
		if from := a.origins[key]; from != "default" {
			if _, err := os.Stat(a.config.lookup(key).value.String()); err != nil {
				return nil, fmt.Errorf("%s (%s): %w", key, from, err)
			}
		}
	}
	return resolve.LoadPins(a.config.Resolve.Same, a.config.Resolve.Different)
}

// closed closes c after work that ended with err, and returns what is to be told.
func closed(err error, c io.Closer) error {
	failed := c.Close()
	if failed != nil && errors.Is(err, errReported) {
		return failed // err has been told already
	}
	return errors.Join(err, failed)
}
