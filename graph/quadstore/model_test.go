package quadstore

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// model is what a quad store is, plainly: a set of quads, by their encodings.
type model map[[4]string]quad.Quad

func modelKey(q quad.Quad) (key [4]string) {
	for i, d := range quad.Directions {
		if v := q.Get(d); v != nil {
			enc, _ := appendValue(nil, v)
			key[i] = string(enc)
		}
	}
	return key
}

// apply does what ApplyDeltas promises, to a copy of the model.
func (m model) apply(deltas []graph.Delta, opts graph.IgnoreOpts) (model, error) {
	next := maps.Clone(m)
	return next, next.change(deltas, opts)
}

// change does the same to the model itself, which an error leaves as it was.
func (m model) change(deltas []graph.Delta, opts graph.IgnoreOpts) (err error) {
	was := model{} // the zero quad for one that was not there
	defer func() {
		if err == nil {
			return
		}
		for key, q := range was {
			if q == (quad.Quad{}) {
				delete(m, key)
			} else {
				m[key] = q
			}
		}
	}()
	for _, d := range deltas {
		key := modelKey(d.Quad)
		_, there := m[key]
		if _, touched := was[key]; !touched {
			was[key] = m[key]
		}
		switch {
		case d.Action == graph.Add && !d.Quad.IsValid():
			return quad.ErrIncomplete
		case d.Action == graph.Add && there && !opts.IgnoreDup:
			return graph.ErrQuadExists
		case d.Action == graph.Add:
			m[key] = d.Quad
		case d.Action == graph.Delete && !there && !opts.IgnoreMissing:
			return graph.ErrQuadNotExist
		case d.Action == graph.Delete:
			delete(m, key)
		default:
			return graph.ErrInvalidAction
		}
	}
	return nil
}

// modelSteps is the number of batches that TestModel applies.
func modelSteps(t *testing.T) int {
	if env := os.Getenv("ISNAD_MODEL_STEPS"); env != "" {
		n, err := strconv.Atoi(env)
		if err != nil {
			t.Fatalf("ISNAD_MODEL_STEPS: %v", err)
		}
		return n
	}
	if raceEnabled || testing.Short() {
		return 1000
	}
	return 10_000
}

