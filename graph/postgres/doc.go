// Package postgres is a Cayley graph.QuadStore in a PostgreSQL database, in the
// schema of Cayley's own SQL backend: any Cayley reads what it writes, and it
// reads what any Cayley wrote.
//
// # What is stored
//
// Two tables are Cayley's: nodes, with a value under the SHA-1 of its text form
// and the exact number of its uses by quads, and quads, with the hashes of four
// values. What Cayley's columns cannot hold (bytes that are no UTF-8, times
// finer than a microsecond, a string that holds the characters \x00) goes to the
// column nodes.value, encoded as Cayley encodes values of unknown types. Two
// things are ours and no hindrance to others: the index isnad_label, which leads
// with the label, and the table isnad_turn, whose one row writers lock.
//
// # Writing
//
// Update runs a function within one transaction that first takes the row of
// isnad_turn, so any number of processes may write one database and take turns;
// the row counts the turns, by which a process learns that others have written.
// What PostgreSQL ends for serialization or a deadlock (40001, 40P01) runs again.
// Quads and new nodes come by COPY, a delete touches the hashes of its own quads
// only, and Load fills an empty database with the indexes built last.
//
// # Reading
//
// A View is one read-only transaction and so one state of the database. Paths
// become joins (see OptimizeShape) that are read through cursors, some rows
// ahead; names are read for all the rows at hand by one query.
//
// The statements keep to what PostgreSQL 12 and its relatives share: no
// extensions, functions or temporary tables, no advisory locks.
package postgres
