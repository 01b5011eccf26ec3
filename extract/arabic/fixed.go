package arabic

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed data/clitics.txt
var cliticFile string

// loadFixed reads data/clitics.txt; its header says how a line looks.
func loadFixed(text string) (map[string][]part, error) {
	fixed := map[string][]part{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, tokens, _ := strings.Cut(line, ":")
		word = strings.TrimSpace(word)
		parts, err := fixedParts(word, strings.Fields(tokens))
		if err == nil && fixed[word] != nil {
			err = fmt.Errorf("%s stands twice", word)
		}
		if err != nil {
			return nil, fmt.Errorf("arabic: data/clitics.txt:%d: %w", i+1, err)
		}
		fixed[word] = parts
	}
	return fixed, nil
}

func fixedParts(word string, tokens []string) ([]part, error) {
	if len(tokens) == 0 {
		return whole(word), nil
	}
	var parts []part
	rest := word
	host := false
	for _, token := range tokens {
		p := part{letters: token, form: token}
		if own, form, ok := strings.Cut(token, "="); ok {
			p.letters, p.form = own, form
		}
		switch {
		case host:
			p.role = enclitic
		case letters(p.form) == 1 && strings.Contains("وفبلكسأ", p.form):
			p.role = proclitic
		case isPronoun(p.form) && len(parts) > 0:
			p.role = enclitic
		default:
			host = true
		}
		after, ok := strings.CutPrefix(rest, p.letters)
		if !ok {
			return nil, fmt.Errorf("the tokens of %s do not spell it", word)
		}
		rest = after
		parts = append(parts, p)
	}
	if rest != "" {
		return nil, fmt.Errorf("the tokens of %s leave %s over", word, rest)
	}
	return parts, nil
}

// isPronoun reports whether form is a pronoun that can follow a preposition.
func isPronoun(form string) bool {
	switch form {
	case "ه", "ها", "هم", "هما", "هن", "ك", "كم", "كما", "كن", "نا", "ي", "ني":
		return true
	}
	return false
}
