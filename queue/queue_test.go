package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"isnad/queue"
)

// TestMain lets the test binary be a worker: one that answers each job with what it
// holds, fails on those that say so, and dies over those that say that.
func TestMain(m *testing.M) {
	url := os.Getenv("ISNAD_TEST_WORKER")
	if url == "" {
		os.Exit(m.Run())
	}
	conn, err := queue.Connect(context.Background(), queue.Options{URL: url, Patience: patience})
	if err == nil {
		err = conn.Work(context.Background(), queue.WorkOptions{Version: "v1", Parallel: 1, Extract: extract})
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// patience is short, so that a test need not wait long for what dies.
const patience = 600 * time.Millisecond

// parallel is how many jobs a worker of these tests does at a time.
const parallel = 2

func extract(_ context.Context, body []byte) ([]byte, error) {
	switch {
	case strings.Contains(string(body), "fatal"):
		os.Exit(3)
	case strings.Contains(string(body), "poison"):
		return nil, errors.New("it is poison")
	}
	return json.Marshal("re: " + strings.Trim(string(body), `"`))
}

func serve(t *testing.T) string {
	t.Helper()
	s, err := queue.StartServer(queue.ServerOptions{Address: "127.0.0.1:0", Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.URL()
}

// notices collects what a connection tells.
type notices struct {
	mu  sync.Mutex
	all []string
}

func (n *notices) add(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all = append(n.all, fmt.Sprintf(format, args...))
}

func (n *notices) contain(words string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.ContainsFunc(n.all, func(s string) bool { return strings.Contains(s, words) })
}

func connect(t *testing.T, url string) (*queue.Conn, *notices) {
	t.Helper()
	told := &notices{}
	c, err := queue.Connect(t.Context(), queue.Options{URL: url, Patience: patience, Notify: told.add})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, told
}

func start(t *testing.T, c *queue.Conn, opt queue.RunOptions) *queue.Run {
	t.Helper()
	if opt.ID == "" {
		opt.ID = "run"
	}
	opt.Version, opt.Graph, opt.Sole = "v1", "graph", true
	r, err := c.StartRun(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// work runs a worker of the version until the test ends or stop is called.
func work(t *testing.T, c *queue.Conn, version string) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Work(ctx, queue.WorkOptions{Version: version, Parallel: parallel, Extract: extract}) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func job(seq uint64, text string) queue.Job {
	body, _ := json.Marshal(text)
	return queue.Job{Sequence: seq, Article: fmt.Sprintf("article %d", seq), Key: queue.VersionID(text), Body: body}
}

func publish(t *testing.T, r *queue.Run, jobs ...queue.Job) {
	t.Helper()
	for _, j := range jobs {
		if err := r.Publish(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
}

func wait(t *testing.T, r *queue.Run, seq uint64) *queue.Reply {
	t.Helper()
	reply, err := r.Wait(t.Context(), seq)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func wantReply(t *testing.T, r *queue.Run, seq uint64, text string) {
	t.Helper()
	want, _ := json.Marshal("re: " + text)
	if got := wait(t, r, seq); string(got.Body) != string(want) {
		t.Errorf("the reply to %d is %.100s (%s), want %.100s", seq, got.Body, got.Error, want)
	}
}

func status(t *testing.T, c *queue.Conn) *queue.Status {
	t.Helper()
	s, err := c.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestWindow fills the window while nobody works, and then watches the streams, which must
// not grow with the input.
func TestWindow(t *testing.T) {
	const jobs, window = 200, 8
	url := serve(t)
	c, told := connect(t, url)
	r := start(t, c, queue.RunOptions{Window: window})
	defer r.Close()
	published := make(chan error, 1)
	go func() {
		for i := range uint64(jobs) {
			if err := r.Publish(t.Context(), job(i+1, fmt.Sprint(i+1))); err != nil {
				published <- err
				return
			}
		}
		published <- nil
	}()
	over := make(chan struct{})
	go func() {
		defer close(over)
		for i := range uint64(jobs) {
			if _, err := r.Wait(t.Context(), i+1); err != nil {
				t.Error(err)
				return
			}
			r.Settle(t.Context(), i+1)
		}
	}()
	for !told.contain("no worker of extractor v1 is at work: 8 jobs wait") { // it looks every two seconds
		if n := status(t, c).Jobs.Messages; n > window {
			t.Fatalf("%d jobs on the server", n)
		}
	}
	work(t, c, "v1")
	for running := true; running; {
		select {
		case <-over:
			running = false
		default:
		}
		s := status(t, c)
		// What is acknowledged stays until the acknowledgement has arrived.
		if s.Jobs.Messages > 2*window || s.Results.Messages > 2*window {
			t.Fatalf("%d jobs and %d results on the server", s.Jobs.Messages, s.Results.Messages)
		}
	}
	if err := <-published; err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := status(t, c); s.Jobs.Messages+s.Results.Messages+s.Dead.Messages+s.Bodies.Messages != 0 {
		t.Errorf("left on the server: %+v", s)
	}
}

// TestResume stops a writer before it has settled what came, changes an article, and
// starts again: what is the same is not extracted again, what is not is.
func TestResume(t *testing.T) {
	c, _ := connect(t, serve(t))
	first := start(t, c, queue.RunOptions{})
	publish(t, first, job(1, "one"), job(2, "two"), job(3, "three"))
	stop := work(t, c, "v1")
	for seq := range uint64(3) {
		wait(t, first, seq+1)
	}
	first.Settle(t.Context(), 1)
	first.Close()
	stop()
	if s := status(t, c); s.Results.Messages < 2 {
		t.Fatalf("%d results are left, not two", s.Results.Messages)
	}
	second := start(t, c, queue.RunOptions{Settled: 1})
	defer second.Close()
	publish(t, second, job(2, "two"))
	wantReply(t, second, 2, "two") // nobody works
	publish(t, second, job(3, "another"))
	work(t, c, "v1")
	wantReply(t, second, 3, "another")
	second.Settle(t.Context(), 3)
	if err := second.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestLost empties the server's streams under a run, as one does that comes back without
// its disk: the jobs are published again.
func TestLost(t *testing.T) {
	c, told := connect(t, serve(t))
	r := start(t, c, queue.RunOptions{})
	defer r.Close()
	publish(t, r, job(1, "one"), job(2, "two"))
	if err := c.Abandon(t.Context(), "run"); err != nil {
		t.Fatal(err)
	}
	work(t, c, "v1")
	wantReply(t, r, 1, "one")
	wantReply(t, r, 2, "two")
	if !told.contain("the server has lost 2 jobs") {
		t.Error("nothing is said of it")
	}
}

// TestPoison has one article on which every try fails, and one over which every worker
// dies. Both become letters with the reason, and the others go on.
func TestPoison(t *testing.T) {
	url := serve(t)
	c, _ := connect(t, url)
	r := start(t, c, queue.RunOptions{})
	defer r.Close()
	large := "poison " + strings.Repeat("x", 3<<20)
	publish(t, r, job(1, "one"), job(2, large), job(3, "three"), job(4, "fatal"), job(5, "five"))
	ctx, cancel := context.WithCancel(t.Context())
	var processes sync.WaitGroup
	for range 2 {
		processes.Go(func() {
			for ctx.Err() == nil {
				cmd := exec.CommandContext(ctx, os.Args[0])
				cmd.Env = append(os.Environ(), "ISNAD_TEST_WORKER="+url)
				_ = cmd.Run() // it dies, and another takes its place
			}
		})
	}
	defer processes.Wait()
	defer cancel()
	wantReply(t, r, 1, "one")
	wantReply(t, r, 3, "three")
	wantReply(t, r, 5, "five")
	for seq, why := range map[uint64]string{2: "it is poison", 4: "5 workers died or fell silent over it"} {
		if got := wait(t, r, seq); got.Error != why || got.Tries != queue.Tries || got.Body != nil {
			t.Errorf("the reply to %d is %+v", seq, got)
		}
	}
	r.Settle(t.Context(), 5)
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	letters := map[string]*queue.Letter{}
	for l, err := range c.Letters(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		letters[l.Name+" "+l.Error] = l
	}
	names := slices.Sorted(maps.Keys(letters))
	if want := []string{"run/2 it is poison", "run/4 5 workers died or fell silent over it"}; !slices.Equal(names, want) {
		t.Fatalf("letters are %q, want %q", names, want)
	}
	body, err := c.Open(t.Context(), letters[names[0]])
	if want, _ := json.Marshal(large); err != nil || string(body) != string(want) {
		t.Errorf("the letter holds %d bytes (%v)", len(body), err)
	}
	for _, name := range names {
		if err := c.Drop(t.Context(), letters[name]); err != nil {
			t.Error(err)
		}
	}
	if err := c.Drop(t.Context(), letters[names[0]]); !errors.Is(err, queue.ErrNoLetter) {
		t.Errorf("dropped twice: %v", err)
	}
	if s := status(t, c); s.Dead.Messages+s.Bodies.Messages+s.Jobs.Messages+s.Results.Messages != 0 {
		t.Errorf("left on the server: %+v", s)
	}
}

// TestLarge sends bodies over the limit of a message there and back.
func TestLarge(t *testing.T) {
	c, _ := connect(t, serve(t))
	r := start(t, c, queue.RunOptions{})
	defer r.Close()
	work(t, c, "v1")
	large := strings.Repeat("large ", 500_000)
	publish(t, r, job(1, large), job(2, "small"))
	wantReply(t, r, 1, large)
	if s := status(t, c); s.Bodies.Messages == 0 {
		t.Error("no body is in the bucket")
	}
	r.Settle(t.Context(), 1)
	if s := status(t, c); s.Bodies.Messages != 0 {
		t.Errorf("%d pieces are left in the bucket", s.Bodies.Messages)
	}
	wantReply(t, r, 2, "small")
}

// TestStop tells a worker to end while it works: it sends what it has done, so that nobody
// need do it again.
func TestStop(t *testing.T) {
	url := serve(t)
	c, _ := connect(t, url)
	r := start(t, c, queue.RunOptions{})
	defer r.Close()
	begun, told := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- c.Work(ctx, queue.WorkOptions{Version: "v1", Parallel: 1, Extract: func(ctx context.Context, body []byte) ([]byte, error) {
			close(begun)
			<-told
			return extract(ctx, body)
		}})
	}()
	publish(t, r, job(1, "one"), job(2, "two"))
	<-begun
	cancel()
	close(told)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	wantReply(t, r, 1, "one")
	for status(t, c).Jobs.Messages != 1 { // the other is acknowledged, if not at once
		time.Sleep(10 * time.Millisecond)
	}
}

// TestVersions starts a worker of another version: it takes nothing and says why.
func TestVersions(t *testing.T) {
	url := serve(t)
	c, _ := connect(t, url)
	r := start(t, c, queue.RunOptions{})
	defer r.Close()
	publish(t, r, job(1, "one"))
	other, told := connect(t, url)
	stop := work(t, other, "v2")
	for !told.contain("jobs wait for extractor v1; this worker is v2 and leaves them alone") {
		if n := status(t, c).Jobs.Messages; n != 1 {
			t.Fatalf("%d jobs on the server", n)
		}
	}
	stop()
	work(t, c, "v1")
	wantReply(t, r, 1, "one")
}

// TestTwoWriters refuses a second writer of a graph while the first lives, and lets it
// take over when the first has died.
func TestTwoWriters(t *testing.T) {
	url := serve(t)
	c, _ := connect(t, url)
	opt := queue.RunOptions{ID: "run", Version: "v1", Graph: "postgres://host/news"}
	first, err := c.StartRun(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	d, told := connect(t, url)
	if _, err := d.StartRun(t.Context(), opt); !errors.Is(err, queue.ErrWriting) || !strings.Contains(err.Error(), fmt.Sprintf("process %d on ", os.Getpid())) {
		t.Fatalf("the second writer: %v", err)
	}
	if other, err := d.StartRun(t.Context(), queue.RunOptions{ID: "other", Version: "v1", Graph: "postgres://host/sports"}); err != nil {
		t.Errorf("a writer of another graph: %v", err)
	} else {
		other.Close()
	}
	c.Close() // as a process does that dies
	second, err := d.StartRun(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	second.Close()
	if !told.contain("waiting to see whether it lives") {
		t.Error("the wait is not explained")
	}
	again, err := d.StartRun(t.Context(), opt)
	if err != nil {
		t.Fatalf("after the lease was given back: %v", err)
	}
	again.Close()
}
