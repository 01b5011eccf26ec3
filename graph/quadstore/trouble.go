package quadstore

import (
	"fmt"
	"strings"
	"sync"

	"github.com/cockroachdb/pebble/v2"
)

// trouble keeps the first thing after which the store cannot go on writing.
// It is also Pebble's logger: what Pebble would end the process for stops the
// store instead.
type trouble struct {
	mu    sync.Mutex
	first error
	came  chan struct{} // closed when first is set
	lost  bool          // whether some of the log has not been written since
}

var _ pebble.Logger = (*trouble)(nil)

func newTrouble() *trouble { return &trouble{came: make(chan struct{})} }

func (t *trouble) set(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.first == nil {
		t.first = err
		close(t.came)
	}
}

// err returns what stopped the store, or nil.
func (t *trouble) err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.first
}

// loseLog notes that something was not written to the log, or may not be.
func (t *trouble) loseLog() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lost = true
}

// logErr returns what stopped the store if the log has suffered from it.
func (t *trouble) logErr() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.lost {
		return nil
	}
	return t.first
}

func (t *trouble) Infof(string, ...any)  {}
func (t *trouble) Errorf(string, ...any) {}

// Fatalf implements pebble.Logger. Unlike what Pebble expects, it returns.
func (t *trouble) Fatalf(format string, args ...any) {
	t.set(fmt.Errorf(format, args...))
	if strings.Contains(format, "commit") {
		t.loseLog()
	}
}

// listener keeps damaged tables from being fatal; whoever reads them gets the
// error. Without it, Pebble logs.
func (t *trouble) listener() *pebble.EventListener {
	return &pebble.EventListener{
		DataCorruption:  func(pebble.DataCorruptionInfo) {},
		BackgroundError: func(error) {},
	}
}
