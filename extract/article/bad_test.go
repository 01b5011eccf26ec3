package article

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const longStory = `لقاء الوزيرين في تونس

التقى وزير النقل ووزيرة الطاقة صباح اليوم في تونس، وبحثا مشروع القطار السريع بين المدينتين.
وأكدت الوزيرة أن بلادها ستواصل دعم المشروع حتى نهايته، وأن الأشغال تبدأ في الربيع المقبل.
`

func encode(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func gzipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstded(t *testing.T, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(s), nil))
}

// TestForms reads the same article in every encoding and compression that is read.
func TestForms(t *testing.T) {
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	json := `{"title":"لقاء الوزيرين في تونس","text":"التقى وزير النقل ووزيرة الطاقة صباح اليوم في تونس."}`
	page := `<html><head><meta charset="windows-1256"><title>لقاء</title></head><body><h1>لقاء الوزيرين في تونس</h1><p>` +
		strings.ReplaceAll(longStory, "\n", "</p><p>") + `</p></body></html>`
	for name, data := range map[string]string{
		"plain.txt":   longStory,
		"bom.txt":     "\uFEFF" + longStory,
		"crlf.txt":    strings.ReplaceAll(longStory, "\n", "\r\n"),
		"nul.txt":     longStory + "\x00",
		"utf16.txt":   encode(t, utf16, longStory),
		"gzip.txt.gz": gzipped(t, longStory),
		"zstd":        zstded(t, longStory),
		"twice":       gzipped(t, zstded(t, longStory)),
		"utf16.json":  encode(t, utf16, json),
		"json.zst":    zstded(t, json),
		"html":        encode(t, charmap.Windows1256, page),
	} {
		dir := write(t, map[string]string{name: data})
		articles, errs := readAll([]string{filepath.Join(dir, name)}, Options{})
		if len(articles) != 1 || len(errs) > 0 {
			t.Errorf("%s: %d articles, errors %v", name, len(articles), errs)
			continue
		}
		a := articles[0]
		if a.Title != "لقاء الوزيرين في تونس" || !strings.HasPrefix(a.Body, "التقى وزير النقل") || strings.ContainsAny(a.Text(), "\x00\uFEFF\r") {
			t.Errorf("%s: title %q, body %q", name, a.Title, a.Body)
		}
		if a.ID != name {
			t.Errorf("%s: id %q", name, a.ID)
		}
	}
}

// TestBadInput gives what cannot be read beside a good file: one error that names
// the file and what to do, and the good file still comes.
func TestBadInput(t *testing.T) {
	deep := strings.Repeat("[", 100_000)
	bareUTF16 := encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), longStory)
	for _, c := range []struct {
		name string
		data string
		kind error
		says string
	}{
		{"empty.txt", "", ErrEmpty, "empty"},
		{"empty.gz", gzipped(t, ""), ErrEmpty, "empty"},
		{"array.json", "[]", ErrEmpty, "no records"},
		{"binary.txt", strings.Repeat("\x00\x01\x02\xff", 100), ErrBinary, "binary"},
		{"picture.txt", "\x89PNG\r\n\x1a\n", ErrBinary, "PNG"},
		{"archive.zip", "PK\x03\x04rest", ErrUnsupported, "ZIP"},
		{"page.pdf", "%PDF-1.4", ErrUnsupported, "PDF"},
		{"web.warc", "WARC/1.0\r\n", ErrUnsupported, "WARC"},
		{"cut.gz", gzipped(t, longStory)[:40], ErrDamaged, "truncated"},
		{"cut.zst", zstded(t, longStory)[:40], ErrDamaged, "truncated"},
		{"broken.zst", "\x28\xb5\x2f\xfd" + strings.Repeat("x", 40), ErrDamaged, "compressed"},
		{"layers.gz", gzipped(t, gzipped(t, gzipped(t, gzipped(t, longStory)))), ErrUnsupported, "times over"},
		{"cp1256.txt", encode(t, charmap.Windows1256, longStory), ErrEncoding, "WINDOWS-1256"},
		{"cp1256.json", encode(t, charmap.Windows1256, `{"text":"`+strings.ReplaceAll(longStory, "\n", " ")+`"}`), ErrEncoding, "WINDOWS-1256"},
		{"utf16.txt", bareUTF16, ErrEncoding, "UTF-16LE"},
		{"middle.txt", longStory + "\xd9" + longStory, ErrEncoding, "not valid UTF-8 at byte " + strconv.Itoa(len(longStory))},
		{"middle.json", `{"text":"` + strings.Repeat("نص ", 40) + "\xd9" + `"}`, ErrEncoding, "not valid UTF-8 at byte 209"},
		{"cut.json", `{"title":"لقاء","text":"التقى`, ErrDamaged, "truncated"},
		{"deep.json", `{"text":` + deep, ErrDamaged, "nested"},
		{"deep-array.json", deep, ErrDamaged, ""},
		{"deep.html", "<html><body>" + strings.Repeat("<div>", 100_000), ErrDamaged, ""},
		{"large.bin", strings.Repeat("\x00\x01\x02\xff", 300_000), ErrBinary, "binary"},
		{"large.html", "<html><body>" + strings.Repeat("<p>خبر", 50_000), ErrTooLarge, "elements"},
		{"large.txt", strings.Repeat(longStory, 3000), ErrTooLarge, "1 MB"},
		{"large.txt.gz", gzipped(t, strings.Repeat(longStory, 3000)), ErrTooLarge, "1 MB"},
		{"large.json", `{"text":"` + strings.Repeat("نص ", 200_001) + `"}`, ErrTooLarge, "1 MB"},
	} {
		dir := write(t, map[string]string{c.name: c.data, "zz-good.txt": story})
		articles, errs := readAll([]string{dir}, Options{MaxBytes: 1_000_000})
		if len(errs) != 1 || len(articles) != 1 || articles[0].ID != "zz-good.txt" {
			t.Errorf("%s: articles %q, errors %v; want the good one and one error", c.name, ids(articles), errs)
			continue
		}
		var e *Error
		if !errors.As(errs[0], &e) || !errors.Is(e, c.kind) || !strings.Contains(e.Error(), c.says) || filepath.Base(e.Path) != c.name || e.Do == "" || strings.Contains(e.Error(), "\n") {
			t.Errorf("%s: %v; want %v that says %q", c.name, errs[0], c.kind, c.says)
		}
	}
}

