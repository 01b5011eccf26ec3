package main

import (
	"errors"
	"fmt"
	"io/fs"

	"isnad/graph"
)

// openGraph opens the graph of --store to read it.
func (a *app) openGraph() (*graph.Graph, error) {
	g, err := graph.Open(a.config.Store, graph.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no graph in %s: build one with 'isnad build PATH…', or name its folder with --store", a.config.Store)
	}
	return g, err
}

// withGraph runs read on the graph of --store and closes it.
func (a *app) withGraph(read func(*graph.Graph) error) error {
	g, err := a.openGraph()
	if err != nil {
		return err
	}
	return errors.Join(read(g), g.Close())
}

// withView runs read on a view of the graph of --store.
func (a *app) withView(read func(*graph.View) error) error {
	return a.withGraph(func(g *graph.Graph) error {
		v := g.View()
		return errors.Join(read(v), v.Close())
	})
}
