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
)

// NQuads writes every quad of the view as sorted N-Quads: equal graphs give equal bytes.
// The progress of a run is left out. What does not fit into memory is sorted in temporary files.
func NQuads(ctx context.Context, v *graph.View, w io.Writer) (err error) {
	lines := newSorter()
	defer func() { err = errors.Join(err, lines.close()) }()
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
		if err := lines.add(line, nil); err != nil {
			return err
		}
	}
	out := bufio.NewWriterSize(w, 1<<16)
	for pair, err := range lines.each() {
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
	return g.Load(ctx, quads(name, r))
}

func quads(name string, r io.Reader) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		in := bufio.NewReaderSize(r, 1<<20)
		for n := 1; ; n++ {
			line, err := in.ReadString('\n')
			if err != nil && err != io.EOF {
				yield(quad.Quad{}, fmt.Errorf("export: %s: %w", name, err))
				return
			}
			q, ok, perr := ParseQuad(strings.TrimRight(line, "\r\n"))
			switch {
			case perr != nil:
				yield(quad.Quad{}, fmt.Errorf("export: %s:%d: %w", name, n, perr))
				return
			case ok && !yield(q, nil):
				return
			}
			if err == io.EOF {
				return
			}
		}
	}
}
