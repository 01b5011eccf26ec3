package graph

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"isnad/schema"
)

// The two prefixes of the persisted form. Predicates and classes of the ontology, and
// all nodes that a user looks at, are of the World; what bears them (statements,
// evidence, articles, tallies) is tied together by predicates of the Machinery, sanad
// being the chain that supports a report.
const (
	World     = "isnad:"
	Machinery = "sanad:"
)

// Form is the version of the persisted form, kept in the store.
const Form = "2"

// The predicates and classes that are not of the ontology. docs/quads.md describes them.
const (
	Type     = quad.IRI("rdf:type")
	Label    = quad.IRI("rdfs:label")
	AltLabel = quad.IRI("skos:altLabel")
	Name     = quad.IRI(World + "name")

	// of the store
	StoreNode = quad.IRI(Machinery + "store")
	FormOf    = quad.IRI(Machinery + "form")

	// of entities
	LookupKey    = quad.IRI(Machinery + "key")
	Code         = quad.IRI(Machinery + "code")
	ArticleCount = quad.IRI(Machinery + "articleCount")
	MentionCount = quad.IRI(Machinery + "mentionCount")
	FirstSeen    = quad.IRI(Machinery + "firstSeen")
	LastSeen     = quad.IRI(Machinery + "lastSeen")
	TallyOf      = quad.IRI(Machinery + "tally")

	// of statements
	StatementClass = quad.IRI(Machinery + "Statement")
	Subject        = quad.IRI(Machinery + "subject")
	Predicate      = quad.IRI(Machinery + "predicate")
	Object         = quad.IRI(Machinery + "object")
	Status         = quad.IRI(Machinery + "status")
	Date           = quad.IRI(Machinery + "date")
	Place          = quad.IRI(Machinery + "place")
	Confidence     = quad.IRI(Machinery + "confidence")
	Sources        = quad.IRI(Machinery + "sources")
	EvidenceOf     = quad.IRI(Machinery + "evidence")

	// of evidence; also Date, Place and Confidence
	ArticleOf   = quad.IRI(Machinery + "article")
	Quote       = quad.IRI(Machinery + "quote")
	SpanOf      = quad.IRI(Machinery + "span")
	Rule        = quad.IRI(Machinery + "rule")
	Kind        = quad.IRI(Machinery + "kind")
	To          = quad.IRI(Machinery + "to")
	As          = quad.IRI(Machinery + "as")
	Speaker     = quad.IRI(Machinery + "speaker")
	Attribution = quad.IRI(Machinery + "attribution")

	// of articles
	ArticleClass = quad.IRI(Machinery + "Article")
	ID           = quad.IRI(Machinery + "id")
	URL          = quad.IRI(Machinery + "url")
	Publisher    = quad.IRI(Machinery + "publisher")
	Title        = quad.IRI(Machinery + "title")
	Published    = quad.IRI(Machinery + "published")
	Language     = quad.IRI(Machinery + "language")
	Hash         = quad.IRI(Machinery + "hash")
	Content      = quad.IRI(Machinery + "content")
	Extractor    = quad.IRI(Machinery + "extractor")
	Text         = quad.IRI(Machinery + "text")
	ResultOf     = quad.IRI(Machinery + "result")
	AssignmentOf = quad.IRI(Machinery + "assignment")
	Mentions     = quad.IRI(Machinery + "mentions")
)

// KeyKind says what a look-up key is made of.
type KeyKind string

// The kinds of look-up keys.
const (
	ByName     KeyKind = "name"     // names.Key of a name
	ByShort    KeyKind = "short"    // names.Short of a name
	BySkeleton KeyKind = "skeleton" // names.Skeleton of a name
	ByForm     KeyKind = "form"     // names.Key of a surface form that is no name
	BySound    KeyKind = "sound"    // names.Sounds of a name in Latin letters
	ByCode     KeyKind = "code"     // gazetteer code
)

