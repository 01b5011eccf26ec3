package iterators

import (
	"context"
	"maps"

	"github.com/cayleygraph/cayley/graph"
)

// settled is a recursive iterator that is walked to its end before it answers
// whether it contains a node.
type settled struct{ graph.IteratorShape }

// AsLegacy implements graph.IteratorShapeCompat.
func (s *settled) AsLegacy() graph.Iterator { return Legacy(s) }

// Optimize implements graph.IteratorShape.
func (s *settled) Optimize(ctx context.Context) (graph.IteratorShape, bool) {
	inner, changed := s.IteratorShape.Optimize(ctx)
	if changed {
		return &settled{inner}, true
	}
	return s, false
}

// Lookup implements graph.IteratorShape.
func (s *settled) Lookup() graph.Index {
	return &settledIndex{name: s.String(), from: s.Iterate()}
}

type settledIndex struct {
	name  string
	from  graph.Scanner
	found map[any][]map[string]graph.Ref // the tags of each path, by node; nil before the walk

	result graph.Ref
	tags   map[string]graph.Ref   // of the current path; kept when there is no other
	more   []map[string]graph.Ref // of the other paths to the result
	err    error
}

func (x *settledIndex) String() string    { return x.name }
func (x *settledIndex) Result() graph.Ref { return x.result }
func (x *settledIndex) Err() error        { return x.err }
func (x *settledIndex) Close() error      { return x.from.Close() }

func (x *settledIndex) TagResults(dst map[string]graph.Ref) {
	maps.Copy(dst, x.tags)
}

// Contains implements graph.Index.
func (x *settledIndex) Contains(ctx context.Context, ref graph.Ref) bool {
	x.more = nil
	if x.found == nil {
		x.walk(ctx)
	}
	if ref == nil || x.err != nil {
		return false
	}
	paths := x.found[graph.ToKey(ref)]
	if len(paths) == 0 {
		return false
	}
	x.result, x.tags, x.more = ref, paths[0], paths[1:]
	return true
}

// NextPath implements graph.Index.
func (x *settledIndex) NextPath(context.Context) bool {
	if len(x.more) == 0 {
		return false
	}
	x.tags, x.more = x.more[0], x.more[1:]
	return true
}

func (x *settledIndex) walk(ctx context.Context) {
	x.found = map[any][]map[string]graph.Ref{}
	for x.from.Next(ctx) {
		key := graph.ToKey(x.from.Result())
		for more := true; more; more = x.from.NextPath(ctx) {
			tags := map[string]graph.Ref{}
			x.from.TagResults(tags)
			x.found[key] = append(x.found[key], tags)
		}
	}
	if x.err = x.from.Err(); x.err == nil && ctx != nil {
		x.err = ctx.Err()
	}
}
