//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"isnad/graph/postgres/pgtest"
	"isnad/queue"
)

// patience is short, so that a test need not wait long for what dies.
const patience = "--queue-patience=1s"

// process is a program that tells on stderr how far it has come.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	stderr *bufio.Scanner
	stdout bytes.Buffer
	heard  []string
}

func launch(t *testing.T, args ...string) *process {
	t.Helper()
	return started(t, isnadCommand(t, args...))
}

func started(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{t: t, cmd: cmd}
	p.cmd.Stdout = &p.stdout
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stderr = bufio.NewScanner(stderr)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.end(syscall.SIGKILL) })
	return p
}

// hear returns the next line that has the words, or "" when the process has ended.
func (p *process) hear(words string) string {
	for p.stderr.Scan() {
		p.heard = append(p.heard, p.stderr.Text())
		if strings.Contains(p.stderr.Text(), words) {
			return p.stderr.Text()
		}
	}
	return ""
}

func (p *process) mustHear(words string) string {
	p.t.Helper()
	line := p.hear(words)
	if line == "" {
		p.t.Fatalf("isnad %v ended without saying %q: %q", p.cmd.Args, words, p.heard)
	}
	return line
}

// forget lets the process talk to nobody.
func (p *process) forget() *process {
	go func() {
		for p.stderr.Scan() {
		}
	}()
	return p
}

// end sends the process a signal, or none with 0, waits for its end and returns its exit code.
func (p *process) end(s syscall.Signal) int {
	_ = p.cmd.Process.Signal(s) // it may have ended
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}

// launchServer starts a server at the address and returns its URL.
func launchServer(t *testing.T, folder, address string) (*process, string) {
	t.Helper()
	p := launch(t, "queue", "serve", "--folder", folder, "--address", address)
	_, rest, _ := strings.Cut(p.mustHear("Serving a queue"), " on ")
	url, _, _ := strings.Cut(rest, " ")
	return p.forget(), url
}

func launchWorker(t *testing.T, url string, args ...string) *process {
	t.Helper()
	p := launch(t, append([]string{"worker", "--queue", url, "--workers", "1", patience}, args...)...)
	p.mustHear("Working with extractor")
	return p
}

