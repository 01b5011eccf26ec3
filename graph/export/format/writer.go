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
	w := &writer{to: to, buffer: buffer{b: make([]byte, 0, chunk+chunk/4), syntax: bare}}
	if err := write(w); err != nil {
		return err
	}
	return w.flush()
}

// flush hands on what is collected.
func (w *writer) flush() error {
	if w.err != nil {
		return w.err
	}
	_, err := w.to.Write(w.b)
	w.b = w.b[:0]
	return err
}

// each calls write with every item of the sequence, with the separator between them.
func each[T any](w *writer, items iter.Seq2[*T, error], separator string, write func(*buffer, *T)) error {
	between := ""
	for x, err := range items {
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		w.raw(between)
		write(&w.buffer, x)
		between = separator
		if len(w.b) >= chunk {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return w.err
}
