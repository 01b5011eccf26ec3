package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/explore"
	"isnad/schema"
)

// filterFlags say which statements are wanted; names are as the user wrote them.
type filterFlags struct {
	predicate, of, with, place string
	since, until, status       string
	minSources                 int
}

func (f *filterFlags) register(a *app, cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.predicate, "predicate", "p", "", "predicate: see 'isnad schema'")
	flags.StringVar(&f.of, "of", "", "entity at one end")
	flags.StringVar(&f.with, "with", "", "entity at the other end")
	flags.StringVar(&f.place, "place", "", "place or country in which it happened")
	flags.StringVar(&f.since, "since", "", "first date: YYYY, YYYY-MM or YYYY-MM-DD")
	flags.StringVar(&f.until, "until", "", "last date")
	flags.StringVar(&f.status, "status", "", "asserted, planned or denied (default any)")
	flags.IntVar(&f.minSources, "min-sources", 0, "independent articles that say so, at least")
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

// any reports whether a filter was given.
func (f *filterFlags) any() bool { return *f != filterFlags{} }

// isDate reports whether s is a year, a month or a day of the calendar.
func isDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// checkFilter refuses flags that cannot be meant.
func (a *app) checkFilter(f *filterFlags) error {
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
	if f.minSources < 0 {
		return usagef("--min-sources: no number below 0")
	}
	if f.status != "" && !schema.Status(f.status).Valid() {
		return usagef("--status: %q is none of asserted, planned, denied", f.status)
	}
	return nil
}

// filter resolves the names of the flags.
func (a *app) filter(ctx context.Context, v *graph.View, f *filterFlags) (*explore.Filter, error) {
	filter := &explore.Filter{Predicate: f.predicate, Since: f.since, Until: f.until, Status: schema.Status(f.status), MinSources: f.minSources}
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
			return nil, err
		}
		*end.to = []string{ref.IRI}
	}
	return filter, nil
}
