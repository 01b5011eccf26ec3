package eval

// twister is the Mersenne Twister MT19937 of Matsumoto and Nishimura ("Mersenne
// Twister: a 623-dimensionally equidistributed uniform pseudo-random number
// generator", ACM TOMACS 8, 1998), seeded and read as Python's random module does,
// so that the bootstrap draws the same samples as the reference scorer.
type twister struct {
	state [twisterSize]uint32
	next  int
}

const (
	twisterSize   = 624
	twisterMiddle = 397
)

// newTwister seeds with init_by_array([seed]), as random.Random(seed) does for a
// small seed.
func newTwister(seed uint32) *twister {
	t := &twister{next: twisterSize}
	s := &t.state
	s[0] = 19650218
	for i := 1; i < twisterSize; i++ {
		s[i] = 1812433253*(s[i-1]^s[i-1]>>30) + uint32(i)
	}
	at := 1
	step := func() {
		if at++; at == twisterSize {
			s[0], at = s[twisterSize-1], 1
		}
	}
	for range twisterSize {
		s[at] = (s[at] ^ (s[at-1]^s[at-1]>>30)*1664525) + seed
		step()
	}
	for range twisterSize - 1 {
		s[at] = (s[at] ^ (s[at-1]^s[at-1]>>30)*1566083941) - uint32(at)
		step()
	}
	s[0] = 1 << 31
	return t
}

func (t *twister) uint32() uint32 {
	if t.next == twisterSize {
		t.refill()
	}
	y := t.state[t.next]
	t.next++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

func (t *twister) refill() {
	s := &t.state
	for i := range s {
		y := s[i]&(1<<31) | s[(i+1)%twisterSize]&(1<<31-1)
		s[i] = s[(i+twisterMiddle)%twisterSize] ^ y>>1 ^ (y&1)*0x9908b0df
	}
	t.next = 0
}

// below returns a number in [0, n), as Random.randrange(n) does.
func (t *twister) below(n int) int {
	bits := 0
	for 1<<bits <= n {
		bits++
	}
	for {
		if r := int(t.uint32() >> (32 - bits)); r < n {
			return r
		}
	}
}
