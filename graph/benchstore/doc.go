// Package benchstore compares isnad's quad store with Cayley's own on one machine, in one
// run, with the same quads of real articles. It has tests only: see make bench-store.
package benchstore
