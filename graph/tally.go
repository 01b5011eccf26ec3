package graph

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"isnad/graph/names"
	"isnad/schema"
)

// Tally is all that the live articles say about one entity, added up: the entity's quads
// are a function of it. Counts are of articles unless said otherwise. It is persisted as
// JSON, so that a write adds and subtracts instead of visiting every article again.
type Tally struct {
	Articles int            `json:"articles"`
	Mentions int            `json:"mentions"`        // mentions
	Classes  map[string]int `json:"classes"`         // by class
	Names    Counts2        `json:"names"`           // by language, then name
	Latin    map[string]int `json:"latin,omitempty"` // by name in Latin script
	Codes    map[string]int `json:"codes,omitempty"` // by gazetteer code
	Forms    map[string]int `json:"forms,omitempty"` // mentions, by surface form
	Ties     map[string]int `json:"ties,omitempty"`  // by "predicate object": what tells homonyms apart
	Years    map[string]int `json:"years,omitempty"` // by year of publication
	First    string         `json:"first,omitempty"` // earliest publication date
	Last     string         `json:"last,omitempty"`  // latest publication date
}

// Counts2 counts in two levels.
type Counts2 map[string]map[string]int

// tieing lists the predicates whose objects tell homonyms apart.
var tieing = []string{"affiliatedWith", "heldIn", "heldOn", "holdsPosition", "locatedIn", "partOf"}

// count adds n to m[key] and drops the key at zero, so that equal tallies have equal JSON.
func count(m map[string]int, key string, n int) {
	if m[key] += n; m[key] == 0 {
		delete(m, key)
	}
}

func (c Counts2) add(key, sub string, n int) {
	if c[key] == nil {
		c[key] = map[string]int{}
	}
	count(c[key], sub, n)
	if len(c[key]) == 0 {
		delete(c, key)
	}
}

// NewTally returns the tally of an entity of which nothing is said.
func NewTally() *Tally {
	return &Tally{Classes: map[string]int{}, Names: Counts2{}, Latin: map[string]int{}, Codes: map[string]int{},
		Forms: map[string]int{}, Ties: map[string]int{}, Years: map[string]int{}}
}

// Add adds what an article says of the entity, dates of publication included.
func (t *Tally) Add(r *schema.Result, assigned map[string]string, iri string) {
	a := &article{Result: r, Assignment: Assignment{Entities: assigned}}
	if r.Published != nil {
		a.published = *r.Published
	}
	t.add(a, iri, +1)
	if a.published != "" {
		t.see(a.published)
	}
}

// see adds a date of publication to those between which articles speak of the entity.
func (t *Tally) see(date string) {
	t.Last = max(t.Last, date)
	if t.First == "" || date < t.First {
		t.First = date
	}
}

// Plus returns the sum of two tallies, dates of publication taken from t.
func (t *Tally) Plus(u *Tally) *Tally {
	sum := t.clone()
	sum.include(u)
	return sum
}

// include adds another tally, but for its dates of publication.
func (t *Tally) include(u *Tally) {
	t.Articles += u.Articles
	t.Mentions += u.Mentions
	for lang, m := range u.Names {
		for name, n := range m {
			t.Names.add(lang, name, n)
		}
	}
	for _, each := range [][2]map[string]int{{t.Classes, u.Classes}, {t.Latin, u.Latin}, {t.Codes, u.Codes},
		{t.Forms, u.Forms}, {t.Ties, u.Ties}, {t.Years, u.Years}} {
		for key, n := range each[1] {
			count(each[0], key, n)
		}
	}
}

func (t *Tally) clone() *Tally {
	c := *t
	c.Names = Counts2{}
	for lang, m := range t.Names {
		c.Names[lang] = maps.Clone(m)
	}
	for _, m := range []*map[string]int{&c.Classes, &c.Latin, &c.Codes, &c.Forms, &c.Ties, &c.Years} {
		if *m = maps.Clone(*m); *m == nil {
			*m = map[string]int{}
		}
	}
	return &c
}

