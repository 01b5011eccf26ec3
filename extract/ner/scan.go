package ner

import (
	"strings"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/extract/ner/sequence"
	"isnad/schema"
)

// candidate is a mention in the making.
type candidate struct {
	first, last int
	sentence    int
	class       schema.Class
	form        extract.MentionForm
	code        string
	entry       *entry // gazetteer phrase, or nil
	nisba       *nisba
	head        int
	definite    bool
	gender      extract.Gender
	number      extract.GrammNumber
	dropped     bool
	doubt       bool // gazetteer name that still needs context
}

// office is an extract.Office in the making; mentions are indexes of candidates.
type office struct {
	first, last   int
	sentence      int
	value         string
	holder        int
	country, body int
	counterpart   bool
	before        bool
}

// scan is the work on one document.
type scan struct {
	lex     *lexicon
	doc     *extract.Document
	tokens  []extract.Token
	norm    []*word // what the lexicon knows of each token as it stands; nil if nothing
	base    []*word // and without its article
	unit    []int   // candidate that starts at the token and is not part of a longer one, or None
	cover   []int   // candidate of class Person that covers the token, or None
	units   []candidate
	offices []office
	titled  []bool // token belongs to an office

	sentence, first, last int               // where the scan is
	seen                  []sequence.Token  // scratch of learned
	global                map[string]uint32 // what stands around a word anywhere in the document
}

func newScan(lex *lexicon, d *extract.Document) *scan {
	n := len(d.Tokens)
	s := &scan{
		lex: lex, doc: d, tokens: d.Tokens,
		norm: make([]*word, n), base: make([]*word, n),
		unit: make([]int, n), cover: make([]int, n), titled: make([]bool, n),
	}
	for i := range d.Tokens {
		tok := &d.Tokens[i]
		s.unit[i], s.cover[i] = extract.None, extract.None
		if tok.Kind != extract.Word {
			continue
		}
		s.norm[i] = lex.words[tok.Norm]
		s.base[i] = s.norm[i]
		if tok.Def {
			s.base[i] = lex.words[tok.Base]
		} else if s.norm[i] == nil {
			s.base[i] = lex.accusative(tok.Norm)
		}
		if s.norm[i] == nil && len(tok.Norm) > len(slaveOfThe)+4 && strings.HasPrefix(tok.Norm, slaveOfThe) {
			s.norm[i], s.base[i] = aGivenName, aGivenName
		}
		if w := asWritten(tok.Form); w != nil {
			s.norm[i], s.base[i] = w, w
		}
	}
	return s
}

var (
	aParticle  = &word{roles: function}
	aGivenName = &word{roles: given | family}
)

// slaveOfThe begins given names written as one word (عبدالرقيب).
const slaveOfThe = "عبدال"

// asWritten returns the reading of a word whose folded spelling is both a particle's
// and a name's or title's: the preposition على and علي, the conjunction أن and آن, أمام and إمام.
func asWritten(form string) *word {
	switch form {
	case "على", "أن", "إن", "ان", "أمام":
		return aParticle
	case "علي", "آن", "قايد":
		return aGivenName
	}
	return nil
}

// in reports whether token i lies in the sentence under work.
func (s *scan) in(i int) bool { return i >= s.first && i < s.last }

func (s *scan) kind(i int, k extract.TokenKind) bool { return s.in(i) && s.tokens[i].Kind == k }

func (s *scan) is(i int, p role) bool { return s.in(i) && s.norm[i].is(p) }

// proclit reports whether token i is the proclitic written as letter.
func (s *scan) proclit(i int, letter string) bool {
	return s.kind(i, extract.Proclit) && s.tokens[i].Norm == letter
}

// inside reports whether token i is a preposition of where something is: ب or في.
func (s *scan) inside(i int) bool {
	return s.proclit(i, "ب") || s.word(i) && s.tokens[i].Norm == "في"
}

// word reports whether token i is a word, and so is (Latin letters counting as words).
func (s *scan) word(i int) bool { return s.kind(i, extract.Word) }

// suffixed reports whether a pronoun is attached to token i.
func (s *scan) suffixed(i int) bool {
	return s.kind(i+1, extract.Enclit) && s.tokens[i+1].Glued
}

// nisba returns the reading of token i as an adjective of nationality, or nil.
func (s *scan) nisba(i int) *nisba {
	if !s.word(i) || s.base[i] == nil || s.suffixed(i) {
		return nil
	}
	return s.base[i].nisba
}

