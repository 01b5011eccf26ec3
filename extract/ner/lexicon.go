package ner

import (
	"embed"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/schema"
)

//go:embed data/*.txt
var data embed.FS

// nisba is a reading of a word as an adjective of nationality.
type nisba struct {
	code   string
	gender extract.Gender
	number extract.GrammNumber
	unsure bool // also an ordinary word
}

// head is a noun that heads names of a class.
type head struct {
	class schema.Class
	alone bool // definite and alone it is a body
	weak  bool // only with a name, nationality or quotation

	never      bool // alone no description of anything (اليوم)
	portfolio  bool // the portfolio of a ministry, which a nationality makes that ministry
	purpose    bool // what it is for belongs to its name, behind ل (لجنة التحقيق، الهيئة العليا لمكافحة الفساد)
	leading    bool // behind ب it says who leads (برئاسة)
	aside      bool // with a pronoun it says something else (من جهته، في طريقه)
	described  bool // only with an adjective (فعالية ثقافية)
	appositive bool // a body's name behind it is its own (حركة حماس), not its owner's

	noun  string   // folded, without article and case ending
	rest  []string // folded words that must follow, without article
	kinds []string // folded nouns that may take up what it heads
}

// title is a form of the head noun of an office.
type title struct {
	lemma      string
	gender     extract.Gender
	number     extract.GrammNumber
	place      bool // the phrase may end in a place
	loose      bool // an occupation: needs a complement or article, and a name
	ordinary   bool // also an ordinary word: needs a definite complement and a name
	represents bool // speaks for what "عن" governs (النائب عن حزب)
	known      bool // though an ordinary word, with a complement an office without a name too
	style      bool // stands before any name too
	deputed    bool // acts for another, whose office and name may stand within
	accredited bool // what "في" or "ب" governs is where he is sent, not whose he is

	construct bool // a form without article: before a genitive, or accusative
}

// word is all that the lexicon knows of a folded word.
type word struct {
	roles role
	nisba *nisba
	heads []head
	pairs []head // heads with what must follow: دفاع مدني
	title *title
}

func (w *word) is(p role) bool { return w != nil && w.roles&p != 0 }

// entry is what a gazetteer phrase names.
type entry struct {
	class   schema.Class
	code    string
	place   string // code of the country a place lies in
	capital bool   // a capital, which may stand for its government
	unsure  bool   // needs context
	nisba   *nisba // a nationality of several words
	marbuta bool   // ends in ة, which one that ends in ه is not (جدة، جده)
	kinds   *kinds // shared by all names of the same thing
}

// kinds are the folded nouns that head one or other name of a thing and so may take
// it up: وكاله, of رويترز and وكالة رويترز.
type kinds []string

// add keeps the first word of a name, without article.
func (k *kinds) add(name string) {
	first, _, several := strings.Cut(arabic.Fold(name), " ")
	first = strings.TrimPrefix(first, "ال")
	if several && !slices.Contains(*k, first) {
		*k = append(*k, first)
	}
}

// phrase is a gazetteer name behind its first word.
type phrase struct {
	rest []string // folded written words
	*entry
}

// lexicon holds all data, folded. It is immutable once loaded.
type lexicon struct {
	words   map[string]*word
	phrases map[string][]phrase // by first word; longest first
	text    []byte              // the data itself, for the extractor's fingerprint
	names   []string            // words of names as written, for the tokeniser

	classes    map[string]uint16 // of words that occur alike, by folded word
	adjectives map[string]bool   // folded, without article
}

// loadLexicon reads the embedded data.
func loadLexicon() (*lexicon, error) {
	l := &lexicon{words: make(map[string]*word, 1<<15), phrases: make(map[string][]phrase, 1<<13), adjectives: make(map[string]bool, 1<<12)}
	files := []struct {
		name string
		add  func([]string) error
	}{
		{"countries.txt", l.addCountry}, {"places.txt", l.addPlace}, {"organizations.txt", l.addOrganization},
		{"places_rare.txt", l.addRarePlace},
		{"names.txt", l.addName}, {"heads.txt", l.addHead}, {"hypernyms.txt", l.addHypernyms}, {"offices.txt", l.addOffice}, {"words.txt", l.addWord},
		{"adjectives.txt", l.addAdjective},
	}
	for _, f := range files {
		text, err := data.ReadFile("data/" + f.name)
		if err != nil {
			return nil, fmt.Errorf("ner: %w", err)
		}
		if err := eachLine(f.name, text, f.add); err != nil {
			return nil, err
		}
		l.text = append(l.text, text...)
	}
	l.sortPhrases()
	var err error
	l.classes, err = loadClusters()
	return l, err
}

