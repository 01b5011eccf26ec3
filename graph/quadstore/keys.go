package quadstore

import (
	"encoding/binary"
	"errors"

	"github.com/cayleygraph/quad"
)

// The first byte of every key.
const (
	spaceMeta  = 'm'
	spaceValue = 'v'
	spaceToken = 'i'
	spaceCount = 'c'
	spacePair  = 'n'
)

var (
	keyFormat = []byte{spaceMeta, 'f', 'o', 'r', 'm', 'a', 't'}
	keyTotals = []byte{spaceMeta, 't', 'o', 't', 'a', 'l', 's'}
)

// An order is one arrangement of quads: the directions by which it sorts.
type order struct {
	space    byte
	dirs     [4]quad.Direction
	labelled bool // holds only quads with a label
}

// orders lists every arrangement; for each set of one, two or three
// directions there is one that begins with them.
var orders = [...]order{
	{'1', [4]quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label}, false},
	{'2', [4]quad.Direction{quad.Predicate, quad.Object, quad.Subject, quad.Label}, false},
	{'3', [4]quad.Direction{quad.Object, quad.Subject, quad.Predicate, quad.Label}, false},
	{'4', [4]quad.Direction{quad.Label, quad.Subject, quad.Predicate, quad.Object}, true},
	{'5', [4]quad.Direction{quad.Predicate, quad.Label, quad.Object, quad.Subject}, true},
	{'6', [4]quad.Direction{quad.Object, quad.Label, quad.Subject, quad.Predicate}, true},
}

// A tuple is a quad by the ids of its values, in the order of
// quad.Directions. Id 0 is no value: no label in a quad, unbound in a pattern.
type tuple [4]uint64

func (t tuple) get(d quad.Direction) uint64 {
	if d < quad.Subject || d > quad.Label {
		return 0
	}
	return t[d-quad.Subject]
}

func (t *tuple) set(d quad.Direction, id uint64) { t[d-quad.Subject] = id }

// bound returns the number of directions that have a value.
func (t tuple) bound() int {
	n := 0
	for _, id := range t {
		if id != 0 {
			n++
		}
	}
	return n
}

// matches reports whether t agrees with the pattern wherever that is bound.
func (t tuple) matches(pattern tuple) bool {
	for i, id := range pattern {
		if id != 0 && id != t[i] {
			return false
		}
	}
	return true
}

// orderFor returns the order in which the quads that match the pattern are
// one contiguous range.
func orderFor(pattern tuple) order {
	n := pattern.bound()
	for _, o := range orders {
		lead := 0
		for lead < n && pattern.get(o.dirs[lead]) != 0 {
			lead++
		}
		if lead == n {
			return o
		}
	}
	return orders[0] // not reached: TestOrderFor
}

// appendQuad appends the key of t in the order.
func (o order) appendQuad(dst []byte, t tuple) []byte {
	dst = append(dst, o.space)
	for _, d := range o.dirs {
		dst = appendID(dst, t.get(d))
	}
	return dst
}

// arrange returns the ids of a quad in the order.
func (o order) arrange(t tuple) (ids [4]uint64) {
	for i, d := range o.dirs {
		ids[i] = t[d-quad.Subject]
	}
	return ids
}

// compareIDs compares arranged quads as their keys in the order do.
func compareIDs(a, b *[4]uint64) int {
	for i, id := range a {
		if id != b[i] {
			if id < b[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// appendPrefix appends what the keys of all quads that match the pattern
// begin with in the order, which must be orderFor(pattern).
func (o order) appendPrefix(dst []byte, pattern tuple) []byte {
	dst = append(dst, o.space)
	for _, d := range o.dirs[:pattern.bound()] {
		dst = appendID(dst, pattern.get(d))
	}
	return dst
}

var errKey = errors.New("malformed key")

// parse reads a key that appendQuad wrote.
func (o order) parse(key []byte) (tuple, error) {
	var t tuple
	if len(key) == 0 || key[0] != o.space {
		return t, errKey
	}
	key = key[1:]
	for _, d := range o.dirs {
		id, rest, err := cutID(key)
		if err != nil {
			return tuple{}, err
		}
		t.set(d, id)
		key = rest
	}
	if len(key) != 0 {
		return tuple{}, errKey
	}
	return t, nil
}

// appendID appends an id in the form that sorts by number.
func appendID(dst []byte, id uint64) []byte {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], id)
	i := 0
	for i < len(b) && b[i] == 0 {
		i++
	}
	dst = append(dst, byte(len(b)-i))
	return append(dst, b[i:]...)
}

// cutID reads an id from the front of b and returns what follows it.
func cutID(b []byte) (id uint64, rest []byte, err error) {
	if len(b) == 0 || b[0] > 8 || len(b) <= int(b[0]) {
		return 0, nil, errKey
	}
	n := int(b[0])
	if n > 0 && b[1] == 0 {
		return 0, nil, errKey // a leading zero: the same id would have two forms
	}
	for _, c := range b[1 : 1+n] {
		id = id<<8 | uint64(c)
	}
	return id, b[1+n:], nil
}

// parseID reads a lone id.
func parseID(b []byte) (uint64, error) {
	id, rest, err := cutID(b)
	if err != nil || len(rest) != 0 || id == 0 {
		return 0, errKey
	}
	return id, nil
}

func keyOfID(space byte, id uint64) []byte {
	return appendID(append(make([]byte, 0, 10), space), id)
}

// prefixEnd returns the first key after all that begin with the prefix, which
// must not be all 0xff.
func prefixEnd(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		end[i]++
		if end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// appendUvarints appends the numbers; readUvarints reads exactly as many.
func appendUvarints(dst []byte, ns ...uint64) []byte {
	for _, n := range ns {
		dst = binary.AppendUvarint(dst, n)
	}
	return dst
}

func readUvarints(b []byte, ns ...*uint64) error {
	for _, n := range ns {
		v, size := binary.Uvarint(b)
		if size <= 0 {
			return errKey
		}
		*n, b = v, b[size:]
	}
	if len(b) != 0 {
		return errKey
	}
	return nil
}
