package export

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"isnad/graph"
	"isnad/graph/explore"
	"isnad/graph/export/format"
	"isnad/schema"
)

// Selection says what of a graph to export. The zero value is all of it.
type Selection struct {
	// Entities are IRIs, and Depth how many statements away from them an entity may be. With
	// a Depth of 0 only what stands between the entities themselves is taken.
	Entities []string
	Depth    int
	// Filter leaves out the statements that do not pass it, and then the entities that no
	// statement is left of.
	Filter *explore.Filter
	// Bare leaves out the articles that the formats which can be read back have of a whole
	// graph.
	Bare bool
}

// whole reports whether nothing is left out.
func (s *Selection) whole() bool { return s.Entities == nil && s.Filter == nil && !s.Bare }

// Selected is a part of a graph, read and sorted, in temporary files, but for articles,
// which stay in the view until they are written. It must be closed.
type Selected struct {
	format.Graph
	nodes    *spool[format.Node]
	edges    *spool[format.Edge]
	articles *spool[format.Article]
	key      []byte
}

// Close removes the temporary files.
func (s *Selected) Close() error {
	return errors.Join(s.nodes.Close(), s.edges.Close(), s.articles.Close())
}

// Select reads the selected entities and statements and sorts them by IRI, so that equal
// graphs give equal sequences whatever the store. It holds a bounded part of them in
// memory, and beside it the IRIs of a part of the graph, not of all of it.
func Select(ctx context.Context, v *graph.View, ont *schema.Ontology, what Selection) (_ *Selected, err error) {
	s := &Selected{nodes: newSpool(encodeNode, decodeNode), edges: newSpool(encodeEdge, decodeEdge), articles: newSpool(encodeArticle, decodeArticle)}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	s.Title, s.Nodes, s.Edges = "isnad", s.nodes.items(), s.edges.items()
	var within, ends map[string]bool // nil: all
	if what.Entities != nil {
		if within, err = explore.Around(ctx, v, what.Entities, what.Depth); err != nil {
			return nil, err
		}
	}
	if what.Filter != nil {
		ends = map[string]bool{}
	}
	if err = s.readEdges(ctx, v, ont, what.Filter, within, ends); err != nil {
		return nil, err
	}
	switch {
	case ends != nil:
		err = s.readNodes(ctx, v, slices.Sorted(maps.Keys(ends)))
	case within != nil:
		err = s.readNodes(ctx, v, slices.Sorted(maps.Keys(within)))
	default:
		err = s.readAllNodes(ctx, v, ont)
	}
	if err == nil && what.whole() {
		s.Articles = articles(ctx, v, s.articles)
		err = spoolArticles(ctx, v, s.articles)
	}
	if err != nil {
		return nil, err
	}
	s.NodeCount, s.EdgeCount = s.nodes.count, s.edges.count
	return s, nil
}

// readEdges reads the statements whose ends lie within, and notes their ends.
func (s *Selected) readEdges(ctx context.Context, v *graph.View, ont *schema.Ontology, filter *explore.Filter, within, ends map[string]bool) error {
	f := explore.Filter{}
	if filter != nil {
		f = *filter
	}
	if len(f.Of) == 0 && within != nil {
		f.Of = slices.Sorted(maps.Keys(within))
	}
	for st, err := range explore.Each(ctx, v, f) {
		if err != nil {
			return err
		}
		if within != nil && (!within[st.Subject.IRI] || st.Object.IRI != "" && !within[st.Object.IRI]) {
			continue
		}
		e := edge(st, ont)
		s.key = edgeKey(s.key[:0], e)
		if err := s.edges.add(s.key, e); err != nil {
			return err
		}
		if e.Target != "" {
			s.Links++
		}
		if ends != nil {
			ends[e.Source] = true
			if e.Target != "" {
				ends[e.Target] = true
			}
		}
	}
	return nil
}

func (s *Selected) readNodes(ctx context.Context, v *graph.View, iris []string) error {
	profile := explore.Profiles(ctx, v)
	for _, iri := range iris {
		if err := s.addNode(profile, iri); err != nil {
			return err
		}
	}
	return nil
}

func (s *Selected) readAllNodes(ctx context.Context, v *graph.View, ont *schema.Ontology) error {
	profile := explore.Profiles(ctx, v)
	for iri, err := range explore.EachEntity(ctx, v, ont) {
		if err == nil {
			err = s.addNode(profile, iri)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Selected) addNode(profile func(string) (*explore.Profile, error), iri string) error {
	p, err := profile(iri)
	if err != nil {
		return err
	}
	n := &format.Node{IRI: iri, Class: p.Class, Name: p.Name, Latin: p.Latin, Offices: p.Offices, Countries: p.Countries,
		Articles: p.Articles, Mentions: p.Mentions, First: p.First, Last: p.Last}
	for _, name := range p.Names {
		if name != p.Name {
			n.Other = append(n.Other, name)
		}
	}
	s.MostArticles = max(s.MostArticles, n.Articles)
	return s.nodes.add([]byte(iri), n)
}

// edgeKey appends what edges are sorted by.
func edgeKey(to []byte, e *format.Edge) []byte {
	for _, part := range [...]string{e.Source, e.Predicate, e.Target, e.Value, string(e.Status), e.Date, e.IRI} {
		to = append(append(to, part...), 1)
	}
	return to
}

// edge turns a statement into what formats write.
func edge(st *explore.Statement, ont *schema.Ontology) *format.Edge {
	e := &format.Edge{IRI: st.IRI, Source: st.Subject.IRI, Target: st.Object.IRI, Predicate: st.Predicate, Status: st.Status,
		Date: st.Date, Confidence: st.Confidence, Sources: st.Sources}
	p := ont.Predicate(st.Predicate)
	e.Undirected = p != nil && p.Symmetric
	if e.Target == "" {
		e.Value = st.Object.Name
		if p != nil && len(p.Object) > 0 {
			e.ValueType = p.Object[0]
		}
	}
	for _, place := range st.Places {
		e.Places = append(e.Places, place.Name)
	}
	for _, v := range st.Evidence {
		e.Evidence = append(e.Evidence, format.Evidence{Quote: v.Quote, SaidBy: saidBy(v.Attribution), Article: v.Article.ID, IRI: v.Article.IRI, URL: v.Article.URL,
			Title: v.Article.Title, Publisher: v.Article.Publisher, Published: v.Article.Published})
	}
	return e
}

// saidBy names who is quoted, outermost first.
func saidBy(chain []explore.Attribution) string {
	var names []string
	for _, a := range chain {
		name := a.Text
		if a.Speaker != nil {
			name = a.Speaker.Name
		}
		names = append(names, name)
	}
	return strings.Join(names, " > ")
}