// eachLine calls add with the columns of every line of a data file.
func eachLine(name string, text []byte, add func([]string) error) error {
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := add(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("ner: %s:%d: %w", name, n, err)
		}
	}
	return nil
}

func (l *lexicon) sortPhrases() {
	for _, list := range l.phrases {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].rest) > len(list[j].rest) })
	}
}

func (l *lexicon) word(folded string) *word {
	w := l.words[folded]
	if w == nil {
		w = &word{}
		l.words[folded] = w
	}
	return w
}

// addPhrase adds a name, also in the other common spelling of "American".
func (l *lexicon) addPhrase(name string, e *entry) {
	folded := arabic.Fold(name)
	l.addFolded(strings.Fields(folded), name, e)
	if other := strings.ReplaceAll(folded, "امريكي", "اميركي"); other != folded {
		l.addFolded(strings.Fields(other), name, e)
	}
}

func (l *lexicon) addFolded(words []string, name string, e *entry) {
	if len(words) == 0 {
		return
	}
	for _, p := range l.phrases[words[0]] {
		if len(p.rest) == len(words)-1 && strings.Join(p.rest, " ") == strings.Join(words[1:], " ") {
			return // the first to claim a name keeps it
		}
	}
	l.phrases[words[0]] = append(l.phrases[words[0]], phrase{words[1:], e})
	l.keep(name, e.class)
}

// keep adds the words of a name that the tokeniser is to leave whole. Of bodies that
// is the first only: the others are common nouns, often with a clitic (لشؤون اللاجئين).
func (l *lexicon) keep(name string, class schema.Class) {
	for n, w := range strings.Fields(name) {
		clitic := strings.HasPrefix(w, "و") || strings.HasPrefix(w, "ل") || strings.HasPrefix(w, "بال")
		if n == 0 || class != schema.Organization && !clitic {
			l.names = append(l.names, w)
		}
	}
	if first, _, _ := strings.Cut(name, " "); class == schema.Organization && utf8.RuneCountInString(first) <= 3 {
		l.names = append(l.names, name) // may be spelled in letters
	}
}

// values splits a column and reports which values carry the mark of doubt.
func values(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, "; ")
}

func unsure(value string) (string, bool) {
	name, found := strings.CutSuffix(value, "?")
	return name, found
}

func columns(c []string, want int) error {
	if len(c) != want {
		return fmt.Errorf("%d columns, want %d", len(c), want)
	}
	return nil
}

func (l *lexicon) addCountry(c []string) error {
	if err := columns(c, 4); err != nil {
		return err
	}
	code, kind := c[0], &kinds{"بلاد", "بلد", "دوله"}
	for _, v := range values(c[1]) {
		name, doubt := unsure(v)
		kind.add(name)
		l.addPhrase(name, &entry{class: schema.Country, code: code, unsure: doubt, kinds: kind})
	}
	for _, v := range values(c[2]) {
		name, doubt := unsure(v)
		l.addPhrase(name, &entry{class: schema.Place, code: code, place: code, capital: true, unsure: doubt})
	}
	for _, v := range values(c[3]) {
		forms := strings.Split(v, " +")
		base, doubt := unsure(forms[0])
		for _, a := range inflect(arabic.Fold(base)) {
			l.addNisba(a.form, &nisba{code, a.gender, a.number, doubt})
		}
		l.names = append(l.names, base, base+"ة")
		for _, plural := range forms[1:] {
			l.addNisba(arabic.Fold(plural), &nisba{code, extract.Masculine, extract.Plural, false})
			l.names = append(l.names, plural)
		}
	}
	return nil
}

func (l *lexicon) addNisba(form string, n *nisba) {
	if first, _, several := strings.Cut(form, " "); several {
		e := &entry{class: schema.Country, code: n.code, nisba: n}
		l.addPhrase(form, e)
		l.addPhrase("ال"+form, e)
		l.addPhrase(first+" ال"+strings.TrimPrefix(form, first+" "), e)
		return
	}
	if w := l.word(form); w.nisba == nil {
		w.nisba = n
	}
}

func (l *lexicon) addPlace(c []string) error {
	if len(c) != 2 && len(c) != 3 {
		return fmt.Errorf("%d columns, want 2 or 3", len(c))
	}
	l.addPhrase(c[0], &entry{class: schema.Place, place: c[1], unsure: len(c) == 3, marbuta: strings.HasSuffix(c[0], "ة")})
	return nil
}

// addRarePlace adds a place whose name the tokeniser need not keep whole.
func (l *lexicon) addRarePlace(c []string) error {
	if err := columns(c, 2); err != nil {
		return err
	}
	kept := len(l.names)
	l.addPhrase(c[0], &entry{class: schema.Place, unsure: c[1] == "?"})
	l.names = l.names[:kept]
	return nil
}

