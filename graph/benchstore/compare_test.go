package benchstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

const (
	corpus    = "../../../shared/corpus"
	quadsEnv  = "ISNAD_BENCHSTORE_QUADS" // a file to keep the quads in between runs
	reportEnv = "ISNAD_BENCHSTORE_REPORT"
	sizeEnv   = "ISNAD_BENCHSTORE_SIZE" // how many quads, if not a million
)

// wanted is the number of quads.
var wanted = func() int {
	if n, err := strconv.Atoi(os.Getenv(sizeEnv)); err == nil {
		return n
	}
	return 1_000_000
}()

var kinds = []string{"isnad", "memstore", "bolt", "leveldb"}

// BenchmarkStores loads the same quads into each store, each in a process of its own,
// asks each the same, and writes a table in Markdown that ends with the ratio of bulk
// loading to bolt's.
func BenchmarkStores(b *testing.B) {
	quads := quadsFile(b)
	ask := questions(b, quads)
	all := map[string]figures{}
	for _, kind := range kinds {
		all[kind] = measureApart(b, kind, quads, ask)
	}
	report := render(all)
	if to := os.Getenv(reportEnv); to != "" {
		check(b, os.WriteFile(to, []byte(report), 0o644))
	} else {
		fmt.Print(report)
	}
}

// quadsFile returns the name of a file of the quads, which it makes if need be.
func quadsFile(b *testing.B) string {
	b.Helper()
	quads := cmp.Or(os.Getenv(quadsEnv), filepath.Join(b.TempDir(), "quads"))
	if _, err := os.Stat(quads); err == nil {
		return quads
	}
	sources, _ := filepath.Glob(filepath.Join(corpus, "*.jsonl.zst"))
	if len(sources) == 0 {
		b.Skip("../shared/corpus is not here, so there is nothing to load")
	}
	slices.Sort(sources)
	groups, err := produce(context.Background(), sources, wanted)
	check(b, err)
	check(b, writeQuads(quads, groups))
	return quads
}

func measureApart(b *testing.B, kind, quads string, ask map[string]string) (f figures) {
	b.Helper()
	work := b.TempDir()
	j := job{Kind: kind, Quads: quads, Work: work, To: filepath.Join(work, "figures.json"), Ask: ask}
	text, err := json.Marshal(j)
	check(b, err)
	cmd := exec.Command(os.Args[0], "-test.run", "^$", "-test.bench", "^BenchmarkOne$", "-test.benchtime", "1x", "-test.timeout", "20m")
	cmd.Env = append(os.Environ(), jobEnv+"="+string(text))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("%s: %v\n%s", kind, err, out)
	}
	data, err := os.ReadFile(j.To)
	check(b, err)
	check(b, json.Unmarshal(data, &f))
	check(b, os.RemoveAll(work))
	return f
}

// questions returns the queries to ask, about the nodes that most quads have.
func questions(b *testing.B, quads string) map[string]string {
	b.Helper()
	mentioned := map[string]int{}
	met := map[string]int{}
	for q, err := range flat(quads) {
		check(b, err)
		switch o, _ := q.Object.(quad.IRI); q.Predicate {
		case quad.IRI("sanad:mentions"):
			mentioned[string(o)]++
		case quad.IRI("isnad:met"):
			if s, ok := q.Subject.(quad.IRI); ok {
				met[string(s)]++
			}
		}
	}
	most := func(in map[string]int, prefix string) string {
		keys := slices.DeleteFunc(slices.Collect(maps.Keys(in)), func(k string) bool { return !strings.HasPrefix(k, prefix) })
		if len(keys) == 0 {
			b.Fatalf("the quads speak of no %s", prefix)
		}
		return fmt.Sprintf("%q", "<"+slices.MinFunc(keys, func(x, y string) int { return cmp.Or(in[y]-in[x], cmp.Compare(x, y)) })+">")
	}
	country, city, person := most(mentioned, "isnad:country/"), most(mentioned, "isnad:place/"), most(met, "isnad:person/")
	const statements = `g.V("<sanad:Statement>").in("<rdf:type>")`
	return map[string]string{
		"one hop out":              `g.V(` + person + `).out("<isnad:met>").all()`,
		"one hop in":               `g.V(` + country + `).in("<isnad:affiliatedWith>").all()`,
		"two hops":                 `g.V(` + country + `).in("<isnad:affiliatedWith>").out("<isnad:holdsPosition>").all()`,
		"three hops with names":    `g.V(` + person + `).in("<sanad:subject>").out("<sanad:evidence>").out("<sanad:article>").save("<sanad:title>", "title").all()`,
		"in(city) and in(country)": `g.V(` + city + `).in("<sanad:mentions>").and(g.V(` + country + `).in("<sanad:mentions>")).all()`,
		"type with country":        statements + `.has("<sanad:object>", ` + country + `).all()`,
		"in(city).save(title)":     `g.V(` + city + `).in("<sanad:mentions>").save("<sanad:title>", "title").all()`,
		"has(name, regex), 10":     `g.V().has("<isnad:name>", regex("محمد")).limit(10).all()`,
		"count of a type":          `g.emit(` + statements + `.count())`,
		"followRecursive, 6 deep":  `g.V(` + person + `).followRecursive(g.M().both("<isnad:met>"), 6).all()`,
		"skip(40000).limit(10)":    `g.V("<sanad:Article>", "<sanad:Statement>").in("<rdf:type>").out().skip(40000).limit(10).all()`,
		"all of a type, names":     statements + `.all()`,
	}
}

