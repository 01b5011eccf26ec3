package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"isnad/graph"
)

func newCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Verify what is stored",
		Long: `Reads everything in the folder of --store, and holds every index against every
other and all counts against what they count. What is wrong is printed, one fault a
line, and the exit code is 1. It may run while another isnad writes the store.`,
		Example: `  isnad check
  isnad check --store /srv/isnad --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withView(func(v *graph.View) error { return a.check(cmd.Context(), v) })
		},
	}
}

func (a *app) check(ctx context.Context, v *graph.View) error {
	r, err := v.Check(ctx)
	if err != nil {
		return err
	}
	if a.config.JSON {
		if err := a.printJSON(map[string]any{"quads": r.Quads, "values": r.Values, "faults": append([]string{}, r.Faults...)}); err != nil {
			return err
		}
	} else {
		for _, fault := range r.Faults {
			fmt.Fprintln(a.out, fault)
		}
	}
	if n := len(r.Faults); n > 0 {
		return fmt.Errorf("%s is damaged, %s: restore a copy, or build it again from the articles", a.place(), plural(n, "fault", "faults"))
	}
	if !a.config.JSON {
		a.say("%s is sound: %s, %s.", a.place(), plural(int(r.Quads), "quad", "quads"), plural(int(r.Values), "value", "values"))
	}
	return nil
}

func newBackup(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup DIR",
		Short: "Copy the graph, even while it is written",
		Long: `Copies the store to the new folder DIR. The copy is the graph as it was at one
moment, even while another isnad writes it, and is a store like any other: open it with
--store, or put it in the place of the one that was lost.`,
		Example: `  isnad backup /backup/isnad-monday
  isnad stats --store /backup/isnad-monday`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0]) },
	}
}

func (a *app) backup(ctx context.Context, to string) error {
	n, err := graph.Backup(ctx, a.config.Store, to)
	if errors.Is(err, fs.ErrNotExist) {
		return a.noGraph()
	} else if err != nil {
		return err
	}
	if a.config.JSON {
		return a.printJSON(map[string]int64{"bytes": n})
	}
	a.say("Copied to %s, %s.", to, megabytes(n))
	return nil
}

func newCompact(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "Give back the room of what was removed",
		Long: `Rewrites the tables of the store, so that what was removed or replaced takes no
room and reading is fastest. isnad does this by itself little by little; after large
removals it is worth while at once.`,
		Example: `  isnad compact
  isnad compact --store /srv/isnad`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.compact(cmd.Context()) },
	}
}

func (a *app) compact(ctx context.Context) error {
	if err := a.withGraph(func(*graph.Graph) error { return nil }); err != nil {
		return err // there is none, and none is to be created
	}
	g, err := graph.Open(a.config.Store, graph.Options{})
	if err != nil {
		return err
	}
	before, after, err := g.Compact(ctx)
	if err = closed(err, g); err != nil {
		return err
	}
	if a.config.JSON {
		return a.printJSON(map[string]int64{"before": before, "after": after})
	}
	a.say("%s took %s and takes %s.", a.place(), megabytes(before), megabytes(after))
	return nil
}

// megabytes writes a number of bytes.
func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
