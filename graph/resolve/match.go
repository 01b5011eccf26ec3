package resolve

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"isnad/graph"
	"isnad/graph/names"
	"isnad/schema"
)

// candidate is an entity that the subject may be, and does not contradict.
type candidate struct {
	iri    string
	tally  *graph.Tally
	shared int // ties in common
}

// candidates returns the entities under a key that do not contradict the subject, those
// of this document included, by IRI.
func (d *document) candidates(s *subject, kind graph.KeyKind, key string) []candidate {
	iris, err := d.source.ByKey(d.ctx, s.Type, kind, key, maxCandidates)
	if err != nil {
		d.err = err
		return nil
	}
	iris = append(iris, d.keys[graph.Key(s.Type, kind, key)]...)
	slices.Sort(iris)
	var out []candidate
	for _, iri := range slices.Compact(iris) {
		t, err := d.source.Tally(d.ctx, iri)
		if err != nil {
			d.err = err
			return nil
		}
		if local := d.local[iri]; local != nil {
			t = t.Plus(local)
		}
		if !d.contradicts(s, iri, t) {
			out = append(out, candidate{iri, t, overlap(s.ties, t)})
		}
	}
	return out
}

// contradicts reports whether the subject cannot be the entity.
func (d *document) contradicts(s *subject, iri string, t *graph.Tally) bool {
	if s.Code != "" && len(t.Codes) > 0 && t.Codes[s.Code] == 0 {
		return true
	}
	for _, other := range d.related[s.ID] {
		if d.assigned[other] == iri {
			return true
		}
	}
	if s.Type != schema.Country && disjoint(countries(s.ties), countries(t.Ties)) && !sameOffice(s, t) {
		return true
	}
	if d.pins.any() && d.pins.apart(s.Type, s.key, d.former[s.ID], iri, nameKeys(s.Type, t)) {
		return true
	}
	return s.Type == schema.Event && d.otherEvent(s, t)
}

// sameOffice reports whether several articles give a person of this full name the very
// office that the document gives the subject. Two persons do not share a name and a long
// title; that the countries differ is then a mistake of extraction.
func sameOffice(s *subject, t *graph.Tally) bool {
	const minWords, minArticles = 3, 3
	if s.Type != schema.Person || !strings.Contains(s.key, " ") {
		return false
	}
	for _, office := range tied(s.ties, "holdsPosition ") {
		if len(strings.Fields(office)) >= minWords && t.Ties["holdsPosition "+office] >= minArticles {
			return true
		}
	}
	return false
}

func nameKeys(class schema.Class, t *graph.Tally) []string {
	prefix := graph.Key(class, graph.ByName, "")
	var out []string
	for _, key := range t.Keys() {
		if name, ok := strings.CutPrefix(key, prefix); ok {
			out = append(out, name)
		}
	}
	return out
}

// choose returns the best of the candidates that have the subject's name, or "" if none
// stands out.
func (d *document) choose(s *subject, all []candidate) string {
	if s.Type == schema.Organization && names.Generic(s.key) || s.Type == schema.Person && names.Common(s.key) {
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.shared == 0 })
	}
	switch len(all) {
	case 0:
		return ""
	case 1:
		return all[0].iri
	}
	best := slices.MaxFunc(all, func(a, b candidate) int {
		if a.shared != b.shared {
			return a.shared - b.shared
		}
		return a.tally.Articles - b.tally.Articles
	})
	if best.shared > 0 || s.Type == schema.Country || s.Type == schema.Place {
		return best.iri
	}
	unknown := slices.DeleteFunc(all, func(c candidate) bool { return len(countries(c.tally.Ties)) > 0 })
	if len(unknown) == 1 {
		return unknown[0].iri
	}
	return ""
}

// findShort resolves a person called by a single name: to the one person of a full name
// whom it can mean, else to the one known by nothing more.
func (d *document) findShort(s *subject) string {
	all := append(d.candidates(s, graph.ByName, s.key), d.candidates(s, graph.ByShort, s.key)...)
	all = append(all, d.candidates(s, graph.ByForm, s.key)...)
	slices.SortFunc(all, func(a, b candidate) int { return strings.Compare(a.iri, b.iri) })
	all = slices.CompactFunc(all, func(a, b candidate) bool { return a.iri == b.iri })
	var full, single, sharing []candidate
	for _, c := range all {
		if slices.ContainsFunc(nameKeys(s.Type, c.tally), func(k string) bool { return strings.Contains(k, " ") }) {
			full = append(full, c)
		} else {
			single = append(single, c)
		}
		if c.shared > 0 {
			sharing = append(sharing, c)
		}
	}
	switch {
	case len(sharing) == 1 && !(names.Common(s.key) && overlap(bodies(s.ties), sharing[0].tally) == 0):
		return sharing[0].iri
	case names.Common(s.key):
		return ""
	case len(full) > 0:
		return dominant(full)
	}
	return dominant(single)
}

