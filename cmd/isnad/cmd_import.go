package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/export/format"
	"isnad/graph/ingest"
)

func newImport(a *app) *cobra.Command {
	var source string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Read a dump of 'isnad export' into a new graph",
		Long: `Reads sorted N-Quads that 'isnad export' wrote, or standard input (-), into the
folder or database of --store, which must not hold a graph yet. If it fails, the store
is as it was before.

With --source NAME it reads a graph that somebody made, as GraphML (.graphml) or
node-link JSON (.json), into the graph of --store beside what is there: as one article
of that source, which another import of the name replaces and 'isnad remove
import/NAME' takes away.`,
		Example: `  isnad import --store /srv/copy graph.nq
  isnad import --source desk desk.graphml
  zstdcat graph.nq.zst | isnad import --store /srv/copy -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if source != "" {
				return a.importForeign(cmd.Context(), source, args[0])
			}
			return a.importDump(cmd.Context(), args[0])
		},
	}
	cmd.Flags().StringVar(&source, "source", "", "name of the source of a graph that somebody made")
	bindOntology(cmd)
	return cmd
}

// importForeign writes a graph that somebody made as an article of its own.
func (a *app) importForeign(ctx context.Context, source, name string) error {
	read := map[string]string{".json": "jsongraph", ".graphml": "graphml"}[filepath.Ext(name)]
	if read == "" {
		return usagef("%s: with --source a file is .graphml or .json", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer f.Close()
	nodes, edges, err := format.Read(read, f)
	if err != nil {
		return fmt.Errorf("import: %s: %w", name, err)
	}
	r, err := export.Foreign(source, nodes, edges)
	if err != nil {
		return fmt.Errorf("import: %s: %w", name, err)
	}
	var outcome ingest.Outcome
	err = a.withWriter(func(_ *graph.Graph, w *ingest.Writer) error {
		outcome, err = w.Write(ctx, r)
		return err
	})
	if err != nil {
		return fmt.Errorf("import: %s: %w", name, err)
	}
	a.say("%s and %s of %s: %s.", plural(len(nodes), "entity", "entities"), plural(len(edges), "statement", "statements"), r.ID, outcome)
	return nil
}

func (a *app) importDump(ctx context.Context, name string) error {
	in := a.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		defer f.Close()
		in = f
	}
	fill := loadFolder
	if a.inDatabase() {
		fill = load // which is one transaction
	}
	n, err := fill(ctx, a.config.Store, name, in)
	if errors.Is(err, graph.ErrNotEmpty) {
		return fmt.Errorf("%s is not empty: import into a new folder or database, with --store", a.place())
	}
	if err != nil {
		if ctx.Err() != nil {
			return errors.New("interrupted: nothing was imported")
		}
		return err
	}
	if a.config.JSON {
		return a.printJSON(map[string]int{"quads": n})
	}
	a.say("%s imported into %s.", plural(n, "quad", "quads"), a.place())
	return nil
}

// loadFolder reads a dump into a new folder. The graph appears under its name only once
// it is complete.
func loadFolder(ctx context.Context, store, name string, in io.Reader) (int, error) {
	entries, err := os.ReadDir(store)
	if err == nil && len(entries) > 0 {
		return 0, graph.ErrNotEmpty
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("import: %w", err)
	}
	unfinished := store + ".importing"
	if err := os.RemoveAll(unfinished); err != nil {
		return 0, fmt.Errorf("import: %w", err)
	}
	n, err := load(ctx, unfinished, name, in)
	if err == nil {
		err = errors.Join(removeEmpty(store), os.Rename(unfinished, store))
	}
	if err != nil {
		os.RemoveAll(unfinished)
	}
	return n, err
}

// load reads a dump into a new graph.
func load(ctx context.Context, address, name string, in io.Reader) (n int, err error) {
	g, err := graph.Open(address, graph.Options{NoSync: true}) // it counts only when complete, and closing syncs
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	n, err = export.Import(ctx, g, name, in)
	if errors.Is(err, graph.ErrForm) || errors.Is(err, graph.ErrNoDump) {
		err = fmt.Errorf("import: %s: %w", name, err)
	}
	return n, err
}

func removeEmpty(folder string) error {
	if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}
