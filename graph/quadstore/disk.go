package quadstore

import (
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// disk is a file system that freezes at its first failed write, as if the
// machine had stopped at that moment: nothing that comes later reaches it, so
// what it holds is what Pebble is made to recover from. Pebble itself would
// end the process when its log cannot be written; it is told instead that all
// is well with the log, and the store, which asks trouble after every write,
// says that it failed. Tables and manifests fail openly, so that what was not
// written to them stays in memory for readers.
type disk struct {
	vfs.FS
	trouble *trouble
}

// retryPause slows Pebble down, which tries again to write a table at once.
const retryPause = 20 * time.Millisecond

func isLog(name string) bool { return strings.HasSuffix(name, ".log") }

// frozen returns the error of the first failed write.
func (d *disk) frozen() error { return d.trouble.err() }

// check freezes the disk if err is an error.
func (d *disk) check(err error) error {
	if err != nil {
		d.trouble.set(err)
	}
	return err
}

// writing opens a file for writing by the function given.
func (d *disk) writing(name string, open func() (vfs.File, error)) (vfs.File, error) {
	err := d.frozen()
	if err == nil {
		var f vfs.File
		if f, err = open(); d.check(err) == nil {
			return &diskFile{File: f, disk: d, log: isLog(name)}, nil
		}
	}
	if isLog(name) {
		d.trouble.loseLog()
		return nowhere{}, nil
	}
	time.Sleep(retryPause)
	return nil, err
}

// Create implements vfs.FS.
func (d *disk) Create(name string, c vfs.DiskWriteCategory) (vfs.File, error) {
	return d.writing(name, func() (vfs.File, error) { return d.FS.Create(name, c) })
}

// ReuseForWrite implements vfs.FS.
func (d *disk) ReuseForWrite(from, to string, c vfs.DiskWriteCategory) (vfs.File, error) {
	return d.writing(to, func() (vfs.File, error) { return d.FS.ReuseForWrite(from, to, c) })
}

// OpenReadWrite implements vfs.FS.
func (d *disk) OpenReadWrite(name string, c vfs.DiskWriteCategory, opts ...vfs.OpenOption) (vfs.File, error) {
	return d.writing(name, func() (vfs.File, error) { return d.FS.OpenReadWrite(name, c, opts...) })
}

// OpenDir implements vfs.FS. The folder's own sync makes new files last.
func (d *disk) OpenDir(name string) (vfs.File, error) {
	f, err := d.FS.OpenDir(name)
	if err != nil {
		return nil, err
	}
	return &diskFile{File: f, disk: d, log: true}, nil
}

// Rename implements vfs.FS.
func (d *disk) Rename(from, to string) error {
	if err := d.frozen(); err != nil {
		return err
	}
	return d.check(d.FS.Rename(from, to))
}

// Remove implements vfs.FS.
func (d *disk) Remove(name string) error {
	if d.frozen() != nil {
		return nil
	}
	return d.FS.Remove(name)
}

// RemoveAll implements vfs.FS.
func (d *disk) RemoveAll(name string) error {
	if d.frozen() != nil {
		return nil
	}
	return d.FS.RemoveAll(name)
}

// Unwrap implements vfs.FS.
func (d *disk) Unwrap() vfs.FS { return d.FS }

// diskFile is a file of a disk.
type diskFile struct {
	vfs.File
	disk *disk
	log  bool // keep its failures from Pebble
}

// do writes by the function given, unless the disk is frozen.
func (f *diskFile) do(write func() error) error {
	err := f.disk.frozen()
	if err == nil {
		err = f.disk.check(write())
	}
	if err != nil && f.log {
		f.disk.trouble.loseLog()
		return nil
	}
	return err
}

// Write implements vfs.File.
func (f *diskFile) Write(p []byte) (int, error) {
	if err := f.do(func() error { _, err := f.File.Write(p); return err }); err != nil {
		return 0, err
	}
	return len(p), nil
}

// WriteAt implements vfs.File.
func (f *diskFile) WriteAt(p []byte, at int64) (int, error) {
	if err := f.do(func() error { _, err := f.File.WriteAt(p, at); return err }); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Preallocate implements vfs.File. It is a hint, and may not be supported.
func (f *diskFile) Preallocate(at, n int64) error {
	if f.disk.frozen() == nil {
		_ = f.File.Preallocate(at, n)
	}
	return nil
}

// Sync implements vfs.File.
func (f *diskFile) Sync() error { return f.do(f.File.Sync) }

// SyncData implements vfs.File.
func (f *diskFile) SyncData() error { return f.do(f.File.SyncData) }

// SyncTo implements vfs.File.
func (f *diskFile) SyncTo(n int64) (full bool, err error) {
	err = f.do(func() (err error) { full, err = f.File.SyncTo(n); return err })
	return full, err
}

// Close implements vfs.File.
func (f *diskFile) Close() error {
	err := f.File.Close()
	if f.log && f.disk.check(err) != nil {
		f.disk.trouble.loseLog()
		return nil
	}
	return err
}

// nowhere is a file that takes everything and keeps nothing.
type nowhere struct{}

var _ vfs.File = nowhere{}

func (nowhere) Close() error                            { return nil }
func (nowhere) Read([]byte) (int, error)                { return 0, io.EOF }
func (nowhere) ReadAt([]byte, int64) (int, error)       { return 0, io.EOF }
func (nowhere) Write(p []byte) (int, error)             { return len(p), nil }
func (nowhere) WriteAt(p []byte, _ int64) (int, error)  { return len(p), nil }
func (nowhere) Preallocate(int64, int64) error          { return nil }
func (nowhere) Stat() (vfs.FileInfo, error)             { return nowhere{}, nil }
func (nowhere) Sync() error                             { return nil }
func (nowhere) SyncTo(int64) (fullSync bool, err error) { return false, nil }
func (nowhere) SyncData() error                         { return nil }
func (nowhere) Prefetch(int64, int64) error             { return nil }
func (nowhere) Fd() uintptr                             { return vfs.InvalidFd }

// A nowhere is its own, empty, description.
func (nowhere) Name() string           { return "" }
func (nowhere) Size() int64            { return 0 }
func (nowhere) Mode() fs.FileMode      { return 0 }
func (nowhere) ModTime() time.Time     { return time.Time{} }
func (nowhere) IsDir() bool            { return false }
func (nowhere) Sys() any               { return nil }
func (nowhere) DeviceID() vfs.DeviceID { return vfs.DeviceID{} }
