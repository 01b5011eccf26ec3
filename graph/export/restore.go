package export

import (
	"context"
	"errors"
	"iter"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/export/read"
)

// What can be wrong with the export of a whole graph.
var (
	ErrNoArticles = errors.New("there are no articles in it: an export of a part, or a graph that somebody made, is imported with --source NAME")

	errEdited  = errors.New("this is not what the articles of the file say: if it was edited, import it with --source NAME")
	errMissing = errors.New("statements that its articles make are missing in the file: if it was edited, import it with --source NAME")
	errBehind  = errors.New("an article behind entities: the file is not as isnad wrote it")
)

// Counts says how much there is in a graph that was restored.
type Counts struct {
	Articles, Entities, Statements int
}

// Restore fills an empty graph from the export of a whole graph, or leaves it as it was
// if it fails, as Load does. The articles of the file make the graph, equal to the one
// that was exported; the entities and statements, which stand behind them, are compared
// with it, so that a change in the file is not lost unseen.
func Restore(ctx context.Context, g *graph.Graph, items read.Items) (Counts, error) {
	r := &restoring{}
	r.next, r.stop = iter.Pull2(items)
	defer r.stop()
	_, err := g.Load(ctx, r.quads(ctx))
	if err != nil && r.fault != nil {
		err = r.fault // without the store that it went through
	}
	r.Entities, r.Statements = r.facts.entities, r.facts.statements
	return r.Counts, err
}

// restoring is a file that is being restored.
type restoring struct {
	Counts
	next  func() (*read.Item, error, bool)
	stop  func()
	item  *read.Item // read last
	facts facts
	fault error // what is wrong with the file
}

// quads yields what the articles make, then holds the rest of the file against it.
func (r *restoring) quads(ctx context.Context) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q, err := range graph.Derive(ctx, r.articles()) {
			r.facts.hear(q)
			if err != nil && r.item != nil && r.item.Article != nil && !r.item.Says(err) {
				err = r.item.Errorf("%w", err)
			}
			r.fault = err
			if !yield(q, err) || err != nil {
				return
			}
		}
		if r.fault = r.compare(); r.fault != nil {
			yield(quad.Quad{}, r.fault)
		}
	}
}

// articles yields the articles at the beginning of the file.
func (r *restoring) articles() iter.Seq2[graph.Live, error] {
	return func(yield func(graph.Live, error) bool) {
		for {
			i, err, ok := r.next()
			if !ok {
				r.item = nil
				return
			}
			if err != nil {
				yield(graph.Live{}, err)
				return
			}
			r.item = i
			if i.Article == nil {
				return
			}
			live, err := decodeDocument(i.Article)
			if err != nil {
				err = i.Errorf("%w", err)
			}
			if !yield(live, err) || err != nil {
				return
			}
			r.Articles++
		}
	}
}

// compare reads the rest of the file, from its first item that is no article.
func (r *restoring) compare() error {
	if r.item == nil {
		return nil
	}
	if r.Articles == 0 {
		return r.item.Errorf("%w", ErrNoArticles)
	}
	r.facts.settle()
	literals, statements := false, 0
	for {
		i := r.item
		same := true
		switch {
		case i.Article != nil:
			return i.Errorf("%w", errBehind)
		case i.Node != nil:
			same = r.facts.holds(nodeFact(i.Node.IRI, i.Node.Class, i.Node.Name))
		case i.Edge != nil:
			statements++
			literals = literals || i.Edge.Target == ""
			same = r.facts.holds(edgeFact(i.Edge))
		}
		if !same {
			return i.Errorf("%w", errEdited)
		}
		next, err, ok := r.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		r.item = next
	}
	if statements < r.facts.links || literals && statements < r.facts.statements {
		return r.item.Errorf("%w", errMissing)
	}
	return nil
}
