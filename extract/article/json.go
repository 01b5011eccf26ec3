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
		id: oneLine(f.text("id")), url: f.address(), publisher: f.text("publisher"), title: plain(f.text("title")),
		date: f.first("date", func(s string) bool { return parseDate(s) != "" }), language: f.text("language"), body: plain(f.text("text")),
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
	if d.title == "" {
		if blocks := blockLines(d.body); len(blocks) > 1 && blocks[0].apart && isTitle(blocks) {
			d.title, d.body, _ = strings.Cut(strings.TrimSpace(d.body), "\n")
		}
	}
	if d.url == "" && strings.Contains(d.id, "://") {
		d.url = d.id
	}
	return d, nil
}
