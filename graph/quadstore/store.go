package quadstore

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Name is the name under which Register makes the store known to Cayley.
const Name = "isnad"

// format is the version of what is stored, see the package documentation.
const format = 2

// Options are the settings of a Store. The zero value is good.
type Options struct {
	// ReadOnly opens an existing store as it is at this moment and refuses writes.
	// It needs no right to write to the folder, and another process may write the
	// store meanwhile; what it writes is not seen.
	ReadOnly bool
	// NoSync returns from writes before they are on disk: faster, and the last
	// batches (whole ones) may be lost if the machine or the process stops.
	NoSync bool
	// CacheBytes is the memory for blocks read from disk; 0 means 64 MB.
	CacheBytes int64

	// For tests: the file system, nil for the machine's, and how much is kept
	// in memory before it goes to a table, or a load spills it.
	fs            vfs.FS
	memTableBytes uint64
	loadBytes     int
}

const (
	defaultCacheBytes    = 64 << 20
	defaultMemTableBytes = 16 << 20
	bloomBitsPerKey      = 10

	// stallLimit is how long Pebble may take to end what it is doing when the
	// disk freezes. What waits for room in its memory waits for ever.
	stallLimit = time.Second
)

// live is the View that a Store embeds to read.
type live = View

// Store is a graph.QuadStore in a folder. All methods may be called at once
// from several goroutines; writes take turns.
type Store struct {
	*live // what is stored now, or after a failed write what was before it

	dir     string
	opts    Options
	db      *pebble.DB
	lock    *pebble.Lock
	trouble *trouble
	frozen  *frozen // the state that a read-only store shows

	writing sync.Mutex // held by the writer
	totals  totals     // as committed; guarded by writing
	known   known      // guarded by writing
	failure error      // why writing has stopped; guarded by writing
	stuck   bool       // Pebble is at work for ever and cannot be closed

	viewing sync.Mutex         // never held while something is written
	views   map[*View]struct{} // nil once closed; guarded by viewing
	good    *pebble.Snapshot   // what to read after a failure; guarded by viewing
}

var (
	_ graph.QuadStore      = (*Store)(nil)
	_ graph.BatchQuadStore = (*Store)(nil)
	_ shape.Optimizer      = (*Store)(nil)
)

var registerOnce sync.Once

// Register makes the store known to Cayley as Name. The options are
// "read_only" and "no_sync" (booleans) and "cache_bytes".
func Register() {
	registerOnce.Do(func() {
		graph.RegisterQuadStore(Name, graph.QuadStoreRegistration{
			NewFunc: func(dir string, opts graph.Options) (graph.QuadStore, error) {
				return openRegistered(dir, opts)
			},
			InitFunc: func(dir string, opts graph.Options) error {
				s, err := openRegistered(dir, opts)
				if err != nil {
					return err
				}
				return s.Close()
			},
			IsPersistent: true,
		})
	})
}

func openRegistered(dir string, opts graph.Options) (*Store, error) {
	readOnly, err := opts.BoolKey("read_only", false)
	if err != nil {
		return nil, fmt.Errorf("quadstore: %w", err)
	}
	noSync, err := opts.BoolKey("no_sync", false)
	if err != nil {
		return nil, fmt.Errorf("quadstore: %w", err)
	}
	cache, err := opts.IntKey("cache_bytes", 0)
	if err != nil {
		return nil, fmt.Errorf("quadstore: %w", err)
	}
	return Open(dir, Options{ReadOnly: readOnly, NoSync: noSync, CacheBytes: int64(cache)})
}

