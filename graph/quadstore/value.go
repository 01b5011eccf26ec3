package quadstore

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/cayleygraph/quad"
)

// The first byte of an encoded value: its type.
const (
	typeIRI    = 1
	typeBNode  = 2
	typeString = 3
	typeLang   = 4 // uvarint length of the language, language, text
	typeTyped  = 5 // uvarint length of the type, type, text
	typeInt    = 6 // 8 bytes that sort by number
	typeFloat  = 7 // 8 bytes that sort by number
	typeBool   = 8 // 0 or 1
	typeTime   = 9 // 8 bytes of seconds since 1970, 4 of nanoseconds, UTC
)

const (
	tokenLimit = 96 // shorter encodings are their own token
	tokenHead  = tokenLimit - sha256.Size
)

const signBit = 1 << 63

var errValue = errors.New("malformed value")

// appendValue appends the encoding of v: equal for equal values, different
// for different ones. Text is kept byte for byte, valid UTF-8 or not; a time
// loses its zone but not its instant; all NaNs are one value.
func appendValue(dst []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		return append(append(dst, typeIRI), v...), nil
	case quad.BNode:
		return append(append(dst, typeBNode), v...), nil
	case quad.String:
		return append(append(dst, typeString), v...), nil
	case quad.LangString:
		return appendMarked(append(dst, typeLang), v.Lang, string(v.Value)), nil
	case quad.TypedString:
		return appendMarked(append(dst, typeTyped), string(v.Type), string(v.Value)), nil
	case quad.Int:
		return binary.BigEndian.AppendUint64(append(dst, typeInt), uint64(v)^signBit), nil
	case quad.Float:
		return binary.BigEndian.AppendUint64(append(dst, typeFloat), sortableFloat(float64(v))), nil
	case quad.Bool:
		if v {
			return append(dst, typeBool, 1), nil
		}
		return append(dst, typeBool, 0), nil
	case quad.Time:
		t := time.Time(v)
		dst = binary.BigEndian.AppendUint64(append(dst, typeTime), uint64(t.Unix())^signBit)
		return binary.BigEndian.AppendUint32(dst, uint32(t.Nanosecond())), nil
	default:
		return nil, fmt.Errorf("values of type %T cannot be stored", v)
	}
}

func appendMarked(dst []byte, mark, text string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(mark)))
	return append(append(dst, mark...), text...)
}

func sortableFloat(f float64) uint64 {
	if math.IsNaN(f) {
		f = math.NaN()
	}
	bits := math.Float64bits(f)
	if bits&signBit != 0 {
		return ^bits
	}
	return bits | signBit
}

// parseValue reads what appendValue wrote, and nothing else.
func parseValue(b []byte) (quad.Value, error) {
	if len(b) == 0 {
		return nil, errValue
	}
	kind, b := b[0], b[1:]
	switch kind {
	case typeIRI:
		return quad.IRI(b), nil
	case typeBNode:
		return quad.BNode(b), nil
	case typeString:
		return quad.String(b), nil
	case typeLang, typeTyped:
		mark, text, err := parseMarked(b)
		if err != nil {
			return nil, err
		}
		if kind == typeLang {
			return quad.LangString{Value: quad.String(text), Lang: mark}, nil
		}
		return quad.TypedString{Value: quad.String(text), Type: quad.IRI(mark)}, nil
	}
	return parseFixed(kind, b)
}

// parseFixed reads the types whose encodings have one length.
func parseFixed(kind byte, b []byte) (quad.Value, error) {
	switch {
	case kind == typeInt && len(b) == 8:
		return quad.Int(binary.BigEndian.Uint64(b) ^ signBit), nil
	case kind == typeFloat && len(b) == 8:
		bits := binary.BigEndian.Uint64(b)
		f := math.Float64frombits(^bits)
		if bits&signBit != 0 {
			f = math.Float64frombits(bits &^ signBit)
		}
		if sortableFloat(f) != bits {
			return nil, errValue // another NaN
		}
		return quad.Float(f), nil
	case kind == typeBool && len(b) == 1 && b[0] <= 1:
		return quad.Bool(b[0] == 1), nil
	case kind == typeTime && len(b) == 12:
		sec := int64(binary.BigEndian.Uint64(b) ^ signBit)
		nsec := binary.BigEndian.Uint32(b[8:])
		t := time.Unix(sec, int64(nsec)).UTC()
		if nsec >= 1e9 || t.Unix() != sec {
			return nil, errValue
		}
		return quad.Time(t), nil
	}
	return nil, errValue
}

func parseMarked(b []byte) (mark, text string, err error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || size > 1 && b[size-1] == 0 || n > uint64(len(b)-size) {
		return "", "", errValue
	}
	b = b[size:]
	return string(b[:n]), string(b[n:]), nil
}

// tokenKey returns the key under which the id of an encoded value is found.
func tokenKey(enc []byte) []byte {
	return appendToken(make([]byte, 0, 1+tokenLimit), enc)
}

// appendToken appends that key.
func appendToken(dst, enc []byte) []byte {
	dst = append(dst, spaceToken)
	if len(enc) < tokenLimit {
		return append(dst, enc...)
	}
	sum := sha256.Sum256(enc)
	return append(append(dst, enc[:tokenHead]...), sum[:]...)
}
