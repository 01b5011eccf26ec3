package coref

import (
	"net/url"
	"slices"
	"strings"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/schema"
)

// standsOut is by how much more than any other a country must be spoken of for
// "البلاد" to mean it, as a fraction.
const standsOut = 1.5

// land returns a name of the country that "المملكة" or "البلاد" stands for: of those
// that the noun can describe the one the article speaks of most, if it stands out.
func (r *run) land(i int, m *extract.Mention) int {
	if r.weights == nil {
		r.weights = r.countryWeights()
	}
	best, second := extract.None, 0.0
	weight := func(j int) float64 { return r.weights[r.doc.Mentions[j].Code] }
	for j := range r.doc.Mentions {
		o := &r.doc.Mentions[j]
		if o.Class != schema.Country || o.Code == "" || o.Form != extract.Name || !slices.Contains(o.Kinds, m.Noun) {
			continue
		}
		switch {
		case best == extract.None:
			best = j
		case r.find(j) == r.find(best):
		case weight(j) > weight(best):
			best, second = j, max(second, weight(best))
		default:
			second = max(second, weight(j))
		}
	}
	if best == extract.None {
		r.code[i] = r.unnamed(m)
		return r.firstLand(i, m)
	}
	if weight(best) < standsOut*second {
		return extract.None
	}
	return best
}

// unnamed returns the code of the country that m describes and no name in the article
// does, from its places and its outlet; or "".
func (r *run) unnamed(m *extract.Mention) string {
	best, weight, second := "", 0.0, 0.0
	for code, w := range r.weights {
		if realms := r.words.realms[m.Noun]; realms != nil && !slices.Contains(realms, code) {
			continue
		}
		if w > weight || w == weight && code < best {
			best, weight, second = code, w, weight
		} else {
			second = max(second, w)
		}
	}
	if weight < enough || weight < standsOut*second {
		return ""
	}
	return best
}

// enough is how much the article must speak of a country that it does not name.
const enough = 1.5

// firstLand returns the first description before i by the same noun, or None.
func (r *run) firstLand(i int, m *extract.Mention) int {
	for j := 0; j < i; j++ {
		if o := &r.doc.Mentions[j]; o.Class == schema.Country && o.Form == extract.Nominal && o.Noun == m.Noun && o.Code == "" {
			return j
		}
	}
	return extract.None
}

// countryWeights returns how much the article speaks of each country, by code: by its
// names, its people and its places, more where it begins, and where it is published.
func (r *run) countryWeights() map[string]float64 {
	w := map[string]float64{}
	for j := range r.doc.Mentions {
		m := &r.doc.Mentions[j]
		value := 1.0
		if m.Sentence <= 1 {
			value = 1.5
		}
		switch {
		case m.Class == schema.Country && m.Code != "" && m.Form == extract.Nisba:
			w[m.Code] += 0.7 * value
		case m.Class == schema.Country && m.Code != "":
			w[m.Code] += value
		case m.Class == schema.Place && m.Land != "":
			w[m.Land] += 0.5 * value
		}
	}
	if code := r.home(); code != "" {
		w[code] += homeWeight
	}
	return w
}

// homeWeight is what the country of the outlet counts before it is mentioned.
const homeWeight = 2.0

// home returns the code of the country from which the outlet writes, if it is known.
func (r *run) home() string {
	a := &r.doc.Article
	if code, ok := r.words.outlets[arabic.Fold(a.Publisher)]; ok {
		return code
	}
	u, err := url.Parse(a.URL)
	if err != nil {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for host != "" {
		if code, ok := r.words.outlets[host]; ok {
			return code
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return ""
}