// render writes the table.
func render(all map[string]figures) string {
	var out strings.Builder
	fmt.Fprintf(&out, "| | %s |\n|---%s|\n", strings.Join(kinds, " | "), strings.Repeat("|---:", len(kinds)))
	row := func(name string, cell func(kind string, f figures) string) {
		fmt.Fprintf(&out, "| %s |", name)
		for _, kind := range kinds {
			fmt.Fprintf(&out, " %s |", cmp.Or(cell(kind, all[kind]), "-"))
		}
		out.WriteString("\n")
	}
	number := func(get func(figures) float64, format string) func(string, figures) string {
		return func(_ string, f figures) string {
			if n := get(f); n != 0 {
				return fmt.Sprintf(format, n)
			}
			return ""
		}
	}
	row("bulk load, quads/s", number(func(f figures) float64 { return f.Bulk }, "%.0f"))
	row("article by article, synced, quads/s", number(func(f figures) float64 { return f.Synced }, "%.0f"))
	row("bytes a quad on disk", number(func(f figures) float64 { return float64(f.Bytes) / float64(wanted) }, "%.0f"))
	row("reopening, ms", number(func(f figures) float64 { return f.Reopen * 1e3 }, "%.1f"))
	row("memory at most, MB", number(func(f figures) float64 { return float64(f.Memory) / (1 << 20) }, "%.0f"))
	row("reads/s of four readers alone", number(func(f figures) float64 { return f.Alone }, "%.0f"))
	row("the same beside a writer", number(func(f figures) float64 { return f.Beside }, "%.0f"))
	row("quads/s of that writer", number(func(f figures) float64 { return f.Written }, "%.0f"))
	for _, name := range slices.Sorted(maps.Keys(all[kinds[0]].Queries)) {
		row(fmt.Sprintf("%s (%d rows), ms", name, all[kinds[0]].Rows[name]), func(_ string, f figures) string {
			if f.TimedOut[name] {
				return fmt.Sprintf("> %.0f", f.Queries[name]*1e3)
			}
			return fmt.Sprintf("%.2f", f.Queries[name]*1e3)
		})
	}
	verdicts(&out, all)
	fmt.Fprintf(&out, "\nload_ratio_bolt: %.1f\n", all["isnad"].Bulk/all["bolt"].Bulk)
	return out.String()
}

// verdicts says where the store misses what it is to reach beside the others.
func verdicts(out *strings.Builder, all map[string]figures) {
	us, memory, bolt := all["isnad"], all["memstore"], all["bolt"]
	missed := func(what string, is, limit float64, ok bool) {
		if !ok {
			fmt.Fprintf(out, "missed: %s: %.4g, aim %.4g\n", what, is, limit)
		}
	}
	out.WriteString("\n")
	missed("bulk load", us.Bulk, max(150_000, 4*bolt.Bulk), us.Bulk >= 150_000 && us.Bulk >= 4*bolt.Bulk)
	missed("article by article", us.Synced, 40_000, us.Synced >= 40_000)
	missed("bytes a quad", float64(us.Bytes)/float64(wanted), float64(bolt.Bytes)/float64(wanted)/3, us.Bytes*3 <= bolt.Bytes)
	missed("reopening, ms", us.Reopen*1e3, 50, us.Reopen <= 0.05)
	missed("memory, MB", float64(us.Memory)/(1<<20), 300, us.Memory <= 300<<20)
	missed("readers beside a writer", us.Beside/us.Alone, 0.5, us.Beside >= us.Alone/2)
	for _, name := range slices.Sorted(maps.Keys(us.Queries)) {
		limit := min(3*memory.Queries[name], bolt.Queries[name])
		missed(name+", ms", us.Queries[name]*1e3, limit*1e3, us.Queries[name] <= limit)
		for _, kind := range kinds {
			if f := all[kind]; !f.TimedOut[name] && f.Rows[name] != us.Rows[name] {
				fmt.Fprintf(out, "differs: %s: %d rows in %s, %d in isnad\n", name, f.Rows[name], kind, us.Rows[name])
			}
		}
	}
}
