package export

import (
	"context"
	"errors"
	"iter"
	"strings"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/export/format"
	"isnad/graph/export/read"
)

// ErrNoArticles says that a file is no export of a whole graph.
var ErrNoArticles = errors.New("there are no articles in it: an export of a part, or a graph that somebody made, is imported with --source NAME")

var errEdited = errors.New("this is not what the articles of the file say: if it was edited, import it with --source NAME")

// errAgain says that a transaction that cannot be repeated was to be.
var errAgain = errors.New("export: another process writes into the database: import again")

// Counts says how much was read.
type Counts struct {
	Articles, Entities, Statements int
}

// Restore fills an empty graph from the export of a whole graph. Its articles make the
// graph, equal to the one that was exported; the entities and statements, which stand
// behind them, are compared with it, so that a change in the file is not lost unseen.
func Restore(ctx context.Context, g *graph.Graph, items read.Items) (n Counts, err error) {
	next, stop := iter.Pull2(items)
	defer stop()
	var item *read.Item // the first that is no article
	started := false
	articles := func(yield func(graph.Live, error) bool) {
		if started {
			yield(graph.Live{}, errAgain)
			return
		}
		for started = true; ; {
			i, err, ok := next()
			if !ok {
				return
			}
			if err == nil && i.Article == nil {
				item = i
				return
			}
			var a graph.Live
			if err == nil {
				if a, err = decodeDocument(i.Article); err != nil {
					err = i.Errorf("%w", err)
				}
			}
			if !yield(a, err) || err != nil {
				return
			}
			n.Articles++
		}
	}
	check := func(v *graph.View) error {
		if item != nil && n.Articles == 0 {
			return item.Errorf("%w", ErrNoArticles)
		}
		for item != nil {
			if err := n.check(ctx, v, item); err != nil {
				return err
			}
			i, err, ok := next()
			if err != nil {
				return err
			}
			if item = i; !ok {
				break
			}
		}
		return nil
	}
	return n, g.Restore(ctx, articles, check)
}

// check counts an item and compares it with the graph.
func (n *Counts) check(ctx context.Context, v *graph.View, i *read.Item) error {
	same, err := true, error(nil)
	switch {
	case i.Article != nil:
		return i.Errorf("an article behind entities: the file is not as isnad wrote it")
	case i.Node != nil:
		n.Entities++
		same, err = holdsNode(ctx, v, i.Node)
	case i.Edge != nil:
		n.Statements++
		same, err = holdsEdge(ctx, v, i.Edge)
	}
	if err == nil && !same {
		err = i.Errorf("%w", errEdited)
	}
	return err
}

func holdsNode(ctx context.Context, v *graph.View, n *format.Node) (bool, error) {
	got, err := v.Objects(ctx, quad.IRI(n.IRI), graph.Type, graph.Name)
	if err != nil || len(got[graph.Type]) == 0 || len(got[graph.Name]) == 0 {
		return false, err
	}
	shown := func(s string) string { return strings.TrimSpace(format.Clean(s)) }
	name := shown(quad.ToString(got[graph.Name][0]))
	return got[graph.Type][0] == quad.IRI(graph.World+string(n.Class)) && (name == "" || name == shown(n.Name)), nil
}

func holdsEdge(ctx context.Context, v *graph.View, e *format.Edge) (bool, error) {
	got, err := v.Objects(ctx, quad.IRI(e.IRI), graph.Subject, graph.Predicate, graph.Object, graph.Status, graph.Date)
	if err != nil || len(got[graph.Subject]) == 0 {
		return false, err
	}
	value := func(p quad.IRI) string {
		if len(got[p]) == 0 {
			return ""
		}
		if iri, ok := got[p][0].(quad.IRI); ok {
			return string(iri)
		}
		return quad.ToString(got[p][0])
	}
	return value(graph.Subject) == e.Source && value(graph.Predicate) == graph.World+e.Predicate && value(graph.Status) == string(e.Status) &&
		value(graph.Date) == e.Date && (e.Target == "" || value(graph.Object) == e.Target), nil
}
