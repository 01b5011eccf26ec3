package arabic

import (
	"bytes"
	_ "embed"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// words.txt.zst is a text file: lines of comment that start with #, then
// "word count" lines, words as Bare leaves them, sorted by fold and then by word.
// Command gen writes it.
//
//go:embed data/words.txt.zst
var wordFile []byte

// counts is the word-count lexicon: how often each written word occurs in a corpus
// of news. Spellings that fold alike are neighbours in entries.
type counts struct {
	text    string
	entries []countEntry
	slots   []uint32 // open addressing on the fold: 1 + index of the first entry
	mask    uint32
	total   float64 // words of the corpus, in millions
}

type countEntry struct {
	at   uint32 // where the word, as written, begins in the text
	n    uint32
	size uint8 // bytes of the word
	more bool  // the next entry folds alike
}

func (c *counts) word(i int) string {
	e := &c.entries[i]
	return c.text[e.at : e.at+uint32(e.size)]
}

// loadCounts reads the lexicon from its compressed form.
func loadCounts(compressed []byte) (*counts, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("arabic: word counts: %w", err)
	}
	defer dec.Close()
	data, err := dec.DecodeAll(compressed, nil)
	if err != nil {
		return nil, fmt.Errorf("arabic: word counts: %w", err)
	}
	c := &counts{text: string(data)}
	c.entries = make([]countEntry, 0, bytes.Count(data, []byte("\n")))
	text := c.text
	for at, line := 0, 1; at < len(text); line++ {
		end := at + bytes.IndexByte(data[at:], '\n')
		if end < at {
			return nil, fmt.Errorf("arabic: word counts: line %d is cut short", line)
		}
		if text[at] != '#' && end > at {
			sep := at + bytes.IndexByte(data[at:end], ' ')
			n, ok := parseUint(text[sep+1 : end])
			if sep < at || sep-at > 255 || !ok {
				return nil, fmt.Errorf("arabic: word counts: line %d: want a word and a count", line)
			}
			c.entries = append(c.entries, countEntry{at: uint32(at), size: uint8(sep - at), n: n})
		} else if n, ok := parseUint(string(bytes.TrimPrefix(data[at:end], []byte("# total ")))); ok {
			c.total = float64(n) / 1e6
		}
		at = end + 1
	}
	c.index()
	return c, nil
}

func parseUint(s string) (uint32, bool) {
	var n uint32
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + uint32(s[i]-'0')
	}
	return n, len(s) > 0 && len(s) < 10
}

func (c *counts) index() {
	size := uint32(1)
	for int(size) < 2*len(c.entries) {
		size *= 2
	}
	c.slots, c.mask = make([]uint32, size), size-1
	for i := 0; i < len(c.entries); i++ {
		first := i
		for i+1 < len(c.entries) && sameFold(c.word(i), c.word(i+1)) {
			c.entries[i].more = true
			i++
		}
		h := hashFold(c.word(first)) & c.mask
		for c.slots[h] != 0 {
			h = (h + 1) & c.mask
		}
		c.slots[h] = uint32(first) + 1
	}
}

// exact returns how often word, as Bare leaves it, occurs in just this spelling.
func (c *counts) exact(word string) float64 {
	for i := c.find(word); i >= 0; i++ {
		if c.word(i) == word {
			return float64(c.entries[i].n)
		}
		if !c.entries[i].more {
			break
		}
	}
	return 0
}

// folded returns how often the spellings occur that fold as word does.
func (c *counts) folded(word string) float64 {
	sum := 0.0
	for i := c.find(word); i >= 0; i++ {
		sum += float64(c.entries[i].n)
		if !c.entries[i].more {
			break
		}
	}
	return sum
}

// find returns the first entry that folds as word does, or -1.
func (c *counts) find(word string) int {
	for h := hashFold(word) & c.mask; c.slots[h] != 0; h = (h + 1) & c.mask {
		if i := int(c.slots[h]) - 1; sameFold(c.word(i), word) {
			return i
		}
	}
	return -1
}

// hashFold hashes the fold of a bare word (FNV-1a over letters).
func hashFold(word string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(word); {
		if b := word[i]; b >= 0xD8 && b <= 0xDB && i+1 < len(word) { // the Arabic block
			h = (h ^ uint32(arabicFold[b&3<<6|word[i+1]&0x3F])) * 16777619
			i += 2
			continue
		}
		h = (h ^ uint32(word[i])) * 16777619
		i++
	}
	return h ^ h>>15
}

// sameFold reports whether two bare words of plain letters fold alike.
func sameFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	if a == b {
		return true
	}
	for i := 0; i < len(a); {
		if a[i] < 0x80 {
			if a[i] != b[i] {
				return false
			}
			i++
			continue
		}
		if i+1 >= len(a) {
			return a[i:] == b[i:]
		}
		if a[i] != b[i] || a[i+1] != b[i+1] {
			x := rune(a[i]&0x1f)<<6 | rune(a[i+1]&0x3f)
			y := rune(b[i]&0x1f)<<6 | rune(b[i+1]&0x3f)
			if foldRune(x) != foldRune(y) {
				return false
			}
		}
		i += 2
	}
	return true
}
