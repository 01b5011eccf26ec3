package resolve

import (
	"strings"
	"testing"
)

func FuzzParsePins(f *testing.F) {
	f.Add("- [isnad:person/ناصر_بوريطة, بوريطة]\n")
	f.Add("- [a, b]\n- - c\n  - d\n")
	f.Add("&a [*a, *a]")
	f.Fuzz(func(t *testing.T, text string) {
		lists, err := parsePins([]byte(text))
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error has more than one line: %q", err)
			}
			return
		}
		p := &Pins{same: lists, different: lists}
		for _, list := range lists {
			if len(list) < 2 {
				t.Errorf("a list of %d", len(list))
			}
			for _, it := range list {
				p.target("Person", it.text, it.text)
				p.apart("Person", it.text, "", it.text, []string{it.text})
			}
		}
	})
}
