package export

import (
	"errors"
	"iter"
	"strings"

	"isnad/graph/internal/extsort"
)

// spool sorts items by key and yields them as often as one likes, in bounded memory.
type spool[T any] struct {
	*extsort.Sorter
	encode func([]byte, *T) []byte
	decode func(*decoder, *T)
	count  int
	buffer []byte
}

func newSpool[T any](encode func([]byte, *T) []byte, decode func(*decoder, *T)) *spool[T] {
	return &spool[T]{Sorter: extsort.New(), encode: encode, decode: decode}
}

func (s *spool[T]) add(key []byte, item *T) error {
	s.count++
	s.buffer = s.encode(s.buffer[:0], item)
	return s.Add(key, s.buffer)
}

// spoolBatch is how many bytes of items are decoded at a time: their strings are parts of one.
const spoolBatch = 1 << 14

// errSpool says that what was read back is not what was written.
var errSpool = errors.New("export: a temporary file has been changed")

// items yields the items in order. Each stays as it is.
func (s *spool[T]) items() iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		var batch strings.Builder
		var ends []int
		for pair, err := range s.Each() {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(ends) == 0 {
				batch.Grow(spoolBatch + spoolBatch/4)
			}
			batch.Write(pair[1])
			if ends = append(ends, batch.Len()); batch.Len() < spoolBatch {
				continue
			}
			if !s.yieldBatch(batch.String(), ends, yield) {
				return
			}
			batch.Reset()
			ends = ends[:0]
		}
		s.yieldBatch(batch.String(), ends, yield)
	}
}

// yieldBatch decodes items, which end where ends says, and reports whether more are wanted.
func (s *spool[T]) yieldBatch(batch string, ends []int, yield func(*T, error) bool) bool {
	items := make([]T, len(ends))
	start := 0
	for i, end := range ends {
		d := decoder{rest: batch[start:end]}
		if s.decode(&d, &items[i]); d.bad || d.rest != "" {
			yield(nil, errSpool)
			return false
		}
		if !yield(&items[i], nil) {
			return false
		}
		start = end
	}
	return true
}
