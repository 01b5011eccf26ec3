package ingest_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/graph"
	"isnad/graph/export"
	"isnad/graph/ingest"
	"isnad/graph/internal/fixture"
)

func TestOpen(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "store")
	if _, err := graph.Open(dir, graph.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("opening nothing: %v", err)
	}
	if _, err := graph.Open("postgres://host/db", graph.Options{}); err == nil {
		t.Error("an address of another kind was opened")
	}
	g, err := graph.Open(dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, ingest.NewWriter(g, ontology(t), nil), ingest.New, fixture.Coalition()...)
	want := dump(t, g)
	if _, err := graph.Open(dir, graph.Options{}); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("opening twice: %v", err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	g, err = graph.Open(dir, graph.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if diff := cmp.Diff(want, dump(t, g)); diff != "" {
		t.Error(diff)
	}
	v := g.View()
	defer v.Close()
	r := fixture.Coalition()[0]
	if ok, err := v.Known(ctx, r.ID, r.Hash, r.Extractor); err != nil || !ok {
		t.Errorf("known: %v, %v", ok, err)
	}
	if ok, err := v.Known(ctx, r.ID, r.Hash, "another"); err != nil || ok {
		t.Errorf("known by another extractor: %v, %v", ok, err)
	}
	s, err := v.Stats(ctx, ontology(t))
	if err != nil || s.Articles != 4 || s.Entities["Person"] != 3 || s.Statements["met"] != 2 || s.Quads != strings.Count(want, "\n") {
		t.Errorf("stats %+v, %v", s, err)
	}
}

func TestImportErrors(t *testing.T) {
	ctx := context.Background()
	full := openMemory(t)
	write(t, ingest.NewWriter(full, ontology(t), nil), ingest.New, fixture.Coalition()...)
	good := dump(t, full)
	if _, err := export.Import(ctx, full, "dump.nq", strings.NewReader(good)); !errors.Is(err, graph.ErrNotEmpty) {
		t.Errorf("into a full store: %v", err)
	}
	for name, text := range map[string]string{
		"dump.nq:3: ":           "# dump\n\n<s> <p> .\n",
		graph.ErrNoDump.Error(): "<s> <p> <o> .\n",
		graph.ErrForm.Error():   "<sanad:store> <sanad:form> \"99\" .\n",
	} {
		dir := filepath.Join(t.TempDir(), "store")
		g, err := graph.Open(dir, graph.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := export.Import(ctx, g, "dump.nq", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", text, err)
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) == 0 {
			t.Fatal(entries, err)
		}
		if g, err = graph.Open(dir, graph.Options{}); err != nil {
			t.Fatal(err)
		}
		if n, err := export.Import(ctx, g, "dump.nq", strings.NewReader(good)); err != nil || n == 0 {
			t.Errorf("%q: a good dump after it: %d, %v", text, n, err)
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
