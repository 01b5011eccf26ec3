package article

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
)

const (
	// headBytes is how much of a file is looked at to tell its format.
	headBytes = 256 << 10
	// maxUnpacked bounds what a compressed file may unpack to, whatever its format:
	// no collection of articles is so large, and a zip bomb is.
	maxUnpacked = 16 << 30
	// maxWindow is the largest zstd window accepted: that of zstd --long.
	maxWindow = 128 << 20
	// maxLayers is how often a file may be compressed over.
	maxLayers = 3
)

// Articles yields the articles in the file. Each step yields an article or an
// *Error; a fault of one record does not end the others.
func (f *File) Articles(ctx context.Context) iter.Seq2[*Article, error] {
	return func(yield func(*Article, error) bool) {
		in, err := f.open()
		if err != nil {
			yield(nil, f.place(err, 0, 0))
			return
		}
		defer in.Close()
		s := &session{ctx: ctx, file: f, yield: yield}
		defer func() {
			// The parsers are fuzzed, but the HTML one is not ours: a page that breaks it
			// must not end the batch.
			if r := recover(); r != nil && !s.inYield {
				s.fail(fault(ErrDamaged, "leave it out and report it", "the reader failed on it (%v)", r), 0, 0)
			} else if r != nil {
				panic(r)
			}
		}()
		s.read(in)
	}
}

// BytesRead returns how many bytes of the file, as it lies on disk, have been read so
// far. It may be called while Articles runs.
func (f *File) BytesRead() int64 { return f.read.Load() }

// counted adds up what is read.
type counted struct {
	io.Reader
	n *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// session is one reading of one file. Its methods return false to stop.
type session struct {
	ctx     context.Context
	file    *File
	yield   func(*Article, error) bool
	inYield bool // the consumer runs: its panics are not ours
}

func (s *session) send(a *Article, err error) bool {
	s.inYield = true
	more := s.yield(a, err)
	s.inYield = false
	if more && s.ctx.Err() != nil {
		s.inYield = true
		s.yield(nil, s.ctx.Err())
		return false
	}
	return more
}

func (s *session) fail(err error, line, record int) bool {
	return s.send(nil, s.file.place(err, line, record))
}

// place completes an error by where it happened.
func (f *File) place(err error, line, record int) error {
	var e *Error
	if !errors.As(err, &e) {
		e = readFault(err)
	}
	e.Path, e.Line, e.Record = f.Path, line, record
	if f.Path == "-" {
		e.Path = "standard input"
	}
	return e
}

// readFault puts an error met while reading into words.
func readFault(err error) *Error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{What: "ends too early (truncated)", Do: "fetch it again", Err: errors.Join(ErrDamaged, err)}
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return &Error{What: "needs too much memory to unpack", Do: "pack it without zstd's --ultra and --long", Err: errors.Join(ErrTooLarge, err)}
	}
	return fileFault(err)
}

// input is an open file, decompressed, with its head at hand.
type input struct {
	*bufio.Reader
	head    []byte // the first bytes, up to headBytes; still to be read
	closers []io.Closer
}

func (in *input) Close() error {
	var err error
	for i := len(in.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, in.closers[i].Close())
	}
	return err
}

func (f *File) open() (*input, error) {
	in := &input{}
	var r io.Reader
	if f.Path == "-" {
		r = f.opt.Stdin
		if r == nil {
			r = os.Stdin
		}
	} else {
		file, err := os.Open(f.Path)
		if err != nil {
			return nil, err
		}
		in.closers = append(in.closers, file)
		r = file
	}
	r = &counted{r, &f.read}
	if err := in.unpack(r); err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// unpack sets the reader of in to r with its compression, if any, undone.
func (in *input) unpack(r io.Reader) error {
	for range maxLayers + 1 {
		in.Reader = bufio.NewReaderSize(r, headBytes)
		head, err := in.Peek(headBytes)
		if err != nil && err != io.EOF {
			return err
		}
		in.head = head
		switch {
		case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
			z, err := gzip.NewReader(in.Reader)
			if err != nil {
				return unpackFault(err)
			}
			in.closers = append(in.closers, z)
			r = z
		case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
			z, err := zstd.NewReader(in.Reader, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
			if err != nil {
				return unpackFault(err)
			}
			in.closers = append(in.closers, z.IOReadCloser())
			r = z
		default:
			return nil
		}
		r = &capped{r: &unpacked{r}, left: maxUnpacked}
	}
	return fault(ErrUnsupported, "unpack it first", "compressed more than %d times over", maxLayers)
}

// unpacked tells faults of the compressed data from those of the disk below.
type unpacked struct{ r io.Reader }

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && err != io.EOF {
		err = unpackFault(err)
	}
	return n, err
}

func unpackFault(err error) error {
	var disk *fs.PathError
	if errors.As(err, &disk) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zstd.ErrWindowSizeExceeded) || errors.Is(err, zstd.ErrDecoderSizeExceeded) {
		return err // readFault has words for these
	}
	return fault(ErrDamaged, "fetch it again", "damaged compressed data: %v", err)
}

// capped fails, unlike io.LimitReader, when there is more to read than allowed.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, fault(ErrTooLarge, "split it", "unpacks to more than %s", sizeText(maxUnpacked))
	}
	return n, err
}

// read tells the format and reads the articles.
func (s *session) read(in *input) {
	var d *draft
	form, err := sniff(in.head, s.file.Path)
	if err == nil && form == formJSON {
		s.readJSON(in)
		return
	}
	if err == nil {
		d, err = s.readWhole(in, form)
	}
	if err != nil {
		s.fail(err, 0, 0)
		return
	}
	s.finish(d, true, 0, 0)
}

// readWhole reads a file that is one article.
func (s *session) readWhole(in *input, form format) (*draft, error) {
	if binary(in.head) && byteOrderMark(in.head) == nil {
		return nil, encodingFault(in.head, 0)
	}
	limit := s.file.opt.maxBytes()
	if s.file.Size >= limit {
		return nil, tooLarge(limit)
	}
	data, err := io.ReadAll(&capped{r: in, left: limit - 1})
	if errors.Is(err, ErrTooLarge) {
		return nil, tooLarge(limit)
	}
	if err != nil {
		return nil, err
	}
	text, err := decode(data, form)
	if err != nil {
		return nil, err
	}
	if form == formHTML {
		return parseHTML(text)
	}
	return parseText(text), nil
}

// finish makes a draft an article and sends it.
func (s *session) finish(d *draft, alone bool, line, record int) bool {
	a, err := d.article()
	if err != nil {
		return s.fail(err, line, record)
	}
	s.file.identify(a, d.id, alone)
	a.Origin = s.file.Path
	switch {
	case line > 0:
		a.Origin += fmt.Sprintf(":%d", line)
	case record > 0 && !alone:
		a.Origin += fmt.Sprintf(" (record %d)", record)
	}
	return s.send(a, nil)
}

func tooLarge(limit int64) *Error {
	return fault(ErrTooLarge, "split it into articles, or pass JSON lines", "%s or more is too large for one article", sizeText(limit))
}

// sizeText returns a number of bytes for people.
func sizeText(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.3g GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.3g MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.3g kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}

// extension returns the lower-case extension of a file, that of its compression left out.
func extension(name string) string {
	name = strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	for _, z := range []string{".gz", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, z)
	}
	return path.Ext(name)
}
