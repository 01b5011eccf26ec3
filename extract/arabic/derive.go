package arabic

import (
	"strings"

	"isnad/extract"
)

// nounYield receives one form of a noun derived from a verb as it is written, valid
// during the call only.
type nounYield func(form []byte, d extract.Derivation, g extract.Gender, n extract.GrammNumber)

// derive yields verbal nouns and participles of the verb.
func (v *verb) derive(yield nounYield) {
	for _, sounds := range v.ruledMasdars() {
		if noun := spell(sounds); strings.HasSuffix(sounds, "i") {
			yield([]byte(noun), extract.Masdar, masc, extract.Singular) // تحد: the rest keeps its ي
		} else {
			inflectMasdar(noun, yield)
		}
	}
	for _, written := range v.masdars {
		singular, plural, _ := strings.Cut(written, "/")
		inflectMasdar(singular, yield)
		if plural != "" {
			yield([]byte(plural), extract.Masdar, fem, extract.Plural)
		}
	}
	if v.form == "I" {
		v.participlesI(yield)
		return
	}
	if v.form != "IX" && !v.passive {
		t := v.imperfectTheme("i")
		t.participle("مu", extract.ActivePart, yield)
	}
	t := v.imperfectTheme("a")
	t.participle("مu", extract.PassivePart, yield)
}

// masdars are the verbal nouns that each form gives by rule, in sounds: 1, 2, 3 stand
// for radicals, L for the last. The weak, hollow and doubled have shapes of their own
// where they are given.
var masdars = map[string]struct{ sound, weak, hollow, doubled string }{
	"II":   {sound: "تa12IL", weak: "تa12iيaة"},
	"III":  {sound: "مu1A2aLaة", weak: "مu1A2Aة", doubled: "مu1A22aة"},
	"IV":   {sound: "ءi12AL", weak: "ءi12Aء", hollow: "ءi1ALaة"},
	"V":    {sound: "تa1a22uL", weak: "تa1a22I"},
	"VI":   {sound: "تa1A2uL", weak: "تa1A2I", doubled: "تa1A22"},
	"VII":  {sound: "ٱiن1i2AL", weak: "ٱiن1i2Aء", hollow: "ٱiن1iيAL"},
	"VIII": {sound: "ٱi1تi2AL", weak: "ٱi1تi2Aء", hollow: "ٱi1تiيAL"},
	"IX":   {sound: "ٱi12iLAL"},
	"X":    {sound: "ٱiستi12AL", weak: "ٱiستi12Aء", hollow: "ٱiستi1ALaة"},
	"Q":    {sound: "1a23aLaة"},
	"QII":  {sound: "تa1a23uL"},
	"QIV":  {sound: "ٱi12i3LAL"},
}

// ruledMasdars returns the verbal nouns that the form gives by rule, in sounds.
func (v *verb) ruledMasdars() []string {
	m, ok := masdars[v.form]
	if !ok {
		return nil
	}
	pattern := m.sound
	switch weak := isWeak(v.last()); {
	case v.form == "IV" && v.elides != "":
		pattern = "ءi1Aءaة" // إراءة
	case v.form == "II" && v.last() == "ء":
		pattern = "تa12iءaة" // تهنئة
	case weak && m.weak != "":
		pattern = m.weak
	case v.hollow():
		pattern = m.hollow
	case v.root[1] == v.root[2] && m.doubled != "":
		pattern = m.doubled
	}
	if (v.form == "IV" || v.form == "X") && isWeak(v.root[0]) {
		pattern = strings.Replace(pattern, "i1", "I", 1) // إيضاح، استيعاب
	}
	sounds := v.fill(substitute(pattern, "L", v.last()))
	if stem, ok := strings.CutSuffix(sounds, "I"); ok {
		return []string{sounds, stem + "i"} // التحدي، تحد
	}
	return []string{sounds}
}

