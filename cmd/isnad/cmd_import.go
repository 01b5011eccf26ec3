package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/ingest"
	"isnad/graph/names"
	"isnad/schema"
)

// importFlags are the flags of import.
type importFlags struct {
	format, source   string
	class, predicate string
	words            []string
}

func newImport(a *app) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Read back what 'isnad export' wrote, or a graph that somebody made",
		Long: `Reads the export of a whole graph into the folder or database of --store, which must
not hold a graph yet, and makes an equal one: N-Quads (.nq), GraphML (.graphml),
node-link JSON (.json), JSON-LD (.jsonld), or CSV (.zip, or a folder). Standard input
(-) is N-Quads unless --format says otherwise. If it fails, the store is as it was before.

With --source NAME it reads a graph that somebody made, in one of these formats or as
one CSV table of edges (.csv), into the graph of --store beside what is there: as one
article of that source, which another import of the name replaces and 'isnad remove
import/NAME' takes away.`,
		Example: `  isnad import --store /srv/copy graph.nq
  isnad import --store /srv/copy tables/
  isnad import --source desk desk.graphml
  isnad import --source desk --map "works for=affiliatedWith" --class Person edges.csv
  zstdcat graph.nq.zst | isnad import --store /srv/copy -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(args[0]); err != nil {
				return err
			}
			if f.source != "" {
				return a.importForeign(cmd.Context(), &f, args[0])
			}
			return a.importWhole(cmd.Context(), f.format, args[0])
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.format, "format", "f", "", "format: "+export.ReadableNames+" (default: by the name of the file)")
	flags.StringVar(&f.source, "source", "", "name of the source of a graph that somebody made")
	flags.StringArrayVar(&f.words, "map", nil, "with --source: WORD=NAME, a word of the file and the class or predicate it means; may be repeated")
	flags.StringVar(&f.class, "class", "", "with --source: class of entities of which nothing tells it")
	flags.StringVar(&f.predicate, "predicate", "", "with --source: predicate of edges that state none")
	bindOntology(cmd)
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(strings.Split(export.ReadableNames, ", "), cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// check refuses flags that cannot be meant, and finds out the format.
func (f *importFlags) check(name string) error {
	if f.source == "" && (f.class != "" || f.predicate != "" || len(f.words) > 0) {
		return usagef("--class, --predicate and --map are for a graph that somebody made: say whose with --source NAME")
	}
	if strings.ContainsFunc(f.source, unicode.IsControl) || !utf8.ValidString(f.source) {
		return usagef("--source: %q is no name", f.source)
	}
	for _, word := range f.words {
		if from, to, ok := strings.Cut(word, "="); !ok || from == "" || to == "" {
			return usagef("--map: %q is not WORD=NAME", word)
		}
	}
	if f.format == "" {
		f.format = export.FormatOf(name)
	}
	if f.format == "" && f.source == "" {
		f.format = "nquads"
	}
	if !slices.Contains(strings.Split(export.ReadableNames, ", "), f.format) {
		if f.format == "" {
			return usagef("%s: say what it is with --format: %s", name, export.ReadableNames)
		}
		return usagef("format %q cannot be read: there is %s", f.format, export.ReadableNames)
	}
	return nil
}

// importForeign writes a graph that somebody made as an article of its own.
func (a *app) importForeign(ctx context.Context, f *importFlags, name string) error {
	ont, err := a.ontology()
	if err != nil {
		return err
	}
	source := export.Source{Name: f.source, Ontology: ont, Words: map[string]string{}, Class: schema.Class(f.class), Predicate: f.predicate}
	if f.class != "" && (ont.Class(source.Class) == nil || ont.Class(source.Class).Literal) {
		return usagef("--class: there is no class %q of entities; see 'isnad schema'", f.class)
	}
	if f.predicate != "" && ont.Predicate(f.predicate) == nil {
		return usagef("--predicate: there is no predicate %q; see 'isnad schema'", f.predicate)
	}
	for _, word := range f.words {
		from, to, _ := strings.Cut(word, "=")
		if ont.Predicate(to) == nil && ont.Class(schema.Class(to)) == nil {
			return usagef("--map: there is no class or predicate %q; see 'isnad schema'", to)
		}
		source.Words[from] = to
	}
	in, err := export.OpenInput(name, f.format, a.in)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer in.Close()
	found, err := a.readForeign(ctx, in, source)
	if err != nil {
		return fmt.Errorf("import: %w", inFile(name, err))
	}
	var outcome ingest.Outcome
	err = a.withWriter(func(_ *graph.Graph, w *ingest.Writer) error {
		outcome, err = w.Write(ctx, found.Result)
		return err
	})
	if err != nil {
		return fmt.Errorf("import: %s: %w", name, err)
	}
	return a.sayImported(found, outcome)
}

// readForeign reads with what the graph knows, if there is one.
func (a *app) readForeign(ctx context.Context, in *export.Input, source export.Source) (found *export.Foreign, err error) {
	g, err := graph.Open(a.config.Store, graph.Options{ReadOnly: true})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return export.ReadForeign(in.Items, source)
	case err != nil:
		return nil, err
	}
	source.Known = func(name string) ([]schema.Class, error) { return classesOf(ctx, g, source.Ontology, name) }
	found, err = export.ReadForeign(in.Items, source)
	return found, closed(err, g)
}

// classesOf returns the classes of the graph's entities of a name.
func classesOf(ctx context.Context, g *graph.Graph, ont *schema.Ontology, name string) ([]schema.Class, error) {
	var found []schema.Class
	for _, c := range ont.Classes() {
		key := names.Key(c.Name, name)
		if c.Literal || key == "" {
			continue
		}
		iris, err := g.ByKey(ctx, c.Name, graph.ByName, key, 1)
		if err != nil {
			return nil, err
		}
		if len(iris) > 0 {
			found = append(found, c.Name)
		}
	}
	return found, nil
}

// inFile names the file in an error that does not.
func inFile(name string, err error) error {
	if strings.HasPrefix(err.Error(), name) {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (a *app) sayImported(found *export.Foreign, outcome ingest.Outcome) error {
	r := found.Result
	if a.config.JSON {
		return a.printJSON(map[string]any{"article": r.ID, "entities": len(r.Entities), "statements": len(r.Relations), "outcome": outcome.String(), "left_out": found.LeftOut})
	}
	for _, p := range slices.Sorted(maps.Keys(found.LeftOut)) {
		a.say("isnad: warning: left out %s of %s, which is no predicate of the ontology: --map says what it means", plural(found.LeftOut[p], "statement", "statements"), p)
	}
	a.say("%s and %s of %s: %s.", plural(len(r.Entities), "entity", "entities"), plural(len(r.Relations), "statement", "statements"), r.ID, outcome)
	return nil
}

// importWhole makes a graph of the export of a whole one.
func (a *app) importWhole(ctx context.Context, format, name string) error {
	fill := func(ctx context.Context, g *graph.Graph) (map[string]int, error) { return a.fill(ctx, g, format, name) }
	into := loadFolder
	if a.inDatabase() {
		into = load // which is one transaction
	}
	n, err := into(ctx, a.config.Store, fill)
	if errors.Is(err, graph.ErrNotEmpty) {
		return fmt.Errorf("%s is not empty: import into a new folder or database with --store, or, what somebody made, beside what is there with --source NAME", a.place())
	}
	if err != nil {
		if ctx.Err() != nil {
			return errors.New("interrupted: nothing was imported")
		}
		return err
	}
	switch {
	case a.config.JSON:
		return a.printJSON(n)
	case format == "nquads":
		a.say("%s imported into %s.", plural(n["quads"], "quad", "quads"), a.place())
	default:
		a.say("%s, %s and %s imported into %s.", plural(n["articles"], "article", "articles"), plural(n["entities"], "entity", "entities"),
			plural(n["statements"], "statement", "statements"), a.place())
	}
	return nil
}

// fill reads a file into an empty graph and says how much there was.
func (a *app) fill(ctx context.Context, g *graph.Graph, format, name string) (map[string]int, error) {
	if format == "nquads" {
		in := a.in
		if name != "-" {
			f, err := os.Open(name)
			if err != nil {
				return nil, fmt.Errorf("import: %w", err)
			}
			defer f.Close()
			in = f
		}
		n, err := export.Import(ctx, g, name, in)
		if errors.Is(err, graph.ErrForm) || errors.Is(err, graph.ErrNoDump) {
			err = fmt.Errorf("import: %s: %w", name, err)
		}
		return map[string]int{"quads": n}, err
	}
	in, err := export.OpenInput(name, format, a.in)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	defer in.Close()
	n, err := export.Restore(ctx, g, in.Items)
	if err != nil {
		err = fmt.Errorf("import: %w", err)
	}
	return map[string]int{"articles": n.Articles, "entities": n.Entities, "statements": n.Statements}, err
}

// filler fills an empty graph and says how much there was of what.
type filler func(context.Context, *graph.Graph) (map[string]int, error)

// loadFolder fills a graph in a new folder. It appears under its name only once it is
// complete.
func loadFolder(ctx context.Context, store string, fill filler) (map[string]int, error) {
	entries, err := os.ReadDir(store)
	if err == nil && len(entries) > 0 {
		return nil, graph.ErrNotEmpty
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("import: %w", err)
	}
	unfinished := store + ".importing"
	if err := os.RemoveAll(unfinished); err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	n, err := load(ctx, unfinished, fill)
	if err == nil {
		err = errors.Join(removeEmpty(store), os.Rename(unfinished, store))
	}
	if err != nil {
		os.RemoveAll(unfinished)
	}
	return n, err
}

// load fills a new graph.
func load(ctx context.Context, address string, fill filler) (n map[string]int, err error) {
	g, err := graph.Open(address, graph.Options{NoSync: true}) // it counts only when complete, and closing syncs
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	return fill(ctx, g)
}

func removeEmpty(folder string) error {
	if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}
