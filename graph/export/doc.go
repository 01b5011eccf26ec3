// Package export writes a graph out and reads it back.
//
// The one format so far is N-Quads, sorted: equal stores give equal bytes, and Import
// gives a store equal to the one that was dumped. Cayley's native values are written
// under their XSD types. What N-Quads has no way to say is escaped so that other readers
// see a string: a character that may not stand in an IRI as \uXXXX, a byte that is not
// UTF-8 as \uDCxx (the code point of no character, which strict readers refuse), and a
// blank node's odd label in hexadecimal.
package export
