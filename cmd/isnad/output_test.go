package main

import "testing"

// TestShown checks what is taken out of an article's text before a person sees it.
func TestShown(t *testing.T) {
	for _, test := range []struct {
		terminal   bool
		text, want string
	}{
		{false, "قال «نعم»\nثم\tخرج", "قال «نعم» ثم خرج"},
		{false, "a\x1b[31mred\u202Eback", "a[31mredback"},
		{true, "ناصر", "\u2068ناصر\u2069"},
		{true, "Nasser", "Nasser"},
	} {
		if got := (&app{terminal: test.terminal}).shown(test.text); got != test.want {
			t.Errorf("shown(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// TestCell checks that a cell that is wrapped on a terminal is isolated line by line: an
// isolate that spans lines would turn the cells beside it around.
func TestCell(t *testing.T) {
	const text = "انضمت غينيا إلى التحالف الدولي ضد داعش"
	narrow := &app{terminal: true, width: 60}
	want := "\u2068انضمت غينيا إلى\u2069\n\u2068التحالف الدولي ضد\u2069\n\u2068داعش\u2069"
	if got := narrow.cell(text); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := new(app).cell(text); got != text {
		t.Errorf("without a terminal: %q", got)
	}
}