func (l *lexicon) addOrganization(c []string) error {
	if err := columns(c, 2); err != nil {
		return err
	}
	kind := &kinds{}
	for _, v := range values(c[1]) {
		name, doubt := unsure(v)
		kind.add(name)
		l.addPhrase(name, &entry{class: schema.Organization, code: c[0], unsure: doubt, kinds: kind})
	}
	return nil
}

func (l *lexicon) addName(c []string) error {
	if err := columns(c, 2); err != nil {
		return err
	}
	w := l.word(c[0])
	for _, flag := range c[1] {
		switch flag {
		case 'g':
			w.roles |= given
		case 'f':
			w.roles |= family
		case 'p':
			w.roles |= family | prominent
		case '?':
			w.roles |= ordinary
		default:
			return fmt.Errorf("unknown flag %q", flag)
		}
	}
	l.names = append(l.names, c[0])
	return nil
}

func (l *lexicon) addHead(c []string) error {
	if err := columns(c, 3); err != nil {
		return err
	}
	words := strings.Fields(arabic.Fold(c[0]))
	h := head{
		noun:  words[0],
		rest:  words[1:],
		class: schema.Class(c[1]),
		alone: strings.Contains(c[2], "s"),
		weak:  strings.Contains(c[2], "w"),

		never:      strings.Contains(c[2], "n"),
		portfolio:  strings.Contains(c[2], "m"),
		purpose:    strings.Contains(c[2], "p"),
		leading:    strings.Contains(c[2], "l"),
		aside:      strings.Contains(c[2], "x"),
		described:  strings.Contains(c[2], "j"),
		appositive: strings.Contains(c[2], "a"),
	}
	if w := l.word(h.noun); len(h.rest) > 0 {
		w.pairs = append(w.pairs, h)
	} else {
		w.heads = append(w.heads, h)
	}
	return nil
}

// accusative returns the reading of a word that is in no list as the indefinite
// accusative of a noun of events ("عقد اجتماعا طارئا"), or nil.
func (l *lexicon) accusative(norm string) *word {
	stem, ok := strings.CutSuffix(norm, "ا")
	w := l.words[stem]
	if !ok || w == nil {
		return nil
	}
	events := func(list []head) []head {
		return slices.DeleteFunc(slices.Clone(list), func(h head) bool { return h.class != schema.Event || h.never })
	}
	if a := (&word{heads: events(w.heads), pairs: events(w.pairs)}); len(a.heads)+len(a.pairs) > 0 {
		return a
	}
	return nil
}

// addHypernyms gives the nouns that may take up what a noun of events heads.
func (l *lexicon) addHypernyms(c []string) error {
	if err := columns(c, 2); err != nil {
		return err
	}
	w := l.word(arabic.Fold(c[0]))
	for i := range w.heads {
		if w.heads[i].class != schema.Event {
			continue
		}
		for _, noun := range values(c[1]) {
			w.heads[i].kinds = append(w.heads[i].kinds, arabic.Fold(noun))
		}
	}
	return nil
}

func (l *lexicon) addOffice(c []string) error {
	if err := columns(c, 4); err != nil {
		return err
	}
	base := title{
		lemma:      c[0],
		place:      strings.Contains(c[3], "l"),
		loose:      strings.ContainsAny(c[3], "qQ"),
		ordinary:   strings.Contains(c[3], "Q"),
		represents: strings.Contains(c[3], "r"),
		known:      strings.Contains(c[3], "a"),
		style:      strings.Contains(c[3], "t"),
		deputed:    strings.Contains(c[3], "e"),
		accredited: strings.Contains(c[3], "d"),
	}
	add := func(a adjective) {
		if w := l.word(a.form); w.title == nil || w.title.construct && !a.construct {
			t := base
			t.gender, t.number, t.construct = a.gender, a.number, a.construct
			w.title = &t
		}
	}
	for _, a := range headForms(arabic.Fold(c[0]), extract.Masculine) {
		add(a)
	}
	if c[1] != "" {
		for _, a := range headForms(arabic.Fold(c[1]), extract.Feminine) {
			add(a)
		}
	}
	for _, plural := range values(c[2]) {
		add(adjective{arabic.Fold(plural), extract.Masculine, extract.Plural, false})
	}
	return nil
}

// addAdjective adds a word that, with the article, mostly qualifies a noun.
func (l *lexicon) addAdjective(c []string) error {
	if err := columns(c, 1); err != nil {
		return err
	}
	l.adjectives[c[0]] = true
	return nil
}

func (l *lexicon) addWord(c []string) error {
	if err := columns(c, 2); err != nil {
		return err
	}
	p, ok := roleNames[c[1]]
	if !ok {
		return fmt.Errorf("unknown part %q", c[1])
	}
	l.word(arabic.Fold(c[0])).roles |= p
	return nil
}