// add adds what article a says of the entity, sign times. First and Last are not its
// business: they need the days of publication, which are persisted apart.
func (t *Tally) add(a *article, iri string, sign int) {
	t.Articles += sign
	if a.published != "" {
		count(t.Years, year(a.published), sign)
	}
	classes, nameSet, latin, codes := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range a.Entities {
		e := &a.Entities[i]
		if a.Assignment.Entities[e.ID] != iri {
			continue
		}
		classes[string(e.Type)], nameSet[e.Name], latin[e.NameLatin], codes[e.Code] = true, true, true, true
		t.Mentions += sign * len(e.Mentions)
		for _, m := range e.Mentions {
			count(t.Forms, Surface(a.Text, m), sign)
		}
	}
	ties := map[string]bool{}
	for class := range classes {
		maps.Copy(ties, Ties(a.Result, a.Assignment.Entities, iri, schema.Class(class)))
	}
	for _, each := range []struct {
		to  map[string]int
		set map[string]bool
	}{{t.Classes, classes}, {t.Latin, latin}, {t.Codes, codes}, {t.Ties, ties}} {
		for key := range each.set {
			if key != "" {
				count(each.to, key, sign)
			}
		}
	}
	for name := range nameSet {
		t.Names.add(a.Language, name, sign)
	}
}

// Class returns the entity's class: the one most articles give it.
func (t *Tally) Class() schema.Class { return schema.Class(most(t.Classes)) }

// Name returns the entity's name: the one most articles use, over all languages, but
// never a single word for a person whom some article names in full, and for a country
// the usual one, since articles often name it by an adjective only (الروسي).
func (t *Tally) Name() string {
	if name := t.country(); name != "" {
		return name
	}
	all := map[string]int{}
	for _, m := range t.Names {
		for name, n := range m {
			all[name] += n
		}
	}
	return t.bestName(all)
}

// country returns the usual name of a country with a known code, or "".
func (t *Tally) country() string {
	if t.Class() != schema.Country {
		return ""
	}
	return names.Country(most(t.Codes))
}

func (t *Tally) bestName(counts map[string]int) string {
	if t.Class() == schema.Person {
		full := map[string]int{}
		for name, n := range counts {
			if strings.Contains(names.Key(schema.Person, name), " ") {
				full[name] = n
			}
		}
		if len(full) > 0 {
			return most(full)
		}
	}
	return most(counts)
}

// Keys returns the look-up keys of the entity, sorted; see Key.
func (t *Tally) Keys() []string {
	class := t.Class()
	set := map[string]bool{}
	full := map[string]bool{}
	for _, m := range t.Names {
		for name := range m {
			full[names.Key(class, name)] = true
		}
	}
	for name := range t.Latin {
		full[names.Key(class, name)] = true
		for _, s := range names.Sounds(class, name) {
			set[Key(class, BySound, s)] = true
		}
	}
	full[names.Key(class, t.country())] = true
	delete(full, "")
	for key := range full {
		set[Key(class, ByName, key)] = true
		for _, s := range names.Short(class, key) {
			set[Key(class, ByShort, s)] = true
		}
		if s := names.Skeleton(class, key); s != "" {
			set[Key(class, BySkeleton, s)] = true
		}
	}
	for form := range t.Forms {
		if key := names.Key(class, form); key != "" && !full[key] {
			set[Key(class, ByForm, key)] = true
		}
	}
	for code := range t.Codes {
		set[Key(class, ByCode, code)] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// most returns the key with the highest count; of equals the longest, then the first.
func most(counts map[string]int) string {
	best := ""
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		d := counts[key] - counts[best]
		if d > 0 || d == 0 && utf8.RuneCountInString(key) > utf8.RuneCountInString(best) {
			best = key
		}
	}
	return best
}

// year returns the first four bytes of an ISO date, or what there is.
func year(date string) string { return date[:min(4, len(date))] }

// days counts the publication dates of one entity within one year.
type days map[string]int

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // maps and structs of strings and numbers always encode
		panic(err)
	}
	return string(b)
}

func decode(what, text string, v any) error {
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("graph: %s is damaged: %w", what, err)
	}
	return nil
}
