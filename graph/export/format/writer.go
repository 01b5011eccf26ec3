package format

import (
	"fmt"
	"io"
	"iter"
)

// chunk is how many bytes a writer collects before it hands them on.
const chunk = 1 << 16

// writer is a file being written.
type writer struct {
	buffer
	to io.Writer
}

// writeTo calls write with a writer to a file, and hands on what it leaves.
func writeTo(to io.Writer, write func(*writer) error) error {
	w := &writer{to: to, buffer: buffer{syntax: bare}}
	if err := write(w); err != nil {
		return err
	}
	return w.flush()
}

func (w *writer) flush() error { return w.handOn(w.to) }

// eachInOrder calls write with every item of the sequence, one after the other, with the
// separator between them. b.item is the item's number.
func eachInOrder[T any](w *writer, items iter.Seq2[*T, error], separator string, write func(*buffer, *T)) error {
	w.item = 0
	for x, err := range items {
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		if w.item > 0 {
			w.raw(separator)
		}
		write(&w.buffer, x)
		w.item++
		if w.n >= chunk {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return w.err
}
