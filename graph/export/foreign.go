package export

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"isnad/graph"
	"isnad/graph/export/format"
	"isnad/graph/export/read"
	"isnad/graph/names"
	"isnad/schema"
)

// Source says whose graph is imported and how to understand it.
type Source struct {
	Name     string            // of who says so
	Ontology *schema.Ontology  // in force
	Words    map[string]string // the file's words for classes and predicates of the ontology
	// Class is that of entities of which nothing tells it, Predicate that of edges that state
	// none; without them these are errors.
	Class     schema.Class
	Predicate string
	// Known returns the classes of the graph's entities of a name; nil: nothing is known.
	Known func(name string) ([]schema.Class, error)
}

// Foreign is a graph that somebody made, as the document result of its source.
type Foreign struct {
	Result *schema.Result
	// LeftOut counts what a file of an open vocabulary, such as RDF, says by predicates that
	// are none of the ontology.
	LeftOut map[string]int
}

// maxForeign is how many nodes and edges a graph that somebody made may have: it is one
// article, which is written whole or not at all.
const maxForeign = 200_000

// ReadForeign turns a graph that somebody made into the document result of its source,
// which is written, resolved and removed like an article. An edge names its ends by the
// ids of nodes or by their names; a file without nodes has those that its edges name.
func ReadForeign(items read.Items, source Source) (*Foreign, error) {
	f := &foreign{Source: source, words: newVocabulary(source.Ontology, source.Words), byID: map[string]*entity{}, byName: map[string][]*entity{},
		byEdge: map[string]*statement{}, leftOut: map[string]int{}}
	for item, err := range items {
		if err == nil {
			err = f.take(item)
		}
		if err != nil {
			return nil, err
		}
	}
	f.closed = len(f.entities) > 0
	for _, st := range f.statements {
		if err := f.connect(st); err != nil {
			return nil, err
		}
	}
	if err := f.classify(); err != nil {
		return nil, err
	}
	if len(f.entities) == 0 {
		return nil, errors.New("there is nothing in it that the ontology knows")
	}
	r, err := f.result()
	return &Foreign{r, f.leftOut}, err
}

// foreign collects the entities and statements of a file.
type foreign struct {
	Source
	words      *vocabulary
	entities   []*entity
	statements []*statement
	byID       map[string]*entity
	byName     map[string][]*entity
	byEdge     map[string]*statement // by the edge's id
	closed     bool                  // the file has nodes, so that an end which is none is an error
	leftOut    map[string]int
}

type entity struct {
	*format.Node
	item *read.Item
	id   string           // within the result
	may  [][]schema.Class // classes that each of its statements allows
}

type statement struct {
	*format.Edge
	item            *read.Item
	subject, object *entity // no object: a literal
}

func (f *foreign) take(i *read.Item) error {
	if len(f.entities)+len(f.statements) >= maxForeign {
		return i.Errorf("more than %d nodes and edges from one source: import them in parts, as several sources", maxForeign)
	}
	switch {
	case i.Node != nil:
		return f.takeNode(i)
	case i.Edge != nil:
		return f.takeEdge(i)
	case i.Evidence != nil:
		if st := f.byEdge[i.Evidence.Edge]; st != nil {
			st.Evidence = append(st.Evidence, format.Evidence{Quote: i.Evidence.Quote})
		}
	}
	return nil
}

func (f *foreign) takeNode(i *read.Item) error {
	e := &entity{Node: i.Node, item: i}
	if e.IRI == "" {
		return i.Errorf("a node without an id and a name")
	}
	if f.byID[e.IRI] != nil {
		return i.Errorf("the id %q is that of another node", e.IRI)
	}
	if word := e.Class; word != "" {
		e.Class = f.words.class(word)
		class := f.Ontology.Class(e.Class)
		if class == nil && !i.Open {
			return i.Errorf("unknown class %q: use one of 'isnad schema', or say what it means with --map %q", word, string(word)+"=CLASS")
		}
		if class == nil {
			e.Class = ""
		} else if class.Literal {
			return i.Errorf("%q is of the class %s, which is of values, not of entities", e.IRI, e.Class)
		}
	}
	f.add(e)
	for _, office := range e.Offices {
		f.statements = append(f.statements, &statement{item: i, Edge: &format.Edge{Source: e.IRI, Value: office, Predicate: "holdsPosition", Status: schema.Asserted, Confidence: 1}})
	}
	return nil
}

// add keeps an entity, under a name made of its id if it has none.
func (f *foreign) add(e *entity) {
	if e.Name == "" || e.Name == e.IRI {
		e.Name = spoken(e.IRI)
	}
	f.entities = append(f.entities, e)
	f.byID[e.IRI] = e
	f.byName[e.Name] = append(f.byName[e.Name], e)
}

// spoken returns the name that an IRI ends in: isnad:person/ناصر_بوريطة is ناصر بوريطة.
func spoken(iri string) string {
	if !strings.Contains(iri, ":") {
		return iri
	}
	name := strings.TrimSpace(strings.ReplaceAll(local(iri), "_", " "))
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	if name == "" {
		return iri
	}
	return name
}