// Key returns the object of a LookupKey quad: an entity of the class is found under it.
func Key(class schema.Class, kind KeyKind, value string) string {
	return string(class) + " " + string(kind) + " " + value
}

// WorldPredicate returns the IRI of a predicate of the ontology.
func WorldPredicate(name string) quad.IRI { return quad.IRI(World + name) }

// node collects the quads of one subject.
type node struct {
	iri   quad.IRI
	quads []quad.Quad
}

func (n *node) iriQuad(p quad.IRI, o string) {
	n.quads = append(n.quads, quad.Quad{Subject: n.iri, Predicate: p, Object: quad.IRI(o)})
}

func (n *node) value(p quad.IRI, o quad.Value) {
	n.quads = append(n.quads, quad.Quad{Subject: n.iri, Predicate: p, Object: o})
}

// text adds a plain string unless it is empty.
func (n *node) text(p quad.IRI, o string) {
	if o != "" {
		n.value(p, quad.String(o))
	}
}

func (n *node) optional(p quad.IRI, o *string) {
	if o != nil {
		n.text(p, *o)
	}
}

// quads returns what belongs to the article alone: its own node and its evidence, but
// for the links from statements, which other articles may move.
func (a *article) quads() []quad.Quad {
	if a == nil {
		return nil
	}
	n := node{iri: quad.IRI(a.iri)}
	n.iriQuad(Type, string(ArticleClass))
	n.value(ID, quad.String(a.ID))
	n.optional(URL, a.URL)
	n.optional(Publisher, a.Publisher)
	n.optional(Published, a.Published)
	n.text(Title, a.Title)
	n.text(Language, a.Language)
	n.text(Hash, a.Hash)
	n.text(Extractor, a.Extractor)
	n.text(Text, a.Text)
	n.iriQuad(Content, string(a.contentIRI()))
	n.value(ResultOf, quad.String(a.encoded))
	n.value(AssignmentOf, quad.String(encode(a.Assignment)))
	for _, e := range a.entities() {
		n.iriQuad(Mentions, e)
	}
	for _, e := range a.evidence() {
		n.quads = append(n.quads, a.evidenceQuads(e)...)
	}
	return n.quads
}

func (a *article) contentIRI() quad.IRI {
	return quad.IRI(Machinery + "content/" + escape(a.content, ""))
}

func (a *article) evidenceQuads(e evidence) []quad.Quad {
	n := node{iri: e.iri}
	r := e.rel
	n.iriQuad(ArticleOf, a.iri)
	n.value(Quote, quad.String(r.Evidence.Text))
	n.value(SpanOf, quad.String(formatSpan(r.Evidence.Span)))
	n.text(Rule, r.Rule)
	n.value(Confidence, quad.Float(r.Confidence))
	n.text(Date, r.Date)
	n.text(Kind, r.Kind)
	n.text(As, r.As)
	if e.place != "" {
		n.iriQuad(Place, e.place)
	}
	if r.To != "" {
		n.iriQuad(To, a.Assignment.Entities[r.To])
	}
	if len(r.Attribution) == 0 {
		return n.quads
	}
	chain := slices.Clone(r.Attribution)
	speakers := map[string]bool{}
	for i := range chain {
		if chain[i].Speaker != "" {
			chain[i].Speaker = a.Assignment.Entities[chain[i].Speaker]
			speakers[chain[i].Speaker] = true
		}
	}
	for _, iri := range slices.Sorted(maps.Keys(speakers)) {
		n.iriQuad(Speaker, iri)
	}
	n.value(Attribution, quad.String(encode(chain)))
	return n.quads
}

