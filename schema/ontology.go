package schema

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"

	"go.yaml.in/yaml/v3"
)

//go:embed ontology/*.yaml
var embedded embed.FS

// Class names a class of entities (Person) or a type of literals (Date).
type Class string

// The classes of the shipped ontology that the extractor treats by name.
const (
	Person       Class = "Person"
	Organization Class = "Organization"
	Country      Class = "Country"
	Place        Class = "Place"
	Event        Class = "Event"

	Position Class = "Position"
	Date     Class = "Date"
	Money    Class = "Money"
)

// ClassDef describes a class.
type ClassDef struct {
	Name    Class             `yaml:"name" json:"name"`
	Literal bool              `yaml:"literal" json:"literal,omitempty"` // values, not entities
	Parent  Class             `yaml:"parent" json:"parent,omitempty"`   // may stand wherever the parent may
	Label   map[string]string `yaml:"label" json:"label"`               // by language
	Comment string            `yaml:"comment" json:"comment,omitempty"`
}

// Predicate describes a relation between classes.
type Predicate struct {
	Name      string            `yaml:"name" json:"name"`
	Subject   []Class           `yaml:"subject" json:"subject"` // classes, after groups are expanded
	Object    []Class           `yaml:"object" json:"object"`
	Symmetric bool              `yaml:"symmetric" json:"symmetric,omitempty"`
	Family    string            `yaml:"family" json:"family,omitempty"` // for display: office, membership, meeting, …
	Label     map[string]string `yaml:"label" json:"label"`
	Comment   string            `yaml:"comment" json:"comment,omitempty"`
}

// Ontology is the set of classes and predicates in force. It is immutable after loading.
type Ontology struct {
	classes    map[Class]*ClassDef
	predicates map[string]*Predicate
	sum        []byte // what was loaded, for the extractor's hash
}

// File is one YAML file of an ontology or of a user's extension. Frames and
// Lexicon are for the extractor and are left undecoded here.
type File struct {
	Groups     map[string][]Class `yaml:"groups"` // names for sets of classes, such as Agent
	Classes    []ClassDef         `yaml:"classes"`
	Predicates []Predicate        `yaml:"predicates"`
	Frames     yaml.Node          `yaml:"frames"`
	Lexicon    yaml.Node          `yaml:"lexicon"`
}

// ParseFile decodes one YAML file; name is used in errors. Unknown keys are errors.
func ParseFile(name string, data []byte) (*File, error) {
	var f File
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("schema: %s: %w", name, err)
	}
	return &f, nil
}

// Default returns the shipped ontology.
func Default() (*Ontology, error) { return Load() }

// Source is a named YAML text that extends the shipped ontology.
type Source struct {
	Name string
	Data []byte
}

// Load returns the shipped ontology extended by the sources, in order. It fails
// if a name is defined twice or badly formed, or a class is not known.
func Load(extensions ...Source) (*Ontology, error) {
	names, err := fs.Glob(embedded, "ontology/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	var sources []Source
	for _, n := range names {
		data, err := embedded.ReadFile(n)
		if err != nil {
			return nil, fmt.Errorf("schema: %w", err)
		}
		sources = append(sources, Source{path.Base(n), data})
	}
	return load(append(sources, extensions...))
}

func load(sources []Source) (*Ontology, error) {
	o := &Ontology{classes: map[Class]*ClassDef{}, predicates: map[string]*Predicate{}}
	groups := map[string][]Class{}
	for _, s := range sources {
		f, err := ParseFile(s.Name, s.Data)
		if err != nil {
			return nil, err
		}
		if err := o.add(f, groups); err != nil {
			return nil, fmt.Errorf("schema: %s: %w", s.Name, err)
		}
		o.sum = append(o.sum, s.Data...)
	}
	for _, c := range o.Classes() {
		if c.Parent != "" && o.classes[c.Parent] == nil {
			return nil, fmt.Errorf("schema: class %s: unknown parent %q", c.Name, c.Parent)
		}
		if _, err := o.ancestors(c.Name); err != nil {
			return nil, err
		}
	}
	return o, o.expand(groups)
}

var nameRE = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)

