package quadstore

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/cockroachdb/pebble/v2"
)

// What can be wrong with a folder. Errors wrap one of these with the folder's
// name and what to do.
var (
	// ErrInUse says that another process, or this one, has the store open.
	ErrInUse = errors.New("the store is in use")
	// ErrVersion says that a newer isnad wrote the store.
	ErrVersion = errors.New("the store was written by a newer version")
	// ErrOldVersion says that an older isnad wrote the store.
	ErrOldVersion = errors.New("the store was written by an older version")
	// ErrCorrupt says that the store is damaged.
	ErrCorrupt = errors.New("the store is damaged")
	// ErrReadOnly says that a View, or a Store opened so, was to be written.
	ErrReadOnly = errors.New("quadstore: read-only")
	// ErrClosed says that a closed Store or View was used.
	ErrClosed = errors.New("quadstore: closed")
	// ErrFailed says that a write failed in a way that only opening the store
	// anew can mend, such as a full disk. Reads go on with what was there before.
	ErrFailed = errors.New("the store has stopped writing")
)

var (
	errNotStore = errors.New("the folder holds other files and no store")
	errWithin   = errors.New("the copy would be within the store")
)

// folderError is an error about the store in a folder.
type folderError struct {
	dir, advice string
	err         error
}

// Error is one line, whatever Pebble says.
func (e *folderError) Error() string {
	msg := "quadstore: " + e.dir + ": " + strings.ReplaceAll(e.err.Error(), "\n", " ")
	msg = strings.ReplaceAll(msg, " <corruption detail carrier>", "") // of Pebble
	if e.advice != "" {
		msg += ": " + e.advice
	}
	return msg
}

func (e *folderError) Unwrap() error { return e.err }

// explain adds to an error the folder's name and what to do, and one of the
// errors above where Pebble only describes it.
func explain(dir string, err error) error {
	var done *folderError
	if err == nil || errors.As(err, &done) || errors.Is(err, ErrClosed) || errors.Is(err, ErrReadOnly) {
		return err
	}
	e := &folderError{dir: dir, err: err}
	switch {
	case errors.Is(err, errMoved): // says so itself
	case errors.Is(err, ErrInUse):
		e.advice = "wait until the other isnad has ended, or stop it"
	case errors.Is(err, ErrFailed):
		e.advice = "see to the disk, then start again; nothing written before is lost"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		e.advice = "this is no folder: choose another name"
	case errors.Is(err, errWithin):
		e.advice = "name a folder elsewhere"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.advice = "choose a folder that you may read and, to build, write to"
	case errors.Is(err, errNotStore):
		e.advice = "choose an empty or a new folder"
	case errors.Is(err, pebble.ErrDBDoesNotExist), errors.Is(err, fs.ErrNotExist):
		e.err = fmt.Errorf("there is no store here: %w", fs.ErrNotExist)
	case errors.Is(err, ErrOldVersion):
		e.advice = "build it again from the articles, or export it with the isnad that wrote it and import that"
	case errors.Is(err, ErrVersion), strings.Contains(err.Error(), "unknown format major version"):
		e.advice = "use the isnad that wrote it, or a newer one"
		e.mark(ErrVersion)
	case isCorruption(err):
		e.advice = "restore a copy, or build it again from the articles"
		e.mark(ErrCorrupt)
	}
	return e
}

// mark makes e one of the sentinels.
func (e *folderError) mark(sentinel error) {
	if !errors.Is(e.err, sentinel) {
		e.err = fmt.Errorf("%w: %w", sentinel, e.err)
	}
}

func isCorruption(err error) bool {
	return pebble.IsCorruptionError(err) || errors.Is(err, ErrCorrupt) ||
		errors.Is(err, errKey) || errors.Is(err, errValue)
}

// lockError recognises what locking a folder fails with if it is locked.
func lockError(err error) error {
	if errors.Is(err, syscall.EAGAIN) || err.Error() == "lock held by current process" {
		return ErrInUse
	}
	return err
}
