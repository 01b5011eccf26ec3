package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// TestSecrets gives passwords by flags: they arrive, and nobody is shown them.
func TestSecrets(t *testing.T) {
	secrets := map[string]string{
		"store":       "postgres://news:secret@db/news",
		"queue":       "nats://news:secret@one:4222,nats://news:secret@two:4222",
		"queue-token": "secret",
	}
	a := &app{}
	cmd := newBuild(a)
	bind(cmd.Flags(), "store", "store", "s", "")
	for name, text := range secrets {
		if err := cmd.Flags().Set(name, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.configure(cmd.Flags(), nil); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{"store": a.config.Store, "queue": a.config.Queue.URL, "queue-token": a.config.Queue.Token}
	if diff := cmp.Diff(secrets, got); diff != "" {
		t.Errorf("(-given +used):\n%s", diff)
	}
	for _, s := range a.config.settings() {
		if text := shown(s.value) + fmt.Sprint(s.value.any()); strings.Contains(text, "secret") {
			t.Errorf("%s is shown as %s", s.key, text)
		}
	}
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
