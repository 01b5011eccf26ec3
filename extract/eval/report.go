package eval

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Report holds the figures, rounded to four decimals; as JSON it is what the
// reference scorer prints.
type Report struct {
	Articles int      `json:"articles"`
	Missing  []string `json:"missing"` // gold articles without a result

	Relations Counts     `json:"relations"`
	Precision float64    `json:"precision"`
	Recall    float64    `json:"recall"`
	F1        float64    `json:"f1"`
	F1CI95    [2]float64 `json:"f1_ci95"` // bootstrap over articles

	OfficesF1      float64 `json:"offices_f1"` // holdsPosition and affiliatedWith
	FactsPrecision float64 `json:"facts_precision"`
	FactsF1        float64 `json:"facts_f1"` // all other predicates

	EntityPrecision float64 `json:"entity_precision"`
	EntityRecall    float64 `json:"entity_recall"`
	EntityF1        float64 `json:"entity_f1"`
	MentionF1       float64 `json:"mention_f1"` // distinct surface forms of aligned entities
	TypeAccuracy    float64 `json:"type_accuracy"`

	StatusAccuracy float64 `json:"status_accuracy"` // of the relations found
	PositionExact  float64 `json:"position_exact"`  // word for word
	DateF1         float64 `json:"date_f1"`

	PerRelation map[string]Counts `json:"per_relation"`

	// What only the table shows.
	Offices, Facts, Entities Counts `json:"-"`
	Dated                    int    `json:"-"` // relations found that the gold dates
}

// rounds is the number of bootstrap samples; low and high bound the middle 95%.
const (
	rounds = 1000
	low    = 25
	high   = 974
)

func (t *tally) report(articles int, missing []string) Report {
	r := Report{Articles: articles, Missing: append([]string{}, missing...), PerRelation: map[string]Counts{}}
	for _, d := range t.docs {
		r.Relations.add(d)
	}
	for name, c := range t.per {
		if offices[name] {
			r.Offices.add(*c)
		} else {
			r.Facts.add(*c)
		}
		_, _, f := c.PRF()
		r.PerRelation[name] = Counts{c.TP, c.FP, c.FN, round(f, 3)}
	}
	r.Precision, r.Recall, r.F1 = rounded(r.Relations)
	r.F1CI95 = t.bootstrap()
	_, _, r.OfficesF1 = rounded(r.Offices)
	r.FactsPrecision, _, r.FactsF1 = rounded(r.Facts)
	r.Entities, r.Dated = t.entity, t.dated
	r.EntityPrecision, r.EntityRecall, r.EntityF1 = rounded(t.entity)
	r.MentionF1 = share(2*t.mentionsRight, t.mentionsPred+t.mentionsGold)
	r.TypeAccuracy = share(t.typedRight, t.typed)
	r.StatusAccuracy = share(t.statusRight, t.status)
	r.PositionExact = share(t.positionsRight, t.positions)
	r.DateF1 = share(2*t.datesRight, t.dated+t.datesSaid)
	return r
}

// bootstrap returns the 95% confidence interval of F1 when articles are drawn anew
// with replacement.
func (t *tally) bootstrap() [2]float64 {
	if len(t.docs) == 0 {
		return [2]float64{}
	}
	rng, f1s := newTwister(1), make([]float64, rounds)
	for i := range f1s {
		var c Counts
		for range t.docs {
			c.add(t.docs[rng.below(len(t.docs))])
		}
		_, _, f1s[i] = c.PRF()
	}
	slices.Sort(f1s)
	return [2]float64{round(f1s[low], 4), round(f1s[high], 4)}
}

func rounded(c Counts) (p, r, f float64) {
	p, r, f = c.PRF()
	return round(p, 4), round(r, 4), round(f, 4)
}

func share(part, whole int) float64 { return round(float64(part)/float64(max(1, whole)), 4) }

// round returns the decimal nearest to the exact value of x, as Python does.
func round(x float64, places int) float64 {
	v, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', places, 64), 64)
	return v
}

// Predicates returns the predicates of the report, the most frequent in the gold first.
func (r Report) Predicates() []string {
	return slices.SortedFunc(maps.Keys(r.PerRelation), func(a, b string) int {
		x, y := r.PerRelation[a], r.PerRelation[b]
		return cmp.Or(cmp.Compare(y.TP+y.FN, x.TP+x.FN), cmp.Compare(a, b))
	})
}

// Table returns the report as text for people.
func (r Report) Table() string {
	var b strings.Builder
	for _, name := range r.Predicates() {
		c := r.PerRelation[name]
		p, rec, f := c.PRF()
		fmt.Fprintf(&b, "%-22s tp %4d  fp %4d  fn %4d   P %.2f  R %.2f  F1 %.2f\n", name, c.TP, c.FP, c.FN, p, rec, f)
	}
	if len(r.Missing) > 0 {
		fmt.Fprintf(&b, "no result for: %s\n", strings.Join(r.Missing, " "))
	}
	p, rec, f := r.Entities.PRF()
	fmt.Fprintf(&b, "entities   P %.3f  R %.3f  F1 %.3f   types right %.3f   mentions F1 %.3f\n", p, rec, f, r.TypeAccuracy, r.MentionF1)
	fmt.Fprintf(&b, "of the relations found: status right %.3f   dates F1 %.3f (%d dated)   positions word for word %.3f\n",
		r.StatusAccuracy, r.DateF1, r.Dated, r.PositionExact)
	for _, group := range []struct {
		name string
		c    Counts
	}{{"offices", r.Offices}, {"facts", r.Facts}} {
		p, rec, f := group.c.PRF()
		fmt.Fprintf(&b, "%-10s P %.3f  R %.3f  F1 %.3f\n", group.name, p, rec, f)
	}
	p, rec, f = r.Relations.PRF()
	fmt.Fprintf(&b, "relations  P %.3f  R %.3f  F1 %.3f  (95%% %.3f–%.3f, %d articles)\n", p, rec, f, r.F1CI95[0], r.F1CI95[1], r.Articles)
	return b.String()
}
