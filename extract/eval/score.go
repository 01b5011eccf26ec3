package eval

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"isnad/schema"
)

// symmetric are the predicates whose arguments may change places.
var symmetric = set(strings.Fields("met spokeWith negotiatedWith signedAgreementWith cooperatesWith relatedTo"))

// offices are what titles say; all other predicates are facts: what happened, or
// holds between two.
var offices = set(strings.Fields("holdsPosition affiliatedWith"))

// turns are words that change whose office it is.
var turns = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("السابق السابقة سابقا سابق الأسبق نائب نائبة مساعد مساعدة وكيل بالنيابة المؤقت المكلف بأعمال") {
		m[fold(w)] = true
	}
	return m
}()

var digits = regexp.MustCompile(`\p{Nd}+`)

// sameLiteral reports whether a predicted literal says what the gold one does.
func sameLiteral(p, g schema.Literal) bool {
	if p.Type != g.Type {
		return false
	}
	if g.Type == schema.Date {
		return strings.HasPrefix(p.Value, g.Value) || len([]rune(p.Value)) >= 7 && strings.HasPrefix(g.Value, p.Value)
	}
	a, b := fold(p.Value), fold(g.Value)
	if !slices.Equal(digits.FindAllString(a, -1), digits.FindAllString(b, -1)) {
		return false
	}
	left, right := set(strings.Fields(a)), set(strings.Fields(b))
	for w := range turns {
		if left[w] != right[w] {
			return false
		}
	}
	return wordsF1(a, b) >= 0.7
}

// sameArguments reports whether subject and object are those of the gold relation.
func sameArguments(p schema.Relation, g GoldRelation, aligned map[string]string) bool {
	s := aligned[p.S]
	if g.O.Literal != nil || p.O.Literal != nil {
		return g.O.Literal != nil && p.O.Literal != nil && s == g.S && sameLiteral(*p.O.Literal, *g.O.Literal)
	}
	o := aligned[p.O.Entity]
	return s == g.S && o == g.O.Entity || symmetric[g.P] && o == g.S && s == g.O.Entity
}

// same reports whether a predicted relation says what the gold one does.
func same(p schema.Relation, g GoldRelation, aligned map[string]string) bool {
	return p.P == g.P && (p.Status == schema.Denied) == (g.Status == schema.Denied) && sameArguments(p, g, aligned)
}

// Verdict is what became of one predicted relation.
type Verdict uint8

// The verdicts.
const (
	Right  Verdict = iota
	Wrong          // a false alarm
	Again          // a false alarm: says what another has said
	Exempt         // meets an optional relation: counts for nothing
)

// Verdicts judges the relations of an article's result, in their order.
func Verdicts(g *Gold, p *schema.Result) []Verdict { return judge(g, p).verdicts }

// judged is one article with its predictions judged.
type judged struct {
	gold     *Gold
	pred     *schema.Result
	aligned  map[string]string
	verdicts []Verdict // of each predicted relation
	meets    []int     // gold relation that it met, or -1
	hit      []bool    // of each gold relation
}

func judge(g *Gold, p *schema.Result) judged {
	j := judged{gold: g, pred: p, aligned: align(p.Entities, g.Entities),
		verdicts: make([]Verdict, len(p.Relations)), meets: make([]int, len(p.Relations)), hit: make([]bool, len(g.Relations))}
	for i, rel := range p.Relations {
		j.meets[i] = -1
		found, optional := false, false
		for k, want := range g.Relations {
			if !same(rel, want, j.aligned) {
				continue
			}
			found, optional = true, optional || want.Optional
			if j.meets[i] < 0 && !j.hit[k] && !want.Optional {
				j.meets[i] = k
			}
		}
		switch {
		case j.meets[i] >= 0:
			j.hit[j.meets[i]] = true
		case optional:
			j.verdicts[i] = Exempt
		case found:
			j.verdicts[i] = Again
		default:
			j.verdicts[i] = Wrong
		}
	}
	return j
}

