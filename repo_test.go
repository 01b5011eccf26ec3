// Package isnad_test holds the rules that the repository as a whole keeps.
package isnad_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/unicode/norm"

	"isnad/extract/arabic"
)

const (
	maxFileLines = 500
	maxFuncLines = 60
)

// TestRepositoryImports holds the direction of imports: schema ← extract,
// schema ← graph, {graph, schema} ← {queue, web}, all ← cmd. Tests are free.
func TestRepositoryImports(t *testing.T) {
	allowed := map[string][]string{
		"schema":  {"schema"},
		"extract": {"schema", "extract"},
		"graph":   {"schema", "graph"},
		"queue":   {"schema", "graph", "queue"},
		"web":     {"schema", "graph", "web"},
		"cmd":     {"schema", "extract", "graph", "queue", "web", "cmd"},
	}
	only := map[string]string{ // a module's prefix and the one directory that may know it
		"github.com/cayleygraph/": "graph",
		"github.com/spf13/viper":  "cmd",
	}
	eachGoFile(t, func(name string, _ *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		top, _, _ := strings.Cut(name, "/")
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if ours, ok := strings.CutPrefix(path, "isnad/"); ok {
				target, _, _ := strings.Cut(ours, "/")
				if !slices.Contains(allowed[top], target) {
					t.Errorf("%s imports %s: %s may know only %v", name, path, top, allowed[top])
				}
			}
			for prefix, dir := range only {
				if strings.HasPrefix(path, prefix) && top != dir {
					t.Errorf("%s imports %s, which only %s may know", name, path, dir)
				}
			}
		}
	})
}

// TestRepositoryLayout holds what stands at the top.
func TestRepositoryLayout(t *testing.T) {
	known := []string{"cmd", "docs", "extract", "graph", "queue", "schema", "web", ".ci"}
	for _, name := range trackedFiles(t) {
		if top, _, nested := strings.Cut(name, "/"); nested && !slices.Contains(known, top) {
			t.Errorf("%s: no folder %s at the top level", name, top)
		}
	}
}

// TestRepositorySize keeps files and functions short.
func TestRepositorySize(t *testing.T) {
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		if n := set.Position(file.FileEnd).Line; n > maxFileLines+1 {
			t.Errorf("%s has %d lines, more than %d", name, n, maxFileLines)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1; n > maxFuncLines {
				t.Errorf("%s: func %s has %d lines, more than %d", name, f.Name.Name, n, maxFuncLines)
			}
		}
	})
}

// TestRepositoryText finds characters that a reader cannot see or that only look
// like others, and addresses that mean something on one machine only.
func TestRepositoryText(t *testing.T) {
	machine := regexp.MustCompile(`(^|[\s"'=(])/(root|home|Users|work)/\w|proxy\.golang\.` + `org|registry\.npmjs\.` + `org|\bpypi\.` + `org`)
	for _, name := range trackedFiles(t) {
		text, ok := readText(t, name)
		if !ok {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			for _, r := range line {
				if why := unseen(r); why != "" {
					t.Errorf("%s:%d: %s %U: write it as an escape", name, i+1, why, r)
				}
			}
			if m := machine.FindString(line); m != "" && name != "go.sum" {
				t.Errorf("%s:%d: %q means something on one machine only", name, i+1, strings.TrimSpace(m))
			}
		}
	}
}

// unseen says what is wrong with a character in a text file, or nothing.
func unseen(r rune) string {
	switch {
	case r == '\t':
		return ""
	case r < 0x20 || r >= 0x7F && r < 0xA0:
		return "control character"
	case r == 0x061C || r >= 0x200E && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
		return "bidi control"
	case r == 0xA0 || r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0x2028 || r == 0x2029 || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF:
		return "invisible character"
	case r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFE:
		return "presentation form"
	}
	return ""
}

// TestRepositoryLexicons holds every data file to its header and the header to
// the file.
func TestRepositoryLexicons(t *testing.T) {
	origin := regexp.MustCompile(`(?i)\borigin:`)
	licence := regexp.MustCompile(`(?i)licen[cs]e|written for isnad|public domain|\b(MIT|PDDL|BSD|Apache-2\.0|CC BY|Unicode-3\.0)\b`)
	unsorted := []string{"kind", "month", "section", "within"} // orders that only a reader can judge
	order := regexp.MustCompile(`(?i)\border: (?:by )?(\w[\w.]*\w)`)
	for _, name := range trackedFiles(t) {
		if !strings.Contains(name, "/data/") && !strings.Contains(name, "/frames/") {
			continue
		}
		text := readData(t, name)
		var header strings.Builder
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "#") {
				break
			}
			header.WriteString(line)
		}
		if !origin.MatchString(header.String()) || !licence.MatchString(header.String()) {
			t.Errorf("%s: the header must say origin and licence", name)
		}
		if strings.HasSuffix(name, ".model") {
			continue // weights behind the header
		}
		if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
			t.Errorf("%s is not in NFC", name)
		}
		m := order.FindStringSubmatch(header.String())
		switch {
		case m == nil || slices.Contains(unsorted, m[1]):
		case m[1] == "arabic.Fold":
			checkOrder(t, name, text, func(line string) string {
				word, _, _ := strings.Cut(line, " ")
				return arabic.Fold(word) + " " + word
			})
		case m[1] == "number":
			checkOrder(t, name, text, func(line string) string {
				number, _, _ := strings.Cut(line, " ")
				return fmt.Sprintf("%9s", number)
			})
		default:
			checkOrder(t, name, text, func(line string) string {
				first, _, _ := strings.Cut(line, "\t")
				return first
			})
		}
	}
}

