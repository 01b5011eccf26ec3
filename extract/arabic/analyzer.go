package arabic

import (
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"isnad/extract"
)

// Options adds to what the analyzer knows.
type Options struct {
	// Words are names, of one or several words. A word of a name keeps its letters
	// unless counts speak strongly against it, and may stand behind a clitic even if
	// the word counts do not hold it (مراكش in وبمراكش).
	Words []string
}

// Analyzer is the stage that fills Sentences and Tokens. It is safe for concurrent use.
type Analyzer struct {
	splitter splitter
	forms    *forms
	stops    map[string]bool       // abbreviations that a full stop does not end
	tails    map[string][][]string // of names spelled in letters, by the first
	cache    []atomic.Pointer[analysis]
}

var _ extract.Stage = (*Analyzer)(nil)

// cacheSize is the number of analysed words kept; a power of two.
const cacheSize = 1 << 16

// New loads the lexicons.
func New(opt Options) (*Analyzer, error) {
	verbs, err := parseVerbs(verbFile)
	if err != nil {
		return nil, err
	}
	written := make(chan *forms, 1) // beside the rest: it takes as long
	go func() { written <- writeOut(verbs) }()
	counts, err := loadCounts(wordFile)
	if err != nil {
		return nil, err
	}
	fixed, err := loadFixed(cliticFile)
	if err != nil {
		return nil, err
	}
	a := &Analyzer{
		forms: <-written,
		stops: loadStops(stopFile),
		tails: tails(opt.Words),
		cache: make([]atomic.Pointer[analysis], cacheSize),
	}
	a.splitter = splitter{
		counts: counts,
		fixed:  fixed,
		names:  map[string]bool{},
		isVerb: a.forms.isVerb,
	}
	for _, name := range opt.Words {
		for word := range Words(name) {
			a.splitter.names[Fold(word)] = true
		}
	}
	return a, nil
}

// Name is "arabic".
func (*Analyzer) Name() string { return "arabic" }

// Fingerprint writes the lexicons in force, but for the names, which are another's.
func (*Analyzer) Fingerprint(w io.Writer) {
	w.Write(wordFile)
	for _, text := range []string{cliticFile, stopFile, verbFile} {
		io.WriteString(w, text)
	}
}

// Annotate fills the document's Sentences and Tokens.
func (a *Analyzer) Annotate(d *extract.Document) {
	d.Tokens = make([]extract.Token, 0, len(d.Text)/8)
	d.Sentences = d.Sentences[:0]
	paragraph, words := 0, said(d.Text)
	var line []extract.Token
	for at := 0; at <= len(d.Text); {
		end := len(d.Text)
		if n := strings.IndexAny(d.Text[at:], "\n\r\u2028\u2029"); n >= 0 {
			end = at + n
		}
		first := len(d.Tokens)
		line = a.recut(a.tokenize(line[:0], d.Text[at:end], at), words)
		d.Tokens = append(d.Tokens, line...)
		if len(d.Tokens) > first {
			title := at < d.Title.End
			a.sentences(d, first, paragraph, title)
			paragraph++
		}
		at = end + 1
	}
}

// tokenize appends the tokens of text, which stands at byte offset of the document.
func (a *Analyzer) tokenize(tokens []extract.Token, text string, offset int) []extract.Token {
	scan(text, func(p piece) {
		written := text[p.start:p.end]
		span := extract.Span{Start: offset + p.start, End: offset + p.end}
		if p.kind == extract.Word {
			tokens = a.appendWord(tokens, written, span, p.glued)
			return
		}
		tok := extract.Token{Span: span, Kind: p.kind, Form: written, Norm: written, Glued: p.glued}
		if p.kind == extract.Number || p.kind == extract.Latin {
			tok.Form = Bare(written)
			tok.Norm = foldBare(tok.Form)
		}
		tok.Base = tok.Norm
		tokens = append(tokens, tok)
	})
	return tokens
}

// analysis is all that is known of a written word by itself.
type analysis struct {
	word   string // Bare
	tokens []extract.Token
	widths []int // bytes of word that each token takes
}

