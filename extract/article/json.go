package article

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep the values of a record may be nested. Real records need five.
const maxDepth = 100

// recordReader splits JSON into records: the objects of an array, of several
// arrays, or one after another, on lines of their own or not. It bounds size and
// depth before anything is decoded.
type recordReader struct {
	in      *input
	byLine  bool // JSON lines: a record ends where its line does, so that a bad one costs only itself
	inArray bool
	comma   bool // an element has been read and a comma not yet
	line    int  // of the next byte, from 1
	max     int64
}

// record is one JSON object as written.
type record struct {
	raw  []byte
	line int
}

func newRecordReader(in *input, name string, max int64) *recordReader {
	return &recordReader{in: in, byLine: isJSONLines(in.head, name), line: 1, max: max}
}

// isJSONLines decides by the name, else by the first two lines: the first is an
// object of its own and more follows, or the second is one and the first, though
// broken, does not lead into it.
func isJSONLines(head []byte, name string) bool {
	if ext := extension(name); ext == ".jsonl" || ext == ".ndjson" {
		return true
	}
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\uFEFF")))
	first, rest, found := bytes.Cut(head, []byte("\n"))
	if first = bytes.TrimSpace(first); !found || len(first) == 0 || first[0] != '{' {
		return false
	}
	if json.Valid(first) {
		return true
	}
	second, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte("\n"))
	second = bytes.TrimSpace(second)
	return !bytes.ContainsRune([]byte("[{,:"), rune(first[len(first)-1])) && len(second) > 0 && second[0] == '{' && json.Valid(second)
}

func (r *recordReader) read() (byte, error) {
	b, err := r.in.ReadByte()
	if b == '\n' && err == nil {
		r.line++
	}
	return b, err
}

// next returns the next record, io.EOF after the last. An error of type *Error with
// more set means that the records after it can still be read.
func (r *recordReader) next() (rec record, more bool, err error) {
	for {
		b, err := r.read()
		if err == io.EOF && r.inArray {
			return record{line: r.line}, false, truncated("the array of records is not closed")
		}
		if err != nil {
			return record{line: r.line}, false, err
		}
		switch {
		case b == ' ', b == '\t', b == '\r', b == '\n', b == 0x1e: // 0x1e: RFC 7464
		case b == ',' && r.inArray && r.comma:
			r.comma = false
		case b == ']' && r.inArray:
			r.inArray, r.comma = false, false
		case b == '[' && !r.inArray && !r.byLine:
			r.inArray = true
		case b == '{' && !(r.inArray && r.comma):
			r.comma = r.inArray
			return r.object()
		default:
			return r.stray(b)
		}
	}
}

// stray answers a byte where a record should begin.
func (r *recordReader) stray(b byte) (record, bool, error) {
	at := r.line
	if b == '\n' {
		at--
	}
	err := fault(ErrDamaged, "mend the JSON", "not a JSON object where one should begin (%q)", rune(b))
	if !r.byLine {
		err.Do = "mend the JSON; the rest of the file is not read"
		return record{line: at}, false, err
	}
	return record{line: at}, r.skipLine(), err
}

// skipLine reads to the end of the line and reports whether there is another.
func (r *recordReader) skipLine() bool {
	for {
		b, err := r.read()
		if err != nil {
			return false
		}
		if b == '\n' {
			return true
		}
	}
}

// object reads the rest of an object whose brace has been read.
func (r *recordReader) object() (record, bool, error) {
	rec := record{raw: []byte{'{'}, line: r.line}
	depth, inString, escaped := 1, false, false
	for depth > 0 {
		b, err := r.read()
		if err == io.EOF {
			return rec, false, truncated("the record is cut off")
		}
		if err != nil {
			return rec, false, err
		}
		if b == '\n' && (r.byLine || inString) {
			if r.byLine {
				return rec, true, truncated("the record is cut off at the end of its line")
			}
			return rec, false, fault(ErrDamaged, "mend the JSON; the rest of the file is not read", "truncated or broken JSON: a line break inside a string")
		}
		if int64(len(rec.raw)) >= r.max {
			err := tooLarge(r.max)
			return rec, r.byLine && r.skipLine(), err
		}
		rec.raw = append(rec.raw, b)
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped, inString = b == '\\', b != '"'
		case b == '"':
			inString = true
		case b == '{', b == '[':
			if depth++; depth > maxDepth {
				err := fault(ErrDamaged, "leave it out", "JSON nested more than %d deep", maxDepth)
				return rec, r.byLine && r.skipLine(), err
			}
		case b == '}', b == ']':
			depth--
		}
	}
	return rec, true, nil
}

func truncated(what string) *Error {
	return fault(ErrDamaged, "fetch the file again", "truncated JSON: %s", what)
}

