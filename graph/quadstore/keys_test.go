package quadstore

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
)

// Every set of bound directions must be the front of an order, and an order
// without unlabelled quads may only serve patterns that bind the label.
func TestOrderFor(t *testing.T) {
	for set := 0; set < 1<<4; set++ {
		var pattern tuple
		for i := range pattern {
			if set>>i&1 == 1 {
				pattern[i] = uint64(i) + 1
			}
		}
		o := orderFor(pattern)
		for _, d := range o.dirs[:pattern.bound()] {
			if pattern.get(d) == 0 {
				t.Errorf("pattern %v: order %c begins with %v, which is not bound", pattern, o.space, d)
			}
		}
		if o.labelled && pattern.get(quad.Label) == 0 {
			t.Errorf("pattern %v: order %c lacks the quads without a label", pattern, o.space)
		}
		full := tuple{1, 2, 3, 4}
		if !bytes.HasPrefix(o.appendQuad(nil, full), o.appendPrefix(nil, pattern)) {
			t.Errorf("pattern %v: its prefix does not begin the key of a quad that matches", pattern)
		}
	}
}

func TestIDsSortByNumber(t *testing.T) {
	ids := []uint64{0, 1, 2, 127, 128, 255, 256, 65535, 65536, 1 << 24, 1 << 32, 1 << 56, math.MaxUint64}
	var keys [][]byte
	for _, id := range ids {
		key := appendID(nil, id)
		if got, rest, err := cutID(key); got != id || len(rest) != 0 || err != nil {
			t.Errorf("cutID(appendID(%d)) = %d, %x, %v", id, got, rest, err)
		}
		keys = append(keys, key)
	}
	if !slices.IsSortedFunc(keys, bytes.Compare) {
		t.Errorf("ids in keys are out of order: %x", keys)
	}
}

func TestPrefixEnd(t *testing.T) {
	for _, test := range []struct{ prefix, end string }{
		{"a", "b"},
		{"a\x01\xff", "a\x02"},
		{"a\xff\xff", "b"},
	} {
		if got := prefixEnd([]byte(test.prefix)); string(got) != test.end {
			t.Errorf("prefixEnd(%q) = %q, want %q", test.prefix, got, test.end)
		}
	}
}

// FuzzKey reads any bytes as the key of a quad: what is accepted must be what
// would be written for it.
func FuzzKey(f *testing.F) {
	for _, o := range orders {
		f.Add(o.appendQuad(nil, tuple{1, 300, math.MaxUint64, 0}))
		f.Add(o.appendQuad(nil, tuple{1 << 40, 2, 3, 4}))
	}
	f.Add([]byte("1\x02\x00\x01"))
	f.Fuzz(func(t *testing.T, key []byte) {
		for _, o := range orders {
			quad, err := o.parse(key)
			if err != nil {
				continue
			}
			if again := o.appendQuad(nil, quad); !bytes.Equal(again, key) {
				t.Errorf("%x was read as %v, which is written %x", key, quad, again)
			}
		}
		if id, err := parseID(key); err == nil && !bytes.Equal(appendID(nil, id), key) {
			t.Errorf("%x was read as id %d, which is written %x", key, id, appendID(nil, id))
		}
	})
}
