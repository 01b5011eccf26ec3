package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"isnad/extract/article"
	"isnad/extract/eval"
	"isnad/schema"
)

func newEval(a *app) *cobra.Command {
	var predictions string
	var errors, calibration bool
	var workers inputFlags
	cmd := &cobra.Command{
		Use:   "eval GOLD",
		Short: "Measure extraction against annotated articles",
		Long: `Extracts the articles of a folder (NAME.txt beside NAME.json) and prints precision,
recall and F1 for each predicate and in all, and the figures for entities, mentions,
status and dates. docs/evaluation.md says what each figure means.`,
		Example: `  isnad eval gold/dev
  isnad eval --errors gold/dev
  isnad extract gold/dev/*.txt > results.jsonl && isnad eval --predictions results.jsonl gold/dev`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.eval(cmd.Context(), args[0], predictions, errors, calibration)
		},
	}
	workers.add(cmd)
	cmd.Args = cobra.ExactArgs(1)
	cmd.Flags().StringVar(&predictions, "predictions", "", "JSON lines that 'isnad extract' printed, to measure instead of extracting")
	cmd.Flags().BoolVar(&errors, "errors", false, "list every relation missed or wrongly said, by cause")
	cmd.Flags().BoolVar(&calibration, "calibration", false, "compare confidence with the share of right relations")
	return cmd
}

func (a *app) eval(ctx context.Context, folder, predictions string, errors, calibration bool) error {
	gold, err := eval.LoadGold(folder)
	if err != nil {
		return err
	}
	results, err := a.predictions(ctx, folder, predictions)
	if err != nil {
		return err
	}
	report := eval.Score(gold, results)
	var wrong *eval.Diagnosis
	if errors {
		d := eval.Errors(gold, results)
		wrong = &d
	}
	var trust *eval.Calibration
	if calibration {
		c := eval.Calibrate(gold, results)
		trust = &c
	}
	if a.config.JSON {
		return a.printJSON(struct {
			eval.Report
			Errors      *eval.Diagnosis   `json:"errors,omitempty"`
			Calibration *eval.Calibration `json:"calibration,omitempty"`
		}{report, wrong, trust})
	}
	text := report.Table()
	if wrong != nil {
		text = wrong.Text(0) + "\n" + text
	}
	if trust != nil {
		text += "\n" + trust.Table()
	}
	_, err = fmt.Fprint(a.out, text)
	return err
}

// predictions reads results from a file, or extracts the texts of the folder.
func (a *app) predictions(ctx context.Context, folder, file string) ([]schema.Result, error) {
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("eval: %w", err)
		}
		defer f.Close()
		return eval.ReadResults(f)
	}
	names, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	var texts []string
	for _, n := range names {
		if filepath.Ext(n.Name()) == ".txt" {
			texts = append(texts, filepath.Join(folder, n.Name()))
		}
	}
	var results []schema.Result
	err = a.extractEach(ctx, texts, article.Options{}, func(r *schema.Result) error {
		results = append(results, *r)
		return nil
	})
	return results, err
}
