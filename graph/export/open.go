package export

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"isnad/graph/export/read"
)

// readable are the formats that can be read back, by what names of files end in.
var readable = map[string]string{".nq": "nquads", ".nt": "nquads", ".graphml": "graphml", ".json": "jsongraph", ".jsonld": "jsonld", ".csv": "csv",
	".tsv": "csv", ".zip": "csv"}

// ReadableNames lists the formats that can be read.
const ReadableNames = "csv, graphml, jsongraph, jsonld, nquads"

// FormatOf returns the format of a file or folder by its name, or "".
func FormatOf(name string) string {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return "csv"
	}
	return readable[strings.ToLower(filepath.Ext(name))]
}

// Input is a file, a folder or an archive that is read.
type Input struct {
	Items read.Items
	close func() error
}

// Close closes the file.
func (in *Input) Close() error { return in.close() }

// OpenInput opens a file of a format for reading: "-" is stdin. CSV is a table, a folder
// of tables or a ZIP archive of them.
func OpenInput(name, format string, stdin io.Reader) (*Input, error) {
	if name == "-" {
		items, err := itemsOf(format, "standard input", stdin)
		return &Input{items, func() error { return nil }}, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	items, err := openFile(f, name, format)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Input{items, f.Close}, nil
}

func openFile(f *os.File, name, format string) (read.Items, error) {
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir() && format != "csv":
		return nil, fmt.Errorf("%s is a folder: only CSV has several files", name)
	case info.IsDir():
		return read.Tables(name, os.DirFS(name)), nil
	case format == "csv" && isZIP(f):
		archive, err := read.Archive(f, info.Size())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return read.Tables(name, archive), nil
	}
	return itemsOf(format, name, f)
}

func isZIP(f io.ReaderAt) bool {
	var head [4]byte
	n, _ := f.ReadAt(head[:], 0)
	return n == 4 && (string(head[:]) == "PK\x03\x04" || string(head[:]) == "PK\x05\x06")
}

func itemsOf(format, name string, r io.Reader) (read.Items, error) {
	switch format {
	case "csv":
		return read.CSV(name, r), nil
	case "graphml":
		return read.GraphML(name, r), nil
	case "jsongraph":
		return read.NodeLink(name, r), nil
	case "jsonld":
		return jsonLD(name, r), nil
	case "nquads":
		return foreignRDF(name, lines(name, r)), nil
	}
	return nil, fmt.Errorf("format %q cannot be read: there is %s", format, ReadableNames)
}
