package postgres

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
)

// hash is what a value goes by; the zero hash is no value.
type hash = graph.ValueHash

// valueColumns are the columns of nodes that hold a value, in the order in which
// they are read and written.
const valueColumns = "value, value_string, datatype, language, iri, bnode, value_int, value_bool, value_float, value_time"

// postgresEpoch is from when PostgreSQL counts the microseconds of a time.
var postgresEpoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// columns are the parts of a value as PostgreSQL's binary format has them, nil
// for NULL, in the order of valueColumns.
type columns [10][]byte

// columnOf is where a column of Cayley's schema stands among columns.
var columnOf = func() map[string]int {
	m := map[string]int{}
	for i, name := range strings.Split(valueColumns, ", ") {
		m[name] = i
	}
	return m
}()

// encode returns the columns of a value.
func encode(v quad.Value) (c columns, err error) {
	if !fits(v) {
		b, err := pquads.MarshalValue(v)
		c[0] = b
		return c, err
	}
	kind, values, err := csql.NodeValues(csql.NodeHash{}, v)
	if err != nil {
		return c, err
	}
	for i, name := range kind.Columns() {
		c[columnOf[name]], err = encodeColumn(values[i+1])
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

// fits reports whether Cayley's columns give the value back as it is.
func fits(v quad.Value) bool {
	switch v := v.(type) {
	case quad.IRI:
		return textFits(string(v)) && !strings.Contains(string(v), "\x00")
	case quad.BNode:
		return textFits(string(v)) && !strings.Contains(string(v), "\x00")
	case quad.String:
		return escapes(string(v))
	case quad.LangString:
		return escapes(string(v.Value)) && textFits(v.Lang) && !strings.Contains(v.Lang, "\x00")
	case quad.TypedString:
		return escapes(string(v.Value)) && textFits(string(v.Type)) && !strings.Contains(string(v.Type), "\x00")
	case quad.Time:
		t := time.Time(v).UTC()
		return t.Equal(t.Truncate(time.Microsecond)) && t.Year() >= 1 && t.Year() <= 9999
	}
	return true
}

func textFits(s string) bool { return utf8.ValidString(s) }

// escapes reports whether Cayley's escape for zero bytes can be undone.
func escapes(s string) bool { return textFits(s) && !strings.Contains(s, `\x00`) }

func encodeColumn(v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		return []byte(v), nil
	case []byte:
		return v, nil
	case bool:
		if v {
			return []byte{1}, nil
		}
		return []byte{0}, nil
	case int64:
		return binary.BigEndian.AppendUint64(nil, uint64(v)), nil
	case float64:
		return binary.BigEndian.AppendUint64(nil, math.Float64bits(v)), nil
	case time.Time:
		return binary.BigEndian.AppendUint64(nil, uint64(v.UnixMicro()-postgresEpoch.UnixMicro())), nil
	}
	return nil, fmt.Errorf("postgres: Cayley stores a %T, which is not known here", v)
}

// decode returns the value that columns hold.
func decode(c [][]byte) (quad.Value, error) {
	if len(c) != len(columns{}) {
		return nil, fmt.Errorf("postgres: %d columns of a value", len(c))
	}
	if c[1] != nil {
		return decodeText(string(c[1]), c), nil
	}
	for i := 6; i < 10; i++ {
		if c[i] != nil && len(c[i]) != 8 && i != 7 {
			return nil, fmt.Errorf("postgres: a number of %d bytes", len(c[i]))
		}
	}
	switch {
	case c[6] != nil:
		return quad.Int(binary.BigEndian.Uint64(c[6])), nil
	case len(c[7]) > 0:
		return quad.Bool(c[7][0] != 0), nil
	case c[8] != nil:
		return quad.Float(math.Float64frombits(binary.BigEndian.Uint64(c[8]))), nil
	case c[9] != nil:
		return quad.Time(time.UnixMicro(int64(binary.BigEndian.Uint64(c[9])) + postgresEpoch.UnixMicro()).UTC()), nil
	}
	v, err := pquads.UnmarshalValue(c[0])
	if err != nil {
		return nil, fmt.Errorf("postgres: reading a value: %w", err)
	}
	return v, nil
}

func decodeText(text string, c [][]byte) quad.Value {
	isTrue := func(b []byte) bool { return len(b) > 0 && b[0] != 0 }
	if isTrue(c[4]) {
		return quad.IRI(text)
	}
	if isTrue(c[5]) {
		return quad.BNode(text)
	}
	text = strings.ReplaceAll(text, `\x00`, "\x00")
	switch {
	case c[3] != nil:
		return quad.LangString{Value: quad.String(text), Lang: string(c[3])}
	case c[2] != nil:
		return quad.TypedString{Value: quad.String(text), Type: quad.IRI(c[2])}
	}
	return quad.String(text)
}
