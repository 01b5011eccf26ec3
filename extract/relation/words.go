package relation

import (
	_ "embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"isnad/extract"
	"isnad/extract/arabic"
)

//go:embed words.yaml
var wordsYAML []byte

type wordSet map[string]bool

// wordLists are the closed classes and named lists of words.yaml, folded.
type wordLists struct {
	lists map[string][]string

	preps, thats, rels, subs, hypothetical, negs, futures, skips   wordSet
	aux, light, speech                                             wordSet
	plannedVerbs, plannedWords, modalVerbs, modalWords             wordSet
	deniedVerbs, transparent, scales, currencies, upcoming, nouns  wordSet
	calendar, eventVerbs, verbPreps, gathering, numerals           wordSet
	additions, asides, copulas, naming, doings                     wordSet
	continuing, addresses, deciding, receiving, issuing, welcoming wordSet

	transitive wordSet // verbs of frames that want a direct object

	compounds, openers phrases
}

// verbLists are the lists of words.yaml that hold lemmas.
var verbLists = []string{"auxiliaries", "light", "speech", "planned_verbs", "modal_verbs", "denied_verbs", "event_verbs", "gathering", "copulas", "naming", "doings", "continuing", "addresses", "deciding", "receiving", "issuing", "welcoming"}

// loadWords reads words.yaml; lemmas maps the folded form of each verb of the lexicon to its lemmas.
func loadWords(lemmas map[string][]string) (*wordLists, error) {
	var lists map[string][]string
	if err := yaml.Unmarshal(wordsYAML, &lists); err != nil {
		return nil, fmt.Errorf("relation: words.yaml: %w", err)
	}
	for _, list := range lists {
		for i, w := range list {
			list[i] = arabic.Fold(w)
		}
	}
	for _, name := range verbLists {
		list := words(lists[name])
		if err := asLemmas(&list, lemmas); err != nil {
			return nil, fmt.Errorf("relation: words.yaml: %s: %w", name, err)
		}
		lists[name+" lemmas"] = list
	}
	w := &wordLists{lists: lists, transitive: wordSet{}, compounds: phrases{}, openers: phrases{}}
	for name, set := range map[string]*wordSet{
		"prepositions": &w.preps, "complementizers": &w.thats, "relatives": &w.rels, "subordinators": &w.subs,
		"hypothetical": &w.hypothetical, "negators": &w.negs, "future": &w.futures, "skips": &w.skips,
		"auxiliaries lemmas": &w.aux, "light lemmas": &w.light, "speech lemmas": &w.speech,
		"planned_verbs lemmas": &w.plannedVerbs, "planned_words": &w.plannedWords,
		"modal_verbs lemmas": &w.modalVerbs, "modal_words": &w.modalWords,
		"denied_verbs lemmas": &w.deniedVerbs, "transparent": &w.transparent,
		"scales": &w.scales, "currencies": &w.currencies, "upcoming": &w.upcoming, "nouns": &w.nouns, "calendar": &w.calendar, "verb_prepositions": &w.verbPreps, "event_verbs lemmas": &w.eventVerbs,
		"gathering lemmas": &w.gathering, "numerals": &w.numerals,
		"additions": &w.additions, "asides": &w.asides, "copulas lemmas": &w.copulas, "naming lemmas": &w.naming, "doings lemmas": &w.doings,
		"continuing lemmas": &w.continuing, "addresses lemmas": &w.addresses, "deciding lemmas": &w.deciding, "receiving lemmas": &w.receiving, "issuing lemmas": &w.issuing, "welcoming lemmas": &w.welcoming,
	} {
		if lists[name] == nil {
			return nil, fmt.Errorf("relation: words.yaml: no list %q", name)
		}
		*set = make(wordSet, len(lists[name]))
		for _, word := range lists[name] {
			(*set)[word] = true
		}
	}
	for _, c := range lists["compounds"] {
		w.compounds.add(c)
	}
	for _, o := range lists["openers"] {
		w.openers.add(o)
	}
	return w, nil
}

// phrases are sequences of folded tokens, by their first token.
type phrases map[string][][]string

func (p phrases) add(phrase string) {
	f := strings.Fields(phrase)
	p[f[0]] = append(p[f[0]], f)
}

// match returns the number of tokens of the longest phrase that toks begins with, or 0.
func (p phrases) match(toks []extract.Token) int {
	best := 0
	for _, f := range p[toks[0].Norm] {
		if len(f) <= best || len(f) > len(toks) {
			continue
		}
		same := true
		for i := range f {
			same = same && toks[i].Norm == f[i]
		}
		if same {
			best = len(f)
		}
	}
	return best
}

func join(toks []extract.Token) string {
	var b strings.Builder
	for i := range toks {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(toks[i].Norm)
	}
	return b.String()
}

// lexiconLemmas maps the folded form of each verb of the lexicon to its lemmas.
func lexiconLemmas() (map[string][]string, error) {
	lemmas, err := arabic.Lemmas()
	if err != nil {
		return nil, fmt.Errorf("relation: %w", err)
	}
	out := make(map[string][]string, len(lemmas))
	for _, l := range lemmas {
		key := arabic.Fold(l)
		out[key] = append(out[key], l)
	}
	return out, nil
}
