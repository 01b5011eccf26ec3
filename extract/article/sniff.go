package article

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// format is a way to write articles down.
type format uint8

const (
	formText format = iota
	formJSON        // an object, an array, objects one after another, JSON lines
	formHTML
)

// magic are the first bytes of formats that hold no text, or hold it in a way not
// read yet. The longest of two that share their start comes first.
var magic = []struct {
	at    int
	bytes string
	what  string
	do    string
	kind  error
}{
	{0, "PK\x03\x04", "a ZIP archive (or an office document)", "unpack it and pass the files", ErrUnsupported},
	{0, "%PDF-", "a PDF", "turn it into text first (pdftotext)", ErrUnsupported},
	{0, "BZh", "packed with bzip2", "unpack it with bunzip2", ErrUnsupported},
	{0, "\xfd7zXZ\x00", "packed with xz", "unpack it with unxz", ErrUnsupported},
	{0, "7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and pass the files", ErrUnsupported},
	{0, "Rar!\x1a", "a RAR archive", "unpack it and pass the files", ErrUnsupported},
	{257, "ustar", "a tar archive", "unpack it and pass the files", ErrUnsupported},
	{0, "WARC/", "a WARC web archive", "extract its pages first", ErrUnsupported},
	{0, "PAR1", "a Parquet table", "turn it into JSON lines", ErrUnsupported},
	{0, "SQLite format 3\x00", "an SQLite database", "turn it into JSON lines", ErrUnsupported},
	{0, "{\\rtf", "an RTF document", "save it as text", ErrUnsupported},
	{0, "\xd0\xcf\x11\xe0", "an old office document", "save it as text", ErrUnsupported},
	{0, "\x89PNG", "a PNG picture", "leave it out", ErrBinary},
	{0, "\xff\xd8\xff", "a JPEG picture", "leave it out", ErrBinary},
	{0, "GIF8", "a GIF picture", "leave it out", ErrBinary},
	{0, "RIFF", "a picture, sound or film", "leave it out", ErrBinary},
	{0, "\x7fELF", "a program", "leave it out", ErrBinary},
}

// sniff tells the format by the first bytes of a file and, where they fit several,
// by its name. It fails on what cannot hold text or is not read yet.
func sniff(head []byte, name string) (format, error) {
	if len(bytes.TrimSpace(head)) == 0 {
		return 0, fault(ErrEmpty, "leave it out", "the file is empty")
	}
	for _, m := range magic {
		if len(head) >= m.at && bytes.HasPrefix(head[m.at:], []byte(m.bytes)) {
			return 0, fault(m.kind, m.do, "%s", m.what)
		}
	}
	ext := extension(name)
	text := preview(head)
	switch {
	case isHTML(text):
		return formHTML, nil
	case strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<rss"), strings.HasPrefix(text, "<feed"),
		strings.HasPrefix(text, "<doc>"), strings.HasPrefix(text, "<items"):
		return 0, fault(ErrUnsupported, "turn it into JSON lines with title and text", "XML or a feed, which is not read yet")
	case isJSON(text), ext == ".jsonl", ext == ".ndjson":
		return formJSON, nil
	case ext == ".csv", ext == ".tsv":
		return 0, fault(ErrUnsupported, "turn it into JSON lines with title and text", "a table (%s), which is not read yet", ext[1:])
	case ext == ".html", ext == ".htm", ext == ".xhtml":
		return formHTML, nil
	case ext == ".json":
		return formJSON, nil
	}
	return formText, nil
}

// preview returns the head, as text in lower case without leading space, good
// enough to tell a format in any encoding that can be read.
func preview(head []byte) string {
	head = head[:min(len(head), 4096)]
	if enc := byteOrderMark(head); enc != nil {
		if out, err := enc.NewDecoder().Bytes(head[:len(head)&^1]); err == nil {
			head = out
		}
	}
	text := strings.TrimPrefix(string(head), "\uFEFF")
	return strings.ToLower(strings.TrimLeft(text, " \t\r\n"))
}

func isHTML(text string) bool {
	for strings.HasPrefix(text, "<!--") { // comments and an XML declaration may come first
		_, rest, ok := strings.Cut(text, "-->")
		if !ok {
			break
		}
		text = strings.TrimLeft(rest, " \t\r\n")
	}
	if strings.HasPrefix(text, "<?xml") {
		return strings.Contains(text, "<html")
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<div", "<article", "<section", "<main", "<p>", "<p ", "<h1", "<meta", "<title", "<script", "<span"} {
		if strings.HasPrefix(text, tag) {
			return true
		}
	}
	return false
}

// isJSON reports whether a text begins like a JSON object or an array of values,
// and not merely with a bracket.
func isJSON(text string) bool {
	if text == "" || text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := strings.TrimLeft(text[1:], " \t\r\n")
	if text[0] == '{' {
		return rest == "" || rest[0] == '"' || rest[0] == '}'
	}
	return rest == "" || strings.IndexByte(`{["]`, rest[0]) >= 0
}

// controls counts bytes that no text has.
func controls(data []byte) int {
	n := 0
	for _, b := range data {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1e {
			n++
		}
	}
	return n
}

// firstInvalid returns the offset of the first byte that is not UTF-8, or -1.
func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
