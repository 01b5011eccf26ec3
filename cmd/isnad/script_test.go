package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"isnad": main})
}

// TestScript runs the program as a user does: testdata/script/*.txtar.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			home := env.WorkDir + "/home"
			env.Setenv("HOME", home)
			env.Setenv("XDG_CONFIG_HOME", home+"/.config")
			return os.MkdirAll(home+"/.config/isnad", 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"json":  isJSON,
			"exits": exits,

			"hostile":      hostile,
			"articles":     writeArticles,
			"unprivileged": unprivileged,
			"database":     newDatabases(t).set,
		},
	})
}

// isJSON checks that each named file, or stdout, is one JSON value or JSON lines.
func isJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: json stdout|file...")
	}
	for _, name := range args {
		dec := json.NewDecoder(strings.NewReader(ts.ReadFile(name)))
		values := 0
		for dec.More() {
			var v any
			if err := dec.Decode(&v); err != nil {
				ts.Fatalf("%s is not JSON: %v", name, err)
			}
			values++
		}
		if values == 0 {
			ts.Fatalf("%s holds no JSON", name)
		}
	}
}

// exits runs a command and checks its exit code: exits 2 isnad build.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code is %d, not %d", got, want)
	}
}
