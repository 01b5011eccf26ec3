package article

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

// seed adds the fixtures with one of the extensions to the corpus.
func seed(f *testing.F, extensions ...string) {
	archives, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal("no archives", err)
	}
	for _, name := range archives {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range ar.Files {
			for _, ext := range extensions {
				if strings.HasSuffix(file.Name, ext) {
					f.Add(file.Data)
				}
			}
		}
	}
}

// fuzzFile reads data as a file of the given name and checks what is true of every
// article and every error.
func fuzzFile(f *testing.F, name string) {
	f.Fuzz(func(t *testing.T, data []byte) {
		file := &File{Path: name, Name: name, Size: int64(len(data)), opt: Options{MaxBytes: 1 << 20}}
		in := &input{}
		defer in.Close()
		if err := in.unpack(bytes.NewReader(data)); err != nil {
			checkError(t, file.place(err, 0, 0))
			return
		}
		n := 0
		s := &session{ctx: t.Context(), file: file, yield: func(a *Article, err error) bool {
			if n++; err != nil {
				checkError(t, err)
			} else {
				checkArticle(t, a)
			}
			return true
		}}
		if s.read(in); n == 0 {
			t.Error("neither an article nor an error")
		}
	})
}

func checkArticle(t *testing.T, a *Article) {
	text := a.Text()
	switch {
	case a.ID == "" || a.Body == "":
		t.Errorf("id %q, body %q", a.ID, a.Body)
	case !utf8.ValidString(text + a.ID + a.URL + a.Publisher + a.Language):
		t.Errorf("%q is not UTF-8", text)
	case strings.ContainsAny(text, "\x00\r") || strings.ContainsAny(a.Title+a.ID+a.Publisher+a.URL, "\n\x00"):
		t.Errorf("control characters in %q", a)
	case a.Published != "" && parseDate(a.Published) != a.Published:
		t.Errorf("published %q", a.Published)
	}
}

func checkError(t *testing.T, err error) {
	if strings.ContainsAny(err.Error(), "\n\x00") || !strings.Contains(err.Error(), "; ") {
		t.Errorf("error %q is not one line that says what to do", err)
	}
}

func FuzzText(f *testing.F) {
	seed(f, ".txt")
	f.Add([]byte("\xff\xfe\x27\x06\n\x00"))
	fuzzFile(f, "a.txt")
}

func FuzzJSON(f *testing.F) {
	seed(f, ".json")
	fuzzFile(f, "a.json")
}

func FuzzJSONLines(f *testing.F) {
	seed(f, ".jsonl")
	fuzzFile(f, "a.jsonl")
}

func FuzzHTML(f *testing.F) {
	seed(f, ".html")
	fuzzFile(f, "a.html")
}

func FuzzCompressed(f *testing.F) {
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"))
	f.Add([]byte("\x28\xb5\x2f\xfd\x04\x00\x49\x00\x00text"))
	fuzzFile(f, "a.gz")
}

func FuzzCanonicalURL(f *testing.F) {
	f.Add("https://WWW.Example.org:443/2021/07/01/lqa?utm_source=x&id=3#top")
	f.Add("http://example.org/%D9%84%2F%d9%82/x")
	f.Fuzz(func(t *testing.T, s string) {
		if u := canonicalURL(s); u != "" && canonicalURL(u) != u {
			t.Errorf("canonicalURL(%q) = %q, then %q", s, u, canonicalURL(u))
		}
	})
}
