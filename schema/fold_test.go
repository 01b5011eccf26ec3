package schema

import "testing"

func TestFoldKey(t *testing.T) {
	for _, same := range [][]string{
		{"ناصر بوريطة", "ناصر بُوريطه", "ناصر  بوريــطة", "«ناصر بوريطة»", "ناصر\u200f بوريطة"},
		{"إفريقيا", "أفريقيا", "افريقيا"},
		{"مصطفى", "مصطفي", "مصطفی"},
		{"مؤتمر", "موتمر"},
		{"رئيس", "رييس"},
		{"\ufefbجئ", "لاجي"},
		{"Côte d’Ivoire", "cote d'ivoire", "COTE DIVOIRE"},
		{"2022", "٢٠٢٢", "۲۰۲۲"},
	} {
		want := FoldKey(same[0])
		if want == "" {
			t.Errorf("FoldKey(%q) is empty", same[0])
		}
		for _, s := range same[1:] {
			if got := FoldKey(s); got != want {
				t.Errorf("FoldKey(%q) = %q, want %q as of %q", s, got, want, same[0])
			}
		}
	}
	if FoldKey("حسن") == FoldKey("حسين") {
		t.Error("different names share a key")
	}
}

func FuzzFoldKey(f *testing.F) {
	f.Add("الأُمم المتّحدة")
	f.Add("a\xffb\u200f")
	f.Fuzz(func(t *testing.T, s string) {
		once := FoldKey(s)
		if twice := FoldKey(once); twice != once {
			t.Fatalf("FoldKey is not idempotent on %q: %q then %q", s, once, twice)
		}
	})
}
