package postgres

import (
	"context"
	"runtime"
)

// scan reads the rows of a statement, some ahead. One goroutine uses it.
type scan struct {
	reader  *reader
	text    string
	args    []any
	width   int
	sess    *session // nil before the first row
	release func()   // gives the session back
	cursor  *cursor
	page    *page
	row     int
	size    int // rows of the next page
	done    bool
	err     error
}

func (r *reader) scan(text string, args []any, width int) *scan {
	return &scan{reader: r, text: text, args: args, width: width, size: firstPage}
}

// next moves to the next row.
func (s *scan) next(ctx context.Context) (*page, int, bool) {
	if s.done {
		return nil, 0, false
	}
	if ctx == nil {
		ctx = context.Background()
	}
	if s.page == nil || s.row+1 >= s.page.rows() {
		if s.cursor != nil && s.cursor.done || !s.read(ctx) {
			s.end()
			return nil, 0, false
		}
		s.row = -1
	}
	s.row++
	return s.page, s.row, true
}

// read reads the next page and reports whether it has rows.
func (s *scan) read(ctx context.Context) bool {
	if s.err = s.open(ctx); s.err != nil {
		return false
	}
	p := &page{reader: s.reader, width: s.width, read: make([]bool, s.width)}
	if err := s.sess.fetch(ctx, s.cursor, s.size, s.text, s.args, p.add); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		s.err = s.reader.fail(err)
		return false
	}
	s.page, s.size = p, min(4*s.size, lastPage)
	return p.rows() > 0
}

// open takes a session to read with.
func (s *scan) open(ctx context.Context) error {
	if s.sess != nil {
		return nil
	}
	sess, release, err := s.reader.session(ctx)
	if err != nil {
		return s.reader.fail(err)
	}
	c := &cursor{}
	s.sess, s.cursor, s.release = sess, c, release
	// Cayley forgets to close iterators: what nobody reads is given back.
	runtime.AddCleanup(s, func(release func()) { release() }, func() { sess.drop(c); release() })
	return nil
}

// end gives back what the scan holds, without waiting for close, which Cayley forgets.
func (s *scan) end() {
	s.done = true
	if s.sess != nil {
		s.sess.drop(s.cursor)
		s.release()
		s.sess = nil
	}
}

func (s *scan) close() {
	if !s.done {
		s.end()
	}
}
