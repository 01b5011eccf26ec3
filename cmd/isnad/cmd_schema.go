package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"isnad/schema"
)

func newSchema(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the ontology in force: classes and predicates",
		Example: `  isnad schema
  isnad schema --ontology mine.yaml --json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.printSchema() },
	}
	bindOntology(cmd)
	return cmd
}

// bindOntology adds the flag that extends the ontology.
func bindOntology(cmd *cobra.Command) {
	bind(cmd.Flags(), "ontology", "ontology", "", "YAML files that add classes, predicates and frames, separated by commas")
	cobra.CheckErr(cmd.MarkFlagFilename("ontology", "yaml", "yml"))
}

// extensions reads the user's ontology files.
func (a *app) extensions() ([]schema.Source, error) {
	var out []schema.Source
	for _, name := range a.config.Ontology {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("ontology: %w", err)
		}
		out = append(out, schema.Source{Name: name, Data: data})
	}
	return out, nil
}

// ontology loads the shipped ontology and the user's extensions.
func (a *app) ontology() (*schema.Ontology, error) {
	ext, err := a.extensions()
	if err != nil {
		return nil, err
	}
	return schema.Load(ext...)
}

func (a *app) printSchema() error {
	ont, err := a.ontology()
	if err != nil {
		return err
	}
	if a.config.JSON {
		return a.printJSON(map[string]any{"classes": ont.Classes(), "predicates": ont.Predicates()})
	}
	classes := &table{header: []string{"class", "Arabic", "is", "meaning"}}
	for _, c := range ont.Classes() {
		kind := "entity"
		if c.Literal {
			kind = "value"
		}
		if c.Parent != "" {
			kind = string(c.Parent)
		}
		classes.add(c.Name, c.Label["ar"], kind, c.Comment)
	}
	if err := a.printTable(classes); err != nil {
		return err
	}
	fmt.Fprintln(a.out)
	predicates := &table{header: []string{"predicate", "Arabic", "subject", "object", "meaning"}}
	for _, p := range ont.Predicates() {
		object := joinClasses(p.Object)
		if p.Symmetric {
			object += " (symmetric)"
		}
		predicates.add(p.Name, p.Label["ar"], joinClasses(p.Subject), object, p.Comment)
	}
	return a.printTable(predicates)
}

func joinClasses(classes []schema.Class) string {
	names := make([]string, len(classes))
	for i, c := range classes {
		names[i] = string(c)
	}
	return strings.Join(names, ", ")
}
