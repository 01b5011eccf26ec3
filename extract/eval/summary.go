package eval

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Text groups the mistakes by cause, the most frequent first, misses before false
// alarms, each with its sentence; a last part says how often each rule was right.
// At most limit mistakes of a cause are listed; 0 lists all.
func (d Diagnosis) Text(limit int) string {
	var b strings.Builder
	for _, miss := range []bool{true, false} {
		groups := map[Cause][]Mistake{}
		for _, m := range d.Mistakes {
			if m.Miss == miss {
				groups[m.Cause] = append(groups[m.Cause], m)
			}
		}
		for _, c := range byCount(groups) {
			writeGroup(&b, c, groups[c], limit)
		}
	}
	b.WriteString("## rules\n")
	rules := slices.SortedFunc(maps.Keys(d.Rules), func(x, y string) int {
		return cmp.Or(cmp.Compare(d.Rules[y].FP, d.Rules[x].FP), cmp.Compare(x, y))
	})
	for _, r := range rules {
		c := d.Rules[r]
		p, _, _ := c.PRF()
		fmt.Fprintf(&b, "  %-40s right %4d  wrong %4d  P %.2f\n", r, c.TP, c.FP, p)
	}
	return b.String()
}

func writeGroup(b *strings.Builder, c Cause, list []Mistake, limit int) {
	what := "false alarms"
	if list[0].Miss {
		what = "missed"
	}
	fmt.Fprintf(b, "## %s: %s (%d)\n", what, c, len(list))
	fmt.Fprintf(b, "   %s\n", countBy(list, func(m Mistake) string { return m.Predicate }))
	for i, m := range list {
		if limit > 0 && i == limit {
			fmt.Fprintf(b, "  … %d more\n", len(list)-limit)
			break
		}
		fmt.Fprintf(b, "  %s\n", m)
	}
	b.WriteByte('\n')
}

func byCount(groups map[Cause][]Mistake) []Cause {
	return slices.SortedFunc(maps.Keys(groups), func(a, b Cause) int {
		return cmp.Or(cmp.Compare(len(groups[b]), len(groups[a])), cmp.Compare(a, b))
	})
}

// countBy counts mistakes by a key: "met 4, visited 2".
func countBy(list []Mistake, key func(Mistake) string) string {
	n := map[string]int{}
	for _, m := range list {
		n[key(m)]++
	}
	keys := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
	for i, k := range keys {
		keys[i] = fmt.Sprintf("%s %d", k, n[k])
	}
	return strings.Join(keys, ", ")
}
