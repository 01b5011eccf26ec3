// Command gen writes ../confidence.yaml: how often each shipped frame was right on
// annotated articles, as hundredths. Results of those articles come on standard
// input, the folder of the gold is the argument:
//
//	isnad extract --quiet GOLD/*.txt | go run ./extract/relation/gen GOLD >confidence.yaml
//
// A frame seen seldom keeps close to what its author gave it. That value counts as
// much as weight statements, after it is lowered (or raised) by the factor that makes
// all authors' values together as right as the statements were. The table is a pure
// function of its input.
package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"isnad/extract/eval"
	"isnad/extract/relation"
)

const (
	weight = 6  // statements
	lowest = 20 // hundredths
	most   = 97
)

const header = `# How often each frame was right on annotated articles, in hundredths.
# Origin: computed by go run ./extract/relation/gen (see there); Apache-2.0.
# Normalisation: none. Order: by frame.
`

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: isnad extract --quiet GOLD/*.txt | gen GOLD")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder string, in io.Reader, out io.Writer) error {
	gold, err := eval.LoadGold(folder)
	if err != nil {
		return err
	}
	results, err := eval.ReadResults(in)
	if err != nil {
		return err
	}
	frames, err := shipped("extract/relation/frames")
	if err != nil {
		return err
	}
	rules := eval.Errors(gold, results).Rules
	factor := scale(frames, rules)
	if _, err := io.WriteString(out, header); err != nil {
		return err
	}
	for _, f := range frames {
		c := rules[f.Name]
		value := (100*float64(c.TP) + weight*factor*float64(f.Confidence)) / float64(c.TP+c.FP+weight)
		if _, err := fmt.Fprintf(out, "%s: %d\n", f.Name, min(max(int(math.Round(value)), lowest), most)); err != nil {
			return err
		}
	}
	return nil
}

// scale returns the share of right statements over the share that the authors'
// values promise for the same statements.
func scale(frames []relation.Frame, rules map[string]eval.Counts) float64 {
	right, promised := 0.0, 0.0
	for _, f := range frames {
		c := rules[f.Name]
		right += float64(c.TP)
		promised += float64((c.TP+c.FP)*f.Confidence) / 100
	}
	if promised == 0 {
		return 1
	}
	return right / promised
}

// shipped returns the frames of the folder, by name.
func shipped(folder string) ([]relation.Frame, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var all []relation.Frame
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		frames, err := relation.ParseFrames(filepath.Base(name), data)
		if err != nil {
			return nil, err
		}
		all = append(all, frames...)
	}
	slices.SortFunc(all, func(a, b relation.Frame) int { return cmp.Compare(a.Name, b.Name) })
	return all, nil
}
