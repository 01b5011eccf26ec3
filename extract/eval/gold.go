// Package eval measures document results against annotated articles: precision,
// recall and F1 for each predicate and in all, for entities, mentions, status and
// dates, and a list of what went wrong and why.
//
// The figures are those of the reference scorer that belongs to the annotation
// guide, to the last digit it prints. In short: a predicted entity stands for the
// one gold entity that shares its name or most of its mentions after folding Arabic
// spelling, one to one, the best pairs first; a predicted relation is right when
// predicate, both arguments and denial are; one that says again what another said,
// because an entity was left in two pieces, is wrong; one that meets only an
// optional gold relation counts for nothing.
package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"isnad/schema"
)

// Gold is an annotated article.
type Gold struct {
	ID        string         `json:"id"`
	Published *string        `json:"published"`
	Entities  []GoldEntity   `json:"entities"`
	Relations []GoldRelation `json:"relations"`
	Text      string         `json:"-"` // the article as published; empty if the file beside it is missing
}

// GoldEntity is an entity with all its surface forms.
type GoldEntity struct {
	ID       string       `json:"id"`
	Type     schema.Class `json:"type"`
	Name     string       `json:"name"`
	Mentions []string     `json:"mentions"`
}

// GoldRelation is a relation that the article states.
type GoldRelation struct {
	S        string        `json:"s"`
	P        string        `json:"p"`
	O        schema.Object `json:"o"`
	Status   schema.Status `json:"status"`
	Date     string        `json:"date"`
	Evidence string        `json:"evidence"`
	Optional bool          `json:"optional"`
}

// LoadGold reads a folder of annotated articles, NAME.json beside NAME.txt, in the
// order of their names.
func LoadGold(folder string) ([]Gold, error) {
	names, err := filepath.Glob(filepath.Join(escapeGlob(folder), "*.json"))
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("eval: %s: no annotated articles (NAME.json beside NAME.txt) in this folder", folder)
	}
	var out []Gold
	for _, name := range names {
		g, err := loadArticle(name)
		if err != nil {
			return nil, fmt.Errorf("eval: %s: %w", name, err)
		}
		out = append(out, g)
	}
	return out, nil
}

func loadArticle(name string) (Gold, error) {
	var g Gold
	data, err := os.ReadFile(name)
	if err != nil {
		return g, err
	}
	if err := json.Unmarshal(data, &g); err != nil {
		return g, err
	}
	if g.ID == "" {
		return g, errors.New(`no "id"`)
	}
	text, err := os.ReadFile(strings.TrimSuffix(name, ".json") + ".txt")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return g, err
	}
	g.Text = string(text)
	return g, nil
}

// escapeGlob quotes what Glob would take for a pattern.
func escapeGlob(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// ReadResults reads document results, one JSON object a line, as extract writes
// them. Mentions may be plain strings too, as in the gold.
func ReadResults(r io.Reader) ([]schema.Result, error) {
	var out []schema.Result
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("eval: line %d: %w", n, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			var res schema.Result
			if err := json.Unmarshal(plainMentions(line), &res); err != nil {
				return nil, fmt.Errorf("eval: line %d: not a document result: %w", n, err)
			}
			out = append(out, res)
		}
		if err == io.EOF {
			return out, nil
		}
	}
}

// plainMentions turns mentions that are strings into objects; a line without any
// is returned as it is.
func plainMentions(line []byte) []byte {
	var doc map[string]json.RawMessage
	var entities []map[string]json.RawMessage
	if json.Unmarshal(line, &doc) != nil || json.Unmarshal(doc["entities"], &entities) != nil {
		return line
	}
	changed := false
	for _, e := range entities {
		var words []string
		if json.Unmarshal(e["mentions"], &words) != nil || len(words) == 0 {
			continue
		}
		mentions := make([]schema.Mention, len(words))
		for i, w := range words {
			mentions[i].Text = w
		}
		e["mentions"], _ = json.Marshal(mentions)
		changed = true
	}
	if !changed {
		return line
	}
	doc["entities"], _ = json.Marshal(entities)
	out, err := json.Marshal(doc)
	if err != nil {
		return line
	}
	return out
}
