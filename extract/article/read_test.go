package article

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what testdata/read expects")

// TestRead reads the files of each archive in testdata/read as one folder and
// compares the articles and errors with the archive's last file, "want".
func TestRead(t *testing.T) {
	archives, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, want := map[string]string{}, ""
			for _, f := range ar.Files {
				if f.Name == "want" {
					want = string(f.Data)
				} else {
					files[f.Name] = string(f.Data)
				}
			}
			got := describe(write(t, files))
			if *update {
				ar.Files = append(ar.Files[:len(files)], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// describe walks a folder and writes down what comes.
func describe(dir string) string {
	var b strings.Builder
	articles, errs := readAll([]string{dir}, Options{})
	for _, a := range articles {
		fmt.Fprintf(&b, "== %s\n", a.ID)
		for _, f := range [][2]string{{"url", a.URL}, {"publisher", a.Publisher}, {"published", a.Published}, {"language", a.Language}, {"title", a.Title}} {
			if f[1] != "" && !(f[0] == "language" && f[1] == "ar") && !(f[0] == "url" && f[1] == a.ID) {
				fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
			}
		}
		fmt.Fprintf(&b, "%s\n", a.Body)
	}
	for _, err := range errs {
		fmt.Fprintf(&b, "error: %s\n", strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
	}
	return b.String()
}
