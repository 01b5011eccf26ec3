package extract

import (
	"isnad/extract/article"
	"isnad/schema"
)

// Span is a half-open range of bytes of a Document's Text.
type Span = schema.Span

// None marks the absence of an index into one of a Document's slices.
const None = -1

// Document is an article under analysis. Text is immutable; each Stage adds a
// layer of annotation whose parts refer to one another by index, and to the text
// by Span. Layers, in the order in which stages fill them: Sentences and Tokens,
// Times, Mentions and Offices, Entities, Relations.
type Document struct {
	Article article.Article
	Text    string // Article.Text()
	Title   Span   // empty if there is none

	Tokens    []Token    // in text order; tile every sentence but for white space
	Sentences []Sentence // in text order
	Times     []Time
	Mentions  []Mention // sorted by First, then longest first
	Offices   []Office
	Entities  []Entity
	Relations []Relation
}

// TokenKind is the rough sort of a token.
type TokenKind uint8

// The kinds of tokens.
const (
	Word    TokenKind = iota // Arabic letters
	Proclit                  // و ف ب ل ك س أ split off the front of a word
	Enclit                   // a pronoun split off the end of a word
	Number                   // digits, Arabic or European, with separators
	Latin                    // Latin letters
	Punct                    // one punctuation mark or symbol
	Furnish                  // a web address, e-mail, handle or emoji: says nothing
)

// Token is one syntactic word: clitics are tokens of their own, the article ال is not.
type Token struct {
	Span
	Kind  TokenKind
	Form  string // the word in full: Text of the span, with the alef of "للتحالف" restored (التحالف)
	Norm  string // arabic.Fold(Form): the key of every lexicon look-up
	Base  string // Norm without the article ال, if Def; else Norm
	Def   bool   // carries the article ال
	Glued bool   // no white space between this token and the one before
	Verb  []VerbReading
	Noun  []NounReading
	Count int // occurrences of Norm per million words of news; 0 if unknown
}

// Tense is the form of a verb.
type Tense uint8

// The tenses.
const (
	Perfect Tense = iota
	Imperfect
	Imperative
)

// VerbReading is one way to read a token as a finite verb.
type VerbReading struct {
	Lemma   string // third person masculine singular perfect, vocalised by its root and form only: استقبل
	Tense   Tense
	Passive bool  // can only be passive; unvocalised text leaves most passives to the frames
	Person  uint8 // 1, 2, 3
	Gender  Gender
	Number  GrammNumber
}

// Derivation is how a noun is derived from a verb.
type Derivation uint8

// The derivations.
const (
	Underived   Derivation = iota
	Masdar                 // verbal noun: استقبال
	ActivePart             // active participle: مستقبل
	PassivePart            // passive participle: مستقبل
)

// NounReading is one way to read a token as a noun derived from a verb of the lexicon.
type NounReading struct {
	Lemma      string // the verb's lemma
	Derivation Derivation
	Gender     Gender
	Number     GrammNumber
}

// Gender is grammatical gender.
type Gender uint8

// The genders.
const (
	UnknownGender Gender = iota
	Masculine
	Feminine
)

// GrammNumber is grammatical number.
type GrammNumber uint8

// The numbers.
const (
	UnknownNumber GrammNumber = iota
	Singular
	Dual
	Plural
)

// Sentence is a range of tokens [First, Last) within one paragraph.
type Sentence struct {
	Span
	First, Last int
	Paragraph   int
	Title       bool // the headline
	Furniture   bool // boilerplate that survived cleaning: yields nothing
}

// Time is a time expression.
type Time struct {
	Span
	First, Last int
	Sentence    int
	Value       string // ISO 8601, truncated to what is known: 2014-09; empty if it cannot be anchored
	End         string // last day of a range, or empty
}

// MentionForm is how a mention refers.
type MentionForm uint8

// The forms of mentions.
const (
	Name    MentionForm = iota // a proper name, full or short
	Nominal                    // a description: الوزير، الاجتماع، المملكة
	Nisba                      // an adjective of nationality: الأمريكي
	Pronoun                    // never listed in results
)

// Mention is a range of tokens [First, Last) that refers to an entity. Titles and
// honorifics of persons stand outside it; clitics do too.
type Mention struct {
	Span
	First, Last int
	Sentence    int
	Class       schema.Class
	Form        MentionForm
	Name        string   // words of the mention, contractions undone, single spaces
	Key         string   // arabic.Fold(Name)
	Code        string   // gazetteer identity: a country's ISO 3166 code, or empty
	Land        string   // ISO 3166 code of the country where a gazetteer place lies, or empty
	Head        int      // token index of the head noun
	Noun        string   // folded head noun, without article and case ending
	Kinds       []string // folded nouns that describe what a gazetteer name names: وكاله for رويترز
	Definite    bool
	Gender      Gender
	Number      GrammNumber
	Parent      int // mention it is nested in, or None
	Office      int // the Office this nominal consists of ("وزير الخارجية الروسي" without a name), or None
	Entity      int // index into Entities, or None until coreference has run
}

// Office is a phrase that names a position, next to its holder or standing for one.
type Office struct {
	Span
	First, Last int
	Sentence    int
	Value       string // the position as the text words it, without clitics and honorifics
	Holder      int    // the holder's mention: a Person name, or the nominal the office itself makes
	Country     int    // mention of the country inside or behind the phrase, or None
	Body        int    // mention of the body inside the phrase, or None
	Counterpart bool   // نظيره: the office is that of the person named before
	Before      bool   // stands before the holder's name
}

// Entity is a set of coreferent mentions.
type Entity struct {
	ID       string // e1, e2, … in order of first mention
	Class    schema.Class
	Name     string // the fullest proper form
	Code     string
	Latin    string // the name in Latin letters, or empty
	Mentions []int  // in text order
}

// Relation is a statement of the document.
type Relation struct {
	Subject     int // entity
	Predicate   string
	Object      int             // entity, or None
	Literal     *schema.Literal // instead of an entity
	Status      schema.Status
	Date        string // ISO 8601, truncated; or empty
	Place       int    // entity, or None
	To          int    // entity, or None
	Kind        string // lemma of the trigger
	As          string
	Confidence  float64
	Rule        string
	Evidence    Span
	Attribution []Attribution // outermost first
}

// Attribution is one layer of reported speech.
type Attribution struct {
	Speaker int // entity, or None
	Text    string
	Verb    string
}
