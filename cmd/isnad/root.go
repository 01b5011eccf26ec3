package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// Exit codes of every command.
const (
	exitDone   = 0
	exitFailed = 1 // something failed or could not be read
	exitUsage  = 2 // wrong usage: arguments, flags, settings
)

// app is what the commands share: their streams and the settings in force.
type app struct {
	in       io.Reader
	out      io.Writer
	err      io.Writer
	terminal bool // out is a terminal
	width    int  // its columns
	config   Config
	origins  map[string]string // setting to where its value comes from
	settings string            // the settings file; empty if there is none
	ready    bool              // usage and settings were right: what fails now is no usage error
}

func newApp(in, out, err *os.File) *app {
	width, _, notTerminal := term.GetSize(int(out.Fd()))
	return &app{in: in, out: out, err: err, terminal: notTerminal == nil, width: width, config: defaults()}
}

// usageError is a mistake in how a command was called.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errReported ends a command that has already said on stderr what went wrong.
var errReported = errors.New("already reported")

// run executes the command line and returns the exit code.
func run(ctx context.Context, a *app, args []string) int {
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	if several := (*ambiguousError)(nil); errors.As(err, &several) {
		err = errors.Join(err, a.printCandidates(several.found))
	}
	switch {
	case errors.Is(err, errReported):
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.err, "isnad: interrupted")
	default:
		fmt.Fprintf(a.err, "isnad: %s\n", oneLine(err))
	}
	if usage := (usageError{}); !a.ready || errors.As(err, &usage) {
		fmt.Fprintf(a.err, "Run '%s --help' for usage.\n", cmd.CommandPath())
		return exitUsage
	}
	return exitFailed
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "isnad",
		Short: "Build and query a knowledge graph from Arabic news",
		Long: `isnad reads Arabic news articles and builds a graph of who met whom, who joined
what and who holds which office. Every edge carries the words that state it.`,
		Example: `  isnad build articles/               build or extend the graph in ./isnad-data
  isnad show "ناصر بوريطة"            what the graph says of one entity
  isnad find --predicate met          who met whom, when, and who says so
  isnad query 'g.V("<isnad:country/المغرب>").out("<isnad:joined>").all()'`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.configure(cmd.Flags(), os.Environ()); err != nil {
				return err
			}
			if err := cmd.ValidateFlagGroups(); err != nil {
				return err
			}
			a.ready = true
			return nil
		},
	}
	cobra.EnableCommandSorting = false // the help text follows the user's work
	flags := root.PersistentFlags()
	flags.String("config", "", "settings file (default isnad.yaml here, then in the user's config folder)")
	bind(flags, "store", "store", "s", "folder of the graph, or postgres://user@host/database")
	bind(flags, "json", "json", "", "print JSON instead of tables and text")
	bind(flags, "quiet", "quiet", "q", "print results and errors only")
	bind(flags, "verbose", "verbose", "v", "say more about what is being done")
	addGroup(root, "build", "Building the graph:", newBuild(a), newExtract(a), newRemove(a), newResolve(a),
		newExport(a), newImport(a))
	addGroup(root, "queue", "Extracting on many machines:", newWorker(a), newQueue(a))
	addGroup(root, "ask", "Asking it:", newShow(a), newFind(a), newPath(a), newQuery(a), newStats(a), newServe(a))
	addGroup(root, "keep", "Keeping it:", newCheck(a), newBackup(a), newCompact(a))
	addGroup(root, "measure", "Measuring extraction:", newEval(a))
	addGroup(root, "about", "About isnad:", newSchema(a), newConfig(a), newVersion(a))
	root.SetHelpCommandGroupID("about")
	root.SetCompletionCommandGroupID("about")
	return root
}

// addGroup adds commands under a title of their own in the help text.
func addGroup(root *cobra.Command, id, title string, commands ...*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: id, Title: title})
	for _, c := range commands {
		c.GroupID = id
		root.AddCommand(c)
	}
}
