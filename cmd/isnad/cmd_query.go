package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"isnad/graph"
)

func newQuery(a *app) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "query [GIZMO]",
		Short: "Run a Gizmo query, or open a prompt for them",
		Long: `Runs a query in Gizmo, Cayley's JavaScript, and prints its rows. Without a query it
opens a prompt with history, or reads one query from standard input if that is no
terminal. docs/gizmo.md is a cookbook.`,
		Example: `  isnad query 'g.V("<isnad:country/المغرب>").out("<isnad:joined>").all()'
  isnad query --limit 20 --timeout 5s -f meetings.js
  isnad query --json 'g.V().has("<rdf:type>", "<isnad:Country>").save("<isnad:name>", "name").all()'
  isnad query`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file != "" && len(args) == 1 {
				return usagef("a query and --file: give one of them")
			}
			return a.withGraph(func(g *graph.Graph) error { return a.query(cmd.Context(), g, file, args) })
		},
	}
	cmd.Flags().StringVarP(&file, "file", "f", "", "file that holds the query; - is standard input")
	bind(cmd.Flags(), "query.limit", "limit", "n", "rows to print at most")
	bind(cmd.Flags(), "query.timeout", "timeout", "t", "time after which the query is stopped")
	return cmd
}

// query finds out where the query comes from, and runs it.
func (a *app) query(ctx context.Context, g *graph.Graph, file string, args []string) error {
	stdin, isFile := a.in.(*os.File)
	switch {
	case len(args) == 1:
		return a.runGizmo(ctx, g, args[0])
	case file == "" && isFile && term.IsTerminal(int(stdin.Fd())):
		return a.prompt(
			func(text string) error {
				// Ctrl-C ends the query and not the prompt.
				one, stop := signal.NotifyContext(context.WithoutCancel(ctx), os.Interrupt)
				defer stop()
				return a.runGizmo(one, g, text)
			},
			a.promptCommand,
		)
	case file == "" || file == "-":
		text, err := io.ReadAll(a.in)
		if err != nil {
			return fmt.Errorf("reading the query: %w", err)
		}
		return a.runGizmo(ctx, g, string(text))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the query: %w", err)
	}
	return a.runGizmo(ctx, g, string(text))
}

// promptCommand obeys what the user types at the prompt after a colon.
func (a *app) promptCommand(line string) error {
	switch words := strings.Fields(line); {
	case words[0] == ":json" && len(words) == 1:
		a.config.JSON = !a.config.JSON
		return nil
	case words[0] == ":limit" && len(words) == 2:
		return a.config.lookup("query.limit").value.Set(words[1])
	}
	return fmt.Errorf("%q is not known; :help for help", line)
}

// runGizmo runs one query under the settings' limit and timeout and prints its rows.
func (a *app) runGizmo(ctx context.Context, g *graph.Graph, text string) error {
	if strings.TrimSpace(text) == "" {
		return usagef("the query is empty")
	}
	limit, timeout := a.config.Query.Limit, a.config.Query.Timeout
	bounded, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	rows, err := g.Query(bounded, "gizmo", text, limit+1)
	switch {
	case ctx.Err() != nil:
		return errors.New("interrupted")
	case errors.Is(err, graph.ErrQueryTime):
		return fmt.Errorf("the query was stopped after %s: narrow it, or raise --timeout", timeout)
	case err != nil:
		return err
	}
	cut := len(rows) > limit
	if cut {
		rows = rows[:limit]
	}
	if err := a.printRows(rows); err != nil {
		return err
	}
	switch {
	case cut:
		a.say("Only the first %s shown: raise --limit for more.", plural(limit, "row is", "rows are"))
	case !a.config.JSON:
		a.say("%s", plural(len(rows), "row", "rows"))
	}
	return nil
}

// printRows prints rows in Cayley's shapes: maps from tag to value, or any other value.
func (a *app) printRows(rows []any) error {
	if a.config.JSON {
		if rows == nil {
			rows = []any{}
		}
		return a.printJSON(rows)
	}
	columns := map[string]bool{}
	for _, row := range rows {
		for name := range fields(row) {
			columns[name] = true
		}
	}
	// The node the path ends at comes first, then the tags by name.
	first := slices.DeleteFunc([]string{"id"}, func(name string) bool { return !columns[name] })
	delete(columns, "id")
	t := &table{header: append(first, slices.Sorted(maps.Keys(columns))...)}
	for _, row := range rows {
		values := fields(row)
		cells := make([]any, len(t.header))
		for i, name := range t.header {
			cells[i] = cellText(values[name])
		}
		t.add(cells...)
	}
	if len(t.header) == 0 {
		return nil
	}
	return a.printTable(t)
}

// fields returns a row by column; a row that is no map has one, called value.
func fields(row any) map[string]any {
	if m, ok := row.(map[string]any); ok {
		return m
	}
	return map[string]any{"value": row}
}

// cellText is a value of a query as a table shows it.
func cellText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	if text, err := json.Marshal(v); err == nil {
		return string(text)
	}
	return fmt.Sprint(v)
}

// plural counts things.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
