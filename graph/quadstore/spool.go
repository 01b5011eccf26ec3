package quadstore

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// spool is a file of a load that is written once, from its beginning to its end, and then
// read as often as need be.
type spool struct {
	tables *tables
	path   string
	to     *bufio.Writer // nil once closed
	file   vfs.File      // likewise
	buf    []byte
}

// spool creates a file in the folder of the load.
func (t *tables) spool(what string, n int) (*spool, error) {
	s := &spool{tables: t, path: t.fs.PathJoin(t.dir, fmt.Sprintf("%s-%06d", what, n))}
	var err error
	if s.file, err = t.fs.Create(s.path, vfs.WriteCategoryUnspecified); err != nil {
		return nil, err
	}
	t.opened(s.file)
	s.to = bufio.NewWriterSize(s.file, spoolBytes)
	return s, nil
}

// spoolBytes is the size of the buffer of a spool that is written; many that are read at
// once share mergeBytes.
const (
	spoolBytes = 32 << 10
	mergeBytes = 16 << 20
)

// close ends the writing.
func (s *spool) close() error {
	err := errors.Join(s.to.Flush(), s.tables.close(s.file))
	s.to, s.file = nil, nil
	return err
}

// remove deletes the file.
func (s *spool) remove() error { return s.tables.fs.Remove(s.path) }

// bytes appends some bytes, their number before them.
func (s *spool) bytes(b []byte) error {
	s.buf = append(binary.AppendUvarint(s.buf[:0], uint64(len(b))), b...)
	_, err := s.to.Write(s.buf)
	return err
}

// numbers appends numbers.
func (s *spool) numbers(ns ...uint64) error {
	s.buf = appendUvarints(s.buf[:0], ns...)
	_, err := s.to.Write(s.buf)
	return err
}

// quad appends four ids.
func (s *spool) quad(q [4]uint32) error {
	s.buf = s.buf[:0]
	for _, id := range q {
		s.buf = binary.LittleEndian.AppendUint32(s.buf, id)
	}
	_, err := s.to.Write(s.buf)
	return err
}

// spoolReader reads a spool from its beginning. Every method returns io.EOF at its end.
type spoolReader struct {
	from *bufio.Reader
	file vfs.File
	buf  []byte
}

// open opens the spool for reading, as one of so many at once.
func (s *spool) open(of int) (*spoolReader, error) {
	f, err := s.tables.fs.Open(s.path, vfs.SequentialReadsOption)
	if err != nil {
		return nil, err
	}
	size := min(max(mergeBytes/of, 4<<10), 256<<10)
	return &spoolReader{from: bufio.NewReaderSize(f, size), file: f}, nil
}

func (r *spoolReader) close() error { return r.file.Close() }

// bytes reads what spool.bytes wrote; it is valid until the next call.
func (r *spoolReader) bytes() ([]byte, error) {
	n, err := binary.ReadUvarint(r.from)
	if err != nil {
		return nil, err
	}
	if uint64(cap(r.buf)) < n {
		r.buf = make([]byte, n)
	}
	r.buf = r.buf[:n]
	_, err = io.ReadFull(r.from, r.buf)
	return r.buf, whole(err)
}

// numbers reads numbers.
func (r *spoolReader) numbers(ns ...*uint64) error {
	for i, n := range ns {
		var err error
		if *n, err = binary.ReadUvarint(r.from); err != nil {
			if i > 0 {
				err = whole(err)
			}
			return err
		}
	}
	return nil
}

// quad reads four ids.
func (r *spoolReader) quad() (q [4]uint32, err error) {
	b, err := r.from.Peek(16)
	if err != nil {
		if len(b) > 0 {
			err = whole(err)
		}
		return q, err
	}
	for i := range q {
		q[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	_, err = r.from.Discard(16)
	return q, err
}

// whole makes the end of a file within a record an error.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
