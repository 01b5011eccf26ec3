package arabic

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"isnad/extract"
)

//go:embed data/verbs.txt
var verbFile string

// A verb is one entry of data/verbs.txt; the header there says how a line looks.
type verb struct {
	lemma       string
	root        []string // three or four radicals, hamza as ء
	form        string   // I … X, Q, QII, QIV
	past        string   // vowel of the second radical in form I: perfect,
	present     string   // and imperfect
	sound       bool     // a weak middle radical behaves as a strong one
	keeps       bool     // a first radical و stays in the imperfect of form I
	elides      string   // in which tenses the second radical drops: "", "imperfect" or "both"
	passive     bool     // the verb is used in the passive only
	assimilates bool     // a first radical ء turns into the ت of form VIII
	masdars     []string
}

// parseVerbs reads the verb lexicon.
func parseVerbs(text string) ([]verb, error) {
	var verbs []verb
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		v, err := parseVerb(line)
		if err != nil {
			return nil, fmt.Errorf("arabic: data/verbs.txt:%d: %w", i+1, err)
		}
		verbs = append(verbs, v)
	}
	return verbs, nil
}

var verbForms = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "Q", "QII", "QIV"}

func parseVerb(line string) (verb, error) {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return verb{}, fmt.Errorf("want lemma, root and form, found %q", line)
	}
	v := verb{lemma: fields[0], root: strings.Split(fields[1], "")}
	v.form = fields[2]
	if form, vowels, ok := strings.Cut(fields[2], ":"); ok && len(vowels) == 2 {
		v.form, v.past, v.present = form, vowels[:1], vowels[1:]
	}
	switch {
	case !slices.Contains(verbForms, v.form):
		return verb{}, fmt.Errorf("%s: unknown form %q", v.lemma, fields[2])
	case (v.form == "I") != (v.past != ""):
		return verb{}, fmt.Errorf("%s: form I, and it alone, needs its two vowels, as in I:au", v.lemma)
	case strings.HasPrefix(v.form, "Q") != (len(v.root) == 4), len(v.root) < 3:
		return verb{}, fmt.Errorf("%s: form %s does not go with root %s", v.lemma, v.form, fields[1])
	}
	for _, f := range fields[3:] {
		if err := v.setField(f); err != nil {
			return verb{}, err
		}
	}
	return v, nil
}

func (v *verb) setField(f string) error {
	switch f {
	case "sound":
		v.sound = true
	case "keeps":
		v.keeps = true
	case "elides":
		v.elides = "imperfect"
	case "elides-both":
		v.elides = "both"
	case "passive":
		v.passive = true
	case "assimilates":
		v.assimilates = true
	default:
		if r, _ := utf8.DecodeRuneInString(f); classify(r) != arabicLetter {
			return fmt.Errorf("%s: unknown mark %q", v.lemma, f)
		}
		v.masdars = append(v.masdars, f)
	}
	return nil
}

func isWeak(radical string) bool { return radical == "و" || radical == "ي" }

// pattern is the shape of a form: heads in which 1, 2, 3 stand for radicals, up to
// the second last, and the vowels behind that.
type pattern struct {
	perfect, imperfect string // heads; the imperfect's without its prefix
	past, present      string // vowels; form I has those of the verb
	prefix             string // vowel of the imperfect's prefix
	passive            string // head of the passive perfect, whose vowel is i; empty: none
	geminate           bool   // the second last radical is doubled
	final              bool   // the last radical is doubled and stands in both places
}

var patterns = map[string]pattern{
	"I":    {perfect: "1a", imperfect: "1", prefix: "a", passive: "1u"},
	"II":   {perfect: "1a", imperfect: "1a", past: "a", present: "i", prefix: "u", passive: "1u", geminate: true},
	"III":  {perfect: "1A", imperfect: "1A", past: "a", present: "i", prefix: "u", passive: "1U"},
	"IV":   {perfect: "ءa1", imperfect: "1", past: "a", present: "i", prefix: "u", passive: "ءu1"},
	"V":    {perfect: "تa1a", imperfect: "تa1a", past: "a", present: "a", prefix: "a", passive: "تu1u", geminate: true},
	"VI":   {perfect: "تa1A", imperfect: "تa1A", past: "a", present: "a", prefix: "a", passive: "تu1U"},
	"VII":  {perfect: "ٱiن1a", imperfect: "ن1a", past: "a", present: "i", prefix: "a"},
	"VIII": {perfect: "ٱi1تa", imperfect: "1تa", past: "a", present: "i", prefix: "a", passive: "ٱu1تu"},
	"IX":   {perfect: "ٱi12", imperfect: "12", past: "a", present: "a", prefix: "a", final: true},
	"X":    {perfect: "ٱiستa1", imperfect: "ستa1", past: "a", present: "i", prefix: "a", passive: "ٱuستu1"},
	"Q":    {perfect: "1a2", imperfect: "1a2", past: "a", present: "i", prefix: "u", passive: "1u2"},
	"QII":  {perfect: "تa1a2", imperfect: "تa1a2", past: "a", present: "a", prefix: "a"},
	"QIV":  {perfect: "ٱi12a3", imperfect: "12a3", past: "a", present: "i", prefix: "a", final: true},
}

