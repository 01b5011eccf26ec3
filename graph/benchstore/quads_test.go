package benchstore

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"math"
	"os"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/extract/pipeline"
	"isnad/graph"
	"isnad/graph/ingest"
	"isnad/graph/quadstore"
	"isnad/schema"
)

// recorder is a quad store that notes which write added each quad that is there.
type recorder struct {
	cayley.QuadStore
	write int
	by    map[quad.Quad]int
}

func (r *recorder) ApplyDeltas(in []cayley.Delta, opts cayley.IgnoreOpts) error {
	if err := r.QuadStore.ApplyDeltas(in, opts); err != nil {
		return err
	}
	r.write++
	for _, d := range in {
		if d.Action == cayley.Delete {
			delete(r.by, d.Quad)
		}
	}
	for _, d := range in {
		if d.Action == cayley.Add {
			r.by[d.Quad] = r.write
		}
	}
	return nil
}

// produce builds a graph of the articles in the files, taken in turns, until it has as
// many quads as wanted. It returns them in groups, each of what one article brought and
// no later one took away. The same files give the same groups.
func produce(ctx context.Context, files []string, want int) ([][]quad.Quad, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	qs, err := quadstore.OpenMemory()
	if err != nil {
		return nil, err
	}
	defer qs.Close()
	ont, err := schema.Default()
	if err != nil {
		return nil, err
	}
	x, err := pipeline.New()
	if err != nil {
		return nil, err
	}
	rec := &recorder{QuadStore: qs, by: map[quad.Quad]int{}}
	w := ingest.NewWriter(graph.New(rec), ont, nil)
	results := make(chan *schema.Result, 16)
	failed := make(chan error, 1)
	go func() {
		defer close(results)
		failed <- extractAll(ctx, x, files, results)
	}()
	for r := range results {
		if r.Validate(ont) != nil {
			continue // what extraction got wrong is for other tests
		}
		if _, err := w.Write(ctx, r); err != nil {
			return nil, err
		}
		if len(rec.by) >= want {
			return rec.groups(want)
		}
	}
	return nil, errors.Join(<-failed, fmt.Errorf("the corpus makes %d quads, fewer than %d", len(rec.by), want))
}

// extractAll sends the results of the articles, one of each file at a time.
func extractAll(ctx context.Context, x extract.Extractor, files []string, to chan<- *schema.Result) error {
	var sources []func() (*article.Article, error, bool)
	for _, f := range files {
		next, stop := iter.Pull2(article.Walk(ctx, []string{f}, article.Options{}))
		defer stop()
		sources = append(sources, next)
	}
	for len(sources) > 0 {
		for i := 0; i < len(sources); i++ {
			art, err, ok := sources[i]()
			if !ok {
				sources = slices.Delete(sources, i, i+1)
				i--
				continue
			}
			if err != nil || len(art.Body) < 300 { // some records hold a caption, a link or nothing
				continue
			}
			r, err := result(ctx, x, art)
			if err != nil {
				continue // as a build does, which reports it
			}
			select {
			case to <- r:
			case <-ctx.Done():
				return nil
			}
		}
	}
	return nil
}

// result extracts one article; a panic is its error.
func result(ctx context.Context, x extract.Extractor, art *article.Article) (r *schema.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: %v", art.ID, p)
		}
	}()
	return x.Extract(ctx, art)
}

func (r *recorder) groups(want int) ([][]quad.Quad, error) {
	byWrite := map[int][]quad.Quad{}
	for q, n := range r.by {
		byWrite[n] = append(byWrite[n], q)
	}
	var groups [][]quad.Quad
	for _, n := range slices.Sorted(maps.Keys(byWrite)) {
		group := byWrite[n]
		slices.SortFunc(group, func(a, b quad.Quad) int { return cmp.Compare(a.String(), b.String()) })
		if len(group) > want {
			group = group[:want]
		}
		want -= len(group)
		groups = append(groups, group)
	}
	return groups, nil
}

// writeQuads writes the groups to a file that readQuads reads fast.
func writeQuads(name string, groups [][]quad.Quad) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	var buf []byte
	for _, group := range groups {
		buf = binary.AppendUvarint(buf[:0], uint64(len(group)))
		for _, q := range group {
			for _, d := range quad.Directions {
				buf = appendValue(buf, q.Get(d))
			}
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
	}
	return w.Flush()
}

func appendText(b []byte, kind byte, texts ...string) []byte {
	b = append(b, kind)
	for _, s := range texts {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

func appendValue(b []byte, v quad.Value) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, 0)
	case quad.IRI:
		return appendText(b, 1, string(v))
	case quad.String:
		return appendText(b, 2, string(v))
	case quad.LangString:
		return appendText(b, 3, string(v.Value), v.Lang)
	case quad.Int:
		return binary.BigEndian.AppendUint64(append(b, 4), uint64(v))
	case quad.Float:
		return binary.BigEndian.AppendUint64(append(b, 5), math.Float64bits(float64(v)))
	}
	panic(fmt.Sprintf("a value of type %T", v))
}

// readQuads yields the groups of a file of writeQuads.
func readQuads(name string) iter.Seq2[[]quad.Quad, error] {
	return func(yield func([]quad.Quad, error) bool) {
		f, err := os.Open(name)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		r := bufio.NewReaderSize(f, 1<<20)
		for {
			n, err := binary.ReadUvarint(r)
			if err == io.EOF {
				return
			}
			group := make([]quad.Quad, 0, n)
			for range n {
				var q quad.Quad
				for _, d := range quad.Directions {
					if err == nil {
						var v quad.Value
						v, err = readValue(r)
						q.Set(d, v)
					}
				}
				group = append(group, q)
			}
			if !yield(group, err) || err != nil {
				return
			}
		}
	}
}

func readText(r *bufio.Reader) (string, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return "", err
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r, b)
	return string(b), err
}

func readValue(r *bufio.Reader) (quad.Value, error) {
	kind, err := r.ReadByte()
	if err != nil || kind == 0 {
		return nil, err
	}
	if kind >= 4 {
		var b [8]byte
		_, err := io.ReadFull(r, b[:])
		n := binary.BigEndian.Uint64(b[:])
		if kind == 4 {
			return quad.Int(n), err
		}
		return quad.Float(math.Float64frombits(n)), err
	}
	text, err := readText(r)
	switch kind {
	case 1:
		return quad.IRI(text), err
	case 2:
		return quad.String(text), err
	}
	lang, err := readText(r)
	return quad.LangString{Value: quad.String(text), Lang: lang}, err
}