// appendWord appends the tokens of one written word.
func (a *Analyzer) appendWord(tokens []extract.Token, written string, span extract.Span, glued bool) []extract.Token {
	word := Bare(written)
	an := a.analyse(word)
	if len(an.tokens) == 1 || word == written {
		at := span.Start
		for i, tok := range an.tokens {
			tok.Start, tok.End, tok.Glued = at, at+an.widths[i], glued || i > 0
			at = tok.End
			tokens = append(tokens, tok)
		}
		tokens[len(tokens)-1].End = span.End
		return tokens
	}
	ends := align(written, an.widths)
	if ends == nil { // a clitic within a ligature cannot be told apart
		tok := a.wholeToken(word)
		tok.Span, tok.Glued = span, glued
		return append(tokens, tok)
	}
	at := 0
	for i, tok := range an.tokens {
		tok.Start, tok.End, tok.Glued = span.Start+at, span.Start+ends[i], glued || i > 0
		at = ends[i]
		tokens = append(tokens, tok)
	}
	return tokens
}

// align returns where in written each part of its bare form ends, given the parts'
// lengths in bytes; marks belong to the letter before them. It returns nil if a part
// ends inside a character of written.
func align(written string, widths []int) []int {
	var ends []int
	bare, want := 0, widths[0]
	for i, r := range written {
		w := len(Bare(string(r)))
		if w > 0 && bare == want {
			ends = append(ends, i)
			if len(ends) == len(widths) {
				return nil
			}
			want += widths[len(ends)]
		}
		if bare += w; bare > want {
			return nil
		}
	}
	if ends = append(ends, len(written)); len(ends) != len(widths) {
		return nil
	}
	return ends
}

// analyse returns the analysis of a bare word. Analyses depend on nothing but the
// word, so that the cache changes speed only.
func (a *Analyzer) analyse(word string) *analysis {
	slot := &a.cache[hashFold(word)&(cacheSize-1)]
	if an := slot.Load(); an != nil && an.word == word {
		return an
	}
	an := &analysis{word: strings.Clone(word)}
	before := ""
	for _, p := range a.parts(an.word) {
		tok := a.wholeToken(p.form)
		switch p.role {
		case proclitic:
			tok.Kind, tok.Verb, tok.Noun = extract.Proclit, nil, nil
			before = p.form
		case enclitic:
			tok.Kind, tok.Verb, tok.Noun = extract.Enclit, nil, nil
		default:
			if p.form != p.letters && tok.Verb == nil {
				tok.Verb, _ = a.forms.readings(p.letters, "") // استضافتها is استضافة and استضافت
			}
			tok.Verb, tok.Noun = behind(before, tok.Verb, tok.Noun)
		}
		an.tokens = append(an.tokens, tok)
		an.widths = append(an.widths, len(p.letters))
	}
	slot.Store(an)
	return an
}

// behind returns the readings that can stand behind a proclitic: no verb behind ب or
// ك, only the imperfect behind ل and س, and no noun behind س.
func behind(clitic string, verbs []extract.VerbReading, nouns []extract.NounReading) ([]extract.VerbReading, []extract.NounReading) {
	switch clitic {
	case "ب", "ك":
		verbs = nil
	case "ل", "س":
		verbs = slices.DeleteFunc(verbs, func(v extract.VerbReading) bool { return v.Tense != extract.Imperfect })
		if clitic == "س" {
			nouns = nil
		}
	}
	return verbs, nouns
}

func (a *Analyzer) parts(word string) []part {
	switch {
	case letters(word) == 1 && strings.Contains("وفبلكس", word), word == "ال":
		return []part{{letters: word, form: word, role: proclitic}}
	case strings.Contains(word, "."):
		return whole(word)
	}
	return a.splitter.cut(word, first, 0)
}

// wholeToken returns the token of a word in full, without span.
func (a *Analyzer) wholeToken(form string) extract.Token {
	tok := extract.Token{Kind: extract.Word, Form: form, Norm: foldBare(form)}
	tok.Base = tok.Norm
	if a.hasArticle(form) {
		tok.Def = true
		tok.Base = tok.Norm[len("ال"):]
	}
	noun := form
	if tok.Def {
		noun = form[len("ال"):]
	}
	tok.Verb, tok.Noun = a.forms.readings(form, noun)
	if tok.Def {
		tok.Verb = nil
	}
	c := a.splitter.counts
	tok.Count = int(c.folded(form)/c.total + 0.5)
	return tok
}

// hasArticle reports whether the ال in front of form is the article: not in words
// of the closed class, nor where form is known as a verb or the noun of one (التقى,
// التزام) and what would be left is rarer.
func (a *Analyzer) hasArticle(form string) bool {
	rest, ok := strings.CutPrefix(form, "ال")
	if !ok || letters(rest) < 2 || a.splitter.fixed[form] != nil {
		return false
	}
	verbs, nouns := a.forms.readings(form, form)
	counts := a.splitter.counts
	return verbs == nil && nouns == nil || counts.exact(rest) > counts.exact(form)
}
