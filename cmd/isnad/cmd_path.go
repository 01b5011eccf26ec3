package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/explore"
)

func newPath(a *app) *cobra.Command {
	var hops, limit int
	cmd := &cobra.Command{
		Use:   "path A B",
		Short: "Show how two entities are tied",
		Long: `Shows the shortest chains of relations between two entities, each hop with its
predicate, date, quotation and source. Names may be in any spelling, or IRIs.`,
		Example: `  isnad path "ناصر بوريطة" غينيا
  isnad path --max-hops 6 --limit 1 بلينكن المغرب --json`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if hops < 1 || limit < 1 {
				return usagef("--max-hops and --limit: at least 1")
			}
			return a.withView(func(v *graph.View) error {
				return a.path(cmd.Context(), v, args[0], args[1], hops, limit)
			})
		},
	}
	cmd.Flags().IntVar(&hops, "max-hops", 4, "hops of a chain at most")
	cmd.Flags().IntVarP(&limit, "limit", "n", 5, "chains to print at most")
	bindOntology(cmd)
	return cmd
}

func (a *app) path(ctx context.Context, v *graph.View, nameA, nameB string, hops, limit int) error {
	from, err := a.entity(ctx, v, nameA)
	if err != nil {
		return err
	}
	to, err := a.entity(ctx, v, nameB)
	if err != nil {
		return err
	}
	if from.IRI == to.IRI {
		return fmt.Errorf("%q and %q are the same entity, %s", nameA, nameB, from.IRI)
	}
	chains, err := explore.Path(ctx, v, from.IRI, to.IRI, hops, limit)
	if err != nil {
		return err
	}
	if a.config.JSON {
		return a.printJSON(append([][]explore.Hop{}, chains...))
	}
	if len(chains) == 0 {
		a.say("No chain of at most %s ties %s to %s.", plural(hops, "hop", "hops"), a.shown(from.Name), a.shown(to.Name))
		return nil
	}
	var b strings.Builder
	for i, chain := range chains {
		fmt.Fprintf(&b, "%d. %s\n", i+1, a.chain(chain))
		for j := range chain {
			a.writeHop(&b, &chain[j])
		}
		b.WriteByte('\n')
	}
	_, err = io.WriteString(a.out, b.String())
	return err
}

// chain is a chain on one line: names and the predicates between them.
func (a *app) chain(chain []explore.Hop) string {
	line := a.shown(chain[0].From.Name)
	for _, hop := range chain {
		line += " — " + hop.Statements[0].Predicate + " — " + a.shown(hop.To.Name)
	}
	return line
}

// writeHop writes the statements that tie two neighbours of a chain.
func (a *app) writeHop(b *strings.Builder, hop *explore.Hop) {
	for i := range hop.Statements {
		st := &hop.Statements[i]
		fmt.Fprintf(b, "   %s | %s | %s | %s\n", a.shown(st.Subject.Name), st.Predicate, a.shown(st.Object.Name), a.circumstances(st))
		a.writeEvidence(b, st, "       ")
	}
}
