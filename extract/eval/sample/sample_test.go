package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDraw draws statements of our own articles, the same each time.
func TestDraw(t *testing.T) {
	var lines []byte
	for _, text := range []string{"استقبل الرئيس الفرنسي إيمانويل ماكرون نظيره التونسي قيس سعيد في باريس.", "زار وزير الخارجية ناصر بوريطة القاهرة.", "فاز المنتخب."} {
		line, err := json.Marshal(map[string]string{"id": text[:8], "text": strings.Repeat(text+" ", 3)})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(append(lines, line...), '\n')
	}
	corpus := filepath.Join(t.TempDir(), "c.jsonl")
	if err := os.WriteFile(corpus, lines, 0o666); err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if err := run(&a, "", "", 1, 3, 2, []string{corpus}); err != nil {
		t.Fatal(err)
	}
	if err := run(&b, "", "", 1, 3, 2, []string{corpus}); err != nil || a.String() != b.String() {
		t.Errorf("another draw: %v\n%s%s", err, &a, &b)
	}
	if n := len(regexp.MustCompile(`(?m)^\. \w+\(.*\n    .*⟦.+⟧`).FindAllString(a.String(), -1)); n != 2 {
		t.Errorf("%d statements, want 2:\n%s", n, &a)
	}
}

// TestCount counts judgements; what is disputed or open counts neither way.
func TestCount(t *testing.T) {
	got := count("+ met(أ, ب)\n    …\n- met(أ, ج)\n+ visited(أ, ج)\n? met(ب, ج)\n. met(ج, د)\n")
	want := "all                    right   2 of   3   P 0.67\nmet                    right   1 of   2   P 0.50\nvisited                right   1 of   1   P 1.00\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
