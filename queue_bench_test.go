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
)

// BenchmarkQueue builds 600 articles of the corpus in one process, and over a queue with
// one, two and four workers of one article at a time, all on this machine. Beside the
// rates it reports what does not depend on what else the machine does: the processor time
// that an article takes of the writer, of the workers and of the server, and the bytes
// that it takes in the store.
func BenchmarkQueue(b *testing.B) {
	sources, _ := filepath.Glob(filepath.Join(corpus, "*.jsonl.zst"))
	if len(sources) == 0 {
		b.Skip(corpus + " is not here, so there is nothing to build")
	}
	dir := b.TempDir()
	bin := buildProgram(b)
	input := filepath.Join(dir, "articles.jsonl")
	articles, _, err := sample(sources, 600, input)
	if err != nil {
		b.Fatal(err)
	}
	for _, workers := range []int{0, 1, 2, 4} {
		name := fmt.Sprintf("workers=%d", workers)
		if workers == 0 {
			name = "alone"
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				benchQueue(b, bin, input, articles, workers)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

func benchQueue(b *testing.B, bin, input string, articles, workers int) {
	dir := b.TempDir()
	store := filepath.Join(dir, "store")
	args := []string{"build", "--json", "--quiet", "--store", store}
	if workers == 0 {
		args = append(args, "--workers", "1", input)
	} else {
		server, url := companion(b, bin, "Serving", "queue", "serve", "--folder", filepath.Join(dir, "queue"), "--address", "127.0.0.1:0")
		all := make([]*exec.Cmd, workers)
		for i := range all {
			all[i], _ = companion(b, bin, "Working", "worker", "--workers", "1", "--queue", url)
		}
		args = append(args, "--queue", url, input)
		defer func() {
			work := time.Duration(0)
			for _, w := range all {
				work += dismiss(b, w)
			}
			b.ReportMetric(work.Seconds()*1000/float64(articles), "workers-cpu-ms/article")
			b.ReportMetric(dismiss(b, server).Seconds()*1000/float64(articles), "server-cpu-ms/article")
		}()
	}
	cmd := exec.Command(bin, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("isnad %s: %v", strings.Join(args, " "), err)
	}
	var did struct {
		Build struct{ Seconds float64 }
		Graph struct{ Statements map[string]int }
	}
	if err := json.Unmarshal(out, &did); err != nil {
		b.Fatal(err)
	}
	statements := 0
	for _, n := range did.Graph.Statements {
		statements += n
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	b.ReportMetric(float64(articles)/did.Build.Seconds, "articles/s")
	b.ReportMetric(float64(statements)/did.Build.Seconds, "statements/s")
	b.ReportMetric(cpu.Seconds()*1000/float64(articles), "writer-cpu-ms/article")
	b.ReportMetric(float64(folderSize(b, store))/float64(articles), "store-B/article")
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
