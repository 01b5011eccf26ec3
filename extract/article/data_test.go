package article

import (
	"strings"
	"testing"
)

func TestFurnitureData(t *testing.T) {
	seen := map[string]string{}
	for _, line := range dataLines(furnitureText) {
		name, rest, _ := strings.Cut(line, ":")
		if !strings.Contains(" cut edge related end ", " "+name+" ") {
			t.Errorf("%q: unknown kind", line)
		}
		var words []string
		for _, w := range strings.Fields(rest) {
			if w != "*" && w != "**" && w != "#" {
				w = fold(w)
			}
			words = append(words, w)
		}
		key := strings.Join(words, " ")
		if strings.Trim(key, "* #") == "" {
			t.Errorf("%q would cut any line", line)
		}
		if i := strings.Index(key, "**"); i >= 0 && i != len(key)-2 {
			t.Errorf("%q: ** stands only at the end", line)
		}
		if other := seen[key]; other != "" {
			t.Errorf("%q and %q are the same", other, line)
		}
		seen[key] = line
	}
}

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern, line string
		want          bool
	}{
		{"شارك على *", "شارك على فيسبوك", true},
		{"شارك على *", "شارك على", false},
		{"شارك على *", "شارك على كل ما سبق ذكره", false},
		{"تابع * على *", "تابع جريدة المثال على تويتر", true},
		{"أضف تعليقا **", "أضف تعليقاً", true},
		{"أضف تعليقا **", "أضف تعليقا على هذا الخبر أو ذاك", true},
		{"# تعليق", "12 تعليق", true},
		{"# تعليق", "تعليق", false},
	} {
		p := readPatterns("cut: " + c.pattern)[0]
		if got := p.matches(strings.Fields(fold(c.line))); got != c.want {
			t.Errorf("%q on %q: %v, want %v", c.pattern, c.line, got, c.want)
		}
	}
}

func TestFieldData(t *testing.T) {
	for _, kind := range []string{"title", "text", "summary", "url", "date", "publisher", "id", "language", "envelope", "nested", "member", "metadate"} {
		names := fieldNames[kind]
		if len(names) == 0 {
			t.Errorf("no names for %s", kind)
		}
		seen := map[string]bool{}
		for _, n := range names {
			if seen[n] {
				t.Errorf("%s: %q stands twice once folded", kind, n)
			}
			seen[n] = true
		}
	}
}
