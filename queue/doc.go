// Package queue carries articles to the processes that extract them and the results back
// to the one that writes a graph, over NATS JetStream.
//
// A writer opens a Run: it publishes jobs in the order of its input, waits for the reply
// of each in the same order, and settles it once it is stored. Any number of workers take
// jobs and send replies. What a job and a reply hold is bytes to this package.
//
// # What is kept on the server
//
//	stream ISNAD-JOBS     isnad.jobs.VERSION.RUN     work queue: a message goes when its worker acknowledges it
//	stream ISNAD-RESULTS  isnad.results.RUN          work queue: a message goes when the writer has stored it
//	stream ISNAD-DEAD     isnad.dead.RUN.SEQUENCE    letters: jobs on which every try failed, until they are dropped
//	bucket isnad-bodies   RUN/SEQUENCE/…             bodies that are too large for a message
//	bucket isnad-writers  GRAPH                      leases: who writes which graph
//
// RUN is the id of a run, SEQUENCE a position in its input, VERSION a hash of the version
// of the extractor, so that a job reaches only workers of the version that it is meant
// for. Messages are a line of JSON and a body (type message); the id by which the server drops those that are
// sent twice is RUN/SEQUENCE.
//
// # What holds
//
// Delivery is at least once, so replies may come twice and in any order; a Run hands out
// one for each job. At most Window jobs of a run are published and not settled, whatever
// their replies wait for, so no stream grows beyond that, but for acknowledgements that are
// on their way. A job on which every try fails becomes a letter, and its reply says so:
// nobody waits for it. A writer that starts again goes on with what its run has left on
// the server.
package queue
