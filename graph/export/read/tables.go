package read

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// CSV reads one table: of nodes, or of edges.
func CSV(file string, r io.Reader) Items {
	return func(yield func(*Item, error) bool) {
		t, err := openTable(file, r)
		if err == nil && t.kind() == otherTable {
			err = at(file, 1, errHeading)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		t.each(yield)
	}
}

var errHeading = errors.New("no column is called Source and Target, as edges need, or Id or Label, as nodes do")

// maxTables is how many tables a folder or archive may have.
const maxTables = 100

// Tables reads the CSV tables of a folder or archive: articles first, then nodes, edges
// and evidence.
func Tables(name string, folder fs.FS) Items {
	return func(yield func(*Item, error) bool) {
		names, err := tableNames(folder)
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", name, err))
			return
		}
		byKind := make([][]string, otherTable)
		for _, each := range names {
			kind := otherTable
			err := withTable(name, folder, each, func(t *table) { kind = t.kind() })
			if err == nil && kind == otherTable {
				err = at(path.Join(name, each), 1, errHeading)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			byKind[kind] = append(byKind[kind], each)
		}
		for _, each := range slices.Concat(byKind...) {
			more := true
			if err := withTable(name, folder, each, func(t *table) { more = t.each(yield) }); err != nil {
				yield(nil, err)
				return
			}
			if !more {
				return
			}
		}
	}
}

func withTable(name string, folder fs.FS, file string, f func(*table)) error {
	in, err := folder.Open(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer in.Close()
	t, err := openTable(path.Join(name, file), in)
	if err == nil {
		f(t)
	}
	return err
}

// tableNames lists the tables, by name.
func tableNames(folder fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(folder, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && file != "." && (strings.HasPrefix(entry.Name(), "__") || strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir // of the archiver
		case !entry.Type().IsRegular() || strings.HasPrefix(entry.Name(), "."):
			return nil
		}
		switch strings.ToLower(path.Ext(file)) {
		case ".csv", ".tsv":
			if names = append(names, file); len(names) > maxTables {
				return fmt.Errorf("more than %d tables: this is no graph", maxTables)
			}
		}
		return nil
	})
	if err == nil && len(names) == 0 {
		err = errors.New("no table in it: their names end in .csv")
	}
	return names, err
}

// The bounds of an archive. Text rarely shrinks to less than a fiftieth.
const (
	maxEntries = 10_000
	maxRatio   = 200
	bombFrom   = 64 << 20 // bytes; a smaller file cannot do harm
)

// Archive returns the files of a ZIP archive, or refuses one that no archiver of tables
// makes: files outside of it, or that grow beyond measure.
func Archive(r io.ReaderAt, size int64) (fs.FS, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("no ZIP archive: %w", err)
	}
	if len(archive.File) > maxEntries {
		return nil, fmt.Errorf("an archive of %d files: this is no graph", len(archive.File))
	}
	seen := map[string]bool{}
	for _, f := range archive.File {
		name := strings.TrimSuffix(f.Name, "/")
		switch {
		case !fs.ValidPath(name) || strings.ContainsAny(name, "\\:"):
			return nil, fmt.Errorf("the archive names a file %q outside of it", f.Name)
		case seen[name]:
			return nil, fmt.Errorf("the archive has %q twice", name)
		case f.Flags&1 != 0:
			return nil, fmt.Errorf("%q is encrypted", name)
		case f.UncompressedSize64 > bombFrom && f.UncompressedSize64/maxRatio > f.CompressedSize64:
			return nil, fmt.Errorf("%q grows from %d to %d bytes: this is no graph", name, f.CompressedSize64, f.UncompressedSize64)
		}
		seen[name] = true
	}
	return archive, nil
}
