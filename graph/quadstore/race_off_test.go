//go:build !race

package quadstore

const raceEnabled = false
