// Package quadstore is a Cayley graph.QuadStore on Pebble, an ordered
// key-value store kept in one folder.
//
// A Store has one writer and any number of readers. ApplyDeltas is atomic:
// after it returns nil the whole batch is there and survives a crash, after
// it returns an error nothing of it is. A View is a read-only graph.QuadStore
// over the store as it was at one moment; it never waits for the writer, and
// closing it closes whatever iterators Cayley left open.
//
// # What is stored
//
// Every value (IRI, blank node, literal) that some quad uses has an id, a
// positive integer given in order of arrival and never given again. Ids in
// keys are written so that they sort by number: one byte with the count of
// the bytes that follow, then the number without leading zeros, big end
// first; 0, "no value", is one zero byte. S, P, O and L are the ids of a
// quad's subject, predicate, object and label.
//
//	key             value                     what for
//	"m" "format"    uvarint                   the version of this table
//	"m" "totals"    uvarint last id, nodes,   exact totals
//	                quads
//	"v" id          the value, encoded        a name for an id
//	"i" token       id                        an id for a name
//	"c" id          uvarint quads with it     exact counts by direction; all zero
//	                as S, as P, as O, as L    means the value goes
//	"n" id d P      uvarint quads with it in  exact counts with the predicate, of
//	                direction d and with P    values with more than 64 quads in d
//	"1" S P O L     -                         S, SP, SPO, and whether a quad exists
//	"2" P O S L     -                         P, PO
//	"3" O S P L     -                         O, OS
//	"4" L S P O     -                         L, LS, LSP   } only of quads
//	"5" P L O S     -                         PL, PLO      } that have
//	"6" O L S P     -                         OL, OLS      } a label
//
// So the quads that match any one, two or three bound directions are one
// contiguous range of one order.
//
// A value is encoded as a byte for its type and its content, see
// appendValue. A token is that encoding if it is shorter than 96 bytes, else
// its first 64 bytes and the first 32 of its SHA-256: names keep their order
// and texts stay out of keys.
//
// # Traps of Cayley's interface
//
// Deltas apply in the order given, each to what those before it left: a
// Delete of a quad followed by its Add leaves it there. Values are the same
// if and only if type and content are: the integer 10 and the string "10"
// typed as an integer are two nodes, and times keep their nanoseconds.
// NameOf, Quad and ValueOf cannot return an error; the first one is kept,
// stops every iterator of the view, and is what View.Err and Store.Err return.
package quadstore
