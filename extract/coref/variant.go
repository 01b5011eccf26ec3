package coref

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// wording is a name of a body or place, as words without article and clitics; a country
// in it, by name or adjective, is its code.
type wording struct {
	mention int // the first so worded
	words   []string
	def     []bool // by word: it has the article
}

// variants joins names of one body or place that say the same words in another way
// ("مجلس شيوخ بولونيا", "مجلس الشيوخ البولوني") and a shorter one with the only fuller one
// that adds adjectives to it ("المجلس التأسيسي", "المجلس الوطني التأسيسي").
func (r *run) variants() {
	list := r.wordings()
	for i := range list {
		var fuller []int // one mention of each entity that the name may be short for
		for j := range list {
			m := list[j].mention
			switch {
			case i == j || !r.comparable(&list[i], &list[j]):
			case slices.Equal(list[i].words, list[j].words):
				r.join(list[i].mention, m)
			case r.adds(&list[i], &list[j]) && !slices.ContainsFunc(fuller, func(f int) bool { return r.find(f) == r.find(m) }):
				fuller = append(fuller, m)
			}
		}
		if len(fuller) == 1 {
			r.join(list[i].mention, fuller[0])
		}
	}
}

// wordings returns the distinct names of bodies and places that have more than one word.
func (r *run) wordings() []wording {
	country := map[int]int{} // by token: the mention of a country that begins there
	for i := range r.doc.Mentions {
		if m := &r.doc.Mentions[i]; m.Class == schema.Country && m.Code != "" {
			country[m.First] = i
		}
	}
	var out []wording
	seen := map[string]bool{}
	for i := range r.doc.Mentions {
		m := &r.doc.Mentions[i]
		if m.Class != schema.Organization && m.Class != schema.Place || m.Form != extract.Name || seen[m.Key] {
			continue
		}
		seen[m.Key] = true
		if w := r.worded(i, country); len(w.words) > 1 {
			out = append(out, w)
		}
	}
	return out
}

func (r *run) worded(mention int, country map[int]int) wording {
	w, m := wording{mention: mention}, &r.doc.Mentions[mention]
	for k := m.First; k < m.Last; k++ {
		tok := &r.doc.Tokens[k]
		if tok.Kind != extract.Word {
			continue
		}
		word := tok.Base
		if c, ok := country[k]; ok && k > m.First && r.doc.Mentions[c].Last <= m.Last {
			word = "@" + r.doc.Mentions[c].Code
			k = r.doc.Mentions[c].Last - 1
		}
		w.words, w.def = append(w.words, word), append(w.def, tok.Def)
	}
	return w
}

// comparable reports whether two wordings have class and head noun in common and no
// gazetteer tells them apart.
func (r *run) comparable(a, b *wording) bool {
	x, y := &r.doc.Mentions[a.mention], &r.doc.Mentions[b.mention]
	return x.Class == y.Class && a.words[0] == b.words[0] && (x.Code == "" || y.Code == "" || x.Code == y.Code)
}

// adds reports whether b says the words of a, in their order, and a few definite adjectives
// between or behind them. What stands behind the name of a body is its own business: see
// parts.
func (r *run) adds(a, b *wording) bool {
	more := len(b.words) - len(a.words)
	if more < 1 || more > maxAdded {
		return false
	}
	if r.doc.Mentions[b.mention].Class == schema.Organization && slices.Equal(a.words, b.words[:len(a.words)]) {
		return false
	}
	at := 0
	for k, word := range b.words {
		switch {
		case at < len(a.words) && word == a.words[at]:
			at++
		case !b.def[k]:
			return false
		}
	}
	return at == len(a.words)
}

const maxAdded = 2 // words
