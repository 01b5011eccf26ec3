package main

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"

	"isnad/extract"
)

// Words are put into classes by the exchange algorithm (S. Martin, J. Liermann, H.
// Ney, Algorithms for bigram and trigram word clustering, Speech Communication 24,
// 1998): each word in turn goes to the class in which the bigrams of classes tell
// most of the text.
const (
	classes      = 256
	vocabulary   = 40000 // most frequent words that are clustered
	rounds       = 12
	fewestBigram = 2
)

// bigrams counts folded words and pairs of neighbours.
type bigrams struct {
	id    map[string]int32
	word  []string
	count []int
	pair  map[uint64]int32
}

func newBigrams() *bigrams {
	return &bigrams{id: map[string]int32{}, pair: map[uint64]int32{}}
}

// shape is what stands for a token: its folded word, or one sign for all numbers, all
// Latin words and so on.
func shape(tok *extract.Token) string {
	switch tok.Kind {
	case extract.Number:
		return "0"
	case extract.Latin:
		return "A"
	case extract.Furnish:
		return "@"
	}
	return tok.Norm
}

func (b *bigrams) number(w string) int32 {
	n, ok := b.id[w]
	if !ok {
		n = int32(len(b.word))
		b.id[w] = n
		b.word = append(b.word, w)
		b.count = append(b.count, 0)
	}
	b.count[n]++
	return n
}

func (b *bigrams) see(tokens []extract.Token) {
	prev := b.number("\n")
	for i := range tokens {
		w := b.number(shape(&tokens[i]))
		b.pair[uint64(prev)<<32|uint64(w)]++
		prev = w
	}
}

// neighbour is a word and how often it stands there.
type neighbour struct {
	word int32
	n    int32
}

// exchange is the clustering in progress, over words numbered by frequency.
type exchange struct {
	word        []string
	count       []int
	left, right [][]neighbour
	self        []int32 // how often a word follows itself
	class       []int32
	size        [classes]int // occurrences of each class
	bigram      [classes][classes]int
}

// start keeps the most frequent words, the first of them each in a class of its own
// and the others dealt out in turn.
func (b *bigrams) start() *exchange {
	order := make([]int32, len(b.word))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		return cmp.Or(cmp.Compare(b.count[y], b.count[x]), cmp.Compare(b.word[x], b.word[y]))
	})
	order = order[:min(vocabulary, len(order))]
	rank := make([]int32, len(b.word))
	for i := range rank {
		rank[i] = -1
	}
	n := len(order)
	e := &exchange{word: make([]string, n), count: make([]int, n), left: make([][]neighbour, n),
		right: make([][]neighbour, n), self: make([]int32, n), class: make([]int32, n)}
	for r, i := range order {
		rank[i] = int32(r)
		e.word[r], e.count[r], e.class[r] = b.word[i], b.count[i], int32(r%classes)
		e.size[e.class[r]] += b.count[i]
	}
	for pair, n := range b.pair {
		v, w := rank[pair>>32], rank[uint32(pair)]
		if v < 0 || w < 0 || n < fewestBigram {
			continue
		}
		e.bigram[e.class[v]][e.class[w]] += int(n)
		if v == w {
			e.self[v] = n
			continue
		}
		e.right[v] = append(e.right[v], neighbour{w, n})
		e.left[w] = append(e.left[w], neighbour{v, n})
	}
	byWord := func(x, y neighbour) int { return cmp.Compare(x.word, y.word) }
	for w := range e.word { // the map has no order, and sums of floats depend on it
		slices.SortFunc(e.left[w], byWord)
		slices.SortFunc(e.right[w], byWord)
	}
	return e
}

// around sums the classes of the neighbours of a word into sum and returns which occur.
func (e *exchange) around(list []neighbour, sum *[classes]int, seen []int32) []int32 {
	for _, x := range list {
		c := e.class[x.word]
		if sum[c] == 0 {
			seen = append(seen, c)
		}
		sum[c] += int(x.n)
	}
	return seen
}

// shift adds sign times the bigrams of a word to those of class c.
func (e *exchange) shift(w int, c int32, left, right *[classes]int, before, behind []int32, sign int) {
	for _, g := range before {
		e.bigram[g][c] += sign * left[g]
	}
	for _, g := range behind {
		e.bigram[c][g] += sign * right[g]
	}
	e.bigram[c][c] += sign * int(e.self[w])
	e.size[c] += sign * e.count[w]
}

// gain is what the text gains in likelihood if word w joins class c.
func (e *exchange) gain(w int, c int32, left, right *[classes]int, before, behind []int32) float64 {
	sum := 0.0
	for _, g := range before {
		if g != c {
			sum += bits(e.bigram[g][c]+left[g]) - bits(e.bigram[g][c])
		}
	}
	for _, g := range behind {
		if g != c {
			sum += bits(e.bigram[c][g]+right[g]) - bits(e.bigram[c][g])
		}
	}
	sum += bits(e.bigram[c][c]+left[c]+right[c]+int(e.self[w])) - bits(e.bigram[c][c])
	return sum - float64(2*(bits(e.size[c]+e.count[w])-bits(e.size[c])))
}

// table holds n log n of small n.
var table = func() []float64 {
	t := make([]float64, 1<<16)
	for i := 1; i < len(t); i++ {
		t[i] = float64(float64(i) * math.Log(float64(i)))
	}
	return t
}()

// bits is n log n.
func bits(n int) float64 {
	if n < len(table) {
		return table[max(n, 0)]
	}
	return float64(float64(n) * math.Log(float64(n)))
}

// move finds the best class for word w and reports whether it is another one.
func (e *exchange) move(w int, scratch []int32) bool {
	var left, right [classes]int
	before := e.around(e.left[w], &left, scratch[:0])
	behind := e.around(e.right[w], &right, scratch[len(before):len(before)])
	was := e.class[w]
	e.shift(w, was, &left, &right, before, behind, -1)
	best, most := was, e.gain(w, was, &left, &right, before, behind)
	for c := range int32(classes) {
		if g := e.gain(w, c, &left, &right, before, behind); g > most+1e-6 {
			best, most = c, g
		}
	}
	e.shift(w, best, &left, &right, before, behind, 1)
	e.class[w] = best
	return best != was
}

// clusters renders the classes as lines of class and word.
func (b *bigrams) clusters() []byte {
	e := b.start()
	scratch := make([]int32, 0, 4*classes)
	for range rounds {
		moved := 0
		for w := range e.word {
			if e.move(w, scratch) {
				moved++
			}
		}
		if moved*1000 < len(e.word) {
			break
		}
	}
	order := make([]int, len(e.word))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(e.class[x], e.class[y]), cmp.Compare(e.word[x], e.word[y]))
	})
	var out bytes.Buffer
	out.WriteString("# Words by how they occur: the number of a class, a space, a folded word.\n#\n")
	out.WriteString(origin)
	fmt.Fprintf(&out, "# Order: by class, then by word. %d classes of the %d most frequent words.\n", classes, len(e.word))
	for _, i := range order {
		if e.word[i] != "\n" {
			fmt.Fprintf(&out, "%03d %s\n", e.class[i], e.word[i])
		}
	}
	return out.Bytes()
}