// atEnd reports whether nothing but space follows.
func (r *recordReader) atEnd() bool {
	for {
		b, err := r.in.Peek(1)
		if err != nil {
			return err == io.EOF
		}
		if strings.IndexByte(" \t\r\n", b[0]) < 0 {
			return false
		}
		if _, err := r.read(); err != nil {
			return false
		}
	}
}

// readJSON reads all records of a JSON file.
func (s *session) readJSON(in *input) {
	if err := in.toUTF8(); err != nil {
		s.fail(err, 0, 0)
		return
	}
	r := newRecordReader(in, s.file.Path, s.file.opt.maxBytes())
	for n := 1; ; n++ {
		rec, more, err := r.next()
		if err == io.EOF {
			if n == 1 {
				s.fail(fault(ErrEmpty, "leave it out", "no records in it"), 0, 0)
			}
			return
		}
		if err != nil {
			if !s.fail(err, rec.line, n) || !more {
				return
			}
			continue
		}
		alone := n == 1 && !r.inArray && r.atEnd()
		if !s.readRecord(rec, alone, n) {
			return
		}
	}
}

// toUTF8 undoes UTF-16 with a byte order mark, drops UTF-8's mark, and fails early
// if the head is in no encoding that can be read: thousands of records would else
// each report the same.
func (in *input) toUTF8() error {
	if enc := byteOrderMark(in.head); enc != nil {
		return in.unpack(enc.NewDecoder().Reader(in.Reader))
	}
	if bytes.HasPrefix(in.head, []byte("\uFEFF")) {
		if _, err := in.Discard(3); err != nil {
			return err
		}
		in.head = in.head[3:]
	}
	at := firstInvalid(in.head)
	if binary(in.head) || at >= 0 && at < len(in.head)-utf8.UTFMax && !mostlyUTF8(in.head) {
		return encodingFault(in.head, at)
	}
	return nil
}

// readRecord reads one record, or the records in its envelope.
func (s *session) readRecord(rec record, alone bool, n int) bool {
	obj, err := decodeObject(rec.raw)
	if err != nil {
		return s.fail(err, rec.line, n)
	}
	d, err := recordDraft(obj)
	if err == nil {
		return s.finish(d, alone, rec.line, n)
	}
	inner := envelope(obj)
	if inner == nil {
		return s.fail(err, rec.line, n)
	}
	for i, v := range inner {
		obj, ok := v.(map[string]any)
		if !ok {
			err = fault(ErrNoArticle, "leave it out", "not a JSON object")
		} else {
			d, err = recordDraft(obj)
		}
		if err != nil {
			if !s.fail(err, 0, i+1) {
				return false
			}
			continue
		}
		if !s.finish(d, false, 0, i+1) {
			return false
		}
	}
	return true
}

func decodeObject(raw []byte) (map[string]any, error) {
	if at := firstInvalid(raw); at >= 0 {
		return nil, fault(ErrEncoding, "mend it, or drop the bytes: iconv -c -f UTF-8 -t UTF-8", "not valid UTF-8 at byte %d of the record", at)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var obj map[string]any
	if err := dec.Decode(&obj); err != nil {
		var syntax *json.SyntaxError
		what := err.Error()
		if errors.As(err, &syntax) {
			what = fmt.Sprintf("%v at byte %d of the record", err, syntax.Offset)
		}
		return nil, fault(ErrDamaged, "mend the JSON", "bad JSON: %s", what)
	}
	return obj, nil
}

// envelope returns the records of an object that only wraps them, or nil.
func envelope(obj map[string]any) []any {
	f := newFields(obj)
	for _, name := range fieldNames["envelope"] {
		switch v := f[name].(type) {
		case []any:
			if len(v) > 0 {
				return v
			}
		case map[string]any: // {"hits": {"hits": […]}}
			if inner := envelope(v); inner != nil {
				return inner
			}
		}
	}
	return nil
}

// recordDraft reads the fields of a record by their usual names.
func recordDraft(obj map[string]any) (*draft, error) {
	f := newFields(obj)
	for _, name := range fieldNames["nested"] {
		if obj, ok := f[name].(map[string]any); ok {
			if inner := newFields(obj); inner.text("text") != "" {
				delete(f, name)
				maps.Copy(f, inner)
			}
		}
	}
	d := &draft{
		id: oneLine(f.text("id")), url: f.text("url"), publisher: f.text("publisher"), title: plain(f.text("title")),
		date: f.text("date"), language: f.text("language"), body: plain(f.text("text")),
	}
	if d.body == "" {
		d.body = plain(f.text("summary"))
	}
	if d.body == "" {
		if f.has("text") {
			return nil, fault(ErrEmpty, "leave it out", "the record's text is empty")
		}
		return nil, fault(ErrNoArticle, "rename the field that holds the text to \"text\"", "no field with an article's text (it has: %s)", keyList(obj))
	}
	if d.url == "" && strings.Contains(d.id, "://") {
		d.url = d.id
	}
	return d, nil
}