// fill writes the radicals into a head.
func (v *verb) fill(head string) string {
	if v.form == "VIII" {
		head = strings.Replace(head, "1ت", v.joinedT(), 1)
	}
	return substitute(head, "123", v.root[0], v.root[1], v.root[2])
}

// substitute puts values[i] for every slots[i] in pattern. A strings.Replacer does
// the same, but building one for each of a hundred thousand forms takes longer than
// all else that is done when the program starts.
func substitute(pattern, slots string, values ...string) string {
	var b strings.Builder
	b.Grow(2 * len(pattern))
	for i := range len(pattern) {
		if slot := strings.IndexByte(slots, pattern[i]); slot >= 0 {
			b.WriteString(values[slot])
		} else {
			b.WriteByte(pattern[i])
		}
	}
	return b.String()
}

// joinedT is the first radical with the ت of form VIII, each as the other leaves it.
func (v *verb) joinedT() string {
	switch r := v.root[0]; {
	case isWeak(r), v.assimilates:
		return "تت"
	case r == "ص", r == "ض":
		return r + "ط"
	case r == "ط", r == "ظ":
		return r + r
	case r == "ز":
		return "زد"
	case r == "د", r == "ذ":
		return "دد"
	}
	return "1ت"
}

// hollow reports whether a weak middle radical gives way to a long vowel.
func (v *verb) hollow() bool {
	if v.sound || len(v.root) != 3 || !isWeak(v.root[1]) || isWeak(v.root[2]) {
		return false
	}
	return slices.Contains([]string{"I", "IV", "VII", "VIII", "X"}, v.form)
}

func (v *verb) last() string { return v.root[len(v.root)-1] }

// theme builds the stem with the given head and vowel.
func (v *verb) theme(head, vowel string) theme {
	p := patterns[v.form]
	t := theme{head: v.fill(head), vowel: vowel, r2: v.root[len(v.root)-2], r3: v.last(), alef: "á"}
	if p.final {
		t.r2 = t.r3
	}
	if p.geminate {
		t.r2 += t.r2
	}
	if isWeak(t.r3) {
		t.weak = "ي"
		if v.form == "I" && t.r3 == "و" && vowel != "i" {
			t.weak, t.alef = "و", "A"
		}
	}
	return t
}

func longOf(vowel string) string { return strings.ToUpper(vowel) }

// perfectTheme is the stem of the perfect.
func (v *verb) perfectTheme(passive bool) theme {
	p := patterns[v.form]
	head, vowel := p.perfect, p.past+v.past
	if passive {
		head, vowel = p.passive, "i"
	}
	t := v.theme(head, vowel)
	if v.hollow() {
		t.long, t.short = "A", "a"
		switch {
		case passive:
			t.long, t.short = "I", "i"
		case v.form == "I" && v.present == "u":
			t.short = "u"
		case v.form == "I":
			t.short = "i"
		}
	}
	if v.elides == "both" {
		t.r2 = ""
	}
	return t
}

// imperfectTheme is the stem of the imperfect, and of what is derived from it, with
// the given vowel.
func (v *verb) imperfectTheme(vowel string) theme {
	t := v.theme(patterns[v.form].imperfect, vowel)
	if v.hollow() {
		t.long, t.short = longOf(vowel), vowel
		if v.form == "VII" || v.form == "VIII" {
			t.long, t.short = "A", "a"
		}
	}
	if v.form == "IV" && v.root[0] == "ي" {
		t.head = "و"
	}
	if v.elides != "" {
		t.r2 = ""
	}
	return t
}

// conjugate yields every finite form of the verb, in sounds that are only valid during
// the call; passives last.
func (v *verb) conjugate(yield func(sounds []byte, tense extract.Tense, passive bool, c cell)) {
	sounds := make([]byte, 0, 64)
	emit := func(tense extract.Tense, passive bool) func(prefix, stem, ending string, c cell) {
		return func(prefix, stem, ending string, c cell) {
			sounds = append(append(append(sounds[:0], prefix...), stem...), ending...)
			yield(sounds, tense, passive, c)
		}
	}
	p := patterns[v.form]
	if !v.passive {
		t := v.perfectTheme(false)
		t.perfect(emit(extract.Perfect, false))
		t = v.imperfectTheme(p.present + v.present)
		if v.form == "I" && v.root[0] == "و" && !v.keeps && v.root[1] != v.root[2] {
			t.head = ""
		}
		t.imperfect(p.prefix, emit(extract.Imperfect, false))
	}
	if p.passive != "" {
		t := v.perfectTheme(true)
		t.perfect(emit(extract.Perfect, true))
		t = v.imperfectTheme("a")
		t.imperfect("u", emit(extract.Imperfect, true))
	}
}
