package quadstore

import "math/bits"

// bitset is a set of numbers that tells how many of them are up to a given one.
type bitset struct {
	words []uint64
	ranks []uint32 // of the words before; nil until finish
	size  int
}

func newBitset(size int) bitset { return bitset{words: make([]uint64, size/64+1), size: size} }

func (b *bitset) len() int       { return b.size }
func (b *bitset) set(n int)      { b.words[n/64] |= 1 << (n % 64) }
func (b *bitset) has(n int) bool { return b.words[n/64]&(1<<(n%64)) != 0 }

// finish readies the set for rank and count.
func (b *bitset) finish() {
	b.ranks = make([]uint32, len(b.words)+1)
	for i, w := range b.words {
		b.ranks[i+1] = b.ranks[i] + uint32(bits.OnesCount64(w))
	}
}

func (b *bitset) count() int { return int(b.ranks[len(b.words)]) }

// rank returns how many numbers up to n are in the set.
func (b *bitset) rank(n int) int {
	return int(b.ranks[n/64]) + bits.OnesCount64(b.words[n/64]<<(63-n%64))
}
