// Package coref groups the mentions of a document into entities: full and short
// names of a person, names and nationalities of a country, the spellings and
// acronyms of a body, and definite descriptions that take up one named before.
//
// Names join first, by key or gazetteer identity; descriptions then choose among
// what stands before them, in the order of the text.
package coref

import (
	"cmp"
	"fmt"
	"io"

	"isnad/extract"
	"isnad/schema"
)

// Resolver is the stage that fills Entities. It is safe for concurrent use.
type Resolver struct{ words *lexicon }

var _ extract.Stage = (*Resolver)(nil)

// New returns a resolver. An error names the line of the shipped data that is wrong.
func New() (*Resolver, error) {
	words, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	return &Resolver{words: words}, nil
}

// Fingerprint writes the word lists in force.
func (*Resolver) Fingerprint(w io.Writer) {
	_, _ = w.Write(wordsText)
	_, _ = w.Write(outletsText)
}

// Name is "coref".
func (*Resolver) Name() string { return "coref" }

// Annotate fills the document's Entities and the Entity of each mention.
func (v *Resolver) Annotate(d *extract.Document) {
	r := newRun(d, v.words)
	r.countries()
	r.persons()
	r.names()
	r.nested()
	r.parts()
	r.variants()
	r.aliases()
	r.titled()
	r.headline()
	r.descriptions()
	r.write()
}

// run is the work on one document: a union of mentions into clusters.
type run struct {
	doc     *extract.Document
	words   *lexicon
	link    []int              // parent in the union–find forest; always a smaller index or itself
	code    []string           // by mention: of a country that is described and never named
	post    []post             // by office
	weights map[string]float64 // of countries; see countryWeights
}

func newRun(d *extract.Document, words *lexicon) *run {
	r := &run{doc: d, words: words, link: make([]int, len(d.Mentions)), code: make([]string, len(d.Mentions))}
	for i := range r.link {
		r.link[i] = i
	}
	r.post = r.posts()
	return r
}

// find returns the first mention of the cluster of mention i.
func (r *run) find(i int) int {
	for r.link[i] != i {
		r.link[i] = r.link[r.link[i]]
		i = r.link[i]
	}
	return i
}

// join puts two mentions into one cluster.
func (r *run) join(a, b int) {
	a, b = r.find(a), r.find(b)
	if a > b {
		a, b = b, a
	}
	r.link[b] = a
}

// byKey joins the mentions that sel gives the same key; "" is no key.
func (r *run) byKey(sel func(*extract.Mention) string) {
	first := map[string]int{}
	for i := range r.doc.Mentions {
		key := sel(&r.doc.Mentions[i])
		if key == "" {
			continue
		}
		if j, ok := first[key]; ok {
			r.join(i, j)
		} else {
			first[key] = i
		}
	}
}

// countries joins by ISO code, and so all names and nationalities of a state.
func (r *run) countries() {
	r.byKey(func(m *extract.Mention) string {
		if m.Class == schema.Country {
			return m.Code
		}
		return ""
	})
}

// names joins mentions of one class, other than persons, by gazetteer identity and
// by key.
func (r *run) names() {
	r.byKey(func(m *extract.Mention) string {
		if m.Class == schema.Person || m.Class == schema.Country || m.Code == "" {
			return ""
		}
		return string(m.Class) + m.Code
	})
	r.byKey(func(m *extract.Mention) string {
		if m.Class == schema.Person || m.Class == schema.Country || m.Form != extract.Name {
			return ""
		}
		return string(m.Class) + bare(m.Key)
	})
	r.byKey(func(m *extract.Mention) string {
		if m.Class != schema.Organization || m.Form != extract.Name || words(m.Key) < 3 {
			return ""
		}
		return reordered(m.Key) // الاتحاد العام التونسي، الاتحاد التونسي العام
	})
}

// write numbers the clusters in order of first mention and fills Entities.
func (r *run) write() {
	d := r.doc
	d.Entities = nil
	entity := make([]int, len(d.Mentions))
	for i := range d.Mentions {
		root := r.find(i)
		if root == i {
			entity[i] = len(d.Entities)
			d.Entities = append(d.Entities, extract.Entity{
				ID: fmt.Sprintf("e%d", len(d.Entities)+1), Class: d.Mentions[i].Class,
			})
		}
		e := entity[root]
		d.Mentions[i].Entity = e
		d.Entities[e].Mentions = append(d.Entities[e].Mentions, i)
	}
	for i := range d.Entities {
		r.describe(&d.Entities[i])
	}
}

// describe chooses the name of an entity, its fullest proper form, and its code.
func (r *run) describe(e *extract.Entity) {
	best := extract.None
	for _, i := range e.Mentions {
		m := &r.doc.Mentions[i]
		if e.Code == "" {
			e.Code = cmp.Or(m.Code, r.code[i])
		}
		if best == extract.None || r.bound(m) == r.bound(&r.doc.Mentions[best]) && better(m, &r.doc.Mentions[best]) ||
			r.bound(&r.doc.Mentions[best]) && !r.bound(m) {
			best = i
		}
	}
	e.Name = r.doc.Mentions[best].Name
	e.Class = r.doc.Mentions[best].Class
}

// bound reports whether a description holds a pronoun ("استقباله"), so that it names
// its entity only where it stands.
func (r *run) bound(m *extract.Mention) bool {
	if m.Form != extract.Nominal {
		return false
	}
	for i := m.First; i < m.Last; i++ {
		if r.doc.Tokens[i].Kind == extract.Enclit {
			return true
		}
	}
	return false
}

// better reports whether a names its entity more fully than b, which stands before.
func better(a, b *extract.Mention) bool {
	if a.Form != b.Form {
		return rank(a.Form) < rank(b.Form)
	}
	if a.Class == schema.Place || a.Class == schema.Country {
		return false
	}
	if a.Definite != b.Definite && words(a.Key) > 1 && words(b.Key) > 1 {
		return a.Definite
	}
	return words(a.Key) > words(b.Key)
}

func rank(f extract.MentionForm) int {
	switch f {
	case extract.Name:
		return 0
	case extract.Nominal:
		return 1
	}
	return 2
}
