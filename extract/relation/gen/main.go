// Command gen learns ../confidence.yaml, the model that says how sure a statement is,
// from annotated articles:
//
//	go run ./extract/relation/gen -level DIRS -judged FILE -texts DIR GOLD… >confidence.yaml
//
// Each GOLD is a folder of annotated articles, FILE has statements of other articles
// that people have judged, whose texts are in DIR. Frames are surer on the articles they
// were written on than on others; so the level is set on DIRS, folders of annotated
// articles with a comma between, each counting as much as any other. What cross-validation
// says goes to standard error. The model is a pure function of its input; make confidence
// runs all of it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// threshold is under which a statement is not made, in hundredths. F1 is highest at half
// the F1 that is reached (Z. Lipton, C. Elkan and B. Naryanaswamy, "Optimal Thresholding of
// Classifiers to Maximize F1 Measure", ECML PKDD 2014); this is half of the 0.70 aimed at.
const threshold = 35

const header = `# How sure a statement is: a logistic regression over its features, in thousandths of a logit.
# Origin: computed by go run ./extract/relation/gen (see there); Apache-2.0.
# Normalisation: none. Order: by feature.
`

func main() {
	level := flag.String("level", "", "`folders` of annotated articles to set the level on")
	judged := flag.String("judged", "", "`file` of judged statements")
	texts := flag.String("texts", "", "`folder` of their articles")
	flag.Parse()
	if err := run(flag.Args(), *level, *judged, *texts, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(folders []string, level, judged, texts string, out, report io.Writer) error {
	if len(folders) == 0 || level == "" {
		return errors.New("name the folders of annotated articles, and with -level one to set the level on")
	}
	src, err := newSource()
	if err != nil {
		return err
	}
	var learn []example
	wanted := 0
	for _, f := range folders {
		more, n, err := src.gold(f)
		if err != nil {
			return err
		}
		learn, wanted = append(learn, more...), wanted+n
	}
	validate(report, learn, wanted)
	if judged != "" {
		more, err := src.judged(judged, texts)
		if err != nil {
			return err
		}
		learn = append(learn, more...)
	}
	m := train(learn)
	dirs := strings.Split(level, ",")
	shift := 0.0
	for _, dir := range dirs {
		unseen, _, err := src.gold(dir)
		if err != nil {
			return err
		}
		shift += m.shift(unseen)
	}
	m.level += shift / float64(len(dirs))
	fmt.Fprintf(report, "learned from %d statements, level moved by %.2f\n", len(learn), shift/float64(len(dirs)))
	return m.write(out)
}

// write renders the model; what weighs nothing is left out.
func (m *regression) write(out io.Writer) error {
	thousandths := func(x float64) int { return int(x*1000+1000000.5) - 1000000 }
	if _, err := fmt.Fprintf(out, "%slevel: %d\nprior: %d\nthreshold: %d\nweights:\n", header, thousandths(m.level), thousandths(m.prior), threshold); err != nil {
		return err
	}
	for _, f := range slices.Sorted(maps.Keys(m.weights)) {
		if w := thousandths(m.weights[f]); w > 9 || w < -9 {
			if _, err := fmt.Fprintf(out, "  %s: %d\n", f, w); err != nil {
				return err
			}
		}
	}
	return nil
}