// judgeAll pairs gold articles with results by the stem of their ids and judges
// them, in the order of the gold. It also returns the ids without a result.
func judgeAll(gold []Gold, preds []schema.Result) (out []judged, missing []string) {
	byStem := map[string]*schema.Result{}
	for i := range preds {
		byStem[stem(preds[i].ID)] = &preds[i]
	}
	for i := range gold {
		p := byStem[gold[i].ID]
		if p == nil {
			missing = append(missing, gold[i].ID)
			p = &schema.Result{}
		}
		out = append(out, judge(&gold[i], p))
	}
	slices.Sort(missing)
	return out, missing
}

// stem returns the last element of an id without its extension.
func stem(id string) string {
	base := path.Base(id)
	if ext := path.Ext(base); ext != "" && ext != base && ext != "." {
		base = strings.TrimSuffix(base, ext)
	}
	return base
}

// Counts are right, wrong and missed predictions.
type Counts struct {
	TP int     `json:"tp"`
	FP int     `json:"fp"`
	FN int     `json:"fn"`
	F1 float64 `json:"f1,omitempty"` // set for single predicates
}

func (c *Counts) add(d Counts) {
	c.TP += d.TP
	c.FP += d.FP
	c.FN += d.FN
}

// PRF returns precision, recall and F1.
func (c Counts) PRF() (p, r, f float64) {
	if c.TP+c.FP > 0 {
		p = float64(c.TP) / float64(c.TP+c.FP)
	}
	if c.TP+c.FN > 0 {
		r = float64(c.TP) / float64(c.TP+c.FN)
	}
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
}

// Score measures results against gold articles. A result belongs to the gold
// article whose id is the stem of its own; an article without a result counts as
// one in which nothing was found.
func Score(gold []Gold, preds []schema.Result) Report {
	docs, missing := judgeAll(gold, preds)
	t := tally{per: map[string]*Counts{}}
	for _, d := range docs {
		t.relations(d)
		t.entities(d)
	}
	return t.report(len(gold), missing)
}

// tally adds up what Score reports.
type tally struct {
	docs                         []Counts
	per                          map[string]*Counts
	entity                       Counts
	mentionsGold, mentionsPred   int
	mentionsRight                int
	typed, typedRight            int
	status, statusRight          int
	positions, positionsRight    int
	dated, datesSaid, datesRight int
}

func (t *tally) predicate(p string) *Counts {
	if t.per[p] == nil {
		t.per[p] = &Counts{}
	}
	return t.per[p]
}

func (t *tally) relations(d judged) {
	var doc Counts
	for i, rel := range d.pred.Relations {
		switch d.verdicts[i] {
		case Right:
			doc.TP++
			t.predicate(rel.P).TP++
			t.details(rel, d.gold.Relations[d.meets[i]])
		case Wrong, Again:
			doc.FP++
			t.predicate(rel.P).FP++
		}
	}
	for k, want := range d.gold.Relations {
		if !want.Optional && !d.hit[k] {
			doc.FN++
			t.predicate(want.P).FN++
		}
	}
	t.docs = append(t.docs, doc)
}

// details measures what a right relation says beyond its arguments.
func (t *tally) details(rel schema.Relation, want GoldRelation) {
	said := rel.Status
	if said == "" {
		said = schema.Asserted
	}
	t.status++
	t.statusRight += count(said == want.Status)
	if want.O.Literal != nil && want.P == "holdsPosition" {
		t.positions++
		t.positionsRight += count(fold(rel.O.Literal.Value) == fold(want.O.Literal.Value))
	}
	t.dated += count(want.Date != "")
	t.datesSaid += count(rel.Date != "")
	t.datesRight += count(want.Date != "" && strings.HasPrefix(rel.Date, want.Date))
}

func (t *tally) entities(d judged) {
	own := map[string]map[string]bool{}
	types := map[string]schema.Class{}
	for _, g := range d.gold.Entities {
		own[g.ID] = surfaces(g.Name, g.Mentions)
		types[g.ID] = g.Type
		t.mentionsGold += len(own[g.ID])
	}
	for _, e := range d.pred.Entities {
		said := predictedSurfaces(e)
		t.mentionsPred += len(said)
		if g := d.aligned[e.ID]; g != "" {
			t.mentionsRight += common(said, own[g])
			t.typed++
			t.typedRight += count(types[g] == e.Type)
		}
	}
	t.entity.add(Counts{TP: len(d.aligned), FP: len(d.pred.Entities) - len(d.aligned), FN: len(own) - len(d.aligned)})
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
