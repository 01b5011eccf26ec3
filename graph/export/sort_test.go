package export

import (
	"bufio"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestSorter(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 10, 1000} {
		s := &sorter{memory: 500} // a run every hundred lines or so
		var want []string
		for range n {
			line := strconv.Itoa(rnd.IntN(500)) + "\n"
			want = append(want, line)
			if err := s.add(line); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(want)
		var b strings.Builder
		w := bufio.NewWriter(&b)
		if err := s.writeTo(w); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		if b.String() != strings.Join(want, "") {
			t.Errorf("%d lines in %d runs are out of order", n, len(s.runs))
		}
		if n == 1000 && len(s.runs) < 5 {
			t.Errorf("only %d runs: nothing was tested", len(s.runs))
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}
}