// TestModel applies random batches to a store and to a model, some of which
// fail half way, reopens the store now and then, holds views while it is
// written, and compares. ISNAD_MODEL_STEPS sets the number of batches.
func TestModel(t *testing.T) {
	hubs := hubUses
	hubUses = 5
	defer func() { hubUses = hubs }()
	rnd := rand.New(rand.NewPCG(1, 2))
	memory := vfs.NewMem()
	open := func() *Store {
		s, err := Open("model", Options{fs: memory, NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s, m := open(), model{}
	var held *View // a view, and what it has to show
	var then model
	release := func() {
		if held != nil {
			if err := held.Close(); err != nil {
				t.Fatal(err)
			}
		}
		held = nil
	}
	var known []quad.Quad // some that are or were stored
	for step := range modelSteps(t) {
		if step%50 == 0 {
			known = sample(rnd, m)
		}
		deltas, opts := randomDeltas(rnd, known, len(m))
		want := m.change(deltas, opts)
		if got := s.ApplyDeltas(deltas, opts); !sameError(got, want) {
			t.Fatalf("step %d: %v %+v\ngot error %v, want %v", step, deltas, opts, got, want)
		}
		switch rnd.IntN(1000) {
		case 0, 1:
			checkStore(t, s.live, m)
			release()
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = open()
		case 2, 3:
			release()
			held, then = s.View(), maps.Clone(m)
		case 4, 5:
			if held != nil {
				checkStore(t, held, then)
				release()
			}
		}
		if t.Failed() {
			t.Fatalf("after step %d", step)
		}
	}
	checkStore(t, s.live, m)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func sameError(got, want error) bool {
	if want == nil || got == nil {
		return got == want
	}
	var d *graph.DeltaError
	return errors.As(got, &d) && d.Err == want
}

// randomDeltas makes a batch of few quads over few values, so that duplicates,
// repetitions and quads that differ in one value only are common. What is stored grows
// and shrinks, up to some modelSize quads.
func randomDeltas(rnd *rand.Rand, known []quad.Quad, stored int) ([]graph.Delta, graph.IgnoreOpts) {
	values := oddValues()
	pick := func() quad.Value { return values[rnd.IntN(len(values))] }
	opts := graph.IgnoreOpts{IgnoreDup: rnd.IntN(2) == 0, IgnoreMissing: rnd.IntN(2) == 0}
	removing := rnd.IntN(11) // how often this batch deletes
	if stored > modelSize {
		removing = 8 + rnd.IntN(3)
	}
	var deltas []graph.Delta
	for range 1 + rnd.IntN(8) {
		d := graph.Delta{Action: graph.Add, Quad: quad.Quad{Subject: pick(), Predicate: values[rnd.IntN(5)], Object: pick()}}
		if rnd.IntN(2) == 0 {
			d.Quad.Label = pick()
		}
		switch n := rnd.IntN(20); {
		case n < 10 && len(known) > 0:
			d.Quad = known[rnd.IntN(len(known))]
		case n < 13 && len(deltas) > 0:
			d.Quad = deltas[rnd.IntN(len(deltas))].Quad
		}
		if rnd.IntN(10) < removing {
			d.Action = graph.Delete
		}
		switch rnd.IntN(300) {
		case 0:
			d.Action = 7
		case 1:
			d.Quad.Object = nil
		}
		deltas = append(deltas, d)
	}
	return deltas, opts
}

// modelSize is small, so that most steps meet what others have left.
const modelSize = 400

// sample returns some quads of the model.
func sample(rnd *rand.Rand, m model) []quad.Quad {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b [4]string) int { return slices.Compare(a[:], b[:]) })
	rnd.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	var quads []quad.Quad
	for _, key := range keys[:min(len(keys), 60)] {
		quads = append(quads, m[key])
	}
	return quads
}

// checkStore compares a view with the model: quads, nodes, sizes, every
// pattern of one direction, and all that is stored with itself.
func checkStore(t *testing.T, v *View, m model) {
	t.Helper()
	if got := quadsIn(t, v, v.QuadsAllIterator()); !sameKeys(got, m) {
		t.Errorf("the store has %d quads, the model %d", len(got), len(m))
	}
	counts := map[quad.Direction]map[string]int64{}
	nodes := map[string]bool{}
	for key := range m {
		for i, d := range quad.Directions {
			if key[i] == "" {
				continue
			}
			if counts[d] == nil {
				counts[d] = map[string]int64{}
			}
			counts[d][key[i]]++
			nodes[key[i]] = true
		}
	}
	ctx := context.Background()
	st, err := v.Stats(ctx, true)
	if err != nil || st.Quads.Size != int64(len(m)) || st.Nodes.Size != int64(len(nodes)) {
		t.Errorf("stats %+v, %v; want %d quads, %d nodes", st, err, len(m), len(nodes))
	}
	for _, val := range oddValues() {
		enc, _ := appendValue(nil, val)
		ref := v.ValueOf(val)
		if (ref != nil) != nodes[string(enc)] {
			t.Errorf("ValueOf(%#v) = %v; used: %v", val, ref, nodes[string(enc)])
		}
		for _, d := range quad.Directions {
			size, err := v.QuadIteratorSize(ctx, d, ref)
			if err != nil || !size.Exact || size.Size != counts[d][string(enc)] {
				t.Errorf("size of %v %#v: %+v, %v; want %d", d, val, size, err, counts[d][string(enc)])
			}
			if got := quadsIn(t, v, v.QuadIterator(d, ref)); int64(len(got)) != counts[d][string(enc)] {
				t.Errorf("%d quads with %v %#v, want %d", len(got), d, val, counts[d][string(enc)])
			}
		}
	}
	if err := v.Err(); err != nil {
		t.Error(err)
	}
	checkPairs(t, v, m)
	checkKeys(t, v)
}

// checkPairs compares the sizes of all pairs of a predicate and another value, which
// must be exact however many they are.
func checkPairs(t *testing.T, v *View, m model) {
	t.Helper()
	counts := map[tuple]int64{}
	for _, q := range m {
		for _, d := range pairDirs {
			if q.Get(d) == nil {
				continue
			}
			var pattern tuple
			for _, each := range []quad.Direction{quad.Predicate, d} {
				id, _ := nodeID(v.ValueOf(q.Get(each)))
				pattern.set(each, id)
			}
			counts[pattern]++
		}
	}
	for pattern, n := range counts {
		if size, err := v.sizeOf(context.Background(), pattern); err != nil || !size.Exact || size.Size != n {
			t.Errorf("size of %v: %+v, %v; want %d", pattern, size, err, n)
		}
	}
}

func sameKeys(a, b model) bool {
	return maps.EqualFunc(a, b, func(quad.Quad, quad.Quad) bool { return true })
}

func quadsIn(t *testing.T, qs graph.QuadStore, it graph.Iterator) model {
	t.Helper()
	defer it.Close()
	m := model{}
	for it.Next(context.Background()) {
		q := qs.Quad(it.Result())
		if _, twice := m[modelKey(q)]; twice {
			t.Errorf("%v came twice", q)
		}
		m[modelKey(q)] = q
	}
	if err := it.Err(); err != nil {
		t.Error(err)
	}
	return m
}

// checkKeys reads every key and holds all that is stored against the first
// order: the other orders, counts, names, tokens and totals.
func checkKeys(t *testing.T, v *View) {
	t.Helper()
	want, got := map[string]string{}, keysOf(t, v)
	var last uint64
	tuples := map[tuple]bool{}
	for key := range got {
		if key[0] == orders[0].space {
			q, err := orders[0].parse([]byte(key))
			if err != nil {
				t.Fatalf("%x: %v", key, err)
			}
			tuples[q] = true
		}
	}
	counts, pairs := map[uint64]*uses{}, map[pair]uint64{}
	for q := range tuples {
		for _, o := range orders {
			if !o.labelled || q.get(quad.Label) != 0 {
				want[string(o.appendQuad(nil, q))] = ""
			}
		}
		for i, id := range q {
			if id == 0 {
				continue
			}
			if counts[id] == nil {
				counts[id] = new(uses)
			}
			counts[id][i]++
		}
	}
	for q := range tuples {
		for _, d := range pairDirs {
			if id := q.get(d); id != 0 && counts[id].of(d) > hubUses {
				p := pair{id, d, q.get(quad.Predicate)}
				pairs[p]++
			}
		}
	}
	for p, n := range pairs {
		want[string(p.key())] = string(appendUvarints(nil, n))
	}
	for id, u := range counts {
		name := string(keyOfID(spaceValue, id))
		want[name] = got[name]
		want[string(tokenKey([]byte(got[name])))] = string(appendID(nil, id))
		want[string(keyOfID(spaceCount, id))] = string(appendUvarints(nil, u[:]...))
		last = max(last, id)
	}
	stored, err := v.totals()
	if err != nil || stored.last < last {
		t.Errorf("the last id is %d, but %d is in use; %v", stored.last, last, err)
	}
	stored.nodes, stored.quads = uint64(len(counts)), uint64(len(tuples))
	want[string(keyTotals)] = string(stored.append(nil))
	want[string(keyFormat)] = string(appendUvarints(nil, format))
	for key, val := range want {
		if g, ok := got[key]; !ok || g != val {
			t.Fatalf("key %q is %x (there: %v), want %x", key, g, ok, val)
		}
	}
	for key := range got {
		if _, ok := want[key]; !ok {
			t.Errorf("key %q should not be there", key)
		}
	}
}

// keysOf returns all that is stored.
func keysOf(t *testing.T, v *View) map[string]string {
	t.Helper()
	all := map[string]string{}
	s := &scan{view: v}
	for s.next(context.Background(), func(it *pebble.Iterator) error {
		value, err := it.ValueAndErr()
		all[string(it.Key())] = string(value)
		return err
	}) {
	}
	if s.err != nil {
		t.Fatal(s.err)
	}
	return all
}
