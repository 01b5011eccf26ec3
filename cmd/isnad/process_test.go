//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"isnad/graph"
)

// building is a build that runs in a process of its own and reads standard input, so
// that a test decides how far it comes.
type building struct {
	t      *testing.T
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stderr *bufio.Scanner
	stdout bytes.Buffer
}

// isnadCommand returns the program, which the test binary is under that name.
func isnadCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &exec.Cmd{Path: exe, Args: append([]string{"isnad"}, args...), Dir: t.TempDir(), Env: append(os.Environ(), "HOME="+t.TempDir())}
}

// startBuild starts a build and hands it the lines without ending its input.
func startBuild(t *testing.T, store string, lines []string) *building {
	t.Helper()
	b := &building{t: t, cmd: isnadCommand(t, "build", "--verbose", "--store", store, "-")}
	b.cmd.Stdout = &b.stdout
	var err error
	if b.stdin, err = b.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	stderr, err := b.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	b.stderr = bufio.NewScanner(stderr)
	if err := b.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.cmd.Process.Kill() })
	go io.WriteString(b.stdin, strings.Join(lines, ""))
	return b
}

// acknowledged waits until the build has said that n articles are stored, and returns
// their ids.
func (b *building) acknowledged(n int) []string {
	b.t.Helper()
	var ids []string
	for len(ids) < n && b.stderr.Scan() {
		if id, ok := strings.CutPrefix(b.stderr.Text(), "new: "); ok {
			ids = append(ids, id)
		}
	}
	if len(ids) < n {
		b.t.Fatalf("the build ended after %d articles: %v", len(ids), b.cmd.Wait())
	}
	return ids
}

// finish runs a whole build and returns the dump of its store.
func finish(t *testing.T, store string, lines []string) string {
	t.Helper()
	build := isnadCommand(t, "build", "--quiet", "--store", store, "-")
	build.Stdin = strings.NewReader(strings.Join(lines, ""))
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	dump, err := isnadCommand(t, "export", "--store", store).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(dump)
}

// stored returns the ids of the articles in a store.
func stored(t *testing.T, store string) []string {
	t.Helper()
	g, err := graph.Open(store, graph.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	v := g.View()
	defer v.Close()
	ids, err := v.Articles(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// manyArticles returns 350 articles in lines that are longer than they need be, for a
// build looks at the first 256 kB of its input before it begins.
func manyArticles() []string {
	lines := articleLines(350)
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, "\n") + strings.Repeat(" ", 700) + "\n"
	}
	return lines
}

// TestStoppedBuild kills a build, or interrupts it: everything that was acknowledged is
// there, and running it again gives what a build in one go gives, byte for byte.
func TestStoppedBuild(t *testing.T) {
	lines := manyArticles()
	want := finish(t, filepath.Join(t.TempDir(), "store"), lines)
	for _, test := range []struct {
		name   string
		signal syscall.Signal
		after  int
	}{
		{"killed at once", syscall.SIGKILL, 1},
		{"killed later", syscall.SIGKILL, 150},
		{"interrupted", syscall.SIGINT, 50},
	} {
		t.Run(test.name, func(t *testing.T) {
			store := filepath.Join(t.TempDir(), "store")
			b := startBuild(t, store, lines[:300])
			acknowledged := b.acknowledged(test.after)
			if err := b.cmd.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
			said := ""
			for b.stderr.Scan() {
				if id, ok := strings.CutPrefix(b.stderr.Text(), "new: "); ok {
					acknowledged = append(acknowledged, id)
				} else {
					said += b.stderr.Text() + "\n"
				}
			}
			b.cmd.Wait()
			if test.signal != syscall.SIGKILL {
				if b.cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(said, "isnad: interrupted: all articles counted here are stored") {
					t.Errorf("exit code %d, stderr %q", b.cmd.ProcessState.ExitCode(), said)
				}
				if !strings.Contains(b.stdout.String(), "new") {
					t.Errorf("nothing is counted: %q", b.stdout.String())
				}
			}
			kept := stored(t, store)
			for _, id := range acknowledged {
				if !slices.Contains(kept, id) {
					t.Errorf("%s was acknowledged and is not there", id)
				}
			}
			if got := finish(t, store, lines); got != want {
				t.Error("the dump differs from that of an uninterrupted build")
			}
		})
	}
}

// TestTwoBuilds starts a build on a store that another one writes: it is told so; who
// only reads is served; and the first build is not disturbed.
func TestTwoBuilds(t *testing.T) {
	lines := manyArticles()
	store := filepath.Join(t.TempDir(), "store")
	b := startBuild(t, store, lines[:300])
	b.acknowledged(5)
	second := isnadCommand(t, "build", "-", "--store", store)
	second.Stdin = strings.NewReader(lines[0])
	out, err := second.CombinedOutput()
	if second.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(out), "the store is in use") || strings.Count(string(out), "\n") != 1 {
		t.Errorf("a build on a store in use: %v\n%s", err, out)
	}
	for _, args := range [][]string{{"stats"}, {"show", "ناصر بوريطة"}, {"query", `g.V("<sanad:Article>").in("<rdf:type>").limit(1).all()`}} {
		out, err := isnadCommand(t, append(args, "--store", store)...).CombinedOutput()
		if err != nil || len(out) == 0 {
			t.Errorf("isnad %v beside a build: %v\n%s", args, err, out)
		}
	}
	b.stdin.Close()
	for b.stderr.Scan() {
	}
	if err := b.cmd.Wait(); err != nil {
		t.Errorf("the first build: %v", err)
	}
	if n := len(stored(t, store)); n != 300 {
		t.Errorf("%d articles, not 300", n)
	}
}

