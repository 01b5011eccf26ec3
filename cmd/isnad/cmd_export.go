package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/export/format"
)

// exportFlags are the flags of export.
type exportFlags struct {
	filterFlags
	format, output, query string
	entities              []string
	depth                 int
	rdf12, bare           bool
}

func newExport(a *app) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the graph, or a part of it, for other tools",
		Long:  "Writes the graph, or a part of it, in a format of other tools. Equal graphs give equal bytes.\n\n" + exportFormats(),
		Example: `  isnad export > graph.nq
  isnad export --format gexf --output graph.gexf
  isnad export --format html --entity "ناصر بوريطة" --depth 1 -o bourita.html
  isnad export --format csv --predicate met --since 2022 -o meetings/
  isnad export --format dot --query 'g.V("<isnad:country/المغرب>").out("<isnad:joined>").all()' | dot -Tsvg > joined.svg`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.checkExport(&f, cmd.Flags().Changed("depth")); err != nil {
				return err
			}
			err := a.withView(func(v *graph.View) error { return a.export(cmd.Context(), v, &f) })
			if cmd.Context().Err() != nil {
				return errors.New("interrupted: the export is not complete")
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.format, "format", "f", "nquads", "format: "+format.Names())
	flags.StringVarP(&f.output, "output", "o", "-", "file to write, or with / at its end a folder for formats of several files; - is standard output")
	flags.StringArrayVarP(&f.entities, "entity", "e", nil, "entity to export with what is around it; may be repeated")
	flags.IntVar(&f.depth, "depth", 1, "how many statements away from an entity")
	flags.StringVar(&f.query, "query", "", "Gizmo query: the entities in its rows, and what is said between them")
	flags.BoolVar(&f.rdf12, "rdf12", false, "turtle, nquads: triple terms of RDF 1.2 for statements about statements")
	flags.BoolVar(&f.bare, "bare", false, "csv, graphml, jsongraph, jsonld: without the articles, which only 'isnad import' needs")
	f.register(a, cmd)
	bindOntology(cmd)
	var names []string
	for _, one := range format.All() {
		names = append(names, one.Name)
	}
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// exportFormats lists the formats for the help.
func exportFormats() string {
	var b strings.Builder
	for _, f := range format.All() {
		about := f.About
		if f.Several() {
			about += " (a ZIP archive, or the files of a folder)"
		}
		fmt.Fprintf(&b, "  %-16s %s\n", f.Name, about)
	}
	b.WriteString("\nOf the whole graph, csv, graphml, jsongraph, jsonld and nquads are full copies, which\n'isnad import' reads back to an equal store.")
	return b.String()
}

// checkExport refuses flags that cannot be meant.
func (a *app) checkExport(f *exportFlags, depthGiven bool) error {
	chosen := format.Lookup(f.format)
	switch {
	case chosen == nil:
		return usagef("format %q is not known: there is %s", f.format, format.Names())
	case f.depth < 0:
		return usagef("--depth: no number below 0")
	case depthGiven && len(f.entities) == 0:
		return usagef("--depth: say around which --entity")
	case f.query != "" && len(f.entities) > 0:
		return usagef("--query and --entity: give one of them")
	case f.rdf12 && f.format != "turtle" && f.format != "nquads":
		return usagef("--rdf12: only for turtle and nquads")
	case strings.HasSuffix(f.output, "/") && !chosen.Several():
		return usagef("%s is one file: leave out the / of --output %s", f.format, f.output)
	}
	return a.checkFilter(&f.filterFlags)
}

func (a *app) export(ctx context.Context, v *graph.View, f *exportFlags) error {
	whole := len(f.entities) == 0 && f.query == "" && !f.any()
	if f.format == "nquads" && whole && !f.rdf12 {
		return a.writeOut(f.output, func(w io.Writer) error { return export.NQuads(ctx, v, w) })
	}
	what, err := a.selection(ctx, v, f)
	if err != nil {
		return err
	}
	ont, err := a.ontology()
	if err != nil {
		return err
	}
	selected, err := export.Select(ctx, v, ont, *what)
	if err != nil {
		return err
	}
	defer selected.Close()
	selected.RDF12 = f.rdf12
	chosen := format.Lookup(f.format)
	if strings.HasSuffix(f.output, "/") {
		err = chosen.WriteFolder(&selected.Graph, f.output)
	} else {
		err = a.writeOut(f.output, func(w io.Writer) error { return chosen.Write(&selected.Graph, w) })
	}
	if err == nil && f.output != "-" {
		a.say("%s and %s in %s.", plural(selected.NodeCount, "entity", "entities"), plural(selected.EdgeCount, "statement", "statements"), f.output)
	}
	return err
}

// selection finds out which part of the graph is meant.
func (a *app) selection(ctx context.Context, v *graph.View, f *exportFlags) (*export.Selection, error) {
	what := &export.Selection{Bare: f.bare}
	for _, name := range f.entities {
		ref, err := a.entity(ctx, v, name)
		if err != nil {
			return nil, err
		}
		what.Entities, what.Depth = append(what.Entities, ref.IRI), f.depth
	}
	if f.query != "" {
		found, err := a.entitiesOf(ctx, v, f.query)
		if err != nil {
			return nil, err
		}
		what.Entities = found
	}
	if f.any() {
		filter, err := a.filter(ctx, v, &f.filterFlags)
		if err != nil {
			return nil, err
		}
		what.Filter = filter
	}
	return what, nil
}

// entitiesOf returns the entities in the rows of a Gizmo query.
func (a *app) entitiesOf(ctx context.Context, v *graph.View, query string) ([]string, error) {
	bounded, cancel := context.WithTimeout(ctx, a.config.Query.Timeout)
	defer cancel()
	rows, err := v.Query(bounded, "gizmo", query, 0)
	if errors.Is(err, graph.ErrQueryTime) {
		return nil, fmt.Errorf("the query was stopped after %s: narrow it", a.config.Query.Timeout)
	}
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, row := range rows {
		collectEntities(row, found)
	}
	if len(found) == 0 {
		return nil, errors.New("the query finds no entity: its rows must hold IRIs such as isnad:person/…")
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// collectEntities finds the IRIs of entities in a row, whatever its shape.
func collectEntities(row any, found map[string]bool) {
	switch value := row.(type) {
	case map[string]any:
		for _, each := range value {
			collectEntities(each, found)
		}
	case []any:
		for _, each := range value {
			collectEntities(each, found)
		}
	default:
		if iri := strings.Trim(fmt.Sprint(value), "<>"); strings.HasPrefix(iri, graph.World) && graph.ClassOf(iri) != "" {
			found[iri] = true
		}
	}
}

// writeOut writes a file whole or not at all; "-" is standard output.
func (a *app) writeOut(name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(a.out)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".isnad-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer os.Remove(f.Name()) // nothing is there once it is renamed
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return os.Rename(f.Name(), name)
}
