package quadstore

import (
	"errors"
	"io"
	"iter"
)

// source is a sorted file that is being merged with others.
type source[T any] struct {
	at   T
	n    int            // of the source; of equal records that of the least comes first
	read func(*T) error // reads the next record; io.EOF at the end
}

// merged yields the records of sorted sources in their order. A record is valid until the
// next is asked for.
func merged[T any](reads []func(*T) error, compare func(a, b *T) int) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		h := heap[T]{compare: compare}
		for n, read := range reads {
			s := &source[T]{n: n, read: read}
			if err := read(&s.at); errors.Is(err, io.EOF) {
				continue
			} else if err != nil {
				yield(nil, err)
				return
			}
			h.sources = append(h.sources, s)
		}
		for i := len(h.sources)/2 - 1; i >= 0; i-- {
			h.sink(i)
		}
		for len(h.sources) > 0 {
			first := h.sources[0]
			if !yield(&first.at, nil) {
				return
			}
			if err := first.read(&first.at); errors.Is(err, io.EOF) {
				last := len(h.sources) - 1
				h.sources[0] = h.sources[last]
				h.sources = h.sources[:last]
			} else if err != nil {
				yield(nil, err)
				return
			}
			h.sink(0)
		}
	}
}

// heap has the source with the least record first.
type heap[T any] struct {
	sources []*source[T]
	compare func(a, b *T) int
}

func (h *heap[T]) less(i, j int) bool {
	a, b := h.sources[i], h.sources[j]
	c := h.compare(&a.at, &b.at)
	return c < 0 || c == 0 && a.n < b.n
}

// sink moves a source down to where it belongs.
func (h *heap[T]) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h.sources); child++ {
			if h.less(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		h.sources[i], h.sources[least] = h.sources[least], h.sources[i]
		i = least
	}
}
