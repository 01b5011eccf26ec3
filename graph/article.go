package graph

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"isnad/schema"
)

// Assignment says which entity of the graph each entity of a document is. It is made
// once, when the article is written, and kept with it.
type Assignment struct {
	Entities  map[string]string `json:"entities"`            // document entity id → IRI
	Symmetric []string          `json:"symmetric,omitempty"` // predicates of the result that were symmetric when it was written
}

// article is a live (result, assignment) pair, the only input of all quads.
type article struct {
	*schema.Result
	Assignment Assignment
	iri        string
	content    string // names what it says: equal for reprints
	published  string
	encoded    string   // the result as JSON, without text
	members    []string // IRIs of its entities, sorted
}

func newArticle(r *schema.Result, as Assignment) (*article, error) {
	bare := *r
	bare.Text = ""
	data, err := json.Marshal(&bare)
	if err != nil {
		return nil, fmt.Errorf("graph: result %q: %w", r.ID, err)
	}
	if bytes.Contains(data, []byte(`\ufffd`)) { // a string that is not UTF-8: keep what reading it back will give
		again := &schema.Result{}
		if err := json.Unmarshal(data, again); err != nil {
			return nil, fmt.Errorf("graph: result %q: %w", r.ID, err)
		}
		if data, err = json.Marshal(again); err != nil {
			return nil, fmt.Errorf("graph: result %q: %w", r.ID, err)
		}
		again.Text, again.ID = r.Text, r.ID
		r = again
	}
	a := &article{Result: r, Assignment: as, iri: ArticleIRI(r.ID), encoded: string(data)}
	if r.Published != nil {
		a.published = *r.Published
	}
	for i := range r.Entities {
		a.members = append(a.members, as.Entities[r.Entities[i].ID])
	}
	slices.Sort(a.members)
	a.members = slices.Compact(a.members)
	a.content = r.Hash
	if r.Text != "" {
		sum := sha256.Sum256([]byte(r.Text))
		a.content = hex.EncodeToString(sum[:])
	}
	return a, nil
}

// entities returns the IRIs of the article's entities, sorted.
func (a *article) entities() []string {
	if a == nil {
		return nil
	}
	return a.members
}

// mentions reports whether the article speaks of the entity.
func (a *article) mentions(iri string) bool {
	_, found := slices.BinarySearch(a.entities(), iri)
	return found
}

// Ties returns what the result says of an entity of the class that helps to tell it from
// homonyms, as "predicate object". Ends that are not assigned are left out.
func Ties(r *schema.Result, assigned map[string]string, iri string, class schema.Class) map[string]bool {
	out := map[string]bool{}
	for i := range r.Relations {
		rel := &r.Relations[i]
		if rel.Status == schema.Denied {
			continue
		}
		if class == schema.Event && rel.Date != "" && (assigned[rel.S] == iri || assigned[rel.O.Entity] == iri) {
			out["when "+rel.Date] = true
		}
		if assigned[rel.S] != iri || !slices.Contains(tieing, rel.P) {
			continue
		}
		if rel.O.Literal != nil {
			out[rel.P+" "+tieValue(rel.O.Literal)] = true
		} else if o := assigned[rel.O.Entity]; o != "" && o != iri {
			out[rel.P+" "+o] = true
		}
	}
	if (class == schema.Organization || class == schema.Person) && r.Publisher != nil && *r.Publisher != "" {
		out["publisher "+*r.Publisher] = true
	}
	return out
}

// Surface returns the words of a mention in the text, with the alef that a contraction
// swallows: what is written للتحالف is mentioned as التحالف.
func Surface(text string, m schema.Mention) string {
	if strings.HasPrefix(m.Text, "ل") && m.Start > 0 && m.Start <= len(text) && strings.HasSuffix(text[:m.Start], "ل") {
		return "ا" + m.Text
	}
	return m.Text
}

func tieValue(l *schema.Literal) string {
	if l.Type == schema.Date {
		return l.Value
	}
	return schema.FoldKey(l.Value)
}

// claim is what is stated, regardless of when and by whom.
type claim struct {
	s, p   string
	o      quad.Value
	status schema.Status
}

func (c claim) parts() []string { return []string{c.s, c.p, c.o.String(), string(c.status)} }

// group returns the IRI of the node that holds the claim's tally.
func (c claim) group() quad.IRI { return quad.IRI(Machinery + "claim/" + hash(c.parts()...)) }

// statement returns the IRI of the claim's statement of the date.
func (c claim) statement(date string) quad.IRI {
	return quad.IRI(World + "statement/" + hash(append(c.parts(), date)...))
}

// evidence is one passage of an article that states a claim.
type evidence struct {
	claim
	iri   quad.IRI
	rel   *schema.Relation
	place string
}

// evidence returns the passages of the article. A relation whose ends are one entity of
// the graph says nothing and is left out.
func (a *article) evidence() []evidence {
	if a == nil {
		return nil
	}
	out := make([]evidence, 0, len(a.Relations))
	for i := range a.Relations {
		r := &a.Relations[i]
		c := claim{s: a.Assignment.Entities[r.S], p: r.P, status: r.Status}
		if r.O.Literal != nil {
			c.o = quad.String(r.O.Literal.Value)
		} else {
			o := a.Assignment.Entities[r.O.Entity]
			if o == c.s {
				continue
			}
			if o < c.s && slices.Contains(a.Assignment.Symmetric, r.P) {
				c.s, o = o, c.s
			}
			c.o = quad.IRI(o)
		}
		out = append(out, evidence{claim: c, rel: r, place: a.Assignment.Entities[r.Place],
			iri: quad.IRI(World + "evidence/" + hash(a.iri, strconv.Itoa(i)))})
	}
	return out
}
