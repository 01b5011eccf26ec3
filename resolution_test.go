package isnad_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"isnad/extract/article"
	"isnad/extract/pipeline"
	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/schema"
)

// What resolution must reach on the labelled pairs: hardly ever one node for two things,
// and seldom two for one.
const (
	minPairPrecision = 0.97
	minPairRecall    = 0.85
	minPairs         = 300
)

// pair is a line of pairs.tsv.
type pair struct {
	same     bool
	class    schema.Class
	articles [2]string // corpus/record id
	names    [2]string
}

// TestResolution builds one graph of all articles of the labelled pairs and compares
// which of them are one node.
func TestResolution(t *testing.T) {
	const corpus, gold = "../shared/corpus", "../shared/gold/dev"
	for _, dir := range []string{corpus, gold} {
		if _, err := os.Stat(dir); err != nil {
			t.Skip(dir + " is not here, so resolution was not measured")
		}
	}
	pairs := readPairs(t)
	nodes := resolvePairs(t, readRecords(t, corpus, gold, pairs))
	var linked, right, same, measured int
	for _, p := range pairs {
		a := nodes.find(p.class, p.articles[0], p.names[0])
		b := nodes.find(p.class, p.articles[1], p.names[1])
		if a == "" || b == "" {
			continue // no entity was extracted, or of another class
		}
		measured++
		if p.same {
			same++
		}
		if a == b {
			linked++
		}
		switch {
		case a == b && p.same:
			right++
		case a == b:
			t.Logf("one node for two things: %s in %s, %s in %s (%s)", p.names[0], p.articles[0], p.names[1], p.articles[1], a)
		case p.same && testing.Verbose():
			t.Logf("two nodes for one thing: %s in %s, %s in %s (%s, %s)", p.names[0], p.articles[0], p.names[1], p.articles[1], a, b)
		}
	}
	precision, recall := float64(right)/float64(linked), float64(right)/float64(same)
	t.Logf("resolution: %d of %d pairs measured, precision %.3f, recall %.3f", measured, len(pairs), precision, recall)
	if measured < minPairs || precision < minPairPrecision || recall < minPairRecall {
		t.Errorf("want %d pairs, precision %.2f, recall %.2f", minPairs, minPairPrecision, minPairRecall)
	}
}

func readPairs(t *testing.T) []pair {
	text, err := os.ReadFile("graph/resolve/testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []pair
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 6 || f[0] != "same" && f[0] != "different" {
			t.Fatalf("pairs.tsv: %q", line)
		}
		out = append(out, pair{f[0] == "same", schema.Class(f[1]), [2]string{f[2], f[4]}, [2]string{f[3], f[5]}})
	}
	return out
}

// readRecords returns the text or JSON of each article that the pairs name, by its id
// there, and puts the names of annotated entities for their ids.
func readRecords(t *testing.T, corpus, gold string, pairs []pair) map[string][]byte {
	records := map[string][]byte{}
	wanted := map[string]map[string]bool{} // file → record ids
	for i, p := range pairs {
		for side, id := range p.articles {
			file, record, _ := strings.Cut(id, "/")
			if name, ok := strings.CutPrefix(record, "dev/"); ok && file == "gold" {
				records[id] = readFile(t, filepath.Join(gold, name+".txt"))
				pairs[i].names[side] = goldName(t, filepath.Join(gold, name+".json"), p.names[side])
				continue
			}
			if wanted[file] == nil {
				wanted[file] = map[string]bool{}
			}
			wanted[file][record] = true
		}
	}
	for file, ids := range wanted {
		for id, line := range readCorpus(t, filepath.Join(corpus, file+".jsonl.zst"), ids) {
			records[file+"/"+id] = line
		}
		if len(ids) > 0 && len(records) == 0 {
			t.Fatalf("%s: none of %d records found", file, len(ids))
		}
	}
	return records
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func goldName(t *testing.T, path, entity string) string {
	var annotation struct {
		Entities []struct{ ID, Name string }
	}
	if err := json.Unmarshal(readFile(t, path), &annotation); err != nil {
		t.Fatal(err)
	}
	for _, e := range annotation.Entities {
		if e.ID == entity {
			return e.Name
		}
	}
	t.Fatalf("%s: no entity %s", path, entity)
	return ""
}

// readCorpus returns the lines of the records with the ids.
func readCorpus(t *testing.T, path string, ids map[string]bool) map[string][]byte {
	dec, err := zstd.NewReader(bytes.NewReader(readFile(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Close()
	out := map[string][]byte{}
	lines := bufio.NewReader(dec)
	for {
		line, err := lines.ReadBytes('\n')
		var record struct{ ID string }
		if json.Unmarshal(line, &record) == nil && ids[record.ID] {
			out[record.ID] = line
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for id := range ids {
		if out[id] == nil {
			t.Fatalf("%s: no record %s", path, id)
		}
	}
	return out
}

// nodes says which node each entity of each article is.
type nodes map[string][]node

type node struct {
	entity schema.Entity
	iri    string
}

// find returns the node of the entity of the class that the article calls by the name:
// best by a name of its own, else by a mention; or "".
func (n nodes) find(class schema.Class, id, name string) string {
	key := schema.FoldKey(name)
	for _, own := range []bool{true, false} {
		for _, each := range n[id] {
			called := slices.ContainsFunc(each.entity.Mentions, func(m schema.Mention) bool { return schema.FoldKey(m.Text) == key })
			if each.entity.Type == class && (schema.FoldKey(each.entity.Name) == key || !own && called) {
				return each.iri
			}
		}
	}
	return ""
}

// resolvePairs extracts the articles and writes them into one graph, in the order of their ids.
func resolvePairs(t *testing.T, records map[string][]byte) nodes {
	ctx := context.Background()
	x, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	w := ingest.NewWriter(g, x.Ontology(), nil)
	results := map[string]*schema.Result{}
	for _, id := range slices.Sorted(maps.Keys(records)) {
		a := readRecord(t, id, records[id])
		r, err := x.Extract(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(ctx, r); err != nil {
			t.Fatal(err)
		}
		results[id] = r
	}
	out := nodes{}
	v := g.View()
	defer v.Close()
	for id, r := range results {
		_, as, err := v.Article(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range r.Entities {
			out[id] = append(out[id], node{e, as.Entities[e.ID]})
		}
	}
	return out
}

// readRecord reads one article as the program would read it from a file.
func readRecord(t *testing.T, id string, text []byte) *article.Article {
	name := "article.txt"
	if !strings.HasPrefix(id, "gold/") {
		name = "article.jsonl"
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for a, err := range article.Walk(context.Background(), []string{path}, article.Options{}) {
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		a.ID = id
		return a
	}
	t.Fatalf("%s: no article in it", id)
	return nil
}
