package main

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
)

// examples returns n statements of each of two kinds, of which 9 and 5 of 10 are right.
func examples(n int) []example {
	var out []example
	for i := range n {
		name := fmt.Sprint("a", i)
		out = append(out, example{article: name, prior: 0.7, features: []string{"frame good"}, right: i%10 != 0},
			example{article: name, prior: 0.7, features: []string{"frame poor"}, right: i%2 == 0})
	}
	return out
}

// TestTrain holds that the model learns how often each kind is right, a little less
// far apart than seen, and the same each time.
func TestTrain(t *testing.T) {
	m := train(examples(200))
	good, poor := sigmoid(m.score(&example{prior: 0.7, features: []string{"frame good"}})), sigmoid(m.score(&example{prior: 0.7, features: []string{"frame poor"}}))
	if good < 0.84 || good > 0.9 || poor < 0.5 || poor > 0.56 {
		t.Errorf("good %.3f, poor %.3f; seen 0.9 and 0.5", good, poor)
	}
	var a, b bytes.Buffer
	if err := m.write(&a); err != nil {
		t.Fatal(err)
	}
	if err := train(examples(200)).write(&b); err != nil || a.String() != b.String() {
		t.Errorf("twice the same: %v\n%s%s", err, &a, &b)
	}
	if !strings.Contains(a.String(), "\n  frame poor: -") {
		t.Error(a.String())
	}
}

// TestShift holds that after the shift as many are right as the model says.
func TestShift(t *testing.T) {
	m, unseen := train(examples(200)), examples(200)
	for i := range unseen {
		unseen[i].right = i%2 == 0
	}
	by, mean := m.shift(unseen), 0.0
	for i := range unseen {
		mean += sigmoid(m.score(&unseen[i])+by) / float64(len(unseen))
	}
	if by >= 0 || math.Abs(mean-0.5) > 1e-6 {
		t.Errorf("shift %.3f, mean %.6f", by, mean)
	}
}

// TestRanked holds the area under the ROC curve to its meaning.
func TestRanked(t *testing.T) {
	e := []example{{right: true}, {right: true}, {right: false}, {right: false}}
	if got := ranked(e, []float64{0.9, 0.4, 0.4, 0.1}); got != 0.875 {
		t.Errorf("ranked %v, want 0.875", got)
	}
	if got := brier(e, []float64{1, 1, 0, 1}); got != 0.25 {
		t.Errorf("Brier %v, want 0.25", got)
	}
}
