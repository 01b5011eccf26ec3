package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/extract/eval"
	"isnad/extract/pipeline"
	"isnad/extract/relation"
	"isnad/schema"
)

// example is a statement that is known to be right or wrong.
type example struct {
	article  string
	prior    float64 // what the frame's author expects
	features []string
	right    bool
}

// source extracts candidates.
type source struct {
	pipeline *pipeline.Pipeline
	engine   *relation.Engine
}

func newSource() (*source, error) {
	p, err := pipeline.New()
	if err != nil {
		return nil, err
	}
	e, err := relation.Candidates(p.Ontology())
	return &source{p, e}, err
}

// read returns the article in the file with all candidates stated.
func (s *source) read(path string) (*extract.Document, error) {
	for a, err := range article.Walk(context.Background(), []string{path}, article.Options{}) {
		if err != nil {
			return nil, err
		}
		d, err := s.pipeline.Annotate(context.Background(), a)
		if err != nil {
			return nil, err
		}
		s.engine.Annotate(d)
		return d, nil
	}
	return nil, fmt.Errorf("%s: no article", path)
}

// gold returns the candidates in the annotated articles of a folder, those that meet
// an optional relation aside, and how many relations are to be found.
func (s *source) gold(folder string) (out []example, wanted int, err error) {
	gold, err := eval.LoadGold(folder)
	if err != nil {
		return nil, 0, err
	}
	for i := range gold {
		g := &gold[i]
		d, err := s.read(filepath.Join(folder, g.ID+".txt"))
		if err != nil {
			return nil, 0, err
		}
		for k, v := range eval.Verdicts(g, d.Result("")) {
			if v != eval.Exempt {
				out = append(out, newExample(g.ID, d, k, v == eval.Right))
			}
		}
		for _, r := range g.Relations {
			if !r.Optional {
				wanted++
			}
		}
	}
	return out, wanted, nil
}

func newExample(name string, d *extract.Document, i int, right bool) example {
	return example{article: name, prior: d.Relations[i].Confidence, features: relation.Features(d, i), right: right}
}

// sheet is an article with statements that people have judged.
type sheet struct {
	Name       string
	Statements []struct {
		P, S, O string
		Right   bool
	}
}

// judged returns the candidates that people have judged, as far as they are still found.
func (s *source) judged(file, texts string) ([]example, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []example
	lines := json.NewDecoder(bufio.NewReader(f))
	for lines.More() {
		var sh sheet
		if err := lines.Decode(&sh); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		d, err := s.read(filepath.Join(texts, sh.Name+".txt"))
		if err != nil {
			return nil, err
		}
		for _, st := range sh.Statements {
			if i := stated(d, st.P, st.S, st.O); i >= 0 {
				out = append(out, newExample(sh.Name, d, i, st.Right))
			}
		}
	}
	return out, nil
}

// stated returns the statement of d with that predicate and arguments, or -1.
func stated(d *extract.Document, p, s, o string) int {
	for i := range d.Relations {
		r := &d.Relations[i]
		if r.Predicate == p && d.Entities[r.Subject].Name == s && object(d, r.Object, r.Literal) == o {
			return i
		}
	}
	return -1
}

func object(d *extract.Document, entity int, lit *schema.Literal) string {
	if lit != nil {
		return lit.Value
	}
	return d.Entities[entity].Name
}
