package read

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// unmarked reads UTF-8, without a byte order mark at its beginning, from UTF-8 or, if a
// mark says so, from UTF-16, as spreadsheets write it.
func unmarked(r io.Reader) io.Reader {
	in := bufio.NewReaderSize(r, 1<<16)
	mark, _ := in.Peek(3)
	switch {
	case bytes.Equal(mark, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3)
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(in)
	}
	return in
}
