package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/peterh/liner"
)

const promptHelp = `Type a Gizmo query; it may span lines while a bracket is open.
  g.V("isnad:person/…").out("isnad:met").all()
  :limit N    rows to print      :json    print JSON, or tables again
  :help       this text          :quit    leave (also Ctrl-D)`

// prompt reads queries from a terminal and runs each, until the user leaves.
// History is kept from one session to the next.
func (a *app) prompt(run func(query string) error, command func(line string) error) error {
	line := liner.NewLiner()
	defer line.Close()
	line.SetCtrlCAborts(true)
	line.SetMultiLineMode(true)
	line.SetWordCompleter(completeGizmo)
	history := historyFile()
	if f, err := os.Open(history); err == nil {
		line.ReadHistory(f) // a history that cannot be read is no reason to refuse a prompt
		f.Close()
	}
	defer saveHistory(line, history)
	fmt.Fprintln(a.err, "Gizmo on "+a.place()+". :help for help.")
	for {
		query, err := readQuery(line)
		switch {
		case errors.Is(err, io.EOF):
			fmt.Fprintln(a.err)
			return nil
		case errors.Is(err, liner.ErrPromptAborted):
			continue
		case err != nil:
			return fmt.Errorf("prompt: %w", err)
		}
		switch {
		case query == "":
			continue
		case query == ":quit" || query == ":q":
			return nil
		case query == ":help":
			fmt.Fprintln(a.err, promptHelp)
		case strings.HasPrefix(query, ":"):
			err = command(query)
		default:
			err = run(query)
		}
		if err != nil {
			fmt.Fprintln(a.err, oneLine(err))
		}
		line.AppendHistory(strings.Join(strings.Fields(query), " "))
	}
}

// readQuery reads lines until every bracket is closed.
func readQuery(line *liner.State) (string, error) {
	text, prompt := "", "gizmo> "
	for {
		more, err := line.Prompt(prompt)
		if err != nil {
			return "", err
		}
		text += more
		if openBrackets(text) <= 0 {
			return strings.TrimSpace(text), nil
		}
		text += "\n"
		prompt = "  ...> "
	}
}

// openBrackets counts the brackets of a script that are not closed, outside strings.
func openBrackets(script string) int {
	open := 0
	var quote rune
	escaped := false
	for _, r := range script {
		switch {
		case escaped:
			escaped = false
		case quote != 0 && r == '\\':
			escaped = true
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'' || r == '`':
			quote = r
		case strings.ContainsRune("([{", r):
			open++
		case strings.ContainsRune(")]}", r):
			open--
		}
	}
	return open
}

// gizmoWords are what the prompt completes after a dot.
var gizmoWords = []string{
	"all()", "and(", "back(", "both(", "count()", "difference(", "except(", "filter(", "follow(", "followR(", "forEach(",
	"getLimit(", "has(", "hasR(", "in(", "inPredicates()", "intersect(", "is(", "labelContext(", "labels()", "limit(",
	"or(", "order()", "out(", "outPredicates()", "save(", "saveR(", "skip(", "tag(", "tagArray()", "toArray()", "toValue()",
	"union(", "unique()",
}

func completeGizmo(line string, pos int) (head string, completions []string, tail string) {
	runes := []rune(line)
	before := string(runes[:pos])
	dot := strings.LastIndexByte(before, '.')
	if dot < 0 {
		return before, nil, string(runes[pos:])
	}
	for _, w := range gizmoWords {
		if strings.HasPrefix(w, before[dot+1:]) {
			completions = append(completions, w)
		}
	}
	return before[:dot+1], completions, string(runes[pos:])
}

// historyFile is where the prompt's history is kept, in the user's state folder.
func historyFile() string {
	dir := os.Getenv("XDG_STATE_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "isnad", "history")
}

// saveHistory writes the history; only the user may read it.
func saveHistory(line *liner.State, path string) {
	if path == "" || os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	line.WriteHistory(f)
}
