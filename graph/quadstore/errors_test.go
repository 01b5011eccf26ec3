package quadstore

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

func TestErrorsSayWhatToDo(t *testing.T) {
	tests := []struct {
		err    error
		advice string
	}{
		{ErrInUse, "wait until the other isnad has ended"},
		{ErrVersion, "use the isnad that wrote it"},
		{ErrCorrupt, "restore a copy"},
		{ErrFailed, "see to the disk"},
		{&fs.PathError{Op: "open", Path: "LOCK", Err: syscall.EACCES}, "choose a folder that you may read and, to build, write to"},
		{&fs.PathError{Op: "open", Path: "LOCK", Err: syscall.EROFS}, "choose a folder that you may read and, to build, write to"},
	}
	for _, tt := range tests {
		err := explain("graphs/news", tt.err)
		if !errors.Is(err, tt.err) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v does not wrap %v in one line", err, tt.err)
		}
		if !strings.Contains(err.Error(), "graphs/news") || !strings.Contains(err.Error(), tt.advice) {
			t.Errorf("%q names no folder or lacks %q", err, tt.advice)
		}
	}
}
