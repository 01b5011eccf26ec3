package postgres

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// clockTick is the unit of the times in /proc, 1/100 s on every Linux that Go runs on.
const clockTick = 10 * time.Millisecond

// usage is the processor time that this process, a server's process and its children, living or
// ended, have used so far. Unlike the time on the clock it hardly depends on who else
// uses the machine.
func usage(t testing.TB, server int) time.Duration {
	t.Helper()
	var self syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &self); err != nil {
		t.Fatal(err)
	}
	sum := time.Duration(self.Utime.Nano() + self.Stime.Nano())
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended meanwhile
		}
		// The second field is the program's name in parentheses.
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		const parent, user, childSystem = 1, 11, 14
		last := user + 1
		if name == fmt.Sprintf("/proc/%d/stat", server) {
			last = childSystem
		} else if fields[parent] != strconv.Itoa(server) {
			continue
		}
		for _, f := range fields[user : last+1] {
			ticks, err := strconv.ParseInt(f, 10, 64)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			sum += time.Duration(ticks) * clockTick
		}
	}
	return sum
}
