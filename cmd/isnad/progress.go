package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"isnad/extract/article"
)

// progress tells how far the reading of articles has come: a bar with rate and time
// left where stderr is a terminal, a line every few seconds elsewhere, nothing with
// --quiet. How far is measured in bytes of the input, since articles cannot be
// counted before they are read.
type progress struct {
	bar   *progressbar.ProgressBar
	lines io.Writer // if there is no bar; nil to say nothing
	start time.Time
	told  time.Time
	total int64 // bytes to read; -1 if not known
	done  int   // articles

	mu      sync.Mutex
	open    []*article.File // begun, perhaps not yet read to the end
	settled int64           // bytes of the files that are
}

const (
	barEvery  = 100 * time.Millisecond
	lineEvery = 10 * time.Second
)

// newProgress starts telling of the reading of paths.
func (a *app) newProgress(ctx context.Context, paths []string, opt article.Options) *progress {
	now := time.Now()
	p := &progress{start: now, told: now, total: -1}
	if a.config.Quiet {
		return p
	}
	if !slices.Contains(paths, "-") {
		p.total = 0
		for f := range article.Files(ctx, paths, opt) {
			if f != nil && f.Size > 0 {
				p.total += f.Size
			}
		}
	}
	f, isFile := a.err.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		p.lines = a.err
		return p
	}
	p.bar = progressbar.NewOptions64(p.total,
		progressbar.OptionSetWriter(f),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionSetElapsedTime(true),
		progressbar.OptionSetWidth(30),
		progressbar.OptionClearOnFinish(),
	)
	return p
}

// watch passes files on and notes which are being read.
func (p *progress) watch(files iter.Seq2[*article.File, error]) iter.Seq2[*article.File, error] {
	return func(yield func(*article.File, error) bool) {
		for f, err := range files {
			if f != nil {
				p.mu.Lock()
				p.open = append(p.open, f)
				p.mu.Unlock()
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// read returns the number of bytes read so far.
func (p *progress) read() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := int64(0)
	p.open = slices.DeleteFunc(p.open, func(f *article.File) bool {
		read := f.BytesRead()
		if f.Size >= 0 && read >= f.Size {
			p.settled += f.Size
			return true
		}
		n += read
		return false
	})
	return p.settled + n
}

// step says that one more article is done.
func (p *progress) step() {
	p.done++
	now := time.Now()
	rate := float64(p.done) / now.Sub(p.start).Seconds()
	switch {
	case p.bar != nil && now.Sub(p.told) >= barEvery:
		p.told = now
		p.bar.Describe(fmt.Sprintf("%d articles, %.0f/s", p.done, rate))
		read := p.read()
		if p.total >= 0 {
			read = min(read, p.total) // a file may have grown
		}
		p.bar.Set64(read) // a terminal that fails is not worth stopping for
	case p.lines != nil && now.Sub(p.told) >= lineEvery:
		p.told = now
		line := fmt.Sprintf("%d articles, %.0f/s", p.done, rate)
		if read := p.read(); read > 0 && p.total > 0 {
			spent := now.Sub(p.start)
			left := time.Duration(float64(spent) * float64(max(0, p.total-read)) / float64(read))
			line += fmt.Sprintf(", %d%%, %s left", min(100, 100*read/p.total), left.Round(time.Second))
		}
		fmt.Fprintln(p.lines, line)
	}
}

// clear takes the bar off the screen, so that a line can be printed.
func (p *progress) clear() {
	if p.bar != nil {
		p.bar.Clear()
	}
}

// finish ends the telling.
func (p *progress) finish() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
