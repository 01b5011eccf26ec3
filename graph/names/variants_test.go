package names

import (
	"slices"
	"testing"
)

func TestVariants(t *testing.T) {
	tests := []struct {
		name, want string
		found      bool
	}{
		{"بلينكين", "بلينكن", true},
		{"بلينكن", "بلينكين", true},
		{"أنتوني بلينكين", "أنتوني بلينكن", true},
		{"حسن", "حسين", false}, // short words differ as names
		{"", "", false},
	}
	for _, tt := range tests {
		if got := slices.Contains(Variants(tt.name), tt.want); got != tt.found {
			t.Errorf("Variants(%q) holds %q: %v, want %v", tt.name, tt.want, got, tt.found)
		}
	}
}
