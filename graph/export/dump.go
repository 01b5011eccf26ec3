package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/internal/extsort"
)

// NQuads writes every quad of the view as sorted N-Quads: equal graphs give equal bytes.
// The progress of a run is left out. What does not fit into memory is sorted in temporary files.
func NQuads(ctx context.Context, v *graph.View, w io.Writer) (err error) {
	lines := extsort.New()
	defer func() { err = errors.Join(err, lines.Close()) }()
	var line []byte
	for q, err := range v.Quads(ctx) {
		if err != nil {
			return err
		}
		if q.Predicate == graph.ProgressOf { // of who builds it, not of the graph
			continue
		}
		if line, err = AppendQuad(line[:0], q); err != nil {
			return err
		}
		if err := lines.Add(line, nil); err != nil {
			return err
		}
	}
	out := bufio.NewWriterSize(w, 1<<16)
	for pair, err := range lines.Each() {
		if err != nil {
			return err
		}
		if _, err := out.Write(pair[0]); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// Import reads a dump of NQuads into a graph, which must be empty, and returns the
// number of quads. name is used in errors. If it fails, the graph stays unusable and its
// store is to be deleted.
func Import(ctx context.Context, g *graph.Graph, name string, r io.Reader) (int, error) {
	return g.Load(ctx, quadsOnly(lines(name, r)))
}

// lines yields the quads of N-Quads with their lines. A line may have as many bytes as an
// article may take, many times over.
func lines(name string, r io.Reader) iter.Seq2[located, error] {
	return func(yield func(located, error) bool) {
		in := bufio.NewReaderSize(r, 1<<20)
		for n := 1; ; n++ {
			line, err := readLine(in)
			if err != nil && err != io.EOF {
				yield(located{}, fmt.Errorf("export: %s:%d: %w", name, n, err))
				return
			}
			q, ok, perr := ParseQuad(strings.TrimRight(line, "\r\n"))
			switch {
			case perr != nil:
				yield(located{}, fmt.Errorf("export: %s:%d: %w", name, n, perr))
				return
			case ok && !yield(located{q, n}, nil):
				return
			}
			if err == io.EOF {
				return
			}
		}
	}
}

// maxLine is how many bytes a line of N-Quads may have.
const maxLine = 256 << 20

var errLine = fmt.Errorf("a line of more than %d MiB: these are no N-Quads", maxLine>>20)

// readLine reads up to and with the next line break.
func readLine(in *bufio.Reader) (string, error) {
	part, err := in.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return string(part), err
	}
	var line strings.Builder
	for err == bufio.ErrBufferFull {
		if line.Len() > maxLine {
			return "", errLine
		}
		line.Write(part)
		part, err = in.ReadSlice('\n')
	}
	line.Write(part)
	return line.String(), err
}

// quadsOnly drops the lines.
func quadsOnly(all iter.Seq2[located, error]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q, err := range all {
			if !yield(q.Quad, err) {
				return
			}
		}
	}
}
