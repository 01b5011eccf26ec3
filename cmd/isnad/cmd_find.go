package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/explore"
	"isnad/schema"
)

// findFlags are the flags of find.
type findFlags struct {
	filterFlags
	limit int
	csv   bool
}

func newFind(a *app) *cobra.Command {
	var f findFlags
	cmd := &cobra.Command{
		Use:   "find",
		Short: "Find who did what, with whom, when and where, and who says so",
		Long: `Finds statements and prints who, with whom, when, where, the best quotation and its
source. Names may be in any spelling, or IRIs. A date may be a year, a month or a day;
a statement without a date counts by the first publication of what states it.`,
		Example: `  isnad find --predicate met --of "ناصر بوريطة"
  isnad find --predicate joined --with التحالف --since 2022 --min-sources 2
  isnad find --of المغرب --place مراكش --csv > marrakech.csv
  isnad find --predicate visited --status planned --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.checkFind(&f); err != nil {
				return err
			}
			return a.withView(func(v *graph.View) error { return a.find(cmd.Context(), v, &f) })
		},
	}
	flags := cmd.Flags()
	f.register(a, cmd)
	flags.IntVarP(&f.limit, "limit", "n", 0, "statements to print at most; 0 means all")
	flags.BoolVar(&f.csv, "csv", false, "print CSV")
	bindOntology(cmd)
	return cmd
}

// checkFind refuses flags that cannot be meant.
func (a *app) checkFind(f *findFlags) error {
	if f.predicate == "" && f.of == "" && f.with == "" {
		return usagef("say what to find: --predicate, --of or --with")
	}
	if err := a.checkFilter(&f.filterFlags); err != nil {
		return err
	}
	if f.limit < 0 {
		return usagef("--limit: no number below 0")
	}
	if f.csv && a.config.JSON {
		return usagef("--csv and --json: give one of them")
	}
	return nil
}

func (a *app) find(ctx context.Context, v *graph.View, f *findFlags) error {
	filter, err := a.filter(ctx, v, &f.filterFlags)
	if err != nil {
		return err
	}
	filter.Limit = f.limit
	found, err := explore.Find(ctx, v, *filter)
	if err != nil {
		return err
	}
	switch {
	case a.config.JSON:
		return a.printJSON(append([]explore.Statement{}, found...))
	case f.csv:
		return a.printCSV(statementCSV(found))
	}
	if len(found) > 0 {
		if err := a.printTable(statementTable(found)); err != nil {
			return err
		}
	}
	a.say("%s", plural(len(found), "statement", "statements"))
	return nil
}

// statementTable lists statements for people, each with its best quotation.
func statementTable(found []explore.Statement) *table {
	t := &table{header: []string{"date", "who", "what", "whom", "where", "articles", "quotation", "source"}, right: []int{5}}
	for i := range found {
		st := &found[i]
		what := st.Predicate
		if st.Status != schema.Asserted {
			what += " (" + string(st.Status) + ")"
		}
		e := best(st)
		t.add(st.Date, st.Subject.Name, what, st.Object.Name, placeNames(st), st.Sources, strings.Join(strings.Fields(e.Quote), " "), source(e.Article))
	}
	return t
}

// statementCSV lists statements for programs.
func statementCSV(found []explore.Statement) *table {
	t := &table{header: []string{"date", "subject", "subject_iri", "predicate", "object", "object_iri", "status", "places",
		"sources", "confidence", "quotation", "article", "url", "publisher", "published"}}
	for i := range found {
		st := &found[i]
		e := best(st)
		t.add(st.Date, st.Subject.Name, st.Subject.IRI, st.Predicate, st.Object.Name, st.Object.IRI, st.Status, placeNames(st),
			st.Sources, fmt.Sprintf("%.2f", st.Confidence), e.Quote, e.Article.ID, e.Article.URL, e.Article.Publisher, e.Article.Published)
	}
	return t
}

// best returns the best passage that states st.
func best(st *explore.Statement) explore.Evidence {
	if len(st.Evidence) == 0 {
		return explore.Evidence{}
	}
	return st.Evidence[0]
}

// source names an article in a few words.
func source(a explore.Article) string {
	name := a.Publisher
	if name == "" {
		name = a.ID
	}
	return strings.TrimSpace(name + " " + a.Published)
}

func placeNames(st *explore.Statement) string {
	var names []string
	for _, p := range st.Places {
		names = append(names, p.Name)
	}
	return strings.Join(names, "، ")
}