// Open opens the store in the folder dir, and creates it if there is none
// (fs.ErrNotExist if opts.ReadOnly). A store is open for writing at most once: a
// second Open, here or in another process, fails with ErrInUse.
func Open(dir string, opts Options) (*Store, error) {
	if opts.CacheBytes <= 0 {
		opts.CacheBytes = defaultCacheBytes
	}
	if opts.memTableBytes == 0 {
		opts.memTableBytes = defaultMemTableBytes
	}
	if opts.loadBytes == 0 {
		opts.loadBytes = defaultLoadBytes
	}
	if opts.fs == nil {
		opts.fs = vfs.Default
		path, err := folder(dir, opts.ReadOnly)
		if err != nil {
			return nil, explain(dir, err)
		}
		dir = path
	} else if err := opts.fs.MkdirAll(dir, 0o755); err != nil {
		return nil, explain(dir, err)
	}
	s := &Store{dir: dir, opts: opts, trouble: newTrouble(), views: map[*View]struct{}{}}
	if err := s.open(); err != nil {
		s.thaw()
		return nil, explain(dir, err)
	}
	return s, nil
}

// thaw gives back the state that a read-only store shows.
func (s *Store) thaw() {
	if s.frozen != nil && !s.stuck {
		s.frozen.release()
	}
}

// OpenMemory returns an empty store that lives in memory until it is closed.
func OpenMemory() (*Store, error) {
	return Open("memory", Options{fs: vfs.NewMem(), NoSync: true})
}

