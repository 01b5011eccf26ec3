// Package export writes a graph out and reads it back.
//
// NQuads writes all quads, sorted: equal stores give equal bytes, and Import gives a store
// equal to the one that was dumped. Cayley's native values are written under their XSD
// types. What N-Quads has no way to say is escaped so that other readers see a string: a
// character that may not stand in an IRI as \uXXXX, a byte that is not UTF-8 as \uDCxx
// (the code point of no character, which strict readers refuse), and a blank node's odd
// label in hexadecimal.
//
// Select reads a part of a graph, or all of it, for the writers of package format. It sorts
// in temporary files, so that memory does not grow with the graph. Of a whole graph it has
// the articles too, of which everything else is a function, so that Restore makes an
// equal graph of what package read finds in such a file. ReadForeign makes the result of
// one article of a graph that somebody else made.
package export