// writeLines writes articles to a file and returns its path.
func writeLines(t *testing.T, lines []string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "news.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// built returns the dump of a build in one process, and of the store.
func built(t *testing.T, paths ...string) string {
	t.Helper()
	store := filepath.Join(t.TempDir(), "store")
	if out, err := isnadCommand(t, append([]string{"build", "--quiet", "--store", store}, paths...)...).CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return exported(t, store)
}

func exported(t *testing.T, store string) string {
	t.Helper()
	dump, err := isnadCommand(t, "export", "--store", store).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(dump)
}

// serverStatus asks what is on the server.
func serverStatus(t *testing.T, url string) *queue.Status {
	t.Helper()
	out, err := isnadCommand(t, "queue", "--json", "--queue", url).Output()
	s := &queue.Status{}
	if err == nil {
		err = json.Unmarshal(out, s)
	}
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return s
}

// TestQueueKilled builds over a queue with three workers, and after every dozen articles
// kills a worker or the writer, or kills or stops the server, and starts another. The
// graph is that of a build in one process, byte for byte.
func TestQueueKilled(t *testing.T) {
	samples, err := filepath.Abs("../../docs/samples")
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{samples, writeLines(t, articleLines(160))}
	want := built(t, paths...)
	folder, store := t.TempDir(), filepath.Join(t.TempDir(), "store")
	server, url := launchServer(t, folder, "127.0.0.1:0")
	address := strings.TrimPrefix(url, "nats://")
	workers := make([]*process, 3)
	for i := range workers {
		workers[i] = launchWorker(t, url).forget()
	}
	args := append([]string{"build", "--verbose", "--queue", url, "--window", "16", "--store", store, patience}, paths...)
	writer := launch(t, args...)
	events := []string{"worker 0", "worker 1", "worker 2", "worker 0", "writer", "writer", "writer", "server", "server"}
	rand.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	t.Logf("killing %v", events)
	for n := 1; writer.hear("new: ") != ""; n++ {
		if n%12 != 0 || len(events) == 0 {
			continue
		}
		_ = writer.cmd.Process.Signal(syscall.SIGSTOP) // it must not end before everything has happened
		switch event := events[0]; event {
		case "writer":
			writer.end(syscall.SIGKILL)
			writer = launch(t, args...)
		case "server":
			server.end([]syscall.Signal{syscall.SIGKILL, syscall.SIGTERM}[len(events)%2])
			server, url = launchServer(t, folder, address)
		default:
			i := event[len(event)-1] - '0'
			workers[i].end(syscall.SIGKILL)
			workers[i] = launchWorker(t, url).forget()
		}
		events = events[1:]
		_ = writer.cmd.Process.Signal(syscall.SIGCONT)
	}
	if code := writer.end(0); code != 0 {
		t.Fatalf("the build ends with %d: %q\n%s", code, writer.heard, writer.stdout.String())
	}
	if len(events) > 0 {
		t.Errorf("not killed, since the build was over: %v", events)
	}
	if exported(t, store) != want {
		t.Error("the dump differs from that of a build in one process")
	}
	if s := serverStatus(t, url); s.Jobs.Messages+s.Results.Messages+s.Dead.Messages+s.Bodies.Messages != 0 {
		t.Errorf("left on the server: %+v", s)
	}
	for _, w := range workers {
		if code := w.end(syscall.SIGINT); code != 0 {
			t.Errorf("a worker ends with %d after Ctrl-C", code)
		}
	}
}

// TestQueueDead has a worker that cannot finish an article in its time: the build ends
// without it and says so, the article is listed, and is in the graph once it was tried
// again by a worker that can.
func TestQueueDead(t *testing.T) {
	path := writeLines(t, []string{longArticle(t, "long", 50_000)})
	want := built(t, path)
	_, url := launchServer(t, t.TempDir(), "127.0.0.1:0")
	store := filepath.Join(t.TempDir(), "store")
	hasty := launchWorker(t, url, "--timeout", "1ms").forget()
	build := isnadCommand(t, "build", "--queue", url, "--store", store, patience, path)
	out, err := build.CombinedOutput()
	if build.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(out), "extraction took longer than 1ms (5 tries; it is kept on the server: see 'isnad queue dead')") {
		t.Fatalf("build: %v\n%s", err, out)
	}
	hasty.end(syscall.SIGINT)
	dead, err := isnadCommand(t, "queue", "dead", "--queue", url).Output()
	if err != nil || !strings.Contains(string(dead), "extraction took longer than 1ms") || !strings.Contains(string(dead), "news.jsonl#long") {
		t.Fatalf("queue dead: %v\n%s", err, dead)
	}
	launchWorker(t, url).forget()
	if out, err := isnadCommand(t, "queue", "retry", "--all", "--quiet", "--queue", url, "--store", store).CombinedOutput(); err != nil {
		t.Fatalf("queue retry: %v\n%s", err, out)
	}
	if exported(t, store) != want {
		t.Error("the dump differs from that of a build in one process")
	}
	if s := serverStatus(t, url); s.Dead.Messages != 0 {
		t.Errorf("%d articles are still dead", s.Dead.Messages)
	}
}

// longArticle returns a line with an article of more than so many bytes. It takes as long
// as hundreds of short ones, so that a writer cannot get past it before it is killed.
func longArticle(t *testing.T, id string, size int) string {
	t.Helper()
	var body strings.Builder
	for i := 0; body.Len() < size; i++ {
		fmt.Fprintf(&body, "التقى وزير الخارجية ناصر بوريطة نظيره المصري سامح شكري في الرباط، وبحثا الملف رقم %d.\n", i)
	}
	line, err := json.Marshal(map[string]string{"id": id, "title": "لقاءات طويلة", "date": "2022-05-11", "body": body.String()})
	if err != nil {
		t.Fatal(err)
	}
	return string(line) + "\n"
}

