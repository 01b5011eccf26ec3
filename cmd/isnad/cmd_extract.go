package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"isnad/extract/article"
	"isnad/extract/pipeline"
	"isnad/schema"
)

// inputFlags are the flags of the commands that read articles.
type inputFlags struct{ root string }

func (f *inputFlags) add(cmd *cobra.Command) {
	cmd.Args = needPaths
	cmd.Flags().StringVar(&f.root, "root", "", "folder that article ids made of paths are relative to (default each argument)")
	bind(cmd.Flags(), "workers", "workers", "", "articles extracted at a time; 0 means one for each core")
	bindOntology(cmd)
	cobra.CheckErr(cmd.MarkFlagDirname("root"))
}

// needPaths demands at least one path.
func needPaths(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usagef("name the files or folders to read, or - for standard input")
	}
	if slices.Contains(args, "") {
		return usagef("a path is empty: name a file or folder; . is the working folder")
	}
	return nil
}

func newExtract(a *app) *cobra.Command {
	var input inputFlags
	var text, pretty, explain bool
	cmd := &cobra.Command{
		Use:   "extract PATH…",
		Short: "Print what articles say, as JSON lines; nothing is stored",
		Long: `Reads files, folders with all that is below them, and - (standard input): text
(title, blank line, body; or body alone), JSON, JSON lines and HTML, each perhaps
compressed with gzip or zstd. Prints one document result a line, in the order of
the input. What cannot be read is named on standard error, and the rest goes on.`,
		Example: `  isnad extract articles/ > results.jsonl
  isnad extract --pretty article.txt
  isnad extract --explain article.txt
  zstdcat dump.jsonl.zst | isnad extract --text -
  isnad extract --ontology trade.yaml article.txt`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if explain {
				return a.explainEach(cmd.Context(), args, a.reading(input))
			}
			print := func(r *schema.Result) error {
				if !text {
					r.Text = ""
				}
				return a.printLine(r)
			}
			if pretty {
				print = a.printPretty
			}
			return a.extractEach(cmd.Context(), args, a.reading(input), print)
		},
	}
	input.add(cmd)
	cmd.Flags().BoolVar(&text, "text", false, "include each article's text, which all offsets index")
	cmd.Flags().BoolVar(&pretty, "pretty", false, "show the text with its mentions, and the relations, for a person to read")
	cmd.Flags().BoolVar(&explain, "explain", false, "show what each stage makes of each sentence, for a person to read")
	cmd.MarkFlagsMutuallyExclusive("text", "pretty", "explain")
	return cmd
}

// explainEach prints how every article of paths is read.
func (a *app) explainEach(ctx context.Context, paths []string, opt article.Options) error {
	ext, err := a.extensions()
	if err != nil {
		return err
	}
	p, err := pipeline.New(ext...)
	if err != nil {
		return err
	}
	unreadable := 0
	for r := range read(ctx, article.Files(ctx, paths, opt), 1) {
		if r.err != nil {
			unreadable++
			a.reject(r.err)
			continue
		}
		if err := p.Explain(ctx, r.article, a.out); err != nil {
			return err
		}
	}
	if unreadable > 0 {
		return errReported
	}
	return nil
}

// extractEach extracts every article of paths and hands the results, in order, to use.
func (a *app) extractEach(ctx context.Context, paths []string, opt article.Options, use func(*schema.Result) error) error {
	x, err := a.extractor()
	if err != nil {
		return err
	}
	files := article.Files(ctx, paths, opt)
	in := newIntake(files)
	told := a.newProgress(in.total, in.read)
	if a.terminal {
		told = &progress{} // results fill the screen
	}
	defer told.finish()
	run := &extraction{extractor: x, workers: a.workers()}
	unreadable := 0
	for o := range run.run(ctx, in.watch(files)) {
		switch {
		case ctx.Err() != nil:
			return errors.New("interrupted: the results printed so far are complete")
		case o.err != nil:
			unreadable++
			told.clear()
			a.reject(o.err)
		default:
			if err := use(o.result); err != nil {
				return fmt.Errorf("printing a result: %w", err)
			}
		}
		told.step()
	}
	if unreadable > 0 {
		return errReported
	}
	return nil
}

// reading returns how articles are read: without what is isnad's own, for a user who
// builds the folder he works in has the store and his settings there.
func (a *app) reading(input inputFlags) article.Options {
	var own []string
	for _, path := range append([]string{a.config.Store, a.config.Queue.Folder, a.settings, a.config.Resolve.Same, a.config.Resolve.Different}, a.config.Ontology...) {
		if abs, err := filepath.Abs(path); err == nil && path != "" {
			own = append(own, abs)
		}
	}
	return article.Options{Root: input.root, Stdin: a.in, Skip: func(path string) bool {
		abs, err := filepath.Abs(path)
		return err == nil && slices.Contains(own, abs)
	}}
}

// reject says on stderr which input could not be read, why, and what to do.
func (a *app) reject(err error) { fmt.Fprintln(a.err, "isnad: "+oneLine(err)) }
