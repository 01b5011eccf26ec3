package export

import (
	"encoding/binary"
	"math"

	"isnad/graph/export/format"
	"isnad/schema"
)

// The form of items in temporary files: numbers as varints, strings after their length.

func putString[S ~string](to []byte, s S) []byte {
	return append(binary.AppendUvarint(to, uint64(len(s))), s...)
}

func putStrings(to []byte, all []string) []byte {
	to = binary.AppendUvarint(to, uint64(len(all)))
	for _, s := range all {
		to = putString(to, s)
	}
	return to
}

func putInt(to []byte, n int) []byte { return binary.AppendVarint(to, int64(n)) }

// decoder takes values from the start of an item. Its strings are parts of the item.
type decoder struct {
	rest string
	bad  bool // something was missing
}

func (d *decoder) uint() uint64 {
	var n uint64
	for i := 0; i < len(d.rest) && i < binary.MaxVarintLen64; i++ {
		c := d.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.rest = d.rest[i+1:]
			return n
		}
	}
	d.bad = true
	return 0
}

func (d *decoder) int() int {
	n := d.uint()
	return int(int64(n>>1) ^ -int64(n&1))
}

// count is how many of something follow, a byte each at least.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.rest)) {
		d.bad = true
		return 0
	}
	return int(n)
}

func (d *decoder) string() string {
	n := d.count()
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) strings() []string {
	n := d.count()
	if n == 0 {
		return nil
	}
	all := make([]string, n)
	for i := range all {
		all[i] = d.string()
	}
	return all
}

func encodeNode(to []byte, n *format.Node) []byte {
	to = putString(putString(putString(putString(to, n.IRI), n.Class), n.Name), n.Latin)
	to = putStrings(putStrings(putStrings(to, n.Other), n.Offices), n.Countries)
	to = putInt(putInt(to, n.Articles), n.Mentions)
	return putString(putString(to, n.First), n.Last)
}

func decodeNode(d *decoder, n *format.Node) {
	n.IRI, n.Class, n.Name, n.Latin = d.string(), schema.Class(d.string()), d.string(), d.string()
	n.Other, n.Offices, n.Countries = d.strings(), d.strings(), d.strings()
	n.Articles, n.Mentions = d.int(), d.int()
	n.First, n.Last = d.string(), d.string()
}

func encodeEdge(to []byte, e *format.Edge) []byte {
	to = putString(putString(putString(putString(to, e.IRI), e.Source), e.Target), e.Value)
	to = putString(putString(putString(putString(to, e.ValueType), e.Predicate), e.Status), e.Date)
	undirected := 0
	if e.Undirected {
		undirected = 1
	}
	to = putInt(putStrings(putInt(to, undirected), e.Places), e.Sources)
	to = binary.AppendUvarint(to, math.Float64bits(e.Confidence))
	to = putInt(to, len(e.Evidence))
	for i := range e.Evidence {
		v := &e.Evidence[i]
		to = putString(putString(putString(putString(to, v.Quote), v.SaidBy), v.Article), v.IRI)
		to = putString(putString(putString(putString(to, v.URL), v.Title), v.Publisher), v.Published)
	}
	return to
}

func decodeEdge(d *decoder, e *format.Edge) {
	e.IRI, e.Source, e.Target, e.Value = d.string(), d.string(), d.string(), d.string()
	e.ValueType, e.Predicate, e.Status, e.Date = schema.Class(d.string()), d.string(), schema.Status(d.string()), d.string()
	e.Undirected, e.Places, e.Sources = d.int() == 1, d.strings(), d.int()
	e.Confidence = math.Float64frombits(d.uint())
	if n := min(d.int(), len(d.rest)); n > 0 {
		e.Evidence = make([]format.Evidence, n)
	}
	for i := range e.Evidence {
		e.Evidence[i] = format.Evidence{Quote: d.string(), SaidBy: d.string(), Article: d.string(), IRI: d.string(),
			URL: d.string(), Title: d.string(), Publisher: d.string(), Published: d.string()}
	}
}