// inflectMasdar yields the numbers of a verbal noun, given as it is written.
func inflectMasdar(noun string, yield nounYield) {
	form := make([]byte, 0, 64)
	give := func(stem, ending string, g extract.Gender, n extract.GrammNumber) {
		form = append(append(form[:0], stem...), ending...)
		yield(form, extract.Masdar, g, n)
	}
	if base, ok := strings.CutSuffix(noun, "ة"); ok {
		give(noun, "", fem, extract.Singular)
		give(base, "تان", fem, extract.Dual)
		give(base, "تين", fem, extract.Dual)
		give(base, "ات", fem, extract.Plural)
		return
	}
	give(noun, "", masc, extract.Singular)
	if strings.HasSuffix(noun, "ى") || strings.HasSuffix(noun, "ا") {
		return
	}
	if !strings.HasSuffix(noun, "اء") {
		give(noun, "ا", masc, extract.Singular)
	}
	give(noun, "ان", masc, extract.Dual)
	give(noun, "ين", masc, extract.Dual)
	give(noun, "ات", fem, extract.Plural)
}

// participlesI yields the participles of form I.
func (v *verb) participlesI(yield nounYield) {
	active := v.theme("1A", "i")
	if v.hollow() {
		active.r2 = "ء"
	}
	active.participle("", extract.ActivePart, yield)
	passive := v.theme("مa1", "U")
	switch {
	case v.hollow() && v.present == "u":
		passive.long = "U"
	case v.hollow():
		passive.long = "I"
	case isWeak(v.last()) && v.present == "u":
		passive.weak, passive.vowel, passive.r3 = "", "u", "وو"
	case isWeak(v.last()):
		passive.weak, passive.vowel, passive.r3 = "", "i", "يي"
	case v.root[1] == v.root[2]:
		inflectParticiple("مa"+v.root[0]+v.root[1]+"U"+v.last(), extract.PassivePart, yield)
		return
	}
	passive.participle("", extract.PassivePart, yield)
}

// participle yields the inflected forms of a participle with the given prefix.
func (t *theme) participle(prefix string, d extract.Derivation, yield nounYield) {
	if t.weak == "" {
		inflectParticiple(prefix+t.open(), d, yield)
		return
	}
	base := prefix + t.head + t.r2
	var sounds, form []byte
	give := func(ending string, g extract.Gender, n extract.GrammNumber) {
		sounds = append(append(sounds[:0], base...), ending...)
		form = appendSpelling(form[:0], sounds)
		yield(form, d, g, n)
	}
	between := "i"
	if t.vowel == "i" {
		give("I", masc, extract.Singular)
		give("i", masc, extract.Singular)
		give("iيA", masc, extract.Singular)
		give("iيaة", fem, extract.Singular)
		give("Uن", masc, extract.Plural)
		give("Iن", masc, extract.Plural)
		give("U", masc, extract.Plural)
	} else {
		between = "a"
		give("á", masc, extract.Singular)
		give("Aة", fem, extract.Singular)
		give("aون", masc, extract.Plural)
		give("aين", masc, extract.Plural)
	}
	give(between+"يAن", masc, extract.Dual)
	give(between+"يaين", masc, extract.Dual)
	give(between+"يaتAن", fem, extract.Dual)
	give(between+"يaتaين", fem, extract.Dual)
	give(between+"يAت", fem, extract.Plural)
}

// inflectParticiple yields the forms of a participle without a weak ending.
func inflectParticiple(stem string, d extract.Derivation, yield nounYield) {
	sounds, form := make([]byte, 0, 64), make([]byte, 0, 64)
	for _, e := range participleEndings {
		sounds = append(append(sounds[:0], stem...), e.sounds...)
		form = appendSpelling(form[:0], sounds)
		yield(form, d, e.gender, e.number)
		if second := secondSpelling(sounds, form); second != nil {
			yield(second, d, e.gender, e.number)
		}
	}
}

var participleEndings = []struct {
	sounds string
	gender extract.Gender
	number extract.GrammNumber
}{
	{"", masc, extract.Singular}, {"A", masc, extract.Singular}, {"aة", fem, extract.Singular},
	{"Aن", masc, extract.Dual}, {"aين", masc, extract.Dual}, {"A", masc, extract.Dual},
	{"aتAن", fem, extract.Dual}, {"aتaين", fem, extract.Dual}, {"aتA", fem, extract.Dual},
	{"Uن", masc, extract.Plural}, {"Iن", masc, extract.Plural}, {"U", masc, extract.Plural}, {"I", masc, extract.Plural},
	{"Aت", fem, extract.Plural},
}
