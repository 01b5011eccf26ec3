package eval

import (
	"slices"
	"testing"
)

// The numbers are those of Python 3: [r.randrange(25) for _ in range(12)] then
// the 2,001st r.getrandbits(32), with r = random.Random(1).
func TestTwisterDrawsAsPythonDoes(t *testing.T) {
	r := newTwister(1)
	var got []int
	for range 12 {
		got = append(got, r.below(25))
	}
	want := []int{4, 18, 24, 2, 8, 3, 15, 24, 14, 15, 20, 12}
	if !slices.Equal(got, want) {
		t.Errorf("drew %v, want %v", got, want)
	}
	for range 2000 {
		r.uint32()
	}
	if got := r.uint32(); got != 2615552475 {
		t.Errorf("after 2,000 more: %d, want %d", got, uint32(2615552475))
	}
}
