package names

import (
	"testing"

	"isnad/schema"
)

// TestSkeleton holds what two spellings of a full name have in common.
func TestSkeleton(t *testing.T) {
	for _, tt := range []struct {
		a, b                     string
		skeleton, alike, spelled bool
	}{
		{"أنتوني بلينكن", "أنتوني بلينكين", true, true, true},
		{"سيرغيو أغويرو", "سيرخيو أغويرو", true, false, true},
		{"أنطونيو غوتيريش", "أنتونيو غوتيريس", false, false, false}, // ش and س tell names apart
		{"أنطونيو تاياني", "أنتونيو تايانى", true, false, true},
		{"هورست كوهلر", "هورست كولر", false, false, false}, // كولر is too short
		{"نادية المرابط", "نادية لمرابط", true, false, false},
		{"محمد سليمان", "محمد سلمان", true, false, false},
		{"محمد حسن", "محمد حسين", false, false, false},
		{"عبد الرحمن الكواكبي", "عبد الرحمان الكواكبي", true, true, true},
	} {
		a, b := Key(schema.Person, tt.a), Key(schema.Person, tt.b)
		same := Skeleton(schema.Person, a) != "" && Skeleton(schema.Person, a) == Skeleton(schema.Person, b)
		if same != tt.skeleton || same && (Alike(a, b) != tt.alike || Spelled(a, b) != tt.spelled) {
			t.Errorf("%q, %q: skeleton %v, alike %v, spelled %v", tt.a, tt.b, same, Alike(a, b), Spelled(a, b))
		}
	}
	for _, none := range []string{"بوريطة", "Nasser Bourita", ""} {
		if s := Skeleton(schema.Person, Key(schema.Person, none)); s != "" {
			t.Errorf("Skeleton(%q) = %q", none, s)
		}
	}
}
