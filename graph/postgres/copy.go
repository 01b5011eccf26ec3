package postgres

import (
	"bytes"
	"encoding/binary"
	"io"
)

// copyRows collects the rows of a COPY in PostgreSQL's binary format.
type copyRows struct{ buf bytes.Buffer }

const (
	copySignature = "PGCOPY\n\xff\r\n\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" // no flags, no extension
	copyTrailer   = "\xff\xff"

	copyQuads    = "COPY quads (subject_hash, predicate_hash, object_hash, label_hash) FROM STDIN (FORMAT binary)"
	copyNumbered = "COPY quads (horizon, subject_hash, predicate_hash, object_hash, label_hash) FROM STDIN (FORMAT binary)"
	copyNodes    = "COPY nodes (hash, refs, " + valueColumns + ") FROM STDIN (FORMAT binary)"
)

// add appends a row; nil is NULL.
func (c *copyRows) add(fields ...[]byte) {
	b := c.buf.AvailableBuffer()
	b = binary.BigEndian.AppendUint16(b, uint16(len(fields)))
	for _, f := range fields {
		if f == nil {
			b = binary.BigEndian.AppendUint32(b, ^uint32(0))
			continue
		}
		b = binary.BigEndian.AppendUint32(b, uint32(len(f)))
		b = append(b, f...)
	}
	c.buf.Write(b)
}

// addQuad appends a quad for copyQuads.
func (c *copyRows) addQuad(q *[4]hash) { c.add(q[0][:], q[1][:], q[2][:], labelOf(q)) }

// addNumbered appends a quad with its horizon for copyNumbered.
func (c *copyRows) addNumbered(horizon int64, q *[4]hash) {
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], uint64(horizon))
	c.add(number[:], q[0][:], q[1][:], q[2][:], labelOf(q))
}

func labelOf(q *[4]hash) []byte {
	if !q[3].Valid() {
		return nil
	}
	return q[3][:]
}

// addNode appends a node for copyNodes.
func (c *copyRows) addNode(h hash, refs int32, v *columns) {
	c.add(h[:], binary.BigEndian.AppendUint32(nil, uint32(refs)),
		v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9])
}

// reader returns the rows as a COPY wants them.
func (c *copyRows) reader() io.Reader { return copyStream(&c.buf) }

// copyStream puts rows between what begins and what ends them.
func copyStream(rows io.Reader) io.Reader {
	return io.MultiReader(bytes.NewReader([]byte(copySignature)), rows, bytes.NewReader([]byte(copyTrailer)))
}
