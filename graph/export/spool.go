package export

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
)

// spool sorts records by a key, then keeps them in a temporary file to be read as often
// as one likes. A line is the key, a separator and the record as JSON.
type spool struct {
	sorter
	file  *os.File
	count int
}

// keyEnd ends a key; it sorts before whatever a longer key goes on with.
const keyEnd = "\x00"

// add adds a record. Keys hold no NUL and no newline that tells them apart.
func (s *spool) add(key string, record any) error {
	encoded, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	s.count++
	return s.sorter.add(strings.ReplaceAll(key, "\n", " ") + keyEnd + string(encoded) + "\n")
}

// finish sorts what was added.
func (s *spool) finish() (err error) {
	if s.file, err = os.CreateTemp("", "isnad-export-*"); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	out := bufio.NewWriterSize(s.file, 1<<20)
	if err := s.writeTo(out); err != nil {
		return err
	}
	s.lines = nil
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: sorting: %w", err)
	}
	return nil
}

// close removes all temporary files.
func (s *spool) close() error {
	err := s.sorter.close()
	if s.file != nil {
		err = errors.Join(err, s.file.Close(), os.Remove(s.file.Name()))
	}
	return err
}

// records yields the records of a finished spool in order.
func records[T any](s *spool) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		in := bufio.NewReaderSize(io.NewSectionReader(s.file, 0, 1<<62), 1<<18)
		for {
			line, err := in.ReadString('\n')
			if err == io.EOF {
				return
			}
			record := new(T)
			if err == nil {
				_, encoded, _ := strings.Cut(line, keyEnd+"{")
				err = json.Unmarshal([]byte("{"+encoded), record)
			}
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}
