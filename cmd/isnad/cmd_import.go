package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/export"
)

func newImport(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Read a dump of 'isnad export' into a new graph",
		Long: `Reads sorted N-Quads that 'isnad export' wrote, or standard input (-), into the
folder of --store, which must not hold a graph yet. If it fails, the folder is as it
was before.`,
		Example: `  isnad import --store /srv/copy graph.nq
  zstdcat graph.nq.zst | isnad import --store /srv/copy -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.importDump(cmd.Context(), args[0]) },
	}
}

func (a *app) importDump(ctx context.Context, name string) error {
	store := a.config.Store
	entries, err := os.ReadDir(store)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty: import into a new folder, with --store", store)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("import: %w", err)
	}
	in := a.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		defer f.Close()
		in = f
	}
	// The graph appears under its name only once it is complete.
	unfinished := store + ".importing"
	if err := os.RemoveAll(unfinished); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	n, err := load(ctx, unfinished, name, in)
	if err == nil {
		err = errors.Join(removeEmpty(store), os.Rename(unfinished, store))
	}
	if err != nil {
		os.RemoveAll(unfinished)
		if ctx.Err() != nil {
			return errors.New("interrupted: nothing was imported")
		}
		return err
	}
	if a.config.JSON {
		return a.printJSON(map[string]int{"quads": n})
	}
	a.say("%s imported into %s.", plural(n, "quad", "quads"), store)
	return nil
}

// load reads a dump into a new graph in the folder.
func load(ctx context.Context, folder, name string, in io.Reader) (n int, err error) {
	g, err := graph.Open(folder, graph.Options{NoSync: true}) // it counts only when complete, and closing syncs
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