func (f *foreign) takeEdge(i *read.Item) error {
	st := &statement{Edge: i.Edge, item: i}
	if st.Predicate == "" {
		st.Predicate = f.Predicate
	}
	word := st.Predicate
	st.Predicate = f.words.predicate(word)
	switch known := f.Ontology.Predicate(st.Predicate) != nil; {
	case !known && i.Open:
		f.leftOut[word]++
		return nil
	case st.Source == "":
		return i.Errorf("an edge without a source")
	case st.Target == "" && st.Value == "":
		return i.Errorf("an edge from %q without a target", st.Source)
	case word == "":
		return i.Errorf("an edge from %q that does not say what it means: give edges a column predicate, or all of them one with --predicate", st.Source)
	case !known:
		return i.Errorf("unknown predicate %q: use one of 'isnad schema', or say what it means with --map %q", word, word+"=PREDICATE")
	case !st.Status.Valid():
		return i.Errorf("status %q is none of asserted, planned, denied", st.Status)
	case !(st.Confidence >= 0 && st.Confidence <= 1):
		return i.Errorf("a confidence is a number from 0 to 1")
	case st.Date != "" && !isDate(st.Date):
		return i.Errorf("date %q is not YYYY, YYYY-MM or YYYY-MM-DD", st.Date)
	}
	f.statements = append(f.statements, st)
	if st.IRI != "" {
		f.byEdge[st.IRI] = st
	}
	return nil
}

func isDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// connect finds the ends of a statement.
func (f *foreign) connect(st *statement) (err error) {
	p := f.Ontology.Predicate(st.Predicate)
	if p == nil { // an office, in an ontology without them
		return st.item.Errorf("there is no predicate %s in the ontology", st.Predicate)
	}
	if st.subject, err = f.end(st, st.Source); err != nil {
		return err
	}
	st.subject.may = append(st.subject.may, p.Subject)
	if values := f.valueClasses(p); len(values) == len(p.Object) {
		if st.Value == "" {
			st.Value = spoken(st.Target)
		}
		st.ValueType = values[0]
		if st.ValueType == schema.Date && !isDate(st.Value) {
			return st.item.Errorf("date %q is not YYYY, YYYY-MM or YYYY-MM-DD", st.Value)
		}
		return nil
	}
	target := st.Target
	if target == "" {
		target = st.Value
	}
	if st.object, err = f.end(st, target); err != nil {
		return err
	}
	st.object.may = append(st.object.may, p.Object)
	return nil
}

// valueClasses returns those of the predicate's objects that are values.
func (f *foreign) valueClasses(p *schema.Predicate) []schema.Class {
	return slices.DeleteFunc(slices.Clone(p.Object), func(c schema.Class) bool {
		def := f.Ontology.Class(c)
		return def == nil || !def.Literal
	})
}

// end returns the entity that an edge names, by its id or its name.
func (f *foreign) end(st *statement, name string) (*entity, error) {
	if e := f.byID[name]; e != nil {
		return e, nil
	}
	switch named := f.byName[name]; {
	case len(named) == 1:
		return named[0], nil
	case len(named) > 1:
		return nil, st.item.Errorf("%d nodes are called %q: name the end by its id", len(named), name)
	case f.closed && !st.item.Open:
		return nil, st.item.Errorf("there is no node %q", name)
	}
	e := &entity{Node: &format.Node{IRI: name}, item: st.item}
	f.add(e)
	return e, nil
}

// classify gives each entity a class. Resources of RDF of which nothing is known and
// nothing said are left out.
func (f *foreign) classify() (err error) {
	kept := f.entities[:0]
	for _, e := range f.entities {
		if e.Class == "" {
			if e.Class, err = f.classOf(e); err != nil {
				return err
			}
		}
		if e.Class == "" && e.item.Open && len(e.may) == 0 {
			continue
		}
		if e.Class == "" {
			return e.item.Errorf("nothing tells the class of %q: give nodes a column class (Person, Organization, Country, Place, Event), or all others one with --class", e.Name)
		}
		kept = append(kept, e)
	}
	f.entities = kept
	for _, st := range f.statements {
		object := st.ValueType
		if st.object != nil {
			object = st.object.Class
		}
		if err := f.Ontology.Allows(st.Predicate, st.subject.Class, object); err != nil {
			return st.item.Errorf("%q: %w", st.subject.Name, err)
		}
	}
	return nil
}

// classOf returns the class of an entity that states none: what its IRI names, else the
// only one that its statements allow, that of a country or of the graph's entities of its
// name, and that of all others. What is no country by name is none.
func (f *foreign) classOf(e *entity) (schema.Class, error) {
	if named := graph.ClassOf(e.IRI); named != "" {
		if class := f.words.class(schema.Class(named)); f.Ontology.Class(class) != nil {
			return class, nil
		}
	}
	if len(e.may) == 0 && e.item.Open {
		return "", nil
	}
	may := f.allowed(e)
	if slices.Contains(may, schema.Country) && len(may) > 1 {
		if names.CountryCode(e.Name) != "" {
			return schema.Country, nil
		}
		may = slices.DeleteFunc(may, func(c schema.Class) bool { return c == schema.Country })
	}
	if len(may) > 1 && f.Known != nil {
		known, err := f.Known(e.Name)
		if err != nil {
			return "", err
		}
		known = slices.DeleteFunc(known, func(c schema.Class) bool { return !slices.Contains(may, c) })
		if len(known) == 1 {
			return known[0], nil
		}
	}
	switch {
	case len(may) == 1:
		return may[0], nil
	case slices.Contains(may, f.Class):
		return f.Class, nil
	}
	return "", nil
}

// allowed returns the classes that all statements of an entity allow.
func (f *foreign) allowed(e *entity) []schema.Class {
	var may []schema.Class
	for _, c := range f.Ontology.Classes() {
		if !c.Literal && !slices.ContainsFunc(e.may, func(some []schema.Class) bool { return !slices.Contains(some, c.Name) }) {
			may = append(may, c.Name)
		}
	}
	return may
}
