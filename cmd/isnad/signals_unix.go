//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// A file that may not grow beyond the user's limit is to be an error of the write, not
// the end of the program.
func ignoreFileSizeSignal() { signal.Ignore(syscall.SIGXFSZ) }
