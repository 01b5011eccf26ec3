package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/export"
)

// formats are the formats that 'isnad export' writes.
var formats = map[string]func(context.Context, *graph.View, io.Writer) error{
	"nquads": export.NQuads,
}

func formatNames() []string {
	var names []string
	for name := range formats {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func newExport(a *app) *cobra.Command {
	var format, output string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the graph out",
		Long: `Writes every quad of the graph, articles and evidence included. N-Quads come sorted:
equal graphs give equal bytes, and 'isnad import' reads them back to an equal store.`,
		Example: `  isnad export > graph.nq
  isnad export --format nquads --output graph.nq
  isnad export | zstd > graph.nq.zst`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			write := formats[format]
			if write == nil {
				return usagef("format %q is not known: there is %s", format, strings.Join(formatNames(), ", "))
			}
			return a.withView(func(v *graph.View) error {
				err := a.writeOut(output, func(w io.Writer) error { return write(cmd.Context(), v, w) })
				if cmd.Context().Err() != nil {
					return errors.New("interrupted: the export is not complete")
				}
				return err
			})
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "nquads", "format: "+strings.Join(formatNames(), ", "))
	cmd.Flags().StringVarP(&output, "output", "o", "-", "file to write; - is standard output")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formatNames(), cobra.ShellCompDirectiveNoFileComp)))
	return cmd
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
