package quadstore

import (
	"bytes"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// oddValues are values of every type, many of them easily taken for another.
// They are all different.
func oddValues() []quad.Value {
	long := strings.Repeat("نص طويل ", 40)
	return []quad.Value{
		quad.IRI(""), quad.IRI("a"), quad.BNode("a"), quad.String("a"), quad.String(""),
		quad.IRI("isnad:person/ناصر_بوريطة"), quad.IRI(`a b"c>`), quad.String("<a>"), quad.String("_:a"),
		quad.String("a\nb\tc\"\\"), quad.String("\xff\xfe invalid"), quad.IRI("\xff"), quad.String("a\x00"),
		quad.String("ناصر بوريطة"), quad.String("ناصِر بوريطة"),
		quad.LangString{Value: "ناصر بوريطة", Lang: "ar"}, quad.LangString{Value: "a", Lang: ""},
		quad.LangString{Value: "", Lang: "a"}, quad.LangString{Value: "a", Lang: "a"},
		quad.TypedString{Value: "a", Type: "a"}, quad.TypedString{Value: "a", Type: ""},
		quad.TypedString{Value: "10", Type: "schema:Integer"}, quad.Int(10), quad.Float(10), quad.String("10"),
		quad.Int(0), quad.Int(-1), quad.Int(math.MinInt64), quad.Int(math.MaxInt64),
		quad.Float(0), quad.Float(math.Copysign(0, -1)), quad.Float(-1.5), quad.Float(math.Inf(1)),
		quad.Float(math.Inf(-1)), quad.Float(math.SmallestNonzeroFloat64), quad.Float(math.MaxFloat64),
		quad.Bool(true), quad.Bool(false), quad.String("true"),
		quad.Time(time.Time{}), quad.Time(time.Unix(0, 0).UTC()), quad.Time(time.Unix(-5, 1).UTC()),
		quad.Time(time.Date(2022, 5, 11, 10, 0, 0, 123456789, time.UTC)),
		quad.Time(time.Date(2022, 5, 11, 10, 0, 0, 0, time.UTC)),
		quad.Time(time.Date(-4000, 1, 1, 0, 0, 0, 0, time.UTC)),
		quad.String(long), quad.String(long + "١"), quad.String(long + "٢"), quad.IRI(long),
	}
}

func TestValuesRoundTrip(t *testing.T) {
	seen, tokens := map[string]quad.Value{}, map[string]quad.Value{}
	for _, v := range oddValues() {
		enc, err := appendValue(nil, v)
		if err != nil {
			t.Errorf("%#v: %v", v, err)
			continue
		}
		got, err := parseValue(enc)
		if err != nil || !reflect.DeepEqual(got, v) {
			t.Errorf("%#v came back as %#v, %v", v, got, err)
		}
		if other := seen[string(enc)]; other != nil {
			t.Errorf("%#v and %#v are encoded alike", v, other)
		}
		seen[string(enc)] = v
		token := string(tokenKey(enc))
		if other := tokens[token]; other != nil {
			t.Errorf("%#v and %#v have one token", v, other)
		}
		tokens[token] = v
		if len(token) > 1+tokenLimit {
			t.Errorf("%#v: a token of %d bytes", v, len(token))
		}
	}
}

// Equal values have one encoding.
func TestValuesCanonical(t *testing.T) {
	morning := time.Date(2022, 5, 11, 10, 0, 0, 5, time.UTC)
	payload := math.Float64frombits(math.Float64bits(math.NaN()) ^ 3)
	for _, pair := range [][2]quad.Value{
		{quad.Time(morning), quad.Time(morning.In(time.FixedZone("Rabat", 3600)))},
		{quad.Float(math.NaN()), quad.Float(payload)},
	} {
		a, err := appendValue(nil, pair[0])
		if err != nil {
			t.Fatal(err)
		}
		b, err := appendValue(nil, pair[1])
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%#v is %x, %#v is %x", pair[0], a, pair[1], b)
		}
	}
}

func TestNumbersSort(t *testing.T) {
	numbers := []quad.Value{
		quad.Int(math.MinInt64), quad.Int(-300), quad.Int(-1), quad.Int(0), quad.Int(1), quad.Int(300),
		quad.Int(math.MaxInt64),
		quad.Float(math.Inf(-1)), quad.Float(-2.5), quad.Float(0), quad.Float(1e-300), quad.Float(7), quad.Float(math.Inf(1)),
	}
	var encs [][]byte
	for _, n := range numbers {
		enc, err := appendValue(nil, n)
		if err != nil {
			t.Fatal(err)
		}
		encs = append(encs, enc)
	}
	if !slices.IsSortedFunc(encs, bytes.Compare) {
		t.Errorf("numbers are out of order: %x", encs)
	}
}

// ownValue is a quad.Value of a type that is not Cayley's.
type ownValue struct{}

func (ownValue) String() string { return "own" }
func (ownValue) Native() any    { return nil }

func TestUnknownTypes(t *testing.T) {
	if enc, err := appendValue(nil, ownValue{}); err == nil {
		t.Errorf("a value of an unknown type was encoded as %x", enc)
	}
}

// FuzzValue reads any bytes as an encoded value: what is accepted must be
// what would be written for it, so that a value has one encoding only.
func FuzzValue(f *testing.F) {
	for _, v := range oddValues() {
		enc, err := appendValue(nil, v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(enc)
	}
	f.Fuzz(func(t *testing.T, enc []byte) {
		v, err := parseValue(enc)
		if err != nil {
			return
		}
		again, err := appendValue(nil, v)
		if err != nil || !bytes.Equal(again, enc) {
			t.Errorf("%x was read as %#v, which is written %x, %v", enc, v, again, err)
		}
	})
}

// FuzzText puts any text into every type that holds text.
func FuzzText(f *testing.F) {
	f.Add("ناصر بوريطة", "ar")
	f.Add("\xff\x00", "")
	f.Fuzz(func(t *testing.T, text, mark string) {
		for _, v := range []quad.Value{
			quad.IRI(text), quad.BNode(text), quad.String(text),
			quad.LangString{Value: quad.String(text), Lang: mark},
			quad.TypedString{Value: quad.String(text), Type: quad.IRI(mark)},
		} {
			enc, err := appendValue(nil, v)
			if err != nil {
				t.Fatalf("%#v: %v", v, err)
			}
			if got, err := parseValue(enc); err != nil || got != v {
				t.Errorf("%#v came back as %#v, %v", v, got, err)
			}
		}
	})
}
