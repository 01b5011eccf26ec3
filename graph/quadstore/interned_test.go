package quadstore

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

func TestInterned(t *testing.T) {
	in, numbers := newInterned(), map[string]uint32{}
	for i := range 60_000 { // several pieces, several sizes of the table
		token := fmt.Appendf(nil, "%d%0*d", i%7, i%97, i%20_000)
		n, isNew := in.number(token)
		want, met := numbers[string(token)]
		if !met {
			want = uint32(len(numbers) + 1)
			numbers[string(token)] = want
		}
		if n != want || isNew == met {
			t.Fatalf("%s: number %d, new %v; want %d, %v", token, n, isNew, want, !met)
		}
	}
	for _, odd := range []string{"", "\x00", "\x00\x00", "12345678", "12345678\x00", "12345678\x00\x00"} {
		n, _ := in.number([]byte(odd))
		numbers[odd] = n
	}
	for token, n := range numbers {
		if got := in.token(n); string(got) != token {
			t.Fatalf("token %d is %q, want %q", n, got, token)
		}
	}
	sorted := in.sorted()
	if len(sorted) != len(numbers) || !slices.IsSortedFunc(sorted, func(a, b uint32) int { return bytes.Compare(in.token(a), in.token(b)) }) {
		t.Errorf("%d of %d tokens, or not in their order", len(sorted), len(numbers))
	}
}
