package names

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"isnad/schema"
)

func TestKey(t *testing.T) {
	for _, same := range [][]string{
		{"ناصر بوريطة", "السيد ناصر بوريطة", "ناصر بُوريطه"},
		{"محمد السادس", "الملك محمد السادس", "صاحب الجلالة الملك محمد السادس", "محمّد السادس"},
		{"عبد الله الثاني", "عبدالله الثاني", "الملك عبد الله الثاني"},
		{"أبو بكر البغدادي", "أبوبكر البغدادي", "ابو بكر بغدادي"},
		{"محمد بن سلمان", "محمد ابن سلمان", "الأمير محمد بن سلمان"},
	} {
		for _, s := range same[1:] {
			if got, want := Key(schema.Person, s), Key(schema.Person, same[0]); got != want {
				t.Errorf("Key(%q) = %q, want %q", s, got, want)
			}
		}
	}
	for _, apart := range [][2]string{{"محمد حسن", "محمد حسين"}, {"سليمان", "سلمان"}, {"الله", "له"}} {
		if Key(schema.Person, apart[0]) == Key(schema.Person, apart[1]) {
			t.Errorf("%q and %q share a key", apart[0], apart[1])
		}
	}
	if got := Key(schema.Person, "الشيخ"); got == "" {
		t.Error("a name that is nothing but an honorific has no key")
	}
}

func TestShort(t *testing.T) {
	for name, want := range map[string][]string{
		"ناصر بوريطة":       {"بوريطه"},
		"محمد بن سلمان":     {"سلمان", "بن سلمان"},
		"أنتوني جون بلينكن": {"بلينكن", "جون بلينكن"},
		"بوريطة":            nil,
	} {
		if got := Short(schema.Person, Key(schema.Person, name)); !slices.Equal(got, want) {
			t.Errorf("Short(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSkeleton(t *testing.T) {
	skeleton := func(s string) string { return Skeleton(schema.Person, Key(schema.Person, s)) }
	if a, b := skeleton("أنتوني بلينكن"), skeleton("أنتوني بلينكين"); a != b || a == "" {
		t.Errorf("transcriptions differ: %q, %q", a, b)
	}
	if a, b := skeleton("محمد سليمان"), skeleton("محمد سلمان"); a == b {
		t.Errorf("different names share the skeleton %q", a)
	}
}

func TestGenericAndCommon(t *testing.T) {
	for name, want := range map[string]bool{
		"وزارة الخارجية": true, "البرلمان": true, "الأمم المتحدة": false, "حلف شمال الأطلسي": false,
	} {
		if got := Generic(Key(schema.Organization, name)); got != want {
			t.Errorf("Generic(%q) = %v", name, got)
		}
	}
	if !Common(Key(schema.Person, "عبدالله")) || Common(Key(schema.Person, "بوريطة")) {
		t.Error("common given names are not told from family names")
	}
}

func TestCountry(t *testing.T) {
	for code, want := range map[string]string{"MA": "المغرب", "RU": "روسيا", "??": "", "": ""} {
		if got := Country(code); got != want {
			t.Errorf("Country(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestData(t *testing.T) {
	for _, file := range []string{"honorifics", "given", "generic", "countries"} {
		got := lines("data/" + file + ".txt")
		if len(got) == 0 {
			t.Fatalf("%s: empty", file)
		}
		if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Errorf("%s: not sorted and unique", file)
		}
		for _, s := range got {
			if !norm.NFC.IsNormalString(s) {
				t.Errorf("%s: %q is not NFC", file, s)
			}
		}
	}
}

// TestForm notices a change of data: the keys of the graphs that exist were made of what
// was there before.
func TestForm(t *testing.T) {
	const sum = "7fcf3fa694129946"
	h := sha256.New()
	for _, file := range []string{"honorifics", "given", "generic", "countries"} {
		fmt.Fprintln(h, file, lines("data/"+file+".txt"))
	}
	if got := hex.EncodeToString(h.Sum(nil)[:8]); got != sum {
		t.Errorf("the data has changed: raise graph.Form, so that graphs are built anew, and record %s here", got)
	}
}