func (o *Ontology) add(f *File, groups map[string][]Class) error {
	for name, members := range f.Groups {
		if _, twice := groups[name]; twice {
			return fmt.Errorf("group %q is defined twice", name)
		}
		groups[name] = members
	}
	for _, c := range f.Classes {
		if !nameRE.MatchString(string(c.Name)) {
			return fmt.Errorf("class name %q: letters and digits only, a letter first", c.Name)
		}
		if o.classes[c.Name] != nil {
			return fmt.Errorf("class %q is defined twice", c.Name)
		}
		o.classes[c.Name] = &c
	}
	for _, p := range f.Predicates {
		if !nameRE.MatchString(p.Name) {
			return fmt.Errorf("predicate name %q: letters and digits only, a letter first", p.Name)
		}
		if o.predicates[p.Name] != nil {
			return fmt.Errorf("predicate %q is defined twice", p.Name)
		}
		o.predicates[p.Name] = &p
	}
	return nil
}

// ancestors returns c and its parents, nearest first.
func (o *Ontology) ancestors(c Class) ([]Class, error) {
	var line []Class
	for at := c; at != ""; at = o.classes[at].Parent {
		if slices.Contains(line, at) {
			return nil, fmt.Errorf("schema: class %s is its own ancestor", c)
		}
		line = append(line, at)
	}
	return line, nil
}

// expand replaces groups by their members in every predicate and checks them.
func (o *Ontology) expand(groups map[string][]Class) error {
	for _, p := range o.Predicates() {
		for _, side := range []*[]Class{&p.Subject, &p.Object} {
			var out []Class
			for _, c := range *side {
				members, isGroup := groups[string(c)]
				if !isGroup {
					members = []Class{c}
				}
				for _, m := range members {
					if o.classes[m] == nil {
						return fmt.Errorf("schema: predicate %s: unknown class %q", p.Name, m)
					}
				}
				out = append(out, members...)
			}
			if len(out) == 0 {
				return fmt.Errorf("schema: predicate %s: subject and object each need a class", p.Name)
			}
			*side = out
		}
		for _, c := range p.Subject {
			if o.classes[c].Literal {
				return fmt.Errorf("schema: predicate %s: a literal (%s) cannot be a subject", p.Name, c)
			}
		}
		if p.Symmetric && !slices.Equal(p.Subject, p.Object) {
			return fmt.Errorf("schema: predicate %s is symmetric, so subject and object must be of the same classes", p.Name)
		}
	}
	return nil
}

// Class returns the definition of c, or nil if it is not known.
func (o *Ontology) Class(c Class) *ClassDef { return o.classes[c] }

// Predicate returns the definition of the predicate, or nil if it is not known.
func (o *Ontology) Predicate(name string) *Predicate { return o.predicates[name] }

// Classes returns all classes by name.
func (o *Ontology) Classes() []*ClassDef {
	out := make([]*ClassDef, 0, len(o.classes))
	for _, c := range o.classes {
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// Predicates returns all predicates by name.
func (o *Ontology) Predicates() []*Predicate {
	out := make([]*Predicate, 0, len(o.predicates))
	for _, p := range o.predicates {
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// Is reports whether class c is want or descends from it.
func (o *Ontology) Is(c, want Class) bool {
	for at := c; at != ""; {
		if at == want {
			return true
		}
		def := o.classes[at]
		if def == nil {
			return false
		}
		at = def.Parent
	}
	return false
}

// Allows returns nil if predicate p may hold between the two classes.
func (o *Ontology) Allows(p string, subject, object Class) error {
	def := o.predicates[p]
	if def == nil {
		return fmt.Errorf("unknown predicate %q", p)
	}
	fits := func(c Class, allowed []Class) bool {
		return slices.ContainsFunc(allowed, func(a Class) bool { return o.Is(c, a) })
	}
	if !fits(subject, def.Subject) || !fits(object, def.Object) {
		return fmt.Errorf("%s does not hold between %s and %s", p, subject, object)
	}
	return nil
}

// Bytes returns the text the ontology was loaded from, for hashing.
func (o *Ontology) Bytes() []byte { return o.sum }
