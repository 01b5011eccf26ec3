package export

import (
	"hash/fnv"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"isnad/graph"
	"isnad/graph/export/format"
	"isnad/schema"
)

// facts are what quads say of entities and statements, as hashes, so that millions of
// them take little memory.
type facts struct {
	all                         []uint64
	entities, statements, links int // how many there are; links are statements between entities

	class schema.Class // of the entity whose quads come
	edge  format.Edge  // the statement whose quads come
}

// hear takes the next quad. Those of an entity or statement come together, in the order
// of docs/quads.md.
func (f *facts) hear(q quad.Quad) {
	s, ok := q.Subject.(quad.IRI)
	if !ok || q.Label != nil {
		return
	}
	switch q.Predicate {
	case graph.Type:
		o, _ := q.Object.(quad.IRI)
		f.class = schema.Class(strings.TrimPrefix(string(o), graph.World))
		f.edge = format.Edge{IRI: string(s)}
	case graph.Name:
		f.entities++
		f.all = append(f.all, nodeFact(string(s), f.class, quad.ToString(q.Object)))
	case graph.Subject:
		f.edge.Source = nameOf(q.Object)
	case graph.Predicate:
		f.edge.Predicate = strings.TrimPrefix(nameOf(q.Object), graph.World)
	case graph.Object:
		f.edge.Target = nameOf(q.Object)
	case graph.Status:
		f.edge.Status = schema.Status(quad.ToString(q.Object))
	case graph.Date:
		f.edge.Date = quad.ToString(q.Object)
	case graph.Sources: // the last
		f.all = append(f.all, edgeFact(&f.edge))
		if f.statements++; f.edge.Target != "" {
			f.links++
		}
	}
}

// settle ends the hearing.
func (f *facts) settle() { slices.Sort(f.all) }

func (f *facts) holds(fact uint64) bool {
	_, found := slices.BinarySearch(f.all, fact)
	return found
}

// nodeFact stands for an entity. Its name is as formats write it, some on several lines.
func nodeFact(iri string, class schema.Class, name string) uint64 {
	name = strings.TrimSpace(format.Clean(name))
	if name == "" {
		name = iri // as a file without one is read
	}
	return hashed("entity", iri, string(class), name)
}

// edgeFact stands for a statement; a literal may be written in several ways and is left out.
func edgeFact(e *format.Edge) uint64 {
	return hashed("statement", e.IRI, e.Source, e.Predicate, e.Target, string(e.Status), e.Date)
}

func hashed(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum64()
}