// TestServe asks a server of its own process as a Cayley client does, and stops it.
func TestServe(t *testing.T) {
	t.Run("folder", func(t *testing.T) { testServe(t, filepath.Join(t.TempDir(), "store")) })
	t.Run("database", func(t *testing.T) { testServe(t, newDatabases(t).start().Database(t)) })
}

// serving starts a server and returns its address, and what it says after that.
func serving(t *testing.T, store string, flags ...string) (server *exec.Cmd, address string, lines *bufio.Scanner) {
	t.Helper()
	server = isnadCommand(t, append([]string{"serve", "--store", store, "--address", "127.0.0.1:0"}, flags...)...)
	stderr, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Process.Kill() })
	lines = bufio.NewScanner(stderr)
	lines.Scan()
	_, rest, ok := strings.Cut(lines.Text(), " on http://")
	if !ok {
		t.Fatalf("the server says %q", lines.Text())
	}
	address, _, _ = strings.Cut(rest, " ")
	return server, address, lines
}

// TestServeLimits holds that the limits of exports are settings.
func TestServeLimits(t *testing.T) {
	store := filepath.Join(t.TempDir(), "store")
	finish(t, store, articleLines(1))
	_, address, _ := serving(t, store, "--export-timeout", "1ms", "--exports", "1")
	resp, err := http.Get("http://" + address + "/api/export")
	if err != nil {
		return // cut off between two bytes
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && !strings.Contains(string(body), "the export was stopped after 1ms") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
}

func testServe(t *testing.T, store string) {
	finish(t, store, articleLines(3))
	server, address, lines := serving(t, store)
	for _, test := range []struct{ query, want string }{
		{`g.V("<isnad:person/ناصر_بوريطة>").both("<isnad:met>").all()`, `{"result":[{"id":"\u003cisnad:person/أنتوني_بلينكن\u003e"}]}`},
		{`g.V("nobody").all()`, `{"result":null}`},
		{`g.V(`, `{"error":"`},
	} {
		resp, err := http.Post("http://"+address+"/api/v1/query/gizmo", "text/plain", strings.NewReader(test.query))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || !strings.HasPrefix(string(body), test.want) {
			t.Errorf("%s gives %s (%v), want %s", test.query, body, err, test.want)
		}
	}
	testDownloads(t, "http://"+address+"/api/export?")
	if err := server.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	lines.Scan()
	if err := server.Wait(); err != nil || lines.Text() != "Stopped." {
		t.Errorf("after Ctrl-C: %v, %q", err, lines.Text())
	}
}

// testDownloads asks a server for exports of the graph of testServe.
func testDownloads(t *testing.T, address string) {
	t.Helper()
	for _, test := range []struct {
		query  string
		status int
		want   string // is in the answer
	}{
		{"format=mermaid", 200, "ناصر بوريطة"},
		{"entity=" + url.QueryEscape("بوريطة") + "&depth=1", 200, `"label":"ناصر بوريطة"`},
		{"format=csv&predicate=met&since=2000", 200, "evidence.csv"},
		{"format=turtle&query=" + url.QueryEscape(`g.V("<isnad:person/ناصر_بوريطة>").all()`), 200, "ناصر"},
		{"format=jsongraph", 200, `"articles":[`},
		{"format=docx", 400, `{"error":"format \"docx\" is not known`},
		{"entity=nobody", 400, `{"error":"nothing in the graph is called \"nobody\""}`},
		{"depth=x", 400, `{"error":"depth: \"x\" is no value for it"}`},
		{"colour=red", 400, `{"error":"there is no parameter \"colour\"`},
		{"of=a&of=b", 400, `{"error":"of is given 2 times"}`},
	} {
		resp, err := http.Get(address + test.query)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != test.status || !strings.Contains(string(body), test.want) {
			t.Errorf("%s gives %d %.300s (%v), want %d %s", test.query, resp.StatusCode, body, err, test.status, test.want)
		}
	}
}
