package article

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// write makes files below a new folder and returns it.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readAll walks the paths and returns articles and errors in order.
func readAll(paths []string, opt Options) (articles []*Article, errs []error) {
	for a, err := range Walk(context.Background(), paths, opt) {
		if err != nil {
			errs = append(errs, err)
		} else {
			articles = append(articles, a)
		}
	}
	return articles, errs
}

func ids(articles []*Article) []string {
	var out []string
	for _, a := range articles {
		out = append(out, a.ID)
	}
	return out
}

const story = "وصل الوزير إلى العاصمة صباح اليوم والتقى عددا من المسؤولين.\n"

func TestWalkOrderAndIDs(t *testing.T) {
	dir := write(t, map[string]string{"b/2.txt": story + "ثانيا", "b/1.txt": story + "أولا", "a.txt": story, ".hidden/x.txt": story, "b/.x.txt": story})
	for _, c := range []struct {
		name  string
		paths []string
		root  string
		want  []string
	}{
		{"folder", []string{dir}, "", []string{"a.txt", "b/1.txt", "b/2.txt"}},
		{"file", []string{dir + "/b/1.txt"}, "", []string{"1.txt"}},
		{"root", []string{dir + "/b/2.txt", dir + "/b"}, dir, []string{"b/2.txt", "b/1.txt"}},
		{"twice", []string{dir + "/a.txt", dir + "/./a.txt"}, "", []string{"a.txt"}},
	} {
		articles, errs := readAll(c.paths, Options{Root: c.root})
		if got := ids(articles); !slices.Equal(got, c.want) || len(errs) > 0 {
			t.Errorf("%s: ids %q, errors %v; want %q", c.name, got, errs, c.want)
		}
	}
}

func TestWalkSameName(t *testing.T) {
	dir := write(t, map[string]string{"a/1.txt": story, "b/1.txt": story})
	articles, errs := readAll([]string{dir + "/a/1.txt", dir + "/b/1.txt"}, Options{})
	if len(articles) != 1 || len(errs) != 1 || !errors.Is(errs[0], ErrSameID) {
		t.Errorf("got %d articles, errors %v; want one and ErrSameID", len(articles), errs)
	}
}
