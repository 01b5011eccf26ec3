package relation

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// loadConfidence reads the table that command gen computes: hundredths by frame.
func loadConfidence() (map[string]int, error) {
	var table map[string]int
	if err := yaml.Unmarshal(confidenceYAML, &table); err != nil {
		return nil, fmt.Errorf("relation: confidence.yaml: %w", err)
	}
	return table, nil
}

// What makes a statement less sure than its frame is in general, in hundredths of it.
const (
	understood = 85 // an argument that is not said but taken from elsewhere
	farApart   = 90 // evidence of more than farBytes
	titleAlone = 75 // an office without a name beside it, whose holder coreference names
	farBytes   = 400
)

// confidence returns the probability of what t's frame states between s and o, as
// a multiple of a hundredth.
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