// title returns the reading of token i as the head of an office, or nil.
func (s *scan) title(i int) *title {
	if !s.word(i) || s.base[i] == nil {
		return nil
	}
	t := s.base[i].title
	if t != nil && (t.construct && s.tokens[i].Def || t.ordinary && t.number == extract.Plural) {
		return nil
	}
	return t
}

// head returns the reading of token i as head noun of a class, or nil.
func (s *scan) head(i int, class schema.Class) *head {
	if !s.word(i) || s.base[i] == nil {
		return nil
	}
	for _, list := range [][]head{s.base[i].pairs, s.base[i].heads} {
		for k := range list {
			if h := &list[k]; (class == "" || h.class == class) && s.follow(i, h) {
				return h
			}
		}
	}
	return nil
}

// follow reports whether the words that head h at token i calls for stand behind it.
func (s *scan) follow(i int, h *head) bool {
	for k, want := range h.rest {
		if !s.word(i+1+k) || s.suffixed(i) {
			return false
		}
		if base := s.tokens[i+1+k].Base; base != want && base != want+"ا" {
			return false
		}
	}
	return true
}

// verb reports whether token i is to be read as a finite verb.
func (s *scan) verb(i int) bool {
	if !s.word(i) || s.tokens[i].Def {
		return false
	}
	if s.is(i, speech) {
		return true
	}
	w := s.norm[i]
	if w != nil && (w.title != nil || len(w.heads) > 0 || w.nisba != nil || w.roles&(given|family|titleAdjective|particle) != 0) {
		return false
	}
	return len(s.tokens[i].Verb) > 0 && len(s.tokens[i].Noun) == 0
}

// comma reports whether token i is a comma or a dash that sets off an apposition.
func (s *scan) comma(i int) bool {
	if !s.kind(i, extract.Punct) {
		return false
	}
	switch s.tokens[i].Form {
	case "،", ",", "-", "–", "—", "٬":
		return true
	}
	return false
}

// punct reports whether token i is the punctuation mark.
func (s *scan) punct(i int, form string) bool {
	return s.kind(i, extract.Punct) && s.tokens[i].Form == form
}

func opening(form string) bool {
	switch form {
	case "“", "«", "\"", "‘", "'", "”", "(", "„":
		return true
	}
	return false
}

func closes(open, form string) bool {
	switch open {
	case "«":
		return form == "»"
	case "“", "„":
		return form == "”" || form == "“" || form == "\""
	case "(":
		return form == ")"
	}
	return form == open || form == "“"
}

func (s *scan) quote(i int) bool {
	return s.kind(i, extract.Punct) && opening(s.tokens[i].Form) && s.tokens[i].Form != "("
}

// quoted returns the end of a quotation of at most 7 tokens that opens at token i.
func (s *scan) quoted(i int) (int, bool) {
	if !s.quote(i) {
		return i, false
	}
	open := s.tokens[i].Form
	for j := i + 1; j <= i+8 && s.in(j); j++ {
		if s.tokens[j].Kind == extract.Punct && closes(open, s.tokens[j].Form) {
			return j + 1, j > i+1
		}
	}
	return i, false
}

// add keeps a candidate and returns its index. It becomes the unit at its start if
// it is longer than the one there.
func (s *scan) add(c candidate) int {
	c.sentence = s.sentence
	if c.head == 0 {
		c.head = c.first
	}
	id := len(s.units)
	s.units = append(s.units, c)
	if u := s.unit[c.first]; c.class != "" && (u == extract.None || s.units[u].last <= c.last) {
		s.unit[c.first] = id
	}
	if c.class == schema.Person && c.form == extract.Name {
		for i := c.first; i < c.last; i++ {
			s.cover[i] = id
		}
	}
	return id
}

// at returns the live candidate that starts at token i, or nil.
func (s *scan) at(i int) *candidate {
	if !s.in(i) || s.unit[i] == extract.None {
		return nil
	}
	c := &s.units[s.unit[i]]
	if c.dropped || c.doubt {
		return nil
	}
	return c
}

// text returns the words of the tokens [first, last): contractions undone at the
// start, single spaces.
func (s *scan) text(first, last int) string {
	if first >= last {
		return ""
	}
	lead := s.tokens[first].Form
	if last == first+1 {
		return lead
	}
	if s.kind(first+1, extract.Enclit) {
		lead = s.doc.Text[s.tokens[first].Start:s.tokens[first].End] // قنصليتها, not قنصليةها
	}
	rest := s.doc.Text[s.tokens[first].End:s.tokens[last-1].End]
	return strings.Join(strings.Fields(lead+rest), " ")
}

// key folds the words of the tokens.
func (s *scan) key(first, last int) string { return arabic.Fold(s.text(first, last)) }
