package graph

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// ProgressOf is the predicate of the store's Progress. It is no part of the graph, and
// dumps leave it out.
const ProgressOf = quad.IRI(Machinery + "progress")

// ErrOvertaken says that the store's Progress is not what the writer left there.
var ErrOvertaken = errors.New("graph: another writer has taken over the run")

// Progress is how far a run, a build whose articles are extracted elsewhere, has come in
// this graph. It is written by the same batch as the article that it speaks of, so that
// after a crash the run goes on exactly behind what is stored. The zero value stands for
// no run. None of the strings may hold a space.
type Progress struct {
	Run      string // the run's id
	Sequence uint64 // position in the run's input of the last article that is dealt with
	Digest   string // of the input up to there, by which a run knows its input again
}

// String returns the persisted form: the three fields, separated by a space.
func (p Progress) String() string { return fmt.Sprintf("%s %d %s", p.Run, p.Sequence, p.Digest) }

func parseProgress(s string) (Progress, error) {
	parts := strings.Split(s, " ")
	if len(parts) == 3 {
		n, err := strconv.ParseUint(parts[1], 10, 64)
		if p := (Progress{parts[0], n, parts[2]}); err == nil && p.String() == s {
			return p, nil
		}
	}
	return Progress{}, fmt.Errorf("graph: %s %q is damaged", ProgressOf, s)
}

// Step moves a store's Progress. It fails with ErrOvertaken, and nothing of the write it
// belongs to is stored, unless the store holds From.
type Step struct{ From, To Progress }

// Progress returns how far the run has come that was not finished; zero if there is none.
func (v *View) Progress(ctx context.Context) (Progress, error) { return v.progress(ctx) }

func (r reader) progress(ctx context.Context) (Progress, error) {
	got, err := r.objects(ctx, StoreNode, ProgressOf)
	if err != nil || len(got[ProgressOf]) == 0 {
		return Progress{}, err
	}
	return parseProgress(first(got[ProgressOf]))
}

// Advance moves the Progress without writing an article.
func (g *Graph) Advance(ctx context.Context, s Step) error {
	_, err := g.update(ctx, "", nil, s)
	return err
}

// deltas returns what the steps change.
func (s Step) deltas(ctx context.Context, r reader) ([]cayley.Delta, error) {
	at, err := r.progress(ctx)
	if err != nil {
		return nil, err
	}
	if at != s.From {
		return nil, ErrOvertaken
	}
	var out []cayley.Delta
	for _, each := range []struct {
		p      Progress
		action cayley.Procedure
	}{{s.From, cayley.Delete}, {s.To, cayley.Add}} {
		if each.p != (Progress{}) && s.From != s.To {
			q := quad.Quad{Subject: StoreNode, Predicate: ProgressOf, Object: quad.String(each.p.String())}
			out = append(out, cayley.Delta{Quad: q, Action: each.action})
		}
	}
	return out, nil
}
