// Command sample draws articles of corpora at random, extracts them, and prints a
// random sample of the statements, each with its sentence, for people to judge:
//
//	go run ./extract/eval/sample -ids 'Sports|Culture|Finance' CORPUS.jsonl.zst… >sheet.txt
//	go run ./extract/eval/sample -count sheet.txt
//
// The judge puts + (right), - (wrong) or ? (two careful readers would dispute it) in
// place of the dot that starts a statement; -count prints precision by predicate. The
// draw depends on the seed, the identifiers of the articles and what is extracted alone.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"isnad/extract/article"
	"isnad/extract/pipeline"
	"isnad/schema"
)

func main() {
	articles := flag.Int("articles", 300, "`number` of articles drawn")
	statements := flag.Int("n", 100, "`number` of statements drawn from them")
	seed := flag.Uint64("seed", 1, "`seed` of the draw")
	ids := flag.String("ids", "", "draw articles whose identifier matches this `expression` only")
	sheet := flag.String("count", "", "count the judgements in this `file`")
	flag.Parse()
	out := bufio.NewWriter(os.Stdout)
	err := run(out, *sheet, *ids, *seed, *articles, *statements, flag.Args())
	if err := errors.Join(err, out.Flush()); err != nil {
		fmt.Fprintln(os.Stderr, "sample:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, sheet, ids string, seed uint64, articles, statements int, corpora []string) error {
	if sheet != "" {
		data, err := os.ReadFile(sheet)
		if err != nil {
			return err
		}
		_, err = io.WriteString(out, count(string(data)))
		return err
	}
	if len(corpora) == 0 {
		return errors.New("no corpus: name the .jsonl.zst files to draw from")
	}
	match, err := regexp.Compile(ids)
	if err != nil {
		return err
	}
	ctx := context.Background()
	drawn, err := draw(ctx, corpora, match, seed, articles)
	if err != nil {
		return err
	}
	p, err := pipeline.New()
	if err != nil {
		return err
	}
	var all []candidate
	for _, a := range drawn {
		res, err := p.Extract(ctx, a)
		if err != nil {
			return fmt.Errorf("%s: %w", a.ID, err)
		}
		for i, text := range describe(a, res) {
			all = append(all, candidate{order: order(seed, a.ID+" "+strconv.Itoa(i)), text: text})
		}
	}
	slices.SortFunc(all, candidate.compare)
	for _, c := range all[:min(statements, len(all))] {
		fmt.Fprintln(out, c.text)
	}
	return nil
}

// candidate is something that may be drawn; what has the least order is.
type candidate struct {
	order   [sha256.Size]byte
	article *article.Article
	text    string
}

func (c candidate) compare(o candidate) int {
	return cmp.Or(bytes.Compare(c.order[:], o.order[:]), cmp.Compare(c.text, o.text))
}

// order places a thing in the draw of a seed.
func order(seed uint64, name string) [sha256.Size]byte {
	return sha256.Sum256([]byte(strconv.FormatUint(seed, 10) + " " + name))
}

// draw returns n of the articles whose identifier matches.
func draw(ctx context.Context, corpora []string, match *regexp.Regexp, seed uint64, n int) ([]*article.Article, error) {
	var best []candidate
	for a, err := range article.Walk(ctx, corpora, article.Options{}) {
		if err != nil {
			fmt.Fprintln(os.Stderr, "sample: left out:", err)
			continue
		}
		if !match.MatchString(a.ID) {
			continue
		}
		best = append(best, candidate{order: order(seed, a.ID), article: a, text: a.ID})
		if len(best) >= 2*n {
			slices.SortFunc(best, candidate.compare)
			best = best[:n]
		}
	}
	slices.SortFunc(best, candidate.compare)
	var out []*article.Article
	for _, c := range best[:min(n, len(best))] {
		out = append(out, c.article)
	}
	return out, nil
}

// describe renders each statement of a result with the line of the article it stands in.
func describe(a *article.Article, res *schema.Result) []string {
	names, text := map[string]string{}, a.Text()
	for _, e := range res.Entities {
		names[e.ID] = fmt.Sprintf("%s[%s]", e.Name, e.Type)
	}
	var out []string
	for _, r := range res.Relations {
		o := names[r.O.Entity]
		if r.O.Literal != nil {
			o = strconv.Quote(r.O.Literal.Value)
		}
		out = append(out, fmt.Sprintf(". %s(%s, %s) %s %s %.2f %s %s %d-%d\n    %s", r.P, names[r.S], o, r.Status, r.Date, r.Confidence, r.Rule, a.ID,
			r.Evidence.Start, r.Evidence.End, around(text, r.Evidence.Start, r.Evidence.End)))
	}
	return out
}

// margin is how many bytes around the evidence are printed, at most to the line's ends.
const margin = 160

// around returns the evidence in brackets with what stands around it.
func around(text string, start, end int) string {
	from, to := max(0, start-margin), min(len(text), end+margin)
	if i := strings.LastIndexByte(text[from:start], '\n'); i >= 0 {
		from += i + 1
	}
	if i := strings.IndexByte(text[end:to], '\n'); i >= 0 {
		to = end + i
	}
	line := text[from:start] + "⟦" + text[start:end] + "⟧" + text[end:to]
	return strings.ToValidUTF8(strings.ReplaceAll(line, "\n", " "), "")
}

var judgement = regexp.MustCompile(`(?m)^([-+?.]) (\w+)\(`)

// count renders the judgements of a sheet: precision of each predicate and in all.
// What is disputed or not judged counts neither way.
func count(sheet string) string {
	right, judged := map[string]int{}, map[string]int{}
	for _, m := range judgement.FindAllStringSubmatch(sheet, -1) {
		for _, of := range []string{m[2], ""} {
			switch m[1] {
			case "+":
				right[of]++
				judged[of]++
			case "-":
				judged[of]++
			}
		}
	}
	names := make([]string, 0, len(judged))
	for p := range judged {
		names = append(names, p)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(judged[b], judged[a]), cmp.Compare(a, b)) })
	var b strings.Builder
	for _, p := range names {
		fmt.Fprintf(&b, "%-22s right %3d of %3d   P %.2f\n", cmp.Or(p, "all"), right[p], judged[p], float64(right[p])/float64(judged[p]))
	}
	return b.String()
}
