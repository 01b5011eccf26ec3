//go:build linux

package isnad_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"isnad/queue"
)

// BenchmarkQueue builds 600 articles of the corpus in one process, over a queue with one,
// two and four workers of one article at a time, and from results that are there already,
// which is what a writer can take; all on this machine. Beside the rates it reports what
// hardly depends on what else the machine does: the processor time that an article takes
// of the writer, of the workers and of the server, and the bytes that it takes in the store.
func BenchmarkQueue(b *testing.B) {
	sources, _ := filepath.Glob(filepath.Join(corpus, "*.jsonl.zst"))
	if len(sources) == 0 {
		b.Skip(corpus + " is not here, so there is nothing to build")
	}
	q := &queueBench{bin: buildProgram(b), input: filepath.Join(b.TempDir(), "articles.jsonl")}
	var err error
	if q.articles, _, err = sample(sources, 600, q.input); err != nil {
		b.Fatal(err)
	}
	for _, test := range []struct {
		name string
		run  func(*testing.B)
	}{
		{"alone", q.alone},
		{"workers=1", func(b *testing.B) { q.workers(b, 1) }},
		{"workers=2", func(b *testing.B) { q.workers(b, 2) }},
		{"workers=4", func(b *testing.B) { q.workers(b, 4) }},
		{"ready", q.ready},
	} {
		b.Run(test.name, func(b *testing.B) {
			for b.Loop() {
				test.run(b)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// queueBench builds the articles of a file in stores of their own.
type queueBench struct {
	bin, input string
	articles   int
}

// alone builds in one process.
func (q *queueBench) alone(b *testing.B) { q.build(b, b.TempDir(), "--workers", "1", q.input) }

// serve starts a server.
func (q *queueBench) serve(b *testing.B) (server *exec.Cmd, url string) {
	return companion(b, q.bin, "Serving", "queue", "serve", "--folder", filepath.Join(b.TempDir(), "queue"), "--address", "127.0.0.1:0")
}

// work starts workers; end ends them and returns their processor time.
func (q *queueBench) work(b *testing.B, url string, n int) (end func() time.Duration) {
	all := make([]*exec.Cmd, n)
	for i := range all {
		all[i], _ = companion(b, q.bin, "Working", "worker", "--workers", "1", "--queue", url)
	}
	return func() (sum time.Duration) {
		for _, w := range all {
			sum += dismiss(b, w)
		}
		return sum
	}
}

// workers builds over a queue.
func (q *queueBench) workers(b *testing.B, n int) {
	server, url := q.serve(b)
	end := q.work(b, url, n)
	q.build(b, b.TempDir(), "--queue", url, q.input)
	q.report(b, end(), "workers-cpu-ms/article")
	q.report(b, dismiss(b, server), "server-cpu-ms/article")
}

func (q *queueBench) report(b *testing.B, cpu time.Duration, unit string) {
	b.ReportMetric(cpu.Seconds()*1000/float64(q.articles), unit)
}

// ready lets a build publish everything, kills it, has the articles extracted, and builds
// again: the results are on the server.
func (q *queueBench) ready(b *testing.B) {
	server, url := q.serve(b)
	dir := b.TempDir()
	args := []string{"--queue", url, "--window", fmt.Sprint(q.articles), q.input}
	publisher := exec.Command(q.bin, append([]string{"build", "--quiet", "--store", filepath.Join(dir, "store")}, args...)...)
	if err := publisher.Start(); err != nil {
		b.Fatal(err)
	}
	q.await(b, url, func(s *queue.Status) bool { return int(s.Jobs.Messages) == q.articles })
	_ = publisher.Process.Kill()
	_ = publisher.Wait() // as it was killed
	end := q.work(b, url, 2)
	q.await(b, url, func(s *queue.Status) bool { return int(s.Results.Messages) == q.articles && s.Jobs.Messages == 0 })
	end()
	q.build(b, dir, args...)
	dismiss(b, server)
}

// await returns when the server holds what it should.
func (q *queueBench) await(b *testing.B, url string, done func(*queue.Status) bool) {
	b.Helper()
	for {
		out, err := exec.Command(q.bin, "queue", "--json", "--queue", url).Output()
		s := &queue.Status{}
		if err == nil {
			err = json.Unmarshal(out, s)
		}
		if err != nil {
			b.Fatalf("isnad queue: %v", err)
		}
		if done(s) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// build builds into a store in the folder and reports what that took.
func (q *queueBench) build(b *testing.B, dir string, args ...string) {
	b.Helper()
	store := filepath.Join(dir, "store")
	did := built(b, q.bin, append([]string{"--store", store}, args...)...)
	b.ReportMetric(float64(q.articles)/did.seconds, "articles/s")
	b.ReportMetric(float64(did.statements)/did.seconds, "statements/s")
	q.report(b, did.cpu, "writer-cpu-ms/article")
	b.ReportMetric(float64(folderSize(b, store))/float64(q.articles), "store-B/article")
}

// outcome is what a build came to.
type outcome struct {
	new, statements int
	seconds         float64 // without the start of the program
	cpu             time.Duration
}

// built runs isnad build.
func built(b *testing.B, bin string, args ...string) (o outcome) {
	b.Helper()
	cmd := exec.Command(bin, append([]string{"build", "--json", "--quiet"}, args...)...)
	out, err := cmd.Output()
	var said struct {
		Build struct {
			New     int
			Seconds float64
		}
		Graph struct{ Statements map[string]int }
	}
	if failed := json.Unmarshal(out, &said); failed != nil { // one with an unreadable article fails, and says what it did
		b.Fatalf("isnad %s: %v, %v", strings.Join(cmd.Args[1:], " "), err, failed)
	}
	for _, n := range said.Graph.Statements {
		o.statements += n
	}
	o.new, o.seconds = said.Build.New, said.Build.Seconds
	o.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return o
}

// companion starts a program that runs beside, waits until it says that it is ready, and
// returns the address that it says.
func companion(b *testing.B, bin, ready string, args ...string) (*exec.Cmd, string) {
	b.Helper()
	cmd := exec.Command(bin, args...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), ready) {
	}
	_, address, _ := strings.Cut(lines.Text(), " on ")
	address, _, _ = strings.Cut(address, " ")
	go func() {
		for lines.Scan() {
		}
	}()
	return cmd, address
}

// dismiss ends a companion and returns the processor time that it took.
func dismiss(b *testing.B, cmd *exec.Cmd) time.Duration {
	b.Helper()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		b.Error(err)
	}
	if err := cmd.Wait(); err != nil {
		b.Errorf("isnad %v: %v", cmd.Args[1:], err)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

func folderSize(b *testing.B, dir string) (total int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			info, err := d.Info()
			if err == nil {
				total += info.Size()
			}
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return total
}
