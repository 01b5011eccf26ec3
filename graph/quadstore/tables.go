package quadstore

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// loadFolder is where a load keeps its tables until the store takes them over.
const loadFolder = "loading"

// tableBytes is how much goes into one table, before compression.
const tableBytes = 32 << 20

// tables are the sorted tables of a load, in a folder with what else it needs.
type tables struct {
	fs      vfs.FS
	dir     string
	options sstable.WriterOptions

	mu    sync.Mutex
	paths []string               // of tables; guarded by mu
	open  map[io.Closer]struct{} // guarded by mu
}

func newTables(s *Store) (*tables, error) {
	o := s.pebbleOptions(nil)
	o.EnsureDefaults()
	t := &tables{open: map[io.Closer]struct{}{}, fs: s.opts.fs, dir: s.opts.fs.PathJoin(s.dir, loadFolder)}
	t.options = o.MakeWriterOptions(len(o.Levels)-1, s.db.TableFormat())
	if err := t.remove(); err != nil {
		return nil, err
	}
	return t, t.fs.MkdirAll(t.dir, 0o755)
}

// remove closes what a load that failed has left open, and deletes the folder; the store
// has links of its own to the tables that it took over.
func (t *tables) remove() error {
	for f := range t.open {
		_ = f.Close()
	}
	return t.fs.RemoveAll(t.dir)
}

// opened notes a file to be closed.
func (t *tables) opened(f io.Closer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open[f] = struct{}{}
}

// close closes it.
func (t *tables) close(f io.Closer) error {
	t.mu.Lock()
	delete(t.open, f)
	t.mu.Unlock()
	return f.Close()
}

// writer returns a writer of keys that come in order and begin with the byte.
func (t *tables) writer(space byte) *tableWriter { return &tableWriter{tables: t, space: space} }

// tableWriter writes one table after another.
type tableWriter struct {
	*tables
	space byte
	to    *sstable.Writer // nil between tables
	size  int
	count int
}

func (w *tableWriter) set(key, value []byte) error {
	if w.to == nil {
		if err := w.next(); err != nil {
			return err
		}
	}
	if err := w.to.Set(key, value); err != nil {
		return err
	}
	if w.size += len(key) + len(value); w.size >= tableBytes {
		return w.close()
	}
	return nil
}

func (w *tableWriter) next() error {
	path := w.fs.PathJoin(w.dir, fmt.Sprintf("%c-%06d.sst", w.space, w.count))
	f, err := w.fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	w.to, w.size, w.count = sstable.NewWriter(objstorageprovider.NewFileWritable(f), w.options), 0, w.count+1
	w.tables.opened(w.to)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.paths = append(w.paths, path)
	return nil
}

// close ends the table under way; what is set later begins another.
func (w *tableWriter) close() error {
	if w.to == nil {
		return nil
	}
	err := w.tables.close(w.to)
	w.to = nil
	return err
}

// together runs the jobs, as many at a time as there are processors.
func together(jobs []func() error) error {
	var running sync.WaitGroup
	errs := make([]error, len(jobs))
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, job := range jobs {
		turn <- struct{}{}
		running.Go(func() {
			errs[i] = job()
			<-turn
		})
	}
	running.Wait()
	return errors.Join(errs...)
}
