package quadstore

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// interned numbers different tokens in the order in which they come, from 1. It keeps them
// end to end in a few large pieces, without a pointer to any, so that the garbage collector
// passes over millions at once.
type interned struct {
	seed   maphash.Seed
	slots  []uint32 // open addressing by hash; 0: free
	hashes []uint32 // by number, from 1
	places []place  // by number, from 1
	pieces [][]byte
	last   int // the piece that is being filled
	bytes  int // of all tokens
}

// place is where a token is.
type place struct{ piece, at uint32 }

const (
	pieceBytes = 1 << 20
	firstSlots = 1 << 10
)

func newInterned() *interned {
	return &interned{
		seed: maphash.MakeSeed(), slots: make([]uint32, firstSlots),
		hashes: make([]uint32, 1), places: make([]place, 1),
	}
}

// number returns the number of a token of at most 255 bytes, a new one if need be.
func (in *interned) number(token []byte) (n uint32, isNew bool) {
	hash := uint32(maphash.Bytes(in.seed, token))
	mask := uint32(len(in.slots) - 1)
	at := hash & mask
	for ; in.slots[at] != 0; at = (at + 1) & mask {
		if n := in.slots[at]; in.hashes[n] == hash && bytes.Equal(in.token(n), token) {
			return n, false
		}
	}
	n = uint32(len(in.places))
	in.slots[at] = n
	in.hashes = append(in.hashes, hash)
	in.places = append(in.places, in.keep(token))
	if len(in.places) > len(in.slots)/4*3 {
		in.grow()
	}
	return n, true
}

// keep stores a token behind the others, its length before it.
func (in *interned) keep(token []byte) place {
	if len(in.pieces) > 0 && len(in.pieces[in.last])+1+len(token) > pieceBytes {
		in.last++
	}
	if in.last == len(in.pieces) {
		in.pieces = append(in.pieces, make([]byte, 0, pieceBytes))
	}
	piece := &in.pieces[in.last]
	p := place{uint32(in.last), uint32(len(*piece))}
	*piece = append(append(*piece, byte(len(token))), token...)
	in.bytes += 1 + len(token)
	return p
}

// len returns how many tokens there are.
func (in *interned) len() int { return len(in.places) - 1 }

// size returns the bytes that the tokens take, about.
func (in *interned) size() int { return in.bytes + 24*in.len() }

// reset forgets all tokens and keeps the memory for others.
func (in *interned) reset() {
	clear(in.slots)
	in.hashes, in.places = in.hashes[:1], in.places[:1]
	for i := range in.pieces {
		in.pieces[i] = in.pieces[i][:0]
	}
	in.last, in.bytes = 0, 0
}

// token returns the token with the number; it must not be changed.
func (in *interned) token(n uint32) []byte {
	p := in.places[n]
	b := in.pieces[p.piece][p.at:]
	return b[1 : 1+int(b[0])]
}

func (in *interned) grow() {
	in.slots = make([]uint32, 2*len(in.slots))
	mask := uint32(len(in.slots) - 1)
	for n := 1; n < len(in.hashes); n++ {
		at := in.hashes[n] & mask
		for in.slots[at] != 0 {
			at = (at + 1) & mask
		}
		in.slots[at] = uint32(n)
	}
}

// sorted returns the numbers in the order of their tokens.
func (in *interned) sorted() []uint32 {
	all := make([]headed, len(in.places)-1)
	for i := range all {
		all[i].n = uint32(i + 1)
	}
	in.sort(all, 0)
	numbers := make([]uint32, len(all))
	for i, h := range all {
		numbers[i] = h.n
	}
	return numbers
}

// headed is a token by its number, with the eight bytes that are being compared.
type headed struct {
	head uint64
	n    uint32
}

// sort sorts tokens that agree in their first bytes: by the next eight, then those that
// agree in these too. So a token is fetched from memory a few times only.
func (in *interned) sort(tokens []headed, agree int) {
	const few = 8
	if len(tokens) <= few || agree > tokenLimit {
		slices.SortFunc(tokens, func(a, b headed) int { return bytes.Compare(in.token(a.n), in.token(b.n)) })
		return
	}
	for i := range tokens {
		var head [8]byte
		if t := in.token(tokens[i].n); len(t) > agree {
			copy(head[:], t[agree:])
		}
		tokens[i].head = binary.BigEndian.Uint64(head[:])
	}
	slices.SortFunc(tokens, func(a, b headed) int { return cmp.Compare(a.head, b.head) })
	for i := 0; i < len(tokens); {
		j := i + 1
		for j < len(tokens) && tokens[j].head == tokens[i].head {
			j++
		}
		if j-i > 1 {
			in.sort(tokens[i:j], agree+8)
		}
		i = j
	}
}
