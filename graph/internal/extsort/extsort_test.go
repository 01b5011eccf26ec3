package extsort

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

func TestSorter(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 10, 1000} {
		s := &Sorter{memory: 2000} // a run every hundred records or so
		var want []string
		for i := range n {
			key, record := strconv.Itoa(rnd.IntN(500)), strconv.Itoa(i)
			want = append(want, key)
			if err := s.Add([]byte(key), []byte(record)); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(want)
		for range 2 { // a sorter may be read again
			var got []string
			records := map[string]bool{}
			for pair, err := range s.Each() {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, string(pair[0]))
				records[string(pair[1])] = true
			}
			if !slices.Equal(got, want) || len(records) != n {
				t.Errorf("%d records in %d runs are out of order", n, len(s.ends))
			}
		}
		if n == 1000 && len(s.ends) < 5 {
			t.Errorf("only %d runs: nothing was tested", len(s.ends))
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
