package quadstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// ErrExists says that the folder of a backup is there already.
var ErrExists = errors.New("the folder exists: name a new one")

// Backup writes a copy of the store in the folder dir to the new folder to, and returns
// its size in bytes. The copy is the store as it was at one moment, even while another
// process, or this one, writes it. It appears under its name only when it is whole, on
// disk and has been read without a fault.
func Backup(ctx context.Context, dir, to string) (size int64, err error) {
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return 0, explain(to, cmp.Or(err, ErrExists))
	}
	from, err := folder(dir, true)
	if err != nil {
		return 0, explain(dir, err)
	}
	if within(from, to) {
		return 0, explain(to, errWithin)
	}
	f, err := freeze(vfs.Default, from)
	if err != nil {
		return 0, explain(dir, err)
	}
	defer f.release()
	partial := to + ".partial"
	if err := errors.Join(os.RemoveAll(partial), os.MkdirAll(partial, 0o755)); err != nil {
		return 0, explain(to, err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(partial)
		}
	}()
	if size, err = f.copyTo(ctx, partial); err != nil {
		return 0, explain(to, err)
	}
	if err := readable(ctx, partial); err != nil {
		if e, ok := errors.AsType[*folderError](err); ok {
			e.dir = dir // where the fault is from
		}
		return 0, err
	}
	if err := os.Rename(partial, to); err != nil {
		return 0, explain(to, err)
	}
	return size, explain(to, syncFolder(filepath.Dir(to)))
}

// within reports whether a path leads into a folder.
func within(folder, path string) bool {
	at, err := os.Stat(folder)
	if err != nil {
		return false
	}
	path, err = filepath.Abs(path)
	for ; err == nil && path != filepath.Dir(path); path = filepath.Dir(path) {
		if above, err := os.Stat(path); err == nil && os.SameFile(at, above) {
			return true
		}
	}
	return false
}

// readable opens the copy as it will be opened, and reads all of it, checksums included.
func readable(ctx context.Context, dir string) error {
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	all := &scan{view: s.live}
	for all.next(ctx, func(it *pebble.Iterator) error {
		_, err := it.ValueAndErr()
		return err
	}) {
	}
	return cmp.Or(all.err, s.Close())
}

// copyTo writes all files to a folder.
func (f *frozen) copyTo(ctx context.Context, dir string) (size int64, err error) {
	names, err := f.List(f.dir)
	if err != nil {
		return 0, err
	}
	slices.Sort(names)
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return size, err
		}
		n, err := f.copyFile(name, filepath.Join(dir, name))
		if err != nil {
			return size, err
		}
		size += n
	}
	return size, syncFolder(dir)
}

func (f *frozen) copyFile(name, to string) (n int64, err error) {
	in, err := f.Open(f.path(name))
	if err != nil {
		return 0, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return 0, err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if n, err = io.Copy(out, io.NewSectionReader(in, 0, info.Size())); err != nil {
		return n, err
	}
	return n, out.Sync()
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Compact rewrites the tables, so that what was deleted or replaced takes no room, and
// returns the bytes on disk before and after. Readers and writers may go on.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	if s.opts.ReadOnly {
		return 0, 0, ErrReadOnly
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.writable(); err != nil {
		return 0, 0, err
	}
	before = int64(s.db.Metrics().DiskSpaceUsage())
	done := make(chan error, 1)
	go func() { done <- s.db.Compact(ctx, []byte{0}, []byte{0xff}, true) }()
	if err := s.await(done); err != nil {
		return before, before, explain(s.dir, fmt.Errorf("compacting: %w", err))
	}
	return before, int64(s.db.Metrics().DiskSpaceUsage()), nil
}
