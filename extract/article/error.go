package article

import (
	"errors"
	"fmt"
	"strings"
)

// The ways in which input can be unreadable. An *Error wraps one of them, or an
// error of the file system.
var (
	ErrEmpty       = errors.New("nothing in it")
	ErrBinary      = errors.New("binary data")
	ErrTooLarge    = errors.New("too large")
	ErrEncoding    = errors.New("wrong encoding")
	ErrDamaged     = errors.New("damaged")
	ErrUnsupported = errors.New("format not read yet")
	ErrNoArticle   = errors.New("no article in it")
	ErrNotArabic   = errors.New("not Arabic")
	ErrSameID      = errors.New("id already taken")
)

// Error says, in one line, which input cannot be read, why, and what to do.
type Error struct {
	Path   string // file as the user named it; "-" is standard input
	Line   int    // from 1; 0 if it does not apply
	Record int    // from 1; 0 if it does not apply
	What   string // what is wrong, in words
	Do     string // what to do about it
	Err    error  // one of the Err values above, or the cause
}

// Error returns one line: place, fault, remedy.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(printable(e.Path))
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Record > 0 {
		fmt.Fprintf(&b, " (record %d)", e.Record)
	}
	b.WriteString(": ")
	b.WriteString(printable(e.What))
	if e.Do != "" {
		b.WriteString("; ")
		b.WriteString(printable(e.Do))
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// fault returns an Error whose place the caller fills in.
func fault(kind error, do, what string, args ...any) *Error {
	return &Error{What: fmt.Sprintf(what, args...), Do: do, Err: kind}
}

// printable keeps a message on one line of valid UTF-8.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
