package quadstore

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/atomicfs"
)

// frozen is a file system that holds one state of a store's folder, which another
// process may go on writing. Tables never change, so they are held open, and stay
// readable when the writer deletes them; the log and what lists the tables are copied
// into memory. Nothing is written to the folder, its lock included.
type frozen struct {
	vfs.FS // in memory: log, manifest, markers, options
	dir    string
	tables map[string]vfs.File // by name
}

// manifestMarker is Pebble's name of the marker that names the manifest in force.
const manifestMarker = "manifest"

const (
	freezeTries = 200
	freezePause = 25 * time.Millisecond
)

// errMoved says that the folder changed while it was being frozen.
var errMoved = errors.New("the store changes faster than it can be read: try again, or wait until the other isnad has ended")

// freeze returns the folder as it is at one moment. Pebble deletes a file only after
// the manifest has said that it is not needed, so what was read belongs together if the
// manifest is at the end what it was at the beginning.
func freeze(disk vfs.FS, dir string) (*frozen, error) {
	for range freezeTries {
		f := &frozen{FS: vfs.NewMem(), dir: dir, tables: map[string]vfs.File{}}
		err := f.take(disk)
		if err == nil {
			return f, nil
		}
		f.release()
		if !errors.Is(err, errMoved) {
			return nil, err
		}
		time.Sleep(freezePause)
	}
	return nil, fmt.Errorf("%w: %w", ErrInUse, errMoved)
}

// take reads the folder once; errMoved asks for another try.
func (f *frozen) take(disk vfs.FS) error {
	if err := f.FS.MkdirAll(f.dir, 0o755); err != nil {
		return err
	}
	manifest, err := atomicfs.ReadMarker(disk, f.dir, manifestMarker)
	if err != nil {
		return err
	}
	if manifest == "" {
		return fs.ErrNotExist
	}
	before, err := f.copy(disk, manifest)
	if err != nil {
		return moved(err)
	}
	names, err := disk.List(f.dir)
	if err != nil {
		return err
	}
	// A log is complete when the next one begins, so the newest is copied first.
	slices.Sort(names)
	slices.Reverse(names)
	for _, name := range names {
		if err := f.takeFile(disk, name, manifest); err != nil {
			return moved(err)
		}
	}
	now, err := atomicfs.ReadMarker(disk, f.dir, manifestMarker)
	if err != nil {
		return err
	}
	info, err := disk.Stat(f.path(manifest))
	if err != nil || now != manifest || info.Size() != before {
		return errMoved
	}
	return nil
}

// moved takes a file that has gone for a sign that the folder changes.
func moved(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errMoved
	}
	return err
}

func (f *frozen) path(name string) string { return f.FS.PathJoin(f.dir, name) }

func (f *frozen) takeFile(disk vfs.FS, name, manifest string) error {
	if !isPebbleFile(name) || name == "LOCK" || name == loadFolder || name == manifest {
		return nil
	}
	switch filepath.Ext(name) {
	case ".sst", ".blob":
		file, err := disk.Open(f.path(name), vfs.RandomReadsOption)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // not needed, or the manifest has changed
		}
		f.tables[name] = file
		return err
	case ".dbtmp":
		return nil
	}
	if strings.HasPrefix(name, "MANIFEST-") || strings.HasPrefix(name, "temporary.") {
		return nil
	}
	_, err := f.copy(disk, name)
	return err
}

// copy copies a file into memory and returns its size.
func (f *frozen) copy(disk vfs.FS, name string) (int64, error) {
	in, err := disk.Open(f.path(name))
	if err != nil {
		return 0, err
	}
	defer in.Close()
	out, err := f.FS.Create(f.path(name), vfs.WriteCategoryUnspecified)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(out, struct{ io.Reader }{in})
	return n, errors.Join(err, out.Close())
}

func (f *frozen) table(name string) vfs.File {
	if f.FS.PathDir(name) != f.dir {
		return nil
	}
	return f.tables[f.FS.PathBase(name)]
}

// Open implements vfs.FS.
func (f *frozen) Open(name string, opts ...vfs.OpenOption) (vfs.File, error) {
	if t := f.table(name); t != nil {
		return &frozenTable{File: t}, nil
	}
	return f.FS.Open(name, opts...)
}

// Stat implements vfs.FS.
func (f *frozen) Stat(name string) (vfs.FileInfo, error) {
	if t := f.table(name); t != nil {
		return t.Stat()
	}
	return f.FS.Stat(name)
}

// List implements vfs.FS.
func (f *frozen) List(dir string) ([]string, error) {
	names, err := f.FS.List(dir)
	if err != nil || dir != f.dir {
		return names, err
	}
	for name := range f.tables {
		names = append(names, name)
	}
	return names, nil
}

// Unwrap implements vfs.FS.
func (f *frozen) Unwrap() vfs.FS { return f.FS }

// release closes the tables; a Store does so when it is closed.
func (f *frozen) release() {
	for _, t := range f.tables {
		_ = t.Close()
	}
	f.tables = nil
}

// frozenTable is a use of a table that is held open; Pebble reads tables by position.
type frozenTable struct{ vfs.File }

// Close implements vfs.File; release closes the file itself.
func (*frozenTable) Close() error { return nil }
