package postgres_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
	"isnad/graph/postgres"
	"isnad/schema"
)

const (
	writers     = 4
	articlesOf  = 25 // of each writer
	writerStore = "ISNAD_TEST_STORE"
	writerID    = "ISNAD_TEST_WRITER"
)

func init() { postgres.Child = writeArticles }

// reports returns the articles of a writer. They speak of the same few entities, so the
// writers change the same nodes all the time.
func reports(writer int) []*schema.Result {
	met := []string{"أنتوني بلينكن", "سيرغي لافروف", "سامح شكري", "جان لودريان", "خوسيه ألباريس"}
	var text strings.Builder
	for i := range articlesOf {
		n := i*writers + writer
		fmt.Fprintf(&text, "article a%d 2022-05-%02d الصحيفة\n", n, 1+n%28)
		fmt.Fprintf(&text, "entity e1 Person ناصر بوريطة | بوريطة\nentity e2 Country المغرب\nentity e3 Person %s\n", met[n%len(met)])
		fmt.Fprintf(&text, "e1 met e3 on=2022-05-%02d : التقى بوريطة نظيره في اليوم %d\n", 1+n%28, n)
		fmt.Fprintf(&text, "e1 affiliatedWith e2 : وزير الخارجية المغربي\n")
	}
	all, err := fixture.Parse(text.String())
	if err != nil {
		panic(err)
	}
	return all
}

// writeArticles is a process that writes its articles and prints each when it is stored.
// Without the variables of its environment there is none.
func writeArticles() {
	id, err := strconv.Atoi(os.Getenv(writerID))
	if err != nil {
		return
	}
	ont, err := schema.Default()
	if err == nil {
		err = writeAll(os.Getenv(writerStore), ont, reports(id), func(id string) { fmt.Println(id) })
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func writeAll(address string, ont *schema.Ontology, results []*schema.Result, stored func(string)) error {
	g, err := graph.Open(address, graph.Options{})
	if err != nil {
		return err
	}
	defer g.Close()
	w := ingest.NewWriter(g, ont, nil)
	for _, r := range results {
		if _, err := w.Write(context.Background(), r); err != nil {
			return err
		}
		stored(r.ID)
	}
	return nil
}

// start starts a writing process.
func start(t *testing.T, address string, id int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerStore+"="+address, fmt.Sprintf("%s=%d", writerID, id))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// TestProcesses lets several processes write one database, kills one of them, and expects
// of the graph at each time that it is the one of the articles in it.
func TestProcesses(t *testing.T) {
	address := postgres.Database(t)
	stored := map[string]bool{}
	var running []*exec.Cmd
	var outs []*bufio.Scanner
	for id := range writers {
		cmd, out := start(t, address, id)
		running, outs = append(running, cmd), append(outs, out)
	}
	for range articlesOf / 3 { // the first is killed while it writes
		if !outs[0].Scan() {
			t.Fatal("a writer has ended early")
		}
		stored[outs[0].Text()] = true
	}
	if err := running[0].Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for id, cmd := range running {
		for outs[id].Scan() {
			stored[outs[id].Text()] = true
		}
		if err := cmd.Wait(); err != nil && id > 0 {
			t.Errorf("writer %d: %v", id, err)
		}
	}
	compare(t, address, stored)
	cmd, out := start(t, address, 0) // goes on where it was killed
	for out.Scan() {
		stored[out.Text()] = true
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	if len(stored) != writers*articlesOf {
		t.Errorf("%d of %d articles were stored", len(stored), writers*articlesOf)
	}
	compare(t, address, stored)
	postgres.CheckCounts(t, address)
}

// compare compares the graph with one that was built in memory from the articles in it,
// which are at least those that were acknowledged.
func compare(t *testing.T, address string, stored map[string]bool) {
	t.Helper()
	ctx := context.Background()
	g, err := graph.Open(address, graph.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	v := g.View()
	defer v.Close()
	ids, err := v.Articles(ctx)
	if err != nil {
		t.Fatal(err)
	}
	live := map[string]bool{}
	for _, id := range ids {
		live[id] = true
	}
	for id := range stored {
		if !live[id] {
			t.Errorf("%s was acknowledged and is not there", id)
		}
	}
	memory, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	w := ingest.NewWriter(memory, ont, nil)
	for id := range writers {
		for _, r := range reports(id) {
			if live[r.ID] {
				if _, err := w.Write(ctx, r); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	mv := memory.View()
	defer mv.Close()
	if diff := cmp.Diff(lines(t, mv), lines(t, v)); diff != "" {
		t.Errorf("%d articles make another graph (-want +got):\n%s", len(live), diff)
	}
}

func lines(t *testing.T, v *graph.View) []string {
	t.Helper()
	var text strings.Builder
	if err := export.NQuads(context.Background(), v, &text); err != nil {
		t.Fatal(err)
	}
	return strings.Split(text.String(), "\n")
}
