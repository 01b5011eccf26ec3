package export

import (
	"bufio"
	"container/heap"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// sortMemory is how many bytes of lines a sorter holds before it writes a run to a
// temporary file.
const sortMemory = 64 << 20

// sorter sorts lines, each ended by its only newline, in bounded memory.
type sorter struct {
	memory int
	size   int
	lines  []string
	runs   []*os.File // sorted
}

func (s *sorter) add(line string) error {
	s.lines = append(s.lines, line)
	if s.size += len(line); s.size < s.memory {
		return nil
	}
	return s.spill()
}

// spill writes the lines in memory to a run.
func (s *sorter) spill() error {
	f, err := os.CreateTemp("", "isnad-sort-*")
	if err != nil {
		return fmt.Errorf("export: sorting: %w", err)
	}
	s.runs = append(s.runs, f)
	slices.Sort(s.lines)
	out := bufio.NewWriterSize(f, 1<<20)
	for _, line := range s.lines {
		if _, err := out.WriteString(line); err != nil {
			return fmt.Errorf("export: sorting: %w", err)
		}
	}
	s.lines, s.size = s.lines[:0], 0
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: sorting: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("export: sorting: %w", err)
	}
	return nil
}

// writeTo writes all lines in order.
func (s *sorter) writeTo(w *bufio.Writer) error {
	slices.Sort(s.lines)
	m := merge{&run{rest: s.lines}}
	for _, f := range s.runs {
		m = append(m, &run{from: bufio.NewReaderSize(f, 1<<18)})
	}
	for i := 0; i < len(m); {
		switch ok, err := m[i].next(); {
		case err != nil:
			return err
		case ok:
			i++
		default:
			m = slices.Delete(m, i, i+1)
		}
	}
	heap.Init(&m)
	for len(m) > 0 {
		if _, err := w.WriteString(m[0].line); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		ok, err := m[0].next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(&m, 0)
		} else {
			heap.Pop(&m)
		}
	}
	return nil
}

// close removes the temporary files.
func (s *sorter) close() error {
	var errs []error
	for _, f := range s.runs {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	return errors.Join(errs...)
}

// run is a sorted sequence of lines, in memory or in a file.
type run struct {
	line string
	rest []string
	from *bufio.Reader
}

// next moves to the next line and reports whether there is one.
func (r *run) next() (bool, error) {
	if r.from == nil {
		if len(r.rest) == 0 {
			return false, nil
		}
		r.line, r.rest = r.rest[0], r.rest[1:]
		return true, nil
	}
	line, err := r.from.ReadString('\n')
	if err == io.EOF {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("export: sorting: %w", err)
	}
	r.line = line
	return true, nil
}

// merge is a heap of runs by their line.
type merge []*run

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return m[i].line < m[j].line }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(*run)) }
func (m *merge) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}
