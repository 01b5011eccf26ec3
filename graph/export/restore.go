package export

import (
	"context"
	"errors"
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
func Restore(ctx context.Context, g *graph.Graph, items read.Items) (Counts, error) {
	var n Counts
	started := false
	err := g.Fill(ctx, func(g *graph.Graph) error {
		if started {
			return errAgain
		}
		started = true
		return n.restore(ctx, g, items)
	})
	return n, err
}

func (n *Counts) restore(ctx context.Context, g *graph.Graph, items read.Items) (err error) {
	var made *graph.View // of the articles, once all have come
	defer func() {
		if made != nil {
			err = errors.Join(err, made.Close())
		}
	}()
	for i, err := range items {
		switch {
		case err != nil:
			return err
		case i.Article != nil && made == nil:
			err = n.put(ctx, g, i)
		default:
			if made == nil {
				made = g.View()
			}
			err = n.check(ctx, made, i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// put writes an article as it was.
func (n *Counts) put(ctx context.Context, g *graph.Graph, i *read.Item) error {
	a, err := decodeDocument(i.Article)
	if err == nil {
		_, err = g.Put(ctx, a.Result, a.Assignment)
	}
	if err != nil {
		return i.Errorf("%w", err)
	}
	n.Articles++
	return nil
}

// check counts an item and compares it with the graph.
func (n *Counts) check(ctx context.Context, v *graph.View, i *read.Item) error {
	same, err := true, error(nil)
	switch {
	case n.Articles == 0:
		return i.Errorf("%w", ErrNoArticles)
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
