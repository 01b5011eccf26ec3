package article

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
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
	wrapped bool // the array is a member of an object that only wraps it
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
			if r.wrapped {
				if err := r.skipObject(); err != nil {
					return record{line: r.line}, false, err
				}
			}
		case b == '[' && !r.inArray && !r.byLine:
			r.inArray = true
		case b == '{' && !r.inArray && !r.byLine && r.unwrap():
			r.inArray, r.wrapped = true, true
		case b == '{' && !(r.inArray && r.comma):
			r.comma = r.inArray
			return r.object()
		default:
			return r.stray(b)
		}
	}
}

// opening is the start of an object whose first array holds objects, after members
// that are strings, numbers or words.
var opening = regexp.MustCompile(`^\s*((?:"[^"\\]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-+.\w]+)\s*,\s*)*)"([^"\\]*)"\s*:\s*\[\s*(?:\{|\])`)

var memberName = regexp.MustCompile(`"([^"\\]*)"\s*:`)

// unwrap reads on to the first record if the object that begins here is only an
// envelope, so that it need not be held in memory whole. Envelopes of other forms
// are opened after decoding.
func (r *recordReader) unwrap() bool {
	const most = 4096
	head, _ := r.in.Peek(most)
	m := opening.FindSubmatchIndex(head)
	if m == nil || !slices.Contains(fieldNames["envelope"], foldKey(string(head[m[4]:m[5]]))) {
		return false
	}
	for _, name := range memberName.FindAllSubmatch(head[m[2]:m[3]], -1) {
		for _, kind := range []string{"title", "text", "url", "id"} {
			if slices.Contains(fieldNames[kind], foldKey(string(name[1]))) {
				return false // an article with a list of something
			}
		}
	}
	for range m[1] - 1 { // up to the first record or the closing bracket
		if _, err := r.read(); err != nil {
			return false
		}
	}
	return true
}

// skipObject reads the rest of an object.
func (r *recordReader) skipObject() error {
	r.wrapped = false
	rest := recordReader{in: r.in, line: r.line, max: r.max}
	_, _, err := rest.object()
	r.line = rest.line
	return err
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
