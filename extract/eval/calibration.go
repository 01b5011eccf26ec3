package eval

import (
	"fmt"
	"strings"

	"isnad/schema"
)

// bins is the number of equal ranges of confidence that Calibrate tells apart.
const bins = 10

// Bin is a range of confidence [Low, High); the last includes 1.
type Bin struct {
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Said  int     `json:"said"`  // predictions in the range
	Right int     `json:"right"` // of them
	Mean  float64 `json:"mean"`  // confidence, four decimals
}

// Calibration says how far confidence can be taken at its word: of the predictions
// with 0.9, nine in ten should be right.
type Calibration struct {
	Bins  []Bin   `json:"bins"`
	Error float64 `json:"error"` // mean distance of a bin's confidence from its share of right ones, by size
	Brier float64 `json:"brier"` // mean square of confidence less outcome; 0 is best
}

// Calibrate compares the confidence of every predicted relation with what became of
// it. Those that meet an optional gold relation are left out.
func Calibrate(gold []Gold, preds []schema.Result) Calibration {
	var c Calibration
	sums := make([]float64, bins)
	for i := range bins {
		c.Bins = append(c.Bins, Bin{Low: float64(i) / bins, High: float64(i+1) / bins})
	}
	docs, _ := judgeAll(gold, preds)
	said := 0
	for _, d := range docs {
		for i, rel := range d.pred.Relations {
			if d.verdicts[i] == Exempt {
				continue
			}
			outcome, at := 0.0, min(max(int(rel.Confidence*bins), 0), bins-1)
			b := &c.Bins[at]
			if d.verdicts[i] == Right {
				b.Right++
				outcome = 1
			}
			b.Said++
			said++
			sums[at] += rel.Confidence
			c.Brier += float64((rel.Confidence - outcome) * (rel.Confidence - outcome))
		}
	}
	for i := range c.Bins {
		if b := &c.Bins[i]; b.Said > 0 {
			off := sums[i]/float64(b.Said) - float64(b.Right)/float64(b.Said)
			c.Error += max(off, -off) * float64(b.Said)
			b.Mean = round(sums[i]/float64(b.Said), 4)
		}
	}
	c.Error = round(c.Error/float64(max(1, said)), 4)
	c.Brier = round(c.Brier/float64(max(1, said)), 4)
	return c
}

// Table returns the calibration as text for people; empty bins are left out.
func (c Calibration) Table() string {
	var b strings.Builder
	for _, bin := range c.Bins {
		if bin.Said > 0 {
			fmt.Fprintf(&b, "confidence %.1f–%.1f   said %4d   right %.2f   mean %.2f\n", bin.Low, bin.High, bin.Said, float64(bin.Right)/float64(bin.Said), bin.Mean)
		}
	}
	fmt.Fprintf(&b, "calibration error %.3f   Brier %.3f\n", c.Error, c.Brier)
	return b.String()
}
