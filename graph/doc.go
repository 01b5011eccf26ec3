// Package graph keeps what articles say as a Cayley graph in which every edge leads to
// the words that state it.
//
// A Graph has one writer: Put and Retract each apply the net difference that one
// article's arrival, replacement or departure makes, in one atomic batch. A View is a
// read-only state of the graph; queries and everything else that reads work on one.
//
// # The persisted form
//
// Everything persisted is quads, so a dump of them is complete. quads.go and
// docs/quads.md describe each. What an article contributed is kept whole: its document
// result and its assignment of document entities to entities of the graph. All other
// quads are a pure function of the set of live (result, assignment) pairs, whatever the
// order in which they came.
//
// So that a write need not read what other articles say, sums are kept as literals:
// one Tally for each entity, its publication dates by year, and one tally for each
// claim, that is, for each (subject, predicate, object, status). A write reads the
// tallies it touches, adds or subtracts, and derives the quads before and after; no
// read visits a node whose quads grow with the number of articles, but for evidence
// whose statement changes when a finer or a second date becomes known.
package graph
