package relation

import (
	"fmt"
	"math"

	"go.yaml.in/yaml/v3"

	"isnad/extract"
)

// What makes a statement less sure than its frame is in general, in hundredths of it.
const (
	understood = 85 // an argument that is not said but taken from elsewhere
	farApart   = 90 // evidence of more than farBytes
	titleAlone = 75 // an office without a name beside it, whose holder coreference names
	farBytes   = 400
)

// confidence returns what the author of t's frame expects of a statement between s
// and o, as a multiple of a hundredth: the model's prior.
func (t trigger) confidence(length int, args ...argument) float64 {
	c := t.frame.Confidence * 100
	for _, a := range args {
		if a.node < 0 {
			c = c * understood / 100
		}
	}
	if length > farBytes {
		c = c * farApart / 100
	}
	return hundredths(c)
}

// hundredths rounds a number of ten-thousandths to hundredths.
func hundredths(c int) float64 { return float64((c+50)/100) / 100 }

// model is a logistic regression that says how likely a statement is right, learned
// by command gen. Its numbers are thousandths of a logit and it adds whole ones, so
// that all machines agree.
type model struct {
	Level     int            `yaml:"level"`
	Prior     int            `yaml:"prior"`     // for each logit of what the frame's author expects
	Threshold int            `yaml:"threshold"` // hundredths: what is less sure is not stated
	Weights   map[string]int `yaml:"weights"`   // by feature; see features
}

func loadModel() (*model, error) {
	m := new(model)
	if err := yaml.Unmarshal(confidenceYAML, m); err != nil {
		return nil, fmt.Errorf("relation: confidence.yaml: %w", err)
	}
	return m, nil
}

// rate gives the statements of d their confidence and drops those under the threshold.
func (m *model) rate(d *extract.Document) {
	sure := make([]int, len(d.Relations))
	for i := range d.Relations {
		sure[i] = m.hundredths(d, i)
	}
	kept := d.Relations[:0]
	for i, c := range sure {
		if c >= m.Threshold {
			d.Relations[i].Confidence = float64(c) / 100
			kept = append(kept, d.Relations[i])
		}
	}
	d.Relations = kept
}

// hundredths returns how likely statement i of d is right.
func (m *model) hundredths(d *extract.Document, i int) int {
	prior := min(max(int(math.Round(d.Relations[i].Confidence*100)), 1), 99)
	score := m.Level + m.Prior*logits[prior]/1000
	for _, f := range Features(d, i) {
		score += m.Weights[f]
	}
	c := 1
	for c < 99 && score >= between[c] {
		c++
	}
	return c
}

// logits are those of each hundredth, between those of the middle from one to the
// next, in thousandths.
var logits, between = func() (at, mid [100]int) {
	logit := func(p float64) int { return int(math.Round(1000 * math.Log(p/(100-p)))) }
	for c := 1; c < 100; c++ {
		at[c], mid[c] = logit(float64(c)), logit(float64(c)+0.5)
	}
	return at, mid
}()