// checkOrder reports the first line whose key is not above that of the line before.
func checkOrder(t *testing.T, name, text string, key func(line string) string) {
	t.Helper()
	last, n := "", 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		k := key(line)
		if last != "" && last >= k {
			t.Errorf("%s:%d: %q stands after %q: not sorted, or twice", name, n, k, last)
			return
		}
		last = k
	}
}

// TestRepositoryDocs checks that every command, make target and file the
// documents name exists.
func TestRepositoryDocs(t *testing.T) {
	commands := namesIn(t, "cmd/isnad/*.go", regexp.MustCompile(`\bUse:\s*"([a-z]+)`))
	commands = append(commands, "help", "completion")
	targets := namesIn(t, "Makefile", regexp.MustCompile(`(?m)^([a-z-]+):`))
	uses := []struct {
		word  *regexp.Regexp
		known []string
	}{
		{regexp.MustCompile(`(?:^|[\s/])isnad ([a-z]+)`), commands},
		{regexp.MustCompile(`(?:^|\s)make ([a-z-]+)`), targets},
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)[)#]`)
	for _, name := range trackedFiles(t) {
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		text, _ := readText(t, name)
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", name, m[1])
			}
		}
		for _, code := range codeIn(text) {
			for _, use := range uses {
				for _, m := range use.word.FindAllStringSubmatch(code, -1) {
					if !slices.Contains(use.known, m[1]) {
						t.Errorf("%s: %q: there is no %q", name, strings.TrimSpace(m[0]), m[1])
					}
				}
			}
		}
	}
}

// namesIn returns the first group of every match in the files of a pattern.
func namesIn(t *testing.T, pattern string, re *regexp.Regexp) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files (%v)", pattern, err)
	}
	var names []string
	for _, f := range files {
		text, _ := readText(t, f)
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			names = append(names, m[1])
		}
	}
	return names
}

// codeIn returns the lines of shell blocks and the inline code of a Markdown text.
func codeIn(text string) []string {
	var code []string
	block, lang := false, ""
	inline := regexp.MustCompile("`([^`]+)`")
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "```"); ok {
			block, lang = !block, rest
			continue
		}
		switch {
		case block && (lang == "sh" || lang == "bash" || lang == "console"):
			before, _, _ := strings.Cut(line, " #")
			code = append(code, before)
		case !block:
			for _, m := range inline.FindAllStringSubmatch(line, -1) {
				code = append(code, m[1])
			}
		}
	}
	return code
}

// TestRepositoryGold makes sure that no passage of the test articles has found
// its way into the repository: eight words in a row are no coincidence, unless
// they are an official title.
func TestRepositoryGold(t *testing.T) {
	const run = 8
	const title = "والمغاربه المقيمين بالخارج"
	texts, _ := filepath.Glob("../shared/gold/*/*.txt")
	if len(texts) == 0 {
		t.Skip("../shared/gold is not here, so nothing to compare with")
	}
	gold := map[string]string{}
	for _, f := range texts {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range shingles(string(data), run) {
			if !strings.Contains(s, title) {
				gold[s] = filepath.Base(f)
			}
		}
	}
	for _, name := range trackedFiles(t) {
		text, ok := readText(t, name)
		if !ok {
			continue
		}
		for _, s := range shingles(text, run) {
			if from := gold[s]; from != "" {
				t.Errorf("%s shares %q with the test article %s", name, s, from)
				break
			}
		}
	}
}

// shingles returns every run of n Arabic words of the text, spelling levelled.
func shingles(text string, n int) []string {
	var words []string
	level := strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ى", "ي", "ة", "ه", "ؤ", "و", "ئ", "ي")
	for _, w := range regexp.MustCompile(`[\x{0621}-\x{064A}]+`).FindAllString(stripMarks(text), -1) {
		words = append(words, level.Replace(w))
	}
	var out []string
	for i := 0; i+n <= len(words); i++ {
		out = append(out, strings.Join(words[i:i+n], " "))
	}
	return out
}

// stripMarks removes short vowels and the tatweel.
func stripMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x064B && r <= 0x0652 || r == 0x0640 || r == 0x0670 {
			return -1
		}
		return r
	}, text)
}

// eachGoFile parses every Go file of the repository.
func eachGoFile(t *testing.T, f func(name string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	n := 0
	for _, name := range trackedFiles(t) {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		f(name, set, file)
		n++
	}
	if n == 0 {
		t.Fatal("no Go files found")
	}
}

// trackedFiles returns the repository's files, those not yet added among them,
// slash-separated and sorted; without git, all files that are not hidden.
func trackedFiles(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("git", "ls-files", "-co", "--exclude-standard").Output()
	if err == nil && len(out) > 0 {
		var names []string
		for name := range strings.Lines(string(out)) {
			name = strings.TrimSpace(name)
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	names, err := walk()
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func walk() ([]string, error) {
	var names []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (path == ".git" || path == "bin" || path == "isnad-data") {
			return filepath.SkipDir
		}
		if d.Type().IsRegular() {
			names = append(names, filepath.ToSlash(path))
		}
		return nil
	})
	return names, err
}

// readText returns a file's text; ok is false for binary files, among them
// fixtures of other encodings.
func readText(t *testing.T, name string) (text string, ok bool) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", false
	}
	if !utf8.Valid(data) {
		if !strings.Contains(name, "testdata/") && !slices.Contains([]string{".zst", ".gz", ".model"}, path.Ext(name)) {
			t.Errorf("%s is not UTF-8", name)
		}
		return "", false
	}
	return string(data), true
}

// readData returns the text of a lexicon, decompressed if need be.
func readData(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err == nil && strings.HasSuffix(name, ".zst") {
		data, err = unzstd(data)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func unzstd(data []byte) ([]byte, error) {
	d, err := zstd.NewReader(nil)
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	defer d.Close()
	return d.DecodeAll(data, nil)
}