// TestQueueStops interrupts a build: it says how to go on, and goes on, from standard
// input too, if that is the same. A build of a store that is written is refused, and a
// worker with another ontology keeps out of it.
func TestQueueStops(t *testing.T) {
	_, url := launchServer(t, t.TempDir(), "127.0.0.1:0")
	lines := append(articleLines(60), longArticle(t, "long", 1_200_000)) // the article and its result are larger than a message
	path := writeLines(t, lines)
	want := built(t, path)
	store := filepath.Join(t.TempDir(), "store")
	args := []string{"build", "--verbose", "--queue", url, "--window", "8", "--store", store, patience, path}
	first := launch(t, args...)
	first.mustHear("no worker of extractor")
	if n := serverStatus(t, url).Jobs.Messages; n != 8 {
		t.Errorf("%d articles are on the server, not 8", n)
	}
	if out, err := isnadCommand(t, args...).CombinedOutput(); err == nil || !strings.Contains(string(out), "the store is in use") {
		t.Errorf("a second build: %v\n%s", err, out)
	}
	other := launchWorker(t, url, "--ontology", otherOntology(t))
	other.mustHear("leaves them alone, since its results would differ")
	other.end(syscall.SIGINT)
	launchWorker(t, url).forget()
	for range 10 {
		first.mustHear("new: ")
	}
	if err := first.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	first.mustHear("isnad: interrupted: all articles counted here are stored; run the same command again")
	if code := first.end(0); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	second := launch(t, args...)
	second.mustHear("Going on with run")
	for second.hear("new: ") != "" {
	}
	if code := second.end(0); code != 0 {
		t.Fatalf("the second build: %d, %q", code, second.heard)
	}
	if repeated := slices.DeleteFunc(second.heard, func(s string) bool { return !slices.Contains(first.heard, s) || !strings.HasPrefix(s, "new: ") }); len(repeated) > 0 {
		t.Errorf("written twice: %q", repeated)
	}
	if exported(t, store) != want {
		t.Error("the dump differs from that of a build in one process")
	}
	if s := serverStatus(t, url); s.Jobs.Messages+s.Results.Messages+s.Bodies.Messages != 0 {
		t.Errorf("left on the server: %+v", s)
	}
}

// TestQueueKilledAtOnce kills a writer that has published and stored nothing yet: the next
// one takes up its run, and nothing is left of either.
func TestQueueKilledAtOnce(t *testing.T) {
	_, url := launchServer(t, t.TempDir(), "127.0.0.1:0")
	path, store := writeLines(t, articleLines(12)), filepath.Join(t.TempDir(), "store")
	args := []string{"build", "--queue", url, "--store", store, patience, path}
	first := launch(t, args...)
	first.mustHear("no worker of extractor")
	first.end(syscall.SIGKILL)
	launchWorker(t, url).forget()
	second := launch(t, args...)
	second.mustHear("Going on with run")
	if code := second.forget().end(0); code != 0 {
		t.Fatalf("the second build: %d", code)
	}
	if exported(t, store) != built(t, path) {
		t.Error("the dump differs from that of a build in one process")
	}
	if s := serverStatus(t, url); s.Jobs.Messages+s.Results.Messages+s.Dead.Messages != 0 {
		t.Errorf("left on the server: %+v", s)
	}
}

// otherOntology writes an extension.
func otherOntology(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "trade.yaml")
	const text = "predicates:\n  - name: suppliedTo\n    subject: [Country]\n    object: [Country]\n    label: {ar: زود, en: supplied}\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestQueueOtherInput stops a build, and builds something else: neither what was stored
