package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/explore"
	"isnad/schema"
)

func newShow(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show what the graph says of one entity",
		Long: `Shows an entity's class, names and offices, and its relations by predicate, with
dates, the number of independent articles, and the words that state each. NAME is a
name in any spelling, or an IRI; one that fits several entities lists them.`,
		Example: `  isnad show "ناصر بوريطة"
  isnad show التحالف --verbose
  isnad show isnad:country/المغرب --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withView(func(v *graph.View) error { return a.show(cmd.Context(), v, args[0]) })
		},
	}
	bindOntology(cmd)
	return cmd
}

func (a *app) show(ctx context.Context, v *graph.View, name string) error {
	ref, err := a.entity(ctx, v, name)
	if err != nil {
		return err
	}
	e, err := explore.Describe(ctx, v, ref.IRI)
	if err != nil {
		return err
	}
	if a.config.JSON {
		return a.printJSON(e)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", a.shown(e.Name))
	for _, line := range []struct {
		what string
		list []string
	}{
		{"class", []string{string(e.Class)}},
		{"IRI", []string{e.IRI}},
		{"names", e.Names},
		{"also called", e.Forms},
		{"in Latin", e.Latin},
		{"offices", e.Offices},
		{"countries", e.Countries},
		{"seen in", []string{a.seen(e)}},
	} {
		if len(line.list) > 0 {
			fmt.Fprintf(&b, "  %-12s %s\n", line.what, a.joined(line.list))
		}
	}
	ont, err := a.ontology()
	if err != nil {
		return err
	}
	title := ""
	for i := range e.Says {
		p := &e.Says[i]
		last := title
		if title = p.Name; p.Inverse && !symmetric(ont, p.Name) {
			title = "← " + title // the entity shown is the object
		}
		if title != last {
			fmt.Fprintf(&b, "\n%s\n", title)
		}
		a.writeStatements(&b, p)
	}
	_, err = io.WriteString(a.out, b.String())
	return err
}

// seen says how often and when articles mention an entity.
func (a *app) seen(e *explore.Entity) string {
	s := fmt.Sprintf("%s, %s", plural(e.Articles, "article", "articles"), plural(e.Mentions, "mention", "mentions"))
	switch {
	case e.First == "":
	case e.First == e.Last:
		s += ", " + e.First
	default:
		s += ", " + e.First + " to " + e.Last
	}
	return s
}

// joined is a list on one line.
func (a *app) joined(list []string) string {
	shown := make([]string, len(list))
	for i, s := range list {
		shown[i] = a.shown(s)
	}
	return strings.Join(shown, " | ")
}

func symmetric(ont *schema.Ontology, predicate string) bool {
	def := ont.Predicate(predicate)
	return def != nil && def.Symmetric
}

// writeStatements writes the statements of one predicate, each by its other end.
func (a *app) writeStatements(b *strings.Builder, p *explore.Predicate) {
	for i := range p.Statements {
		st := &p.Statements[i]
		other := st.Object
		if p.Inverse {
			other = st.Subject
		}
		fmt.Fprintf(b, "  %s | %s\n", a.shown(other.Name), a.circumstances(st))
		a.writeEvidence(b, st, "      ")
	}
}
