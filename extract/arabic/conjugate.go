package arabic

import (
	"strings"

	"isnad/extract"
)

// A theme is a verb stem up to its last radical, in the notation of spell: head,
// second radical, vowel, last radical. What happens to weak and doubled radicals
// depends on nothing else.
type theme struct {
	head  string // up to the second radical; of four radicals, up to the third
	r2    string // written twice in forms II and V
	vowel string // a, i or u
	r3    string
	weak  string // what a weak last radical surfaces as between vowels: و or ي; else empty
	long  string // the long vowel of a hollow verb before a vowel, and
	short string // the short one before a consonant; else empty
	alef  string // how a final long a is written: A (دعا) or á (رمى)
}

// open is the stem before a vowel, whether written or dropped.
func (t *theme) open() string {
	switch {
	case t.long != "":
		return strings.TrimRight(t.head, "aiu") + t.long + t.r3
	case t.r2 != t.r3:
		return t.head + t.r2 + t.vowel + t.r3
	case endsInVowel(t.head):
		return t.head + t.r2 + t.r3
	}
	return t.head + t.vowel + t.r2 + t.r3
}

// shut is the stem before a consonant.
func (t *theme) shut() string {
	if t.long != "" {
		return strings.TrimRight(t.head, "aiu") + t.short + t.r3
	}
	return t.head + t.r2 + t.vowel + t.r3
}

func endsInVowel(sounds string) bool {
	return sounds != "" && strings.ContainsRune("aiuAIU", rune(sounds[len(sounds)-1]))
}

// cell is one place in the paradigm.
type cell struct {
	person uint8
	gender extract.Gender
	number extract.GrammNumber
}

const (
	masc = extract.Masculine
	fem  = extract.Feminine
	both = extract.UnknownGender
)

var (
	he       = cell{3, masc, extract.Singular}
	she      = cell{3, fem, extract.Singular}
	theyTwo  = cell{3, masc, extract.Dual}
	theyTwoF = cell{3, fem, extract.Dual}
	they     = cell{3, masc, extract.Plural}
	theyF    = cell{3, fem, extract.Plural}
	youM     = cell{2, masc, extract.Singular}
	youF     = cell{2, fem, extract.Singular}
	youTwo   = cell{2, both, extract.Dual}
	youAll   = cell{2, masc, extract.Plural}
	youAllF  = cell{2, fem, extract.Plural}
	me       = cell{1, both, extract.Singular}
	we       = cell{1, both, extract.Plural}
)

// shutEndings are the endings of the perfect that begin with a consonant.
var shutEndings = []struct {
	sounds string
	cell   cell
}{
	{"ن", theyF}, {"ت", me}, {"ت", youM}, {"ت", youF}, {"تuمA", youTwo},
	{"تuم", youAll}, {"تuنن", youAllF}, {"نA", we},
}

// perfect yields the forms of the perfect, in sounds, cut in three.
func (t *theme) perfect(yield func(prefix, stem, ending string, c cell)) {
	open, shut := t.open(), t.shut()
	if t.weak != "" {
		base := t.head + t.r2
		shut = base + "a" + t.weak
		if t.vowel == "i" {
			shut = base + "I"
			yield("", shut, "", he)
			yield("", base, "iيaت", she)
			yield("", base, "iيA", theyTwo)
			yield("", base, "iيaتA", theyTwoF)
			yield("", base, "Uا", they)
		} else {
			yield("", base, t.alef, he)
			yield("", base, "aت", she)
			yield("", shut, "A", theyTwo)
			yield("", base, "aتA", theyTwoF)
			yield("", base, "aوا", they)
		}
	} else {
		yield("", open, "", he)
		yield("", open, "aت", she)
		yield("", open, "A", theyTwo)
		yield("", open, "aتA", theyTwoF)
		yield("", open, "Uا", they)
	}
	for _, e := range shutEndings {
		yield("", shut, e.sounds, e.cell)
	}
}

// imperfectPrefixes are the prefixes and whom they stand for, by ending.
var imperfectPrefixes = struct {
	bare, two, all, allF []prefix
}{
	bare: []prefix{{"ي", he}, {"ت", she}, {"ت", youM}, {"ء", me}, {"ن", we}},
	two:  []prefix{{"ي", theyTwo}, {"ت", theyTwoF}, {"ت", youTwo}},
	all:  []prefix{{"ي", they}, {"ت", youAll}},
	allF: []prefix{{"ي", theyF}, {"ت", youAllF}},
}

type prefix struct {
	letter string
	cell   cell
}

// imperfect yields the forms of the imperfect, indicative and shortened, in sounds;
// vowel is that of the prefix.
func (t *theme) imperfect(vowel string, yield func(prefix, stem, ending string, c cell)) {
	e := t.imperfectStems()
	each := func(prefixes []prefix, stem string, endings ...string) {
		for _, p := range prefixes {
			for _, ending := range endings {
				yield(p.letter+vowel, stem, ending, p.cell)
			}
		}
	}
	for _, stem := range e.bare {
		each(imperfectPrefixes.bare, stem, "")
	}
	each(imperfectPrefixes.two, e.two, "Aن", "A")
	each(imperfectPrefixes.all, e.all, "ن", "ا")
	each(imperfectPrefixes.allF, e.allF, "ن")
	each([]prefix{{"ت", youF}}, e.youF, "ن", "")
}

// imperfectStems are the stems of the imperfect, with the vowel of the ending.
type imperfectStems struct {
	bare                 []string // without ending: indicative, jussive
	two, all, allF, youF string
}

func (t *theme) imperfectStems() imperfectStems {
	if t.weak == "" {
		open, shut := t.open(), t.shut()
		return imperfectStems{[]string{open, shut}, open, open + "U", shut, open + "I"}
	}
	base := t.head + t.r2
	switch t.vowel {
	case "u":
		return imperfectStems{[]string{base + "U", base + "u"}, base + "uو", base + "U", base + "U", base + "I"}
	case "i":
		return imperfectStems{[]string{base + "I", base + "i"}, base + "iي", base + "U", base + "I", base + "I"}
	}
	return imperfectStems{[]string{base + "á", base + "a"}, base + "aي", base + "aو", base + "aي", base + "aي"}
}
