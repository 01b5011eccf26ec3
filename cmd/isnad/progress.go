package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress tells how far a long piece of work has come: a bar with rate and time
// left where stderr is a terminal, a line every few seconds elsewhere, nothing
// with --quiet.
type progress struct {
	bar   *progressbar.ProgressBar
	out   io.Writer // of lines, if there is no bar
	what  string
	start time.Time
	last  time.Time
	done  int
	total int
}

// lineEvery is the time between two lines of progress.
const lineEvery = 10 * time.Second

// newProgress starts telling of total things (-1 if unknown) called what.
func (a *app) newProgress(total int, what string) *progress {
	now := time.Now()
	p := &progress{what: what, start: now, last: now, total: total}
	f, isFile := a.err.(*os.File)
	switch {
	case a.config.Quiet:
	case isFile && term.IsTerminal(int(f.Fd())):
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(f),
			progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(),
			progressbar.OptionShowIts(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	default:
		p.out = a.err
	}
	return p
}

// step says that one more is done.
func (p *progress) step() {
	p.done++
	if p.bar != nil {
		p.bar.Add(1) // an error of the terminal is not worth stopping for
		return
	}
	now := time.Now()
	if p.out == nil || now.Sub(p.last) < lineEvery {
		return
	}
	p.last = now
	rate := float64(p.done) / now.Sub(p.start).Seconds()
	line := fmt.Sprintf("%d %s, %.0f/s", p.done, p.what, rate)
	if left := p.total - p.done; left > 0 {
		line = fmt.Sprintf("%d of %d %s, %.0f/s, %s left", p.done, p.total, p.what, rate,
			time.Duration(float64(left)/rate*float64(time.Second)).Round(time.Second))
	}
	fmt.Fprintln(p.out, line)
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