// folder makes sure that dir exists and returns its one true name, by which
// a store already open in this process is recognised.
func folder(dir string, mustExist bool) (string, error) {
	if !mustExist {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", err
		}
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

func (s *Store) open() (err error) {
	if err := s.checkFolder(); err != nil {
		return err
	}
	if s.opts.ReadOnly {
		if s.frozen, err = freeze(s.opts.fs, s.dir); err != nil {
			return err
		}
		s.opts.fs = s.frozen
	}
	if s.lock, err = pebble.LockDirectory(s.dir, s.opts.fs); err != nil {
		return lockError(err)
	}
	if !s.opts.ReadOnly {
		_ = s.opts.fs.RemoveAll(s.opts.fs.PathJoin(s.dir, loadFolder)) // of a load that was cut off
	}
	err = s.openPebble()
	if s.stuck {
		return err // and stay locked: Pebble is still at work
	}
	if err == nil {
		if err = s.start(); err != nil {
			_ = s.db.Close()
		}
	}
	if err != nil {
		_ = s.lock.Close()
	}
	return err
}

// openPebble opens the database. Pebble does not return if it has to write a
// table for that and cannot.
func (s *Store) openPebble() error {
	done := make(chan error, 1)
	go func() {
		cache := pebble.NewCache(s.opts.CacheBytes)
		defer cache.Unref()
		db, err := pebble.Open(s.dir, s.pebbleOptions(cache))
		s.db = db
		done <- err
	}()
	return s.await(done)
}

// await waits for what Pebble is doing; not for ever once the disk is frozen.
func (s *Store) await(done <-chan error) error {
	select {
	case err := <-done:
		return err
	case <-s.trouble.came:
	}
	select {
	case err := <-done:
		return err
	case <-time.After(stallLimit):
		s.stuck = true
		return s.failed()
	}
}

// failed returns what stopped the store as an ErrFailed.
func (s *Store) failed() error { return fmt.Errorf("%w: %w", ErrFailed, s.trouble.err()) }

func (s *Store) pebbleOptions(cache *pebble.Cache) *pebble.Options {
	o := &pebble.Options{
		FS:                          &disk{FS: s.opts.fs, trouble: s.trouble},
		Lock:                        s.lock,
		Cache:                       cache,
		ReadOnly:                    s.opts.ReadOnly,
		ErrorIfNotExists:            s.opts.ReadOnly,
		FormatMajorVersion:          pebble.FormatValueSeparation,
		MemTableSize:                s.opts.memTableBytes,
		MemTableStopWritesThreshold: 4,
		CompactionConcurrencyRange:  func() (lower, upper int) { return 1, 2 },
		Logger:                      s.trouble,
		EventListener:               s.trouble.listener(),
	}
	for i := range o.Levels {
		o.Levels[i].FilterPolicy = bloom.FilterPolicy(bloomBitsPerKey)
	}
	return o
}

// checkFolder refuses a folder that holds other things and no store.
func (s *Store) checkFolder() error {
	names, err := s.opts.fs.List(s.dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !isPebbleFile(name) {
			desc, err := pebble.Peek(s.dir, s.opts.fs)
			if err == nil && !desc.Exists {
				return errNotStore
			}
			return nil // what ails it, if anything, Pebble will say
		}
	}
	return nil
}

// isPebbleFile tells the names that Pebble gives to files of a store, of which
// an interrupted creation leaves some.
func isPebbleFile(name string) bool {
	for _, pattern := range []string{"LOCK", "MANIFEST-*", "OPTIONS-*", "marker.*", "temporary.*", "*.log", "*.sst", "*.blob", "*.dbtmp", loadFolder} {
		if ok, _ := filepath.Match(pattern, name); ok {
			return true
		}
	}
	return false
}

// start checks the version of an open database, or writes it into a new one.
func (s *Store) start() error {
	s.live = &View{dir: s.dir, src: s.db, names: new(nameCache)}
	version, found, err := s.readFormat()
	if err != nil {
		return err
	}
	if !found {
		if err := s.initialise(); err != nil {
			return err
		}
	} else if version > format {
		return fmt.Errorf("%w (format %d, this one reads %d)", ErrVersion, version, format)
	} else if version < format {
		return fmt.Errorf("%w (format %d, this one reads %d)", ErrOldVersion, version, format)
	}
	s.totals, err = s.live.totals()
	return err
}

func (s *Store) readFormat() (version uint64, found bool, err error) {
	found, err = s.live.get(keyFormat, func(b []byte) error { return readUvarints(b, &version) })
	return version, found, err
}

// initialise writes the version into a database that has nothing in it.
func (s *Store) initialise() error {
	it, err := s.db.NewIter(nil)
	if err != nil {
		return err
	}
	empty := !it.First()
	if err := it.Close(); err != nil {
		return err
	}
	if !empty {
		return errNotStore
	}
	if s.opts.ReadOnly {
		return fs.ErrNotExist
	}
	b := s.db.NewBatch()
	if err := b.Set(keyFormat, appendUvarints(nil, format), nil); err != nil {
		return err
	}
	if err := b.Set(keyTotals, totals{}.append(nil), nil); err != nil {
		return err
	}
	return s.apply(b)
}

// View returns a read-only quad store over what is stored now. It stays as it
// is whatever is written, and must be closed.
func (s *Store) View() *View {
	v := &View{dir: s.dir, names: s.names}
	s.viewing.Lock()
	defer s.viewing.Unlock()
	if s.views == nil {
		return v // closed: every use says so
	}
	if s.good != nil {
		v.src = s.good
	} else {
		snap := s.db.NewSnapshot()
		v.src, v.release = snap, snap.Close
	}
	s.views[v] = struct{}{}
	v.forget = func() {
		s.viewing.Lock()
		delete(s.views, v)
		s.viewing.Unlock()
	}
	return v
}

// Close closes the store with all its views and iterators. Closing it again
// does nothing.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.viewing.Lock()
	views := s.views
	s.views = nil
	s.viewing.Unlock()
	if views == nil {
		return nil
	}
	for v := range views {
		_ = v.shut()
	}
	_ = s.live.shut()
	if s.good != nil { // only the writer sets it
		_ = s.good.Close()
	}
	if s.stuck {
		return explain(s.dir, s.failure) // and stay locked: Pebble may still be at work
	}
	failed := s.failure != nil
	err := s.flush()
	if cerr := s.db.Close(); err == nil {
		err = cerr
	}
	_ = s.lock.Close()
	s.thaw()
	if failed {
		return nil // the write that failed said so
	}
	return explain(s.dir, err)
}

// flush writes what is in memory to a table, so that the next opening has no
// log to replay.
func (s *Store) flush() error {
	if s.failure != nil || s.opts.ReadOnly {
		return nil
	}
	done, err := s.db.AsyncFlush()
	if err != nil {
		return err
	}
	select {
	case <-done:
		return nil
	case <-s.trouble.came: // Pebble would try for ever
		return s.failed()
	}
}
