package article

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"
)

//go:embed data/fields.txt
var fieldsText string

// fieldNames holds, for each thing a record may say, the folded names under which
// it is found, the best first.
var fieldNames = readFieldNames(fieldsText)

func readFieldNames(text string) map[string][]string {
	names := map[string][]string{}
	for _, line := range dataLines(text) {
		kind, list, _ := strings.Cut(line, ":")
		for _, n := range strings.Fields(list) {
			names[kind] = append(names[kind], foldKey(n))
		}
	}
	return names
}

// dataLines returns the lines of a data file that are neither empty nor comments.
func dataLines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// foldKey makes pubDate, pub_date and "Pub date" one name.
func foldKey(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '@' && r != '$' && r != '#' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// fields are the values of a record by folded name.
type fields map[string]any

func newFields(obj map[string]any) fields {
	f := make(fields, len(obj))
	for _, k := range slices.Sorted(maps.Keys(obj)) {
		key := foldKey(k)
		if old, taken := f[key]; !taken || valueText(old) == "" {
			f[key] = obj[k]
		}
	}
	return f
}

// text returns the first value of a kind that says something.
func (f fields) text(kind string) string {
	return f.first(kind, func(string) bool { return true })
}

// first returns the first value of a kind that says something and is accepted.
func (f fields) first(kind string, accept func(string) bool) string {
	for _, name := range fieldNames[kind] {
		if s := epoch(f[name], kind, valueText(f[name])); strings.TrimSpace(s) != "" && accept(s) {
			return s
		}
	}
	return ""
}

// address returns a page's own address, or else whatever stands for one.
func (f fields) address() string {
	return cmp.Or(f.first("url", func(s string) bool { return canonicalURL(s) != "" }), f.text("url"))
}

func (f fields) has(kind string) bool {
	for _, name := range fieldNames[kind] {
		if _, ok := f[name]; ok {
			return true
		}
	}
	return false
}

// keyList names the members of an object, for an error message.
func keyList(obj map[string]any) string {
	const most, longest = 8, 40
	keys := slices.Sorted(maps.Keys(obj))
	if len(keys) > most {
		keys = append(keys[:most], "…")
	}
	for i, k := range keys {
		if r := []rune(k); len(r) > longest {
			keys[i] = string(r[:longest]) + "…"
		}
	}
	return strings.Join(keys, ", ")
}

// valueText returns what a JSON value says: a string; the parts of an array, a line
// each; the telling member of an object, as in {"rendered": …} or {"name": …}.
func valueText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case []any:
		var parts []string
		for _, x := range v {
			if s := valueText(x); strings.TrimSpace(s) != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, "\n")
	case map[string]any:
		f := newFields(v)
		for _, name := range fieldNames["member"] {
			if s := valueText(f[name]); s != "" {
				return s
			}
		}
	}
	return ""
}

// epoch turns a date that is a number of seconds or milliseconds since 1970 into words.
func epoch(v any, kind, s string) string {
	if _, isNumber := v.(json.Number); !isNumber || kind != "date" {
		return s
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || n < 1e8:
		return s
	case n >= 1e11:
		n /= 1000
	}
	return time.Unix(n, 0).UTC().Format(time.DateOnly)
}

// plain returns a field's text without the HTML that some records carry in it.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	if !hasMarkup(s) {
		return html.UnescapeString(s)
	}
	return htmlText(s)
}
