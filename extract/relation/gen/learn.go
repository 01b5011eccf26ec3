package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

const (
	penalty = 10 // of the square of a weight
	fewest  = 3  // examples of a feature that is given a weight
	rounds  = 60 // at most, over all weights
	enough  = 1e-4
	folds   = 10
)

// regression is the model in floating point.
type regression struct {
	level, prior float64
	weights      map[string]float64
}

func logit(p float64) float64   { return math.Log(p / (1 - p)) }
func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func (m *regression) score(e *example) float64 {
	z := m.level + float64(m.prior*logit(e.prior))
	for _, f := range e.features {
		z += m.weights[f]
	}
	return z
}

// train fits a logistic regression with a quadratic penalty on the weights, by Newton's
// method along one coordinate after another (Genkin, Lewis and Madigan 2007).
func train(examples []example) *regression {
	m := &regression{prior: 1, weights: map[string]float64{}}
	having := map[string][]int{}
	var scores []float64
	for i := range examples {
		for _, f := range examples[i].features {
			having[f] = append(having[f], i)
		}
		scores = append(scores, m.score(&examples[i]))
	}
	maps.DeleteFunc(having, func(_ string, at []int) bool { return len(at) < fewest })
	everywhere := make([]int, len(examples))
	for i := range everywhere {
		everywhere[i] = i
	}
	one := func(int) float64 { return 1 }
	prior := func(i int) float64 { return logit(examples[i].prior) }
	names := slices.Sorted(maps.Keys(having))
	for range rounds {
		far := 0.0
		step := func(weight *float64, toward, penalty float64, at []int, value func(int) float64) {
			slope, bend := float64(penalty*(toward-*weight)), penalty
			for _, i := range at {
				p, x := sigmoid(scores[i]), value(i)
				y := 0.0
				if examples[i].right {
					y = 1
				}
				slope += float64((y - p) * x)
				bend += float64(p * (1 - p) * x * x)
			}
			move := slope / (bend + 1e-9)
			*weight += move
			for _, i := range at {
				scores[i] += float64(move * value(i))
			}
			far = max(far, math.Abs(move))
		}
		step(&m.level, 0, 0, everywhere, one)
		step(&m.prior, 1, penalty, everywhere, prior)
		for _, f := range names {
			w := m.weights[f]
			step(&w, 0, penalty, having[f], one)
			m.weights[f] = w
		}
		if far < enough {
			break
		}
	}
	return m
}

// shift returns by how much the level is to move so that as many of the examples are
// right as the model says.
func (m *regression) shift(examples []example) float64 {
	by := 0.0
	for range rounds {
		off, bend := 0.0, 0.0
		for i := range examples {
			p := sigmoid(m.score(&examples[i]) + by)
			if examples[i].right {
				off++
			}
			off -= p
			bend += float64(p * (1 - p))
		}
		by += off / (bend + 1e-9)
	}
	return by
}

// validate reports what the model is worth on articles it was not learned from, next to
// what the authors of the frames expect.
func validate(report io.Writer, examples []example, wanted int) {
	before, after := make([]float64, len(examples)), make([]float64, len(examples))
	for k := range folds {
		var learn []example
		for _, e := range examples {
			if fold(e.article) != k {
				learn = append(learn, e)
			}
		}
		m := train(learn)
		for i := range examples {
			if fold(examples[i].article) == k {
				before[i], after[i] = examples[i].prior, sigmoid(m.score(&examples[i]))
			}
		}
	}
	fmt.Fprintf(report, "cross-validated over %d statements, in %d folds of articles:\n", len(examples), folds)
	for _, by := range []struct {
		name string
		p    []float64
	}{{"authors", before}, {"model", after}} {
		fmt.Fprintf(report, "%-8s Brier %.4f   ranked right %.3f\n", by.name, brier(examples, by.p), ranked(examples, by.p))
	}
	for t := 0; t <= 80; t += 10 {
		right, said := 0, 0
		for i := range examples {
			if after[i] >= float64(t)/100 {
				said++
				if examples[i].right {
					right++
				}
			}
		}
		p, r := float64(right)/float64(said), float64(right)/float64(wanted)
		fmt.Fprintf(report, "from %.2f   P %.3f   R %.3f   F1 %.3f\n", float64(t)/100, p, r, 2*p*r/(p+r))
	}
}

// fold places an article in one of the folds.
func fold(article string) int {
	h := sha256.Sum256([]byte(article))
	return int(h[0]) % folds
}

func brier(examples []example, p []float64) float64 {
	sum := 0.0
	for i := range examples {
		off := p[i]
		if examples[i].right {
			off = 1 - p[i]
		}
		sum += float64(off * off)
	}
	return sum / float64(len(examples))
}

// ranked is how often a right statement is held surer than a wrong one: the area
// under the ROC curve.
func ranked(examples []example, p []float64) float64 {
	good, pairs := 0.0, 0.0
	for i := range examples {
		for k := range examples {
			if !examples[i].right || examples[k].right {
				continue
			}
			pairs++
			switch {
			case p[i] > p[k]:
				good++
			case p[i] == p[k]:
				good += 0.5
			}
		}
	}
	return good / pairs
}
