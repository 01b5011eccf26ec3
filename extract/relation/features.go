package relation

import (
	"slices"
	"strconv"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// Features lists what speaks for or against statement i of d, as names: which frame
// found it and how, what its arguments are and how common their words, how far they
// stand apart, and what else is stated beside it.
func Features(d *extract.Document, i int) []string {
	r := &d.Relations[i]
	_, way, _ := strings.Cut(r.Rule, "/")
	out := []string{"predicate " + r.Predicate, "frame " + r.Rule, "way " + way, "status " + string(r.Status)}
	if r.Kind != "" {
		out = append(out, "trigger "+r.Predicate+" "+r.Kind)
	}
	add := func(name string) { out = append(out, name) }
	add("attributed " + upTo(len(r.Attribution), 2))
	add("bytes " + bucket(r.Evidence.End-r.Evidence.Start, 40, 80, 160, 320))
	if r.Evidence.Start < d.Title.End {
		add("headline")
	}
	if r.Date != "" {
		add("dated")
	}
	for k := range d.Sentences {
		if x := &d.Sentences[k]; x.Start <= r.Evidence.Start && r.Evidence.Start < x.End {
			add("sentence " + bucket(x.Last-x.First, 15, 30, 60))
			break
		}
	}
	s := nearest(d, r.Subject, r.Evidence)
	out = side(out, d, "subject", r.Subject, s)
	if r.Literal != nil {
		words := strings.Fields(r.Literal.Value)
		add("words " + string(r.Literal.Type) + " " + bucket(len(words), 2, 4, 8))
		if r.Literal.Type == schema.Position && len(words) > 0 {
			add("title " + words[0])
		}
	} else {
		o := nearest(d, r.Object, r.Evidence)
		out = side(out, d, "object", r.Object, o)
		add("classes " + string(d.Entities[r.Subject].Class) + " " + string(d.Entities[r.Object].Class))
		out = apart(out, d, s, o)
	}
	same, rival := beside(d, i)
	add("siblings " + bucket(same, 1, 2, 4))
	add("rivals " + upTo(rival, 2))
	return out
}

// side adds what entity e is and how its mention m, or none, refers to it.
func side(out []string, d *extract.Document, which string, e, m int) []string {
	ent := &d.Entities[e]
	add := func(name string) { out = append(out, which+" "+name) }
	add("class " + string(ent.Class))
	add("mentions " + bucket(len(ent.Mentions), 1, 2, 4))
	add("name " + bucket(strings.Count(ent.Name, " ")+1, 1, 2, 4, 7))
	if m == extract.None {
		add("understood")
		return out
	}
	x := &d.Mentions[m]
	add("form " + []string{"name", "nominal", "nisba", "pronoun"}[x.Form] + " " + string(ent.Class))
	if x.Code != "" || x.Land != "" || len(x.Kinds) > 0 {
		add("known")
	}
	if x.Parent != extract.None {
		add("nested")
	}
	add("head " + bucket(d.Tokens[max(x.Head, x.First)].Count, 3, 30, 300))
	if !slices.ContainsFunc(ent.Mentions, func(m int) bool { return d.Mentions[m].Form == extract.Name }) {
		add("never named")
	}
	if ent.Class == schema.Event {
		add("event " + x.Noun)
		if !x.Definite {
			add("event indefinite")
		}
	}
	if x.Name != ent.Name {
		add("other words")
	}
	return out
}

// apart adds how the mentions of both arguments stand to one another.
func apart(out []string, d *extract.Document, s, o int) []string {
	if s == extract.None || o == extract.None {
		return out
	}
	a, b, way := &d.Mentions[s], &d.Mentions[o], "forth"
	if a.First > b.First {
		a, b, way = b, a, "back"
	}
	out = append(out, "order "+way, "tokens "+bucket(b.First-a.Last, 0, 2, 5, 10, 20))
	verbs, stops := 0, 0
	for k := a.Last; k < b.First; k++ {
		t := &d.Tokens[k]
		if len(t.Verb) > 0 && len(t.Noun) == 0 && !t.Def {
			verbs++
		}
		if t.Kind == extract.Punct {
			stops++
		}
	}
	return append(out, "verbs "+upTo(verbs, 3), "marks "+upTo(stops, 3))
}

// nearest returns the mention of entity e that stands in the evidence, the longest of
// several, or None.
func nearest(d *extract.Document, e int, evidence extract.Span) int {
	best := extract.None
	for _, m := range d.Entities[e].Mentions {
		x := &d.Mentions[m]
		if x.Start >= evidence.Start && x.End <= evidence.End && (best == extract.None || x.End-x.Start > d.Mentions[best].End-d.Mentions[best].Start) {
			best = m
		}
	}
	return best
}

// beside counts the statements of the same frame whose evidence meets that of
// statement i, and those of other predicates between the same two.
func beside(d *extract.Document, i int) (same, rival int) {
	r := &d.Relations[i]
	for k := range d.Relations {
		x := &d.Relations[k]
		switch {
		case k == i:
		case x.Rule == r.Rule && x.Evidence.Start < r.Evidence.End && r.Evidence.Start < x.Evidence.End:
			same++
		case r.Literal == nil && x.Literal == nil && x.Predicate != r.Predicate && min(x.Subject, x.Object) == min(r.Subject, r.Object) && max(x.Subject, x.Object) == max(r.Subject, r.Object):
			rival++
		}
	}
	return same, rival
}

// bucket names the range between two of the limits that n falls into.
func bucket(n int, limits ...int) string {
	i, _ := slices.BinarySearch(limits, n)
	if i == len(limits) {
		return "more than " + strconv.Itoa(limits[i-1])
	}
	return "to " + strconv.Itoa(limits[i])
}

// upTo is n, or "n or more" at the limit.
func upTo(n, limit int) string {
	if n >= limit {
		return strconv.Itoa(limit) + " or more"
	}
	return strconv.Itoa(n)
}