// entityQuads returns the quads of an entity, a function of its tally; none if no
// article mentions it.
func entityQuads(iri string, t *Tally) []quad.Quad {
	if t == nil || t.Articles == 0 {
		return nil
	}
	n := node{iri: quad.IRI(iri)}
	name := t.Name()
	n.iriQuad(Type, World+string(t.Class()))
	n.value(Name, quad.String(name))
	labels := map[quad.Value]bool{} // two languages without a tag may have one name
	for _, lang := range slices.Sorted(maps.Keys(t.Names)) {
		best := t.bestName(t.Names[lang])
		if usual := t.country(); usual != "" && lang == "ar" {
			best = usual
		}
		if label := langString(best, lang); !labels[label] {
			labels[label] = true
			n.value(Label, label)
		}
	}
	if latin := most(t.Latin); latin != "" && t.Names["en"] == nil {
		n.value(Label, langString(latin, "en"))
	}
	alt := maps.Clone(t.Forms)
	maps.Copy(alt, t.Latin)
	for _, m := range t.Names {
		maps.Copy(alt, m)
	}
	delete(alt, name)
	delete(alt, "")
	for _, form := range slices.Sorted(maps.Keys(alt)) {
		n.value(AltLabel, quad.String(form))
	}
	for _, key := range t.Keys() {
		n.value(LookupKey, quad.String(key))
	}
	for _, code := range slices.Sorted(maps.Keys(t.Codes)) {
		n.value(Code, quad.String(code))
	}
	n.value(ArticleCount, quad.Int(t.Articles))
	n.value(MentionCount, quad.Int(t.Mentions))
	n.text(FirstSeen, t.First)
	n.text(LastSeen, t.Last)
	n.quads = append(n.quads, quad.Quad{Subject: tallyNode(iri), Predicate: TallyOf, Object: quad.String(encode(t))})
	return n.quads
}

var languageTag = regexp.MustCompile(`^[a-zA-Z]+(-[a-zA-Z0-9]+)*$`)

// langString tags s with its language, if that is a language tag.
func langString(s, lang string) quad.Value {
	if !languageTag.MatchString(lang) {
		return quad.String(s)
	}
	return quad.LangString{Value: quad.String(s), Lang: lang}
}

// tallyNode bears an entity's tally apart from the entity, whose own edges may be many.
func tallyNode(iri string) quad.IRI {
	return quad.IRI(Machinery + "tally/" + strings.TrimPrefix(iri, World))
}

// daysNode bears the publication dates of one year at which an entity was mentioned.
func daysNode(iri, year string) quad.IRI {
	return quad.IRI(Machinery + "days/" + escape(year, "") + "/" + strings.TrimPrefix(iri, World))
}

func daysQuads(iri, year string, d days) []quad.Quad {
	if len(d) == 0 {
		return nil
	}
	return []quad.Quad{{Subject: daysNode(iri, year), Predicate: TallyOf, Object: quad.String(encode(d))}}
}

// claimQuads returns the quads of a claim but for the links to evidence: its tally, its
// statements and, if it is asserted, its plain edges.
func claimQuads(c claim, t *claimTally, sts []statement) []quad.Quad {
	if len(t.Said) == 0 {
		return nil
	}
	out := []quad.Quad{{Subject: c.group(), Predicate: TallyOf, Object: quad.String(encode(t))}}
	for _, st := range sts {
		n := node{iri: c.statement(st.date)}
		n.iriQuad(Type, string(StatementClass))
		n.iriQuad(Subject, c.s)
		n.iriQuad(Predicate, World+c.p)
		n.value(Object, c.o)
		n.value(Status, quad.String(c.status))
		n.text(Date, st.date)
		for _, place := range st.places {
			n.iriQuad(Place, place)
		}
		n.value(Confidence, quad.Float(st.confidence))
		n.value(Sources, quad.Int(st.sources))
		out = append(out, n.quads...)
		if c.status == schema.Asserted {
			out = append(out, quad.Quad{Subject: quad.IRI(c.s), Predicate: WorldPredicate(c.p), Object: c.o, Label: n.iri})
		}
	}
	return out
}

// link returns the quad that ties evidence to the statement it supports.
func link(statement, evidence quad.IRI) quad.Quad {
	return quad.Quad{Subject: statement, Predicate: EvidenceOf, Object: evidence}
}