// Among several persons of a short name, one is meant whenever articles speak of hardly
// anyone else: of the others together less than a tenth as often, and not by chance.
const (
	dominance   = 10
	minDominant = 5 // articles
)

// dominant returns the only candidate, or the one that dominates the others, or "".
func dominant(all []candidate) string {
	if len(all) == 0 {
		return ""
	}
	best := slices.MaxFunc(all, func(a, b candidate) int { return a.tally.Articles - b.tally.Articles })
	others := -best.tally.Articles
	for _, c := range all {
		others += c.tally.Articles
	}
	if len(all) == 1 || best.tally.Articles >= minDominant && best.tally.Articles >= dominance*others {
		return best.iri
	}
	return ""
}

// findPerson resolves a full name that is not known as such: to the one person so far
// known by its last part only, or to another transcription of it.
func (d *document) findPerson(s *subject) string {
	for _, short := range names.Short(s.Type, s.key) {
		if names.Common(short) {
			continue
		}
		if single := d.candidates(s, graph.ByName, short); len(single) == 1 && !d.taken(s, short) {
			return single[0].iri
		}
	}
	return d.findTranscription(s)
}

// findTranscription resolves a full name to the one person whose name is another
// transcription of it: with an office or body in common, or a country if the names
// differ in weak letters only, or nothing if they differ by one letter of a long word.
func (d *document) findTranscription(s *subject) string {
	skeleton := names.Skeleton(s.Type, s.key)
	if skeleton == "" {
		return ""
	}
	all := d.candidates(s, graph.BySkeleton, skeleton)
	all = slices.DeleteFunc(all, func(c candidate) bool {
		if overlap(bodies(s.ties), c.tally) > 0 {
			return false
		}
		if slices.ContainsFunc(nameKeys(s.Type, c.tally), func(key string) bool { return names.Spelled(s.key, key) }) {
			return false
		}
		alike := slices.ContainsFunc(nameKeys(s.Type, c.tally), func(key string) bool { return names.Alike(s.key, key) })
		return !alike || !meet(countries(s.ties), countries(c.tally.Ties))
	})
	if len(all) == 1 {
		return all[0].iri
	}
	return ""
}

// bodies returns the ties that are neither countries nor publishers.
func bodies(ties map[string]bool) map[string]bool {
	out := maps.Clone(ties)
	maps.DeleteFunc(out, func(tie string, _ bool) bool {
		predicate, o, _ := strings.Cut(tie, " ")
		return predicate == "publisher" || graph.ClassOf(o) == "country"
	})
	return out
}

// taken reports whether some person is known whose full name ends in the short one.
func (d *document) taken(s *subject, short string) bool {
	found, err := d.source.ByKey(d.ctx, s.Type, graph.ByShort, short, 1)
	if err != nil {
		d.err = err
	}
	return len(found) > 0 || len(d.keys[graph.Key(s.Type, graph.ByShort, short)]) > 0
}

// findByPart resolves a body or place to the one that some article calls by this part of
// its name, or that has such a part as its name.
func (d *document) findByPart(s *subject) string {
	if callable(s.Type, s.Name) {
		whole := d.candidates(s, graph.ByForm, s.key)
		whole = slices.DeleteFunc(whole, func(c candidate) bool { return !partOfAny(s.key, nameKeys(s.Type, c.tally)) })
		if len(whole) == 1 {
			return whole[0].iri
		}
	}
	found := map[string]bool{}
	last := ""
	for _, m := range s.Mentions {
		called := graph.Surface(d.result.Text, m)
		part := names.Key(s.Type, called)
		if !callable(s.Type, called) || !partOfAny(part, []string{s.key}) {
			continue
		}
		for _, c := range d.candidates(s, graph.ByName, part) {
			found[c.iri], last = true, c.iri
		}
	}
	if len(found) == 1 {
		return last
	}
	return ""
}

