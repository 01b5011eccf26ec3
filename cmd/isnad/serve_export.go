package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/export/format"
	"isnad/web"
)

// download finds the part of the graph that a request for an export asks for, by
// parameters named like the flags of 'isnad export'.
func (a *app) download(ctx context.Context, g *graph.Graph, asked url.Values) (*web.Download, error) {
	f, err := exportOf(asked)
	if err == nil {
		err = a.checkExport(f, asked.Has("depth"))
	}
	if err != nil {
		return nil, err
	}
	v := g.View()
	d, err := a.downloadOf(ctx, v, f)
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return d, nil
}

// downloadOf finds it in a view, which is closed with what is found.
func (a *app) downloadOf(ctx context.Context, v *graph.View, f *exportFlags) (*web.Download, error) {
	what, err := a.selection(ctx, v, f)
	if several := (*ambiguousError)(nil); errors.As(err, &several) {
		return nil, fmt.Errorf("%w: %s", err, strings.Join(several.iris(), ", "))
	}
	if err != nil {
		return nil, err
	}
	ont, err := a.ontology()
	if err != nil {
		return nil, err
	}
	selected, err := export.Select(ctx, v, ont, *what)
	if err != nil {
		return nil, err
	}
	selected.RDF12 = f.rdf12
	chosen := format.Lookup(f.format)
	return &web.Download{
		Name:      "isnad." + chosen.Extension(),
		MediaType: chosen.MediaType(),
		Write:     func(w io.Writer) error { return chosen.Write(&selected.Graph, w) },
		Close:     func() error { return errors.Join(selected.Close(), v.Close()) },
	}, nil
}

// exportOf reads the parameters of a request.
func exportOf(asked url.Values) (*exportFlags, error) {
	f := &exportFlags{format: "jsongraph", depth: 1}
	texts := map[string]*string{"format": &f.format, "query": &f.query, "predicate": &f.predicate, "of": &f.of, "with": &f.with, "place": &f.place,
		"since": &f.since, "until": &f.until, "status": &f.status}
	numbers := map[string]*int{"depth": &f.depth, "min-sources": &f.minSources}
	flags := map[string]*bool{"rdf12": &f.rdf12, "bare": &f.bare}
	for name, values := range asked {
		text, number, flag := texts[name], numbers[name], flags[name]
		if name == "entity" {
			f.entities = slices.Clone(values)
			continue
		}
		if len(values) > 1 {
			return nil, fmt.Errorf("%s is given %d times", name, len(values))
		}
		var err error
		switch {
		case text != nil:
			*text = values[0]
		case number != nil:
			*number, err = strconv.Atoi(values[0])
		case flag != nil:
			*flag, err = strconv.ParseBool(values[0])
		default:
			return nil, fmt.Errorf("there is no parameter %q: they are named as the flags of isnad export", name)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %q is no value for it", name, values[0])
		}
	}
	return f, nil
}
