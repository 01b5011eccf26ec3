package sequence

import "unicode/utf8"

// Token is what the model sees of a token.
type Token struct {
	Norm  string // folded
	Base  string // without the article
	Kind  uint8  // extract.TokenKind
	Def   bool
	Verb  bool   // has a reading as a verb
	Noun  bool   // has a reading as a noun derived from a verb
	Count int    // per million words
	Class uint16 // of words that occur alike; 0 if in none
	Lex   uint32 // what the lexicon knows of it, a bit each

	Doc uint32 // what stands around its word anywhere in the document, a bit each

	hidden bool // in training: to be learned by all but the word itself
}

// word is what stands for the word of a token.
func (t *Token) word() uint64 {
	if t.hidden {
		return 0
	}
	return text(t.Norm)
}

// tableBits is the size of the feature table, as a power of two. A collision of two
// features costs less than a table twice as large.
const tableBits = 19

// rows collects the table rows of a token's features.
type rows []uint32

func (r *rows) add(template uint64, parts ...uint64) {
	h := mix(offset, template)
	for _, p := range parts {
		h = mix(h, p)
	}
	*r = append(*r, uint32(h>>(64-tableBits)))
}

// features appends the table rows of token i's features to r.
func features(r rows, s []Token, i int) rows {
	t := at(s, i)
	p, n, pp, nn := at(s, i-1), at(s, i+1), at(s, i-2), at(s, i+2)
	r.words(t, p, n, pp, nn)
	r.lexical(t, p, n, pp, nn)
	r.classes(t, p, n, pp, nn)
	return r
}

// words adds words, their ends and how rare they are.
func (r *rows) words(t, p, n, pp, nn *Token) {
	w, wp, wn := t.word(), p.word(), n.word()
	freq := rarity(t.Count)
	r.add(0)
	r.add(1, w)
	r.add(2, wp)
	r.add(3, wn)
	r.add(4, pp.word())
	r.add(5, nn.word())
	r.add(6, wp, w)
	r.add(7, w, wn)
	if !t.hidden {
		r.add(8, text(t.Base))
	}
	for k := 1; k <= 3; k++ {
		r.add(uint64(8+k), text(head(t.Base, k)))
		r.add(uint64(11+k), text(tail(t.Base, k)))
	}
	r.add(15, t.shape(), freq)
	r.add(16, rarity(p.Count), freq, rarity(n.Count))
	r.add(26, wp, freq, flag(t.Def))
	r.add(45, text(tail(p.Base, 2)), freq, flag(t.Def))
	r.add(46, text(tail(n.Base, 2)), freq, flag(t.Def))
	r.add(48, text(head(t.Base, 2)), text(tail(t.Base, 2)), freq)
}

// lexical adds what the lexicon knows of the words.
func (r *rows) lexical(t, p, n, pp, nn *Token) {
	lex, lexp, lexn := uint64(t.Lex), uint64(p.Lex), uint64(n.Lex)
	freq := rarity(t.Count)
	r.add(17, lex)
	r.add(18, lexp)
	r.add(19, lexn)
	r.add(20, uint64(pp.Lex), lexp)
	r.add(21, lexp, lex)
	r.add(22, lex, lexn)
	r.add(23, lexp, lex, lexn)
	r.add(24, lexp, freq, t.shape())
	r.add(25, lex, freq)
	r.add(27, lexn, uint64(nn.Lex))
	r.add(28, freq, rarity(n.Count), lexn)
}

// classes adds the classes of the words, and what stands around the word elsewhere in
// the document.
func (r *rows) classes(t, p, n, pp, nn *Token) {
	class, classp, classn := uint64(t.Class), uint64(p.Class), uint64(n.Class)
	lex, freq := uint64(t.Lex), rarity(t.Count)
	r.add(29, class)
	r.add(30, classp)
	r.add(31, classn)
	r.add(32, uint64(pp.Class))
	r.add(33, uint64(nn.Class))
	r.add(34, classp, class)
	r.add(35, class, classn)
	r.add(36, classp, freq, lex)
	r.add(37, freq, lex, classn)
	r.add(38, classp, classn)
	r.add(39, uint64(pp.Class), classp)
	r.add(47, text(tail(t.Base, 2)), classp)

	doc := uint64(t.Doc)
	for bits := t.Doc; bits != 0; bits &= bits - 1 {
		r.add(40, uint64(bits&-bits), freq)
	}
	r.add(41, doc, freq)
	r.add(42, doc, uint64(p.Lex))
	r.add(43, uint64(p.Doc), doc)
	r.add(44, doc, uint64(n.Doc))
}

// shape is what the tokeniser tells of a token.
func (t *Token) shape() uint64 {
	return uint64(t.Kind)<<3 | flag(t.Def)<<2 | flag(t.Verb)<<1 | flag(t.Noun)
}

var (
	edge = &Token{Norm: "\x00", Kind: 255}
)

func at(s []Token, i int) *Token {
	if i < 0 || i >= len(s) {
		return edge
	}
	return &s[i]
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// rarity is the order of magnitude of a count.
func rarity(count int) uint64 {
	var r uint64
	for count > 0 {
		count /= 4
		r++
	}
	return r
}

// head and tail return the first and last n runes of s.
func head(s string, n int) string {
	end := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}

func tail(s string, n int) string {
	start := len(s)
	for range n {
		_, size := utf8.DecodeLastRuneInString(s[:start])
		start -= size
	}
	return s[start:]
}

// FNV-1a over words of 64 bits, with a last multiplication that spreads to the high
// bits, which choose the row.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
	spread = 0x9E3779B97F4A7C15
)

func mix(h, v uint64) uint64 { return ((h ^ v) * prime) * spread }

func text(s string) uint64 {
	h := uint64(offset)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}
