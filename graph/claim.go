package graph

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// claimTally is all that the live articles say of one claim, added up: its statements
// are a function of it. The unit is the content: articles of equal text count once.
type claimTally struct {
	// Said counts contents by what each says: the dates it gives and its highest
	// confidence in hundredths for each, as "date=confidence,…" in order of date.
	Said map[string]int `json:"said"`
	// Places counts contents by the date and the place they give.
	Places Counts2 `json:"places,omitempty"`
}

func newClaimTally() *claimTally { return &claimTally{Said: map[string]int{}, Places: Counts2{}} }

func (t *claimTally) clone() *claimTally {
	c := &claimTally{Said: maps.Clone(t.Said), Places: Counts2{}}
	for date, m := range t.Places {
		c.Places[date] = maps.Clone(m)
	}
	return c
}

// share is what one content says of one claim.
type share struct {
	dates  map[string]int // date → confidence in hundredths
	places map[[2]string]bool
}

func newShare() *share { return &share{dates: map[string]int{}, places: map[[2]string]bool{}} }

// hear adds a passage: the date and place it gives, and its confidence in hundredths.
func (s *share) hear(date string, confidence int, place string) {
	s.dates[date] = max(s.dates[date], confidence)
	if place != "" {
		s.places[[2]string{date, place}] = true
	}
}

// shares adds up what the articles of one content say, by claim.
func shares(articles []*article) map[claim]*share {
	out := map[claim]*share{}
	for _, a := range articles {
		for _, e := range a.evidence() {
			s := out[e.claim]
			if s == nil {
				s = newShare()
				out[e.claim] = s
			}
			s.hear(e.rel.Date, int(math.Round(e.rel.Confidence*100)), e.place)
		}
	}
	return out
}

func (t *claimTally) add(s *share, sign int) {
	if s == nil {
		return
	}
	var said []string
	for _, date := range slices.Sorted(maps.Keys(s.dates)) {
		said = append(said, date+"="+strconv.Itoa(s.dates[date]))
	}
	count(t.Said, strings.Join(said, ","), sign)
	for at := range s.places {
		t.Places.add(at[0], at[1], sign)
	}
}

// saying is one key of Said, taken apart.
type saying struct {
	dates      []string
	confidence []int
	n          int
}

func (t *claimTally) sayings() []saying {
	var out []saying
	for _, key := range slices.Sorted(maps.Keys(t.Said)) {
		s := saying{n: t.Said[key]}
		for part := range strings.SplitSeq(key, ",") {
			at := strings.LastIndexByte(part, '=')
			c, _ := strconv.Atoi(part[at+1:])
			s.dates, s.confidence = append(s.dates, part[:at]), append(s.confidence, c)
		}
		out = append(out, s)
	}
	return out
}

// within reports whether ISO date fine lies in the coarser date; all dates lie in "".
func within(fine, coarse string) bool {
	return fine != coarse && (coarse == "" || strings.HasPrefix(fine, coarse+"-"))
}

// settle maps each stated date to the date of the statement that it supports: a date
// within which exactly one finest date lies becomes that one, others stay. The dates are
// sorted, so those within a date follow it.
func settle(dates []string) map[string]string {
	to := make(map[string]string, len(dates))
	for i, d := range dates {
		to[d] = d
		inside := 0
		for j := i + 1; j < len(dates) && within(dates[j], d) && inside < 2; j++ {
			if finest := j+1 == len(dates) || !within(dates[j+1], dates[j]); finest {
				inside++
				to[d] = dates[j]
			}
		}
		if inside > 1 {
			to[d] = d
		}
	}
	return to
}

// statement is one (subject, predicate, object, status, date) with what supports it.
type statement struct {
	date       string
	places     []string
	confidence float64
	sources    int
}

// maxConfidence is the highest confidence that evidence can add up to, in hundredths.
const maxConfidence = 99

// statements returns the claim's statements by date, and where each stated date went.
func (t *claimTally) statements() ([]statement, map[string]string) {
	sayings := t.sayings()
	var dates []string
	for _, s := range sayings {
		dates = append(dates, s.dates...)
	}
	slices.Sort(dates)
	dates = slices.Compact(dates)
	to := settle(dates)
	byDate := map[string]*statement{}
	doubt := map[string]float64{} // probability that all of the evidence errs
	for _, s := range sayings {
		best := map[string]int{}
		for i, d := range s.dates {
			best[to[d]] = max(best[to[d]], s.confidence[i])
		}
		for _, d := range slices.Sorted(maps.Keys(best)) {
			if byDate[d] == nil {
				byDate[d], doubt[d] = &statement{date: d}, 1
			}
			byDate[d].sources += s.n
			for range min(s.n, 1000) { // beyond, nothing is left to round
				doubt[d] *= float64(100-best[d]) / 100
			}
		}
	}
	for date, m := range t.Places {
		st := byDate[to[date]]
		for place := range m {
			st.places = append(st.places, place)
		}
	}
	var out []statement
	for _, d := range slices.Sorted(maps.Keys(byDate)) {
		st := byDate[d]
		slices.Sort(st.places)
		st.places = slices.Compact(st.places)
		st.confidence = math.Min(math.Round((1-doubt[d])*100), maxConfidence) / 100
		out = append(out, *st)
	}
	return out, to
}
