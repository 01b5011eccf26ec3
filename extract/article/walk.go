package article

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// DefaultMaxBytes is the size a file that holds one article, or one record of a
// file that holds many, may have after decompression.
const DefaultMaxBytes = 50_000_000

// Options say how Walk reads. The zero value is ready for use.
type Options struct {
	Root     string    // ids made of paths are relative to it; empty: to the argument that led to the file
	MaxBytes int64     // see DefaultMaxBytes, which 0 stands for
	Stdin    io.Reader // what "-" reads; nil: os.Stdin

	// Skip reports files and folders below an argument that are to be left out; nil: none.
	Skip func(path string) bool
}

func (o Options) maxBytes() int64 {
	if o.MaxBytes <= 0 {
		return DefaultMaxBytes
	}
	return o.MaxBytes
}

// Walk yields the articles of paths in order: files, folders with all that is
// below them (sorted by name; names that begin with a dot are left out) and "-",
// standard input. Each step yields an article or an *Error, never both. Walk stops
// when the context ends; it then yields the context's error.
func Walk(ctx context.Context, paths []string, opt Options) iter.Seq2[*Article, error] {
	return func(yield func(*Article, error) bool) {
		for f, err := range Files(ctx, paths, opt) {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			for a, err := range f.Articles(ctx) {
				if !yield(a, err) {
					return
				}
			}
		}
	}
}

// File is an input that may hold articles.
type File struct {
	Path string // as the user named it, or "-"
	Name string // slash-separated path that stands for the file in ids
	Size int64  // bytes on disk, -1 if unknown
	opt  Options
	read atomic.Int64
}

// Files yields the files that Walk reads, in its order, without opening them. A
// file reached by two arguments comes once; two files that would share an id are
// an error.
func Files(ctx context.Context, paths []string, opt Options) iter.Seq2[*File, error] {
	return func(yield func(*File, error) bool) {
		w := &walker{ctx: ctx, opt: opt, yield: yield, named: map[string]string{}, seen: map[string]bool{}}
		for _, p := range paths {
			if !w.argument(p) {
				return
			}
		}
	}
}

// walker holds what Files has met so far. Its methods return false to stop.
type walker struct {
	ctx   context.Context
	opt   Options
	yield func(*File, error) bool
	base  string            // names are relative to it
	named map[string]string // name → path that has it
	seen  map[string]bool   // resolved paths of files and folders
}

func (w *walker) fail(path string, err error) bool {
	var place *Error
	if !errors.As(err, &place) {
		place = fileFault(err)
	}
	place.Path = path
	return w.yield(nil, place)
}

// fileFault puts an error of the file system into words.
func fileFault(err error) *Error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{What: "no such file or folder", Do: "check the path", Err: err}
	case errors.Is(err, fs.ErrPermission):
		return &Error{What: "no permission to read it", Do: "give yourself read access (chmod u+r, for folders u+rx)", Err: err}
	}
	cause := err
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		cause = pathErr.Err
	}
	return &Error{What: "cannot be read: " + cause.Error(), Do: "check the file and its disk", Err: err}
}

func (w *walker) argument(path string) bool {
	if w.ctx.Err() != nil {
		w.yield(nil, w.ctx.Err())
		return false
	}
	if path == "-" {
		return w.yield(&File{Path: "-", Name: "stdin", Size: -1, opt: w.opt}, nil)
	}
	path = filepath.Clean(path)
	info, err := os.Stat(path)
	if err != nil {
		if _, lerr := os.Lstat(path); lerr == nil && errors.Is(err, fs.ErrNotExist) {
			return w.fail(path, danglingLink(err))
		}
		return w.fail(path, err)
	}
	w.base = w.opt.Root
	if w.base == "" {
		w.base = path
		if !info.IsDir() {
			w.base = filepath.Dir(path)
		}
	}
	return w.visit(path, info, true)
}

func danglingLink(err error) *Error {
	return &Error{What: "a link to a file that does not exist", Do: "mend or delete the link", Err: err}
}

// visit yields path if it is a file, and all below it if it is a folder.
func (w *walker) visit(path string, info fs.FileInfo, asked bool) bool {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		if real, err = filepath.Abs(real); err == nil {
			if w.seen[real] {
				return true // reached before, perhaps through a link that leads back
			}
			w.seen[real] = true
		}
	}
	if info.IsDir() {
		return w.folder(path)
	}
	if !info.Mode().IsRegular() && !(asked && info.Mode()&fs.ModeNamedPipe != 0) {
		return w.fail(path, &Error{What: "not a regular file (a device or socket)", Do: "leave it out", Err: ErrUnsupported})
	}
	f := &File{Path: path, Name: w.name(path), Size: info.Size(), opt: w.opt}
	if !info.Mode().IsRegular() {
		f.Size = -1
	}
	if other, taken := w.named[f.Name]; taken {
		return w.fail(path, fault(ErrSameID, "pass --root with a folder above both",
			"would have the same id (%s) as %s", f.Name, other))
	}
	w.named[f.Name] = path
	return w.yield(f, nil)
}

func (w *walker) folder(path string) bool {
	entries, err := os.ReadDir(path) // sorted by name
	if err != nil {
		return w.fail(path, err)
	}
	for _, e := range entries {
		if w.ctx.Err() != nil {
			w.yield(nil, w.ctx.Err())
			return false
		}
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		at := filepath.Join(path, e.Name())
		if w.opt.Skip != nil && w.opt.Skip(at) {
			continue
		}
		info, err := os.Stat(at)
		switch {
		case err != nil && e.Type()&fs.ModeSymlink != 0 && errors.Is(err, fs.ErrNotExist):
			if !w.fail(at, danglingLink(err)) {
				return false
			}
		case err != nil:
			if !w.fail(at, err) {
				return false
			}
		default:
			if !w.visit(at, info, false) {
				return false
			}
		}
	}
	return true
}

// name returns the path of a file relative to the base, in the form used in ids.
func (w *walker) name(path string) string {
	if rel, ok := relative(w.base, path); ok {
		return rel
	}
	return cleanName(path) // outside of Root: all of the path
}

func relative(base, path string) (string, bool) {
	absBase, err1 := filepath.Abs(base)
	absPath, err2 := filepath.Abs(path)
	if err1 != nil || err2 != nil {
		return "", false
	}
	rel, err := filepath.Rel(absBase, absPath)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return cleanName(rel), true
}
