package benchstore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"isnad/graph/quadstore"
)

const (
	growEnv = "ISNAD_BENCHSTORE_GROW" // the sizes, if not 1, 2, 5 and 10 millions
	sizeOf  = "ISNAD_BENCHSTORE_SIZE_OF_ONE"
)

// growth is what a bulk load of one size takes.
type growth struct {
	Quads, Bytes, Memory int64
	Rate, Reopen         float64
}

// BenchmarkGrow loads stores of several sizes in bulk, each in a process of its own, and
// prints a table of what that takes.
func BenchmarkGrow(b *testing.B) {
	quads := quadsFile(b)
	fmt.Println("| quads | quads/s | processor s | memory at most, MB | bytes a quad on disk | reopening, ms |\n|---:|---:|---:|---:|---:|---:|")
	for size := range strings.SplitSeq(cmp.Or(os.Getenv(growEnv), "1000000,2000000,5000000,10000000"), ",") {
		cmd := exec.Command(os.Args[0], "-test.run", "^$", "-test.bench", "^BenchmarkGrowOne$", "-test.benchtime", "1x")
		cmd.Env = append(os.Environ(), quadsEnv+"="+quads, sizeOf+"="+size)
		out, err := cmd.CombinedOutput()
		if err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		_, line, _ := bytes.Cut(out, []byte("figures "))
		var g growth
		check(b, json.NewDecoder(bytes.NewReader(line)).Decode(&g))
		fmt.Printf("| %d | %.0f | %.1f | %d | %d | %.1f |\n", g.Quads, g.Rate,
			(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), g.Memory>>20, g.Bytes/g.Quads, g.Reopen*1e3)
	}
}

// BenchmarkGrowOne loads one size; it is run by BenchmarkGrow only.
func BenchmarkGrowOne(b *testing.B) {
	size, err := strconv.Atoi(os.Getenv(sizeOf))
	if err != nil {
		b.Skip("run by BenchmarkGrow, one process a size")
	}
	dir := filepath.Join(b.TempDir(), "store")
	s, err := quadstore.Open(dir, quadstore.Options{NoSync: true})
	check(b, err)
	var g growth
	var n int
	took := clock(func() { n, err = s.Load(context.Background(), more(os.Getenv(quadsEnv), size)) })
	check(b, err)
	check(b, s.Close())
	g.Quads, g.Rate, g.Bytes = int64(n), float64(n)/took, folderSize(b, dir)
	g.Reopen = clock(func() { s, err = quadstore.Open(dir, quadstore.Options{}) })
	check(b, err)
	check(b, s.Close())
	g.Memory = peakMemory()
	text, err := json.Marshal(g)
	check(b, err)
	fmt.Printf("figures %s\n", text)
}

// more yields so many different quads: those of the file, then the same again as if
// further articles, of texts of their own, spoke of the same entities.
func more(file string, size int) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for round, left := 0, size; left > 0; round++ {
			for q, err := range flat(file) {
				if left == 0 {
					return
				}
				if round > 0 {
					again := q
					for _, d := range quad.Directions {
						q.Set(d, another(q.Get(d), round))
					}
					if q == again {
						continue
					}
				}
				left--
				if !yield(q, err) {
					return
				}
			}
		}
	}
}

// another returns what a value of an article is in another article; the values of entities
// stay as they are.
func another(v quad.Value, round int) quad.Value {
	switch v := v.(type) {
	case quad.IRI:
		for _, kind := range []string{"isnad:article/", "isnad:statement/", "isnad:evidence/", "sanad:content/", "sanad:claim/", "sanad:tally/", "sanad:days/"} {
			if strings.HasPrefix(string(v), kind) {
				return v + quad.IRI(fmt.Sprint("~", round))
			}
		}
	case quad.String:
		if len(v) > 64 { // a title, a quotation, a text
			return v + quad.String(fmt.Sprint("~", round))
		}
	}
	return v
}
