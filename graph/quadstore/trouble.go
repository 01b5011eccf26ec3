package quadstore

import (
	"fmt"
	"sync"

	"github.com/cockroachdb/pebble/v2"
)

// trouble keeps what Pebble would log or die of. Pebble calls Fatalf where it
// cannot go on writing; the store then stops writing instead of the process.
type trouble struct {
	mu    sync.Mutex
	fatal error // the first
}

var _ pebble.Logger = (*trouble)(nil)

func (t *trouble) Infof(string, ...any)  {}
func (t *trouble) Errorf(string, ...any) {}

func (t *trouble) Fatalf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fatal == nil {
		t.fatal = fmt.Errorf(format, args...)
	}
}

// err returns what made Pebble stop writing, or nil.
func (t *trouble) err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.fatal
}

// listener hears of damaged blocks, which by default are fatal; the reader
// that met them gets the error.
func (t *trouble) listener() *pebble.EventListener {
	return &pebble.EventListener{
		DataCorruption:  func(pebble.DataCorruptionInfo) {},
		BackgroundError: func(error) {},
	}
}
