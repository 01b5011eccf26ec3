package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/explore"
	"isnad/schema"
)

// findFlags are the flags of find; names are as the user wrote them.
type findFlags struct {
	predicate, of, with, place string
	since, until, status       string
	minSources, limit          int
	csv                        bool
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
	flags.StringVarP(&f.predicate, "predicate", "p", "", "predicate: see 'isnad schema'")
	flags.StringVar(&f.of, "of", "", "entity at one end")
	flags.StringVar(&f.with, "with", "", "entity at the other end")
	flags.StringVar(&f.place, "place", "", "place or country in which it happened")
	flags.StringVar(&f.since, "since", "", "first date: YYYY, YYYY-MM or YYYY-MM-DD")
	flags.StringVar(&f.until, "until", "", "last date")
	flags.StringVar(&f.status, "status", "", "asserted, planned or denied (default any)")
	flags.IntVar(&f.minSources, "min-sources", 0, "independent articles that say so, at least")
	flags.IntVarP(&f.limit, "limit", "n", 0, "statements to print at most; 0 means all")
	flags.BoolVar(&f.csv, "csv", false, "print CSV")
	bindOntology(cmd)
	a.completeFind(cmd)
	return cmd
}

// completeFind lets the shell complete predicates and statuses.
func (a *app) completeFind(cmd *cobra.Command) {
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("predicate",
		func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			ont, err := schema.Default()
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			var names []string
			for _, p := range ont.Predicates() {
				names = append(names, p.Name)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		}))
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("status",
		cobra.FixedCompletions([]string{"asserted", "planned", "denied"}, cobra.ShellCompDirectiveNoFileComp)))
}

// isDate reports whether s is a year, a month or a day of the calendar.
func isDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// checkFind refuses flags that cannot be meant.
func (a *app) checkFind(f *findFlags) error {
	if f.predicate == "" && f.of == "" && f.with == "" {
		return usagef("say what to find: --predicate, --of or --with")
	}
	if f.predicate != "" {
		ont, err := a.ontology()
		if err != nil {
			return err
		}
		if ont.Predicate(f.predicate) == nil {
			return usagef("--predicate: there is no predicate %q; see 'isnad schema'", f.predicate)
		}
	}
	for _, date := range []struct{ flag, value string }{{"since", f.since}, {"until", f.until}} {
		if date.value != "" && !isDate(date.value) {
			return usagef("--%s: %q is not YYYY, YYYY-MM or YYYY-MM-DD", date.flag, date.value)
		}
	}
	if n := min(len(f.since), len(f.until)); n > 0 && f.since[:n] > f.until[:n] {
		return usagef("--since %s is after --until %s", f.since, f.until)
	}
	if f.limit < 0 || f.minSources < 0 {
		return usagef("--limit and --min-sources: no number below 0")
	}
	if f.status != "" && !schema.Status(f.status).Valid() {
		return usagef("--status: %q is none of asserted, planned, denied", f.status)
	}
	if f.csv && a.config.JSON {
		return usagef("--csv and --json: give one of them")
	}
	return nil
}

func (a *app) find(ctx context.Context, v *graph.View, f *findFlags) error {
	filter := explore.Filter{Predicate: f.predicate, Since: f.since, Until: f.until, Status: schema.Status(f.status),
		MinSources: f.minSources, Limit: f.limit}
	for _, end := range []struct {
		name    string
		to      *[]string
		classes []schema.Class
	}{
		{f.of, &filter.Of, nil},
		{f.with, &filter.With, nil},
		{f.place, &filter.Place, []schema.Class{schema.Place, schema.Country}},
	} {
		if end.name == "" {
			continue
		}
		ref, err := a.entity(ctx, v, end.name, end.classes...)
		if err != nil {
			return err
		}
		*end.to = []string{ref.IRI}
	}
	found, err := explore.Find(ctx, v, filter)
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
