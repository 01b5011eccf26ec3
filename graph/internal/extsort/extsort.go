// Package extsort sorts records by key in bounded memory.
package extsort

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
)

// Memory is how many bytes a sorter holds before it writes a run to a temporary file,
// and how many of them it reads at a time while it merges. Tests set less.
var Memory = 16 << 20

// Sorter sorts records by key in bounded memory. What does not fit is kept as sorted runs
// in a temporary file, which are merged while they are read.
type Sorter struct {
	memory  int
	data    []byte  // keys and records, one after the other
	entries []entry // where they are
	sorted  bool
	file    *os.File
	ends    []int64 // of the runs in the file
}

// entry is where a key starts in the data, where its record does, and where that ends.
type entry struct{ key, record, end uint32 }

const entrySize = 12

// New returns an empty sorter. It must be closed.
func New() *Sorter { return &Sorter{memory: Memory} }

// Add adds a record under a key.
func (s *Sorter) Add(key, record []byte) error {
	if size := len(s.data) + len(key) + len(record) + entrySize*len(s.entries); size > s.memory && len(s.entries) > 0 {
		if err := s.spill(); err != nil {
			return fmt.Errorf("sorting: %w", err)
		}
	}
	s.sorted = false
	start := len(s.data)
	s.data = append(append(s.data, key...), record...)
	s.entries = append(s.entries, entry{uint32(start), uint32(start + len(key)), uint32(len(s.data))})
	return nil
}

// sort sorts what is in memory, unless it is.
func (s *Sorter) sort() {
	if s.sorted {
		return
	}
	s.sorted = true
	slices.SortFunc(s.entries, func(a, b entry) int { return bytes.Compare(s.data[a.key:a.record], s.data[b.key:b.record]) })
}

// spill writes what is in memory to a run.
func (s *Sorter) spill() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "isnad-sort-*"); err != nil {
			return err
		}
	}
	s.sort()
	end := int64(0)
	if len(s.ends) > 0 {
		end = s.ends[len(s.ends)-1]
	}
	out := bufio.NewWriterSize(s.file, 1<<18)
	var sizes []byte
	for _, e := range s.entries {
		sizes = binary.AppendUvarint(sizes[:0], uint64(e.record-e.key))
		sizes = binary.AppendUvarint(sizes, uint64(e.end-e.record))
		out.Write(sizes)
		out.Write(s.data[e.key:e.end])
		end += int64(len(sizes)) + int64(e.end-e.key)
	}
	s.data, s.entries, s.ends = s.data[:0], s.entries[:0], append(s.ends, end)
	return out.Flush()
}

// Each yields keys and records in order of key, as often as it is called. What it yields
// is good until the next.
func (s *Sorter) Each() iter.Seq2[[2][]byte, error] {
	return func(yield func([2][]byte, error) bool) {
		m, err := s.merge()
		for err == nil && len(m) > 0 {
			if !yield([2][]byte{m[0].key, m[0].record}, nil) {
				return
			}
			m, err = m.next()
		}
		if err != nil {
			yield([2][]byte{}, fmt.Errorf("sorting: %w", err))
		}
	}
}

// Close removes the temporary file.
func (s *Sorter) Close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}

// Runs returns how many runs are in the temporary file.
func (s *Sorter) Runs() int { return len(s.ends) }

// merge begins to read all runs.
func (s *Sorter) merge() (merge, error) {
	s.sort()
	m := merge{}
	runs := []*run{{data: s.data, rest: s.entries}}
	size := min(max(s.memory/(len(s.ends)+1), 1<<12), 1<<18)
	start := int64(0)
	for _, end := range s.ends {
		runs = append(runs, &run{from: bufio.NewReaderSize(io.NewSectionReader(s.file, start, end-start), size)})
		start = end
	}
	for _, r := range runs {
		ok, err := r.next()
		if err != nil {
			return nil, err
		}
		if ok {
			m = append(m, r)
		}
	}
	for i := len(m)/2 - 1; i >= 0; i-- {
		m.down(i)
	}
	return m, nil
}

// run is a sorted sequence of records, in memory or in a file.
type run struct {
	key, record []byte
	data        []byte
	rest        []entry
	from        *bufio.Reader
	taken       int    // bytes of the reader that key and record are
	buffer      []byte // for what is longer than its buffer
}

// next moves to the next record and reports whether there is one.
func (r *run) next() (bool, error) {
	if r.from == nil {
		if len(r.rest) == 0 {
			return false, nil
		}
		e := r.rest[0]
		r.key, r.record, r.rest = r.data[e.key:e.record], r.data[e.record:e.end], r.rest[1:]
		return true, nil
	}
	if _, err := r.from.Discard(r.taken); err != nil {
		return false, err
	}
	key, err := binary.ReadUvarint(r.from)
	if err == io.EOF {
		return false, nil
	}
	record, err2 := binary.ReadUvarint(r.from)
	if err = errors.Join(err, err2); err != nil {
		return false, err
	}
	size := int(key + record)
	both, err := r.from.Peek(size)
	if r.taken = size; err == bufio.ErrBufferFull {
		r.taken = 0
		r.buffer = slices.Grow(r.buffer[:0], size)[:size]
		both = r.buffer
		_, err = io.ReadFull(r.from, both)
	}
	if err != nil {
		return false, err
	}
	r.key, r.record = both[:key], both[key:]
	return true, nil
}

// merge is a heap of runs by their key.
type merge []*run

// next moves the first run on.
func (m merge) next() (merge, error) {
	ok, err := m[0].next()
	if err != nil {
		return nil, err
	}
	if !ok {
		m[0] = m[len(m)-1]
		m = m[:len(m)-1]
	}
	m.down(0)
	return m, nil
}

// down moves the run at i to where it belongs among those below.
func (m merge) down(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m); child++ {
			if bytes.Compare(m[child].key, m[least].key) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		m[i], m[least] = m[least], m[i]
		i = least
	}
}
