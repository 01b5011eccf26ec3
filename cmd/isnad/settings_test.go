package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestSettingsDocumented holds docs/configuration.md to the settings: each has a
// line with its flags and default, and no line names one that does not exist.
func TestSettingsDocumented(t *testing.T) {
	data, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for _, line := range strings.Split(string(data), "\n") {
		if key, rest, ok := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); ok && strings.HasPrefix(line, "| `") {
			lines[key] = rest
		}
	}
	flags := flagsBySetting(newRoot(&app{}))
	c := defaults()
	for _, s := range c.settings() {
		line, ok := lines[s.key]
		if !ok {
			t.Errorf("%s is not documented", s.key)
			continue
		}
		delete(lines, s.key)
		want := "`" + s.value.String() + "`"
		if s.value.String() == "" {
			want = "none"
		}
		if !strings.Contains(line, "| "+want+" |") {
			t.Errorf("%s: the default %s is not in %q", s.key, want, line)
		}
		for flag := range flags[s.key] {
			if !strings.Contains(line, flag) {
				t.Errorf("%s: the flag %s is not in %q", s.key, flag, line)
			}
		}
	}
	for key := range lines {
		t.Errorf("%s is documented and no setting", key)
	}
}

// flagsBySetting returns, for each setting, the flags that set it.
func flagsBySetting(root *cobra.Command) map[string]map[string]bool {
	found := map[string]map[string]bool{}
	add := func(f *pflag.Flag) {
		for _, key := range f.Annotations[settingAnnotation] {
			if found[key] == nil {
				found[key] = map[string]bool{}
			}
			found[key]["`--"+f.Name+"`"] = true
		}
	}
	root.PersistentFlags().VisitAll(add)
	for _, cmd := range root.Commands() {
		cmd.Flags().VisitAll(add)
	}
	return found
}

// TestEveryCommandHasExamples keeps the help useful.
func TestEveryCommandHasExamples(t *testing.T) {
	for _, cmd := range newRoot(&app{}).Commands() {
		if cmd.Example == "" {
			t.Errorf("isnad %s has no example", cmd.Name())
		}
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("isnad %s: short help %q", cmd.Name(), cmd.Short)
		}
	}
}

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
