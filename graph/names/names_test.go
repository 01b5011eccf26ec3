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

func TestKeyOfKinds(t *testing.T) {
	for _, tt := range []struct {
		class schema.Class
		a, b  string
		same  bool
	}{
		{schema.Place, "مدينة مراكش", "مراكش", true},
		{schema.Place, "بلدة العوامية السعودية", "العوامية", true},
		{schema.Place, "منطقة الشرق الأوسط", "الشرق الأوسط", true},
		{schema.Place, "منطقة مراكش", "مراكش", false},
		{schema.Place, "الصحراء المغربية", "الصحراء", false},
		{schema.Organization, "الخارجية الروسية", "وزارة الخارجية الروسية", true},
		{schema.Organization, "الصحة العالمية", "وزارة الصحة العالمية", false},
		{schema.Person, "أبا بكر البغدادي", "أبو بكر البغدادي", true},
	} {
		if a, b := Key(tt.class, tt.a), Key(tt.class, tt.b); (a == b) != tt.same {
			t.Errorf("keys of %q and %q: %q, %q; want the same: %v", tt.a, tt.b, a, b, tt.same)
		}
	}
}

func TestSamePart(t *testing.T) {
	for _, tt := range []struct {
		part, whole string
		want        bool
	}{
		{"حزب العدالة", "حزب العدالة والتنمية", true},
		{"العدالة والتنمية", "حزب العدالة والتنمية", true},
		{"الجيش", "قيادة الجيش", false},
		{"مراكش", "جهة مراكش", false},
		{"", "جهة مراكش", false},
	} {
		part, whole := Key(schema.Organization, tt.part), Key(schema.Organization, tt.whole)
		if got := SamePart(part, whole); got != tt.want {
			t.Errorf("SamePart(%q, %q) = %v", part, whole, got)
		}
	}
}

func TestLasting(t *testing.T) {
	for name, want := range map[string]bool{"الحرب": true, "الانتخابات": true, "الاجتماع": false} {
		if got := Lasting(Key(schema.Event, name)); got != want {
			t.Errorf("Lasting(%q) = %v", name, got)
		}
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

func TestGenericAndCommon(t *testing.T) {
	for name, want := range map[string]bool{
		"وزارة الخارجية": true, "البرلمان": true, "الأمم المتحدة": false, "حلف شمال الأطلسي": false,
		"السلطات المحلية": true, "وزارة الصحة": true, "وزارة الصحة الجزائرية": false, "وزارة الدفاع الأمريكية": false,
	} {
		if got := Generic(Key(schema.Organization, name)); got != want {
			t.Errorf("Generic(%q) = %v", name, got)
		}
	}
	if !Common(Key(schema.Person, "محمد إبراهيم")) || Common(Key(schema.Person, "محمد بوريطة")) {
		t.Error("two given names are not told from a full name")
	}
	if !Common(Key(schema.Person, "عبدالله")) || Common(Key(schema.Person, "بوريطة")) {
		t.Error("common given names are not told from family names")
	}
}

func TestCountryCode(t *testing.T) {
	for name, want := range map[string]string{"المغرب": "MA", "الامارات": "AE", "مراكش": "", "": ""} {
		if got := CountryCode(name); got != want {
			t.Errorf("CountryCode(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestCountry(t *testing.T) {
	for code, want := range map[string]string{"MA": "المغرب", "RU": "روسيا", "??": "", "": ""} {
		if got := Country(code); got != want {
			t.Errorf("Country(%q) = %q, want %q", code, got, want)
		}
	}
}

// files are the lists of data/.
var files = []string{"honorifics", "given", "generic", "countries", "heads", "kinds", "lasting", "ministries", "nisbas"}

func TestData(t *testing.T) {
	for _, file := range files {
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
	const sum = "07cbbcd571d2d128"
	h := sha256.New()
	for _, file := range files {
		fmt.Fprintln(h, file, lines("data/"+file+".txt"))
	}
	if got := hex.EncodeToString(h.Sum(nil)[:8]); got != sum {
		t.Errorf("the data has changed: raise graph.Form, so that graphs are built anew, and record %s here", got)
	}
}