func TestTextOfABook(t *testing.T) {
	dir := write(t, map[string]string{"book.jsonl": `{"text":"` + strings.Repeat("كتاب طويل ", 300_000) + `"}` + "\n" + `{"text":"خبر قصير."}`})
	articles, errs := readAll([]string{dir}, Options{})
	if len(articles) != 1 || len(errs) != 1 || !errors.Is(errs[0], ErrTooLarge) {
		t.Errorf("%d articles, errors %v; want one and ErrTooLarge", len(articles), errs)
	}
}

func TestBadPaths(t *testing.T) {
	dir := write(t, map[string]string{"good.txt": story, "sub/b.txt": story + "ثان"})
	link := func(to, from string) {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Fatal(err)
		}
	}
	link("nowhere", "dangling.txt")
	link(".", "sub/loop")
	link("../good.txt", "sub/again.txt")
	articles, errs := readAll([]string{dir, filepath.Join(dir, "missing"), os.DevNull}, Options{})
	if got := ids(articles); len(got) != 2 {
		t.Errorf("ids %q, want good.txt and sub/b.txt once each", got)
	}
	if len(errs) != 3 {
		t.Fatalf("errors %v, want three", errs)
	}
	for i, says := range []string{"link to a file that does not exist", "no such file", "not a regular file"} {
		if !strings.Contains(errs[i].Error(), says) {
			t.Errorf("%v; want %q", errs[i], says)
		}
	}
}

func TestUnreadableFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may read everything")
	}
	dir := write(t, map[string]string{"closed/a.txt": story, "open.txt": story})
	closed := filepath.Join(dir, "closed")
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(closed, 0o755)
	articles, errs := readAll([]string{dir}, Options{})
	if len(articles) != 1 || len(errs) != 1 || !errors.Is(errs[0], fs.ErrPermission) || !strings.Contains(errs[0].Error(), closed) {
		t.Errorf("%d articles, errors %v", len(articles), errs)
	}
}

func TestStandardInput(t *testing.T) {
	articles, errs := readAll([]string{"-"}, Options{Stdin: strings.NewReader(`{"id":"x","text":"خبر قصير."}` + "\n" + `{"text":"خبر ثان."}` + "\n{")})
	if got := ids(articles); len(got) != 2 || got[0] != "x" || len(got[1]) != hashDigits {
		t.Errorf("ids %q, want x and a hash", got)
	}
	if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), "standard input:3") {
		t.Errorf("errors %v, want one at standard input:3", errs)
	}
}

func TestWalkStops(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": story, "b.txt": story + "ب", "c.txt": story + "ج"})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range Walk(ctx, []string{dir}, Options{}) {
		if last = err; err == nil {
			n++
			cancel()
		}
	}
	if n != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d articles after cancellation, last error %v", n, last)
	}
	n = 0
	for range Walk(context.Background(), []string{dir}, Options{}) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("a break after two yields %d", n)
	}
}
