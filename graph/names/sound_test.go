package names

import (
	"slices"
	"testing"

	"isnad/schema"
)

func TestSound(t *testing.T) {
	for _, same := range [][]string{
		{"Nasser Bourita", "Nasir Burita", "Nassir Bourita"},
		{"Muammar Gaddafi", "Moammar al-Gadhafi", "Muammar El Gaddafi"},
		{"Mohammed", "Muhammad", "Mohamed"},
		{"Sergei Lavrov", "Sergey Lavrov"},
		{"Zelensky", "Zelenskyy"},
	} {
		for _, s := range same[1:] {
			if a, b := Sound(same[0]), Sound(s); a == "" {
				t.Errorf("%q has no sound", same[0])
			} else if a != b {
				t.Errorf("Sound(%q) = %q, Sound(%q) = %q", same[0], a, s, b)
			}
		}
	}
	for _, none := range []string{"", "ناصر بوريطة", "Ali", "Nasser بوريطة"} {
		if s := Sound(none); s != "" {
			t.Errorf("Sound(%q) = %q", none, s)
		}
	}
}

func TestSounds(t *testing.T) {
	if got, want := Sounds(schema.Person, "Nasser Bourita"), []string{"nsr brt", "brt"}; !slices.Equal(got, want) {
		t.Errorf("Sounds = %q, want %q", got, want)
	}
}
