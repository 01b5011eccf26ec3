package main

import (
	"fmt"
	"testing"
)

func TestOpenBrackets(t *testing.T) {
	for script, want := range map[string]int{
		``:                            0,
		`g.V("a").all()`:              0,
		`g.V("a"`:                     1,
		`g.V("(").all()`:              0,
		`g.V('\'(').all()`:            0,
		`g.V().forEach(function(v) {`: 2,
		"g.V(`a(\nb`)":                0,
		`}`:                           -1,
		`g.V("ناصر (بوريطة").out([`:   2,
		`g.V("ناصر (بوريطة").out(["a"])`: 0,
	} {
		if got := openBrackets(script); got != want {
			t.Errorf("openBrackets(%q) = %d, want %d", script, got, want)
		}
	}
}

func TestCompleteGizmo(t *testing.T) {
	line := `g.V("ناصر").uniq`
	head, words, tail := completeGizmo(line+`.all()`, len([]rune(line)))
	if got := fmt.Sprint(head, words, tail); got != `g.V("ناصر").[unique()].all()` {
		t.Errorf("got %s", got)
	}
}
