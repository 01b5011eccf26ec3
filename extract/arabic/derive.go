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

// ruledMasdars returns the verbal nouns that the form gives by rule, in sounds.
func (v *verb) ruledMasdars() []string {
	weak := isWeak(v.last())
	long := "A" + v.last() // of forms IV, VII–X
	if weak {
		long = "Aء"
	}
	middle := v.root[1]
	if v.hollow() {
		middle = "ي"
	}
	fill := func(s string) string {
		return v.fill(substitute(s, "MLE", middle, v.last(), long))
	}
	switch v.form {
	case "II":
		switch {
		case weak:
			return []string{fill("تa12iيaة")}
		case v.last() == "ء":
			return []string{fill("تa12iءaة")}
		}
		return []string{fill("تa12IL")}
	case "III":
		switch {
		case weak:
			return []string{fill("مu1A2Aة")}
		case v.root[1] == v.root[2]:
			return []string{fill("مu1A22aة")}
		}
		return []string{fill("مu1A2aLaة")}
	case "IV":
		head := "ءi1"
		if isWeak(v.root[0]) {
			head = "ءI"
		}
		switch {
		case v.elides != "":
			return []string{fill("ءi1Aءaة")}
		case v.hollow():
			return []string{fill("ءi1ALaة")}
		}
		return []string{fill(head + "2E")}
	case "X":
		head := "ٱiستi1"
		if isWeak(v.root[0]) {
			head = "ٱiستI"
		}
		if v.hollow() {
			return []string{fill("ٱiستi1ALaة")}
		}
		return []string{fill(head + "2E")}
	case "V", "VI":
		return v.ruledMasdarsT(fill, weak)
	case "VII":
		return []string{fill("ٱiن1iME")}
	case "VIII":
		return []string{fill("ٱi1تiME")}
	case "IX":
		return []string{fill("ٱi12iLAL")}
	case "Q":
		return []string{fill("1a23aLaة")}
	case "QII":
		return []string{fill("تa1a23uL")}
	case "QIV":
		return []string{fill("ٱi12i3LAL")}
	}
	return nil
}

// ruledMasdarsT is for forms V and VI, whose weak nouns lose their ي when indefinite.
func (v *verb) ruledMasdarsT(fill func(string) string, weak bool) []string {
	stem := "تa1a22"
	if v.form == "VI" {
		stem = "تa1A2"
	}
	switch {
	case weak:
		return []string{fill(stem + "I"), fill(stem + "i")}
	case v.form == "VI" && v.root[1] == v.root[2]:
		return []string{fill("تa1A22")}
	}
	return []string{fill(stem + "uL")}
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
