package main

import "github.com/spf13/cobra"

func newConfig(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Print the settings in force and where each comes from",
		Long: `Settings come from flags, then ISNAD_* environment variables (query.limit is
ISNAD_QUERY_LIMIT), then isnad.yaml in the working folder or else in the user's
config folder, then defaults.`,
		Example: `  isnad config
  ISNAD_QUERY_LIMIT=500 isnad config --json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.printConfig() },
	}
}

func (a *app) printConfig() error {
	type line struct {
		Key   string `json:"key"`
		Value any    `json:"value"`
		From  string `json:"from"`
	}
	lines := []line{}
	t := &table{header: []string{"setting", "value", "from"}}
	for _, s := range a.config.settings() {
		lines = append(lines, line{s.key, s.value.any(), a.origins[s.key]})
		t.add(s.key, shown(s.value), a.origins[s.key])
	}
	if a.config.JSON {
		return a.printJSON(lines)
	}
	return a.printTable(t)
}
