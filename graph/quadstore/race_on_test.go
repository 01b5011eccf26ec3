//go:build race

package quadstore

// raceEnabled says that tests run under the race detector, where Pebble also
// checks itself at every step and is some hundred times slower.
const raceEnabled = true
