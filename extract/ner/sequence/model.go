package sequence

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// Model is a trained labeller. It is immutable and safe for concurrent use.
type Model struct {
	emit [][labels]int16           // by feature row
	move [labels + 1][labels]int32 // from a label, or the sentence's start, to a label
}

// impossible marks a labelling that is none, such as an inside without a beginning.
const impossible = -1 << 28

// Label returns the best labels of a sentence.
func (m *Model) Label(s []Token) []Label { return bestPath(m.forward(s)) }

// Names returns the names of a sentence with their margins.
func (m *Model) Names(s []Token) []Span {
	lattice := m.forward(s)
	m.backward(lattice)
	spans := Spans(bestPath(lattice))
	for k := range spans {
		spans[k].Margin = lattice[spans[k].First].margin(spans[k].Sort)
	}
	return spans
}

// bestPath follows the lattice back from its best end.
func bestPath(lattice []cell) []Label {
	path := make([]Label, len(lattice))
	best := Outside
	for i := len(lattice) - 1; i >= 0; i-- {
		if i == len(lattice)-1 {
			best = argmax(&lattice[i].score)
		} else {
			best = lattice[i+1].from[best]
		}
		path[i] = best
	}
	return path
}

// cell is a token's column of the Viterbi lattice.
type cell struct {
	emit  [labels]int32
	score [labels]int32 // of the best labelling up to here
	from  [labels]Label
	rest  [labels]int32 // of the best labelling behind here
}

// margin is by how much the best labelling with l here beats the best without it.
func (c *cell) margin(l Label) int {
	with, without := int32(2*impossible), int32(2*impossible)
	for k := range Label(labels) {
		if sum := c.score[k] + c.rest[k]; k == l {
			with = sum
		} else {
			without = max(without, sum)
		}
	}
	return int(with - without)
}

func (m *Model) forward(s []Token) []cell {
	lattice := make([]cell, len(s))
	list := make(rows, 0, 80)
	for i := range s {
		c := &lattice[i]
		list = features(list[:0], s, i)
		for _, r := range list {
			w := &m.emit[r]
			for l := range labels {
				c.emit[l] += int32(w[l])
			}
		}
		for l := range Label(labels) {
			if i == 0 {
				c.score[l] = c.emit[l] + m.move[labels][l]
				continue
			}
			prev := &lattice[i-1]
			best, from := int32(4*impossible), Outside
			for k := range Label(labels) {
				if sum := prev.score[k] + m.move[k][l]; sum > best {
					best, from = sum, k
				}
			}
			c.score[l], c.from[l] = max(best+c.emit[l], 2*impossible), from
		}
	}
	return lattice
}

func (m *Model) backward(lattice []cell) {
	for i := len(lattice) - 2; i >= 0; i-- {
		next := &lattice[i+1]
		for k := range Label(labels) {
			best := int32(2 * impossible)
			for l := range Label(labels) {
				best = max(best, m.move[k][l]+next.emit[l]+next.rest[l])
			}
			lattice[i].rest[k] = best
		}
	}
}

func argmax(scores *[labels]int32) Label {
	best := Outside
	for l := range Label(labels) {
		if scores[l] > scores[best] {
			best = l
		}
	}
	return best
}

// allowed reports whether l may follow prev, which is labels at the start.
func allowed(prev, l Label) bool {
	return l == Outside || l.Begins() || prev < labels && l.Continues(prev)
}

var errModel = errors.New("sequence: the model is damaged: train it again")

// Load reads what Save wrote.
func Load(file []byte) (*Model, error) {
	_, compressed, ok := bytes.Cut(file, headerEnd)
	if !ok {
		return nil, errModel
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("sequence: %w", err)
	}
	defer dec.Close()
	data, err := dec.DecodeAll(compressed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", errModel, err)
	}
	if len(data) != 2*labels*(1<<tableBits)+4*labels*(labels+1) {
		return nil, errModel
	}
	m := &Model{emit: make([][labels]int16, 1<<tableBits)}
	for l := range labels { // column by column: alike values stand together and compress
		for r := range m.emit {
			m.emit[r][l] = int16(binary.LittleEndian.Uint16(data))
			data = data[2:]
		}
	}
	for k := range m.move {
		for l := range labels {
			m.move[k][l] = int32(binary.LittleEndian.Uint32(data))
			data = data[4:]
		}
	}
	return m, nil
}

// headerEnd parts the header, lines of text, from the weights.
var headerEnd = []byte("\n\n")

// Save returns the model as bytes behind a header of lines that begin with #, which
// say where it comes from. The same weights give the same bytes.
func (m *Model) Save(header string) ([]byte, error) {
	var data []byte
	for l := range labels {
		for r := range m.emit {
			data = binary.LittleEndian.AppendUint16(data, uint16(m.emit[r][l]))
		}
	}
	for k := range m.move {
		for l := range labels {
			data = binary.LittleEndian.AppendUint32(data, uint32(m.move[k][l]))
		}
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return nil, fmt.Errorf("sequence: %w", err)
	}
	file := append([]byte(header), headerEnd...)
	return enc.EncodeAll(data, file), nil
}