// nor what is on the server leads it astray.
func TestQueueOtherInput(t *testing.T) {
	_, url := launchServer(t, t.TempDir(), "127.0.0.1:0")
	lines := slices.Insert(articleLines(15), 7, longArticle(t, "long", 300_000))
	store := filepath.Join(t.TempDir(), "store")
	path := writeLines(t, lines[:15])
	launchWorker(t, url).forget()
	first := launch(t, "build", "--verbose", "--queue", url, "--window", "8", "--store", store, patience, path)
	for range 5 {
		first.mustHear("new: ")
	}
	first.end(syscall.SIGKILL)
	// The same file, with one article before what is stored that was not there.
	if err := os.WriteFile(path, []byte(lines[15]+strings.Join(lines[:15], "")), 0o644); err != nil {
		t.Fatal(err)
	}
	second := launch(t, "build", "--verbose", "--queue", url, "--window", "8", "--store", store, patience, path)
	second.mustHear("beginning a new one")
	for second.hear("new: ") != "" {
	}
	if code := second.end(0); code != 0 {
		t.Fatalf("the second build: %d, %q", code, second.heard)
	}
	if n := len(stored(t, store)); n != 16 {
		t.Errorf("%d articles, not 16", n)
	}
}

// TestQueuePiped stops a build from standard input. The same input goes on; another one,
// which is used up when that is found out, is built at the next start.
func TestQueuePiped(t *testing.T) {
	_, url := launchServer(t, t.TempDir(), "127.0.0.1:0")
	launchWorker(t, url).forget()
	store := filepath.Join(t.TempDir(), "store")
	build := func(lines []string) *exec.Cmd {
		cmd := isnadCommand(t, "build", "--verbose", "--queue", url, "--store", store, patience, "-")
		cmd.Stdin = strings.NewReader(strings.Join(lines, ""))
		return cmd
	}
	stop := func(lines []string) {
		p := started(t, build(lines))
		p.mustHear("new: ")
		p.end(syscall.SIGKILL)
	}
	lines := articleLines(20)
	lines = slices.Insert(lines, 12, longArticle(t, "second", 300_000))
	lines = slices.Insert(lines, 2, longArticle(t, "first", 300_000))
	stop(lines[:10])
	if out, err := build(lines[:10]).CombinedOutput(); err != nil || !strings.Contains(string(out), "Going on with run") {
		t.Fatalf("the same again: %v\n%s", err, out)
	}
	stop(lines[10:])
	other := build(lines[15:])
	out, err := other.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "cannot be read twice: run the same command again") {
		t.Fatalf("another input: %v\n%s", err, out)
	}
	if out, err := build(lines[10:]).CombinedOutput(); err != nil {
		t.Fatalf("once more: %v\n%s", err, out)
	}
	if n := len(stored(t, store)); n != 22 {
		t.Errorf("%d articles, not 22", n)
	}
}

// TestQueuePostgres writes a database, which several processes may open: a second writer
// is refused while the first lives, a third goes on after it was killed, and the graph is
// that of a build in one process into a folder.
func TestQueuePostgres(t *testing.T) {
	database, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(database.Stop)
	_, url := launchServer(t, t.TempDir(), "127.0.0.1:0")
	path := writeLines(t, slices.Insert(articleLines(20), 7, longArticle(t, "long", 200_000)))
	want := built(t, path)
	store := database.Database(t)
	args := []string{"build", "--verbose", "--queue", url, "--window", "4", "--store", store, patience, path}
	first := launch(t, args...)
	first.mustHear("no worker of extractor")
	second := launch(t, args...)
	second.mustHear("another build writes this graph: process")
	if code := second.end(0); code != exitFailed {
		t.Errorf("the second writer ends with %d", code)
	}
	launchWorker(t, url).forget()
	for range 5 {
		first.mustHear("new: ")
	}
	first.end(syscall.SIGKILL)
	third := launch(t, args...)
	third.mustHear("Going on with run")
	for third.hear("new: ") != "" {
	}
	if code := third.end(0); code != 0 {
		t.Fatalf("the third writer ends with %d: %q", code, third.heard)
	}
	if exported(t, store) != want {
		t.Error("the dump differs from that of a build in one process")
	}
}
