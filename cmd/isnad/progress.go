package main

import (
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

// progress tells how far a long piece of work has come: a bar with rate and time left
// where stderr is a terminal, a line every few seconds elsewhere, nothing with --quiet.
type progress struct {
	bar   *progressbar.ProgressBar
	lines io.Writer // if there is no bar; nil to say nothing
	total int64     // -1 if not known
	at    func() int64
	done  int // articles
	start time.Time
	told  time.Time
}

const (
	barEvery  = 100 * time.Millisecond
	lineEvery = 10 * time.Second
)

// newProgress starts telling of work that has come to its end when at returns total.
func (a *app) newProgress(total int64, at func() int64) *progress {
	now := time.Now()
	p := &progress{total: total, at: at, start: now, told: now}
	f, isFile := a.err.(*os.File)
	switch {
	case a.config.Quiet:
	case isFile && term.IsTerminal(int(f.Fd())):
		p.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(f),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetElapsedTime(true),
			progressbar.OptionSetWidth(30),
			progressbar.OptionClearOnFinish(),
		)
	default:
		p.lines = a.err
	}
	return p
}

// step says that one more article is done.
func (p *progress) step() {
	p.done++
	now := time.Now()
	spent := now.Sub(p.start)
	said := fmt.Sprintf("%s, %.0f/s", plural(p.done, "article", "articles"), float64(p.done)/spent.Seconds())
	switch {
	case p.bar != nil && now.Sub(p.told) >= barEvery:
		p.told = now
		p.bar.Describe(said)
		at := p.at()
		if p.total >= 0 {
			at = min(at, p.total) // a file may have grown
		}
		p.bar.Set64(at) // a terminal that fails is not worth stopping for
	case p.lines != nil && now.Sub(p.told) >= lineEvery:
		p.told = now
		if at := p.at(); at > 0 && p.total > 0 {
			left := time.Duration(float64(spent) * float64(max(0, p.total-at)) / float64(at))
			said += fmt.Sprintf(", %d%%, %s left", min(100, 100*at/p.total), left.Round(time.Second))
		}
		fmt.Fprintln(p.lines, said)
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

// intake measures how much of the input has been read, in bytes: articles cannot be
// counted before they are read.
type intake struct {
	total int64 // -1 if not known

	mu      sync.Mutex
	open    []*article.File // begun, perhaps not yet read to the end
	settled int64           // bytes of the files that are
}

func newIntake(files iter.Seq2[*article.File, error]) *intake {
	in := &intake{}
	for f := range files {
		switch {
		case f == nil: // it will be told when the files are read
		case f.Size < 0:
			in.total = -1
			return in
		default:
			in.total += f.Size
		}
	}
	return in
}

// watch passes files on and notes which are being read.
func (in *intake) watch(files iter.Seq2[*article.File, error]) iter.Seq2[*article.File, error] {
	return func(yield func(*article.File, error) bool) {
		for f, err := range files {
			if f != nil {
				in.mu.Lock()
				in.open = append(in.open, f)
				in.mu.Unlock()
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// read returns the number of bytes read so far.
func (in *intake) read() int64 {
	in.mu.Lock()
	defer in.mu.Unlock()
	n := int64(0)
	in.open = slices.DeleteFunc(in.open, func(f *article.File) bool {
		read := f.BytesRead()
		if f.Size >= 0 && read >= f.Size {
			in.settled += f.Size
			return true
		}
		n += read
		return false
	})
	return in.settled + n
}
