package export

import (
	"encoding/hex"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

// AppendQuad appends the quad as one line of N-Quads, newline included.
func AppendQuad(dst []byte, q quad.Quad) ([]byte, error) {
	for _, d := range quad.Directions {
		v := q.Get(d)
		if v == nil && d == quad.Label {
			continue
		}
		var err error
		if dst, err = appendValue(dst, v); err != nil {
			return dst, fmt.Errorf("export: %s of %v: %w", d, q, err)
		}
		dst = append(dst, ' ')
	}
	return append(dst, '.', '\n'), nil
}

var languageTag = regexp.MustCompile(`^[a-zA-Z]+(-[a-zA-Z0-9]+)*$`)

func appendValue(dst []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		return appendIRI(dst, string(v)), nil
	case quad.BNode:
		return appendBlank(dst, string(v)), nil
	case quad.String:
		return appendString(dst, string(v)), nil
	case quad.LangString:
		if !languageTag.MatchString(v.Lang) {
			return dst, fmt.Errorf("%q is no language tag", v.Lang)
		}
		return append(append(appendString(dst, string(v.Value)), '@'), v.Lang...), nil
	case quad.TypedString:
		return appendTyped(dst, string(v.Value), string(v.Type)), nil
	case quad.Int:
		return appendTyped(dst, formatInt(v), xsd+"integer"), nil
	case quad.Float:
		return appendTyped(dst, formatFloat(v), xsd+"double"), nil
	case quad.Bool:
		return appendTyped(dst, strconv.FormatBool(bool(v)), xsd+"boolean"), nil
	case quad.Time:
		return appendTyped(dst, formatTime(v), xsd+"dateTime"), nil
	}
	return dst, fmt.Errorf("a value of type %T cannot be written", v)
}

func formatInt(v quad.Int) string { return strconv.FormatInt(int64(v), 10) }

func formatFloat(v quad.Float) string {
	switch f := float64(v); {
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	default:
		return strconv.FormatFloat(f, 'E', -1, 64)
	}
}

func formatTime(v quad.Time) string { return time.Time(v).UTC().Format(time.RFC3339Nano) }

// native returns the native value whose writing is exactly this typed string, or the
// typed string itself.
func native(text, typ string) quad.Value {
	switch typ {
	case xsd + "integer":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && formatInt(quad.Int(n)) == text {
			return quad.Int(n)
		}
	case xsd + "double":
		if f, err := strconv.ParseFloat(text, 64); err == nil && formatFloat(quad.Float(f)) == text {
			return quad.Float(f)
		}
	case xsd + "boolean":
		if b, err := strconv.ParseBool(text); err == nil && strconv.FormatBool(b) == text {
			return quad.Bool(b)
		}
	case xsd + "dateTime":
		if t, err := time.Parse(time.RFC3339Nano, text); err == nil && formatTime(quad.Time(t)) == text {
			return quad.Time(t.UTC())
		}
	}
	return quad.TypedString{Value: quad.String(text), Type: quad.IRI(typ)}
}

func appendTyped(dst []byte, text, typ string) []byte {
	dst = append(appendString(dst, text), '^', '^')
	return appendIRI(dst, typ)
}

func appendIRI(dst []byte, s string) []byte {
	dst = append(dst, '<')
	dst = appendEscaped(dst, s, func(r rune) bool { return r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) })
	return append(dst, '>')
}

func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	dst = appendEscaped(dst, s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == 0x7f })
	return append(dst, '"')
}

// short are the escapes that strings may use; IRIs never contain these characters raw.
var short = map[rune]byte{'\n': 'n', '\r': 'r', '\t': 't', '"': '"', '\\': '\\'}

// brokenByte is where bytes that are no UTF-8 stand among the code points.
const brokenByte = 0xDC00

// appendEscaped appends s with the runes that must be escaped, and with bytes that are
// no UTF-8 as \uDCxx.
func appendEscaped(dst []byte, s string, must func(rune) bool) []byte {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch c, has := short[r]; {
		case r == utf8.RuneError && size == 1:
			dst = fmt.Appendf(dst, `\u%04X`, brokenByte+int(s[i]))
		case !must(r):
			dst = append(dst, s[i:i+size]...)
		case has && !must(' '): // in a string
			dst = append(dst, '\\', c)
		default:
			dst = fmt.Appendf(dst, `\u%04X`, r)
		}
		i += size
	}
	return dst
}

// oddBlank begins the labels that stand for a label N-Quads cannot hold.
const oddBlank = "isnad0x"

var plainBlank = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_-]*)$`)

func appendBlank(dst []byte, label string) []byte {
	dst = append(dst, '_', ':')
	if plainBlank.MatchString(label) && !strings.HasPrefix(label, oddBlank) {
		return append(dst, label...)
	}
	return append(append(dst, oddBlank...), hex.EncodeToString([]byte(label))...)
}