// callable reports whether a name is specific enough to stand for one thing: two words
// that are no generic name, or one that is no common noun with the article.
func callable(class schema.Class, name string) bool {
	key := names.Key(class, name)
	if key == "" || names.Generic(key) {
		return false
	}
	return strings.Contains(key, " ") || !strings.HasPrefix(schema.FoldKey(name), "ال")
}

// partOfAny reports whether the words of part are some, not all, of the words of a whole.
func partOfAny(part string, wholes []string) bool {
	words := strings.Fields(part)
	return slices.ContainsFunc(wholes, func(whole string) bool {
		of := strings.Fields(whole)
		return len(words) > 0 && len(words) < len(of) && names.SamePart(part, whole) &&
			!slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(of, w) })
	})
}

// How far apart events of one name may be and yet be one.
const (
	sameDays    = 4   // two dates of it: a conference goes on for some days
	sameReports = 14  // the first report and another, if that is all there is to go by
	samePlaces  = 300 // the same, for an event at the same place: what comes back comes back within a year
)

// otherEvent reports whether nothing says that the subject is the event, or something
// says that it is not.
func (d *document) otherEvent(s *subject, t *graph.Tally) bool {
	const heldIn, heldOn, when = "heldIn isnad:place/", "heldOn ", "when "
	myDates := append(tied(s.ties, heldOn), tied(s.ties, when)...)
	theirDates := append(tied(t.Ties, heldOn), tied(t.Ties, when)...)
	myPlaces, theirPlaces := tied(s.ties, heldIn), tied(t.Ties, heldIn)
	if disjoint(myPlaces, theirPlaces) {
		return true
	}
	sameDate := datesMeet(myDates, theirDates)
	if len(myDates) > 0 && len(theirDates) > 0 && !sameDate {
		return true
	}
	sameDate = datesMeet(slices.DeleteFunc(myDates, isYear), slices.DeleteFunc(theirDates, isYear))
	samePlace := meet(myPlaces, theirPlaces) || meet(countries(s.ties), countries(t.Ties))
	if !strings.Contains(s.key, " ") { // الاجتماع
		return !samePlace || !sameDate && !(names.Lasting(s.key) && d.near(t, samePlaces))
	}
	return !sameDate && !(samePlace && d.near(t, samePlaces)) && !d.near(t, sameReports)
}

// isYear reports whether a date says the year only: many an event of one name falls in it.
func isYear(date string) bool { return len(date) <= len("2006") }

// near reports whether the document was published within so many days of the first
// report of the event.
func (d *document) near(t *graph.Tally, days int) bool {
	if d.result.Published == nil {
		return false
	}
	return apart(*d.result.Published, t.First) <= days
}

// apart returns how many days lie between two dates, or too many if one is not known to
// the month at least.
func apart(a, b string) int {
	x, ok1 := day(a)
	y, ok2 := day(b)
	if !ok1 || !ok2 {
		return math.MaxInt
	}
	return int(x.Sub(y).Abs() / (24 * time.Hour))
}

// day parses an ISO date that is known to the month at least.
func day(date string) (time.Time, bool) {
	switch {
	case len(date) > 10:
		date = date[:10]
	case len(date) == 7:
		date += "-15"
	}
	at, err := time.Parse(time.DateOnly, date)
	return at, err == nil
}

// datesMeet reports whether some date of a and some date of b may be of one event.
func datesMeet(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if strings.HasPrefix(x, y) || strings.HasPrefix(y, x) {
				return true
			}
			if len(x) == len(time.DateOnly) && len(y) == len(time.DateOnly) && apart(x, y) <= sameDays {
				return true
			}
		}
	}
	return false
}

// countries returns the countries among the ties.
func countries[V any](ties map[string]V) []string {
	var out []string
	for tie := range ties {
		if _, o, _ := strings.Cut(tie, " "); graph.ClassOf(o) == "country" {
			out = append(out, o)
		}
	}
	return out
}

func tied[V any](ties map[string]V, prefix string) []string {
	var out []string
	for tie := range ties {
		if o, ok := strings.CutPrefix(tie, prefix); ok {
			out = append(out, o)
		}
	}
	return out
}

func overlap(ties map[string]bool, t *graph.Tally) int {
	n := 0
	for tie := range ties {
		if t.Ties[tie] > 0 {
			n++
		}
	}
	return n
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// disjoint reports whether both have members and none in common.
func disjoint(a, b []string) bool { return len(a) > 0 && len(b) > 0 && !meet(a, b) }
