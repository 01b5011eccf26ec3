package article

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedPages holds real pages with what is known of each; a checkout of the
// repository alone does not have them.
const sharedPages = "../../../shared/data/html"

func TestRealPages(t *testing.T) {
	f, err := os.Open(filepath.Join(sharedPages, "index.csv"))
	if err != nil {
		t.Skip("the real pages are not beside this checkout")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		name, date, title := row[column["file"]], row[column["date"]], row[column["title"]]
		articles, errs := readAll([]string{filepath.Join(sharedPages, name)}, Options{})
		if strings.HasPrefix(row[column["kind"]], "FRONT PAGE") {
			if len(articles) > 0 {
				t.Errorf("%s: a front page gives an article %q", name, articles[0].Title)
			}
			continue
		}
		if len(articles) != 1 || len(errs) > 0 {
			t.Errorf("%s: %d articles, errors %v", name, len(articles), errs)
			continue
		}
		a := articles[0]
		if date != "" && a.Published != date {
			t.Errorf("%s: published %q, want %q", name, a.Published, date)
		}
		if hasArabic(title) && !strings.Contains(fold(title), fold(a.Title)) {
			t.Errorf("%s: title %q, want that of %q", name, a.Title, title)
		}
		if strings.Contains(a.Title, a.Publisher) && a.Publisher != "" {
			t.Errorf("%s: the title %q names the outlet", name, a.Title)
		}
	}
}

func TestRealPagePhrases(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(sharedPages, "trafilatura_assabah.expected.json"))
	if err != nil {
		t.Skip("the real pages are not beside this checkout")
	}
	var pages map[string]struct {
		File          string
		With, Without []string
	}
	if err := json.Unmarshal(data, &pages); err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		articles, errs := readAll([]string{filepath.Join(sharedPages, "trafilatura_"+p.File)}, Options{})
		if len(articles) != 1 {
			t.Fatalf("%s: errors %v", p.File, errs)
		}
		for _, s := range p.With {
			if !strings.Contains(articles[0].Body, s) {
				t.Errorf("%s lacks %q", p.File, s)
			}
		}
		for _, s := range p.Without {
			if strings.Contains(articles[0].Body, s) {
				t.Errorf("%s holds %q", p.File, s)
			}
		}
	}
}
