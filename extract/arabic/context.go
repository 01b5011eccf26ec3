package arabic

import (
	"slices"
	"strings"

	"isnad/extract"
)

// attachable are the proclitics that a word of a name is mistaken for, or hides.
const attachable = "وفبلك"

// recut mends, in the tokens of a paragraph, words of names whose first letter is a
// clitic or looks like one, where their neighbours or the rest of the document tell:
// a name of several words behind a clitic (لبي بي سي), a name the document has
// without the clitic (لفلورانس), and one that it has behind another (وفيدان) or
// behind a given name (هاكان فيدان); and one spelled in letters (بي بي سي). said holds
// the written words of the document.
func (a *Analyzer) recut(tokens []extract.Token, said map[string]bool) []extract.Token {
	for i := 0; i < len(tokens); i++ {
		tok := &tokens[i]
		switch {
		case tok.Kind == extract.Proclit && i+1 < len(tokens) && tokens[i+1].Glued && a.hidesName(tokens, i, said):
			tokens = a.join(tokens, i, i+2)
		case a.spelled(tokens, i):
			tokens = a.join(tokens, i, i+2)
		case tok.Kind == extract.Word && a.bearsClitic(tokens, i, said):
			clitic, rest := tok.Form[:len("و")], tok.Form[len("و"):]
			front, back := a.wholeToken(clitic), a.wholeToken(rest)
			front.Kind, front.Verb, front.Noun = extract.Proclit, nil, nil
			middle := tok.End - len(rest)
			front.Span, front.Glued = extract.Span{Start: tok.Start, End: middle}, tok.Glued
			back.Span, back.Glued = extract.Span{Start: middle, End: tok.End}, true
			tokens[i] = front
			tokens = slices.Insert(tokens, i+1, back)
			i++
		}
	}
	return tokens
}

// join makes tokens [i, end) of one written word a whole.
func (a *Analyzer) join(tokens []extract.Token, i, end int) []extract.Token {
	word := ""
	for k := i; k < end; k++ {
		word += tokens[k].Form
	}
	whole := a.wholeToken(word)
	whole.Span, whole.Glued = extract.Span{Start: tokens[i].Start, End: tokens[end-1].End}, tokens[i].Glued
	tokens[i] = whole
	return slices.Delete(tokens, i+1, end)
}

// spelled reports whether the word cut in two at token i is one of a name spelled in
// letters (بي بي سي).
func (a *Analyzer) spelled(tokens []extract.Token, i int) bool {
	if !cutInTwo(tokens, i) {
		return false
	}
	word := tokens[i].Norm + tokens[i+1].Norm
	for _, tail := range a.tails[word] {
		if follows(tokens[i+2:], tail) {
			return true
		}
	}
	return i > 0 && a.tails[word] != nil && tokens[i-1].Norm == word
}

// cutInTwo reports whether a word was cut into the tokens i and i+1, one of them a clitic.
func cutInTwo(tokens []extract.Token, i int) bool {
	if i+1 >= len(tokens) || !tokens[i+1].Glued || i+2 < len(tokens) && tokens[i+2].Glued && tokens[i+2].Kind != extract.Punct || tokens[i].Glued {
		return false
	}
	a, b := tokens[i].Kind, tokens[i+1].Kind
	return a == extract.Proclit && (b == extract.Word || b == extract.Enclit) || a == extract.Word && b == extract.Enclit
}

// bearsClitic reports whether the word at token i, taken for a whole, is a name behind
// a clitic.
func (a *Analyzer) bearsClitic(tokens []extract.Token, i int, said map[string]bool) bool {
	tok := &tokens[i]
	if tok.Glued && i > 0 && tokens[i-1].Kind == extract.Proclit {
		return false
	}
	first, rest, ok := cutClitic(tok.Form)
	if !ok || letters(rest) < 2 || tok.End-tok.Start < len(tok.Form) {
		return false
	}
	for _, tail := range a.tails[foldBare(rest)] {
		if follows(tokens[i+1:], tail) {
			return true
		}
	}
	return first != "و" && letters(rest) > 3 && !a.splitter.names[tok.Norm] && said[rest] && tok.Count == 0 && a.splitter.counts.exact(tok.Form) == 0
}

// hidesName reports whether the proclitic at token i is the first letter of a name.
func (a *Analyzer) hidesName(tokens []extract.Token, i int, said map[string]bool) bool {
	clitic, rest := tokens[i].Form, &tokens[i+1]
	if !strings.Contains(attachable, clitic) || rest.Kind != extract.Word || rest.Def || rest.End-rest.Start != len(rest.Form) {
		return false
	}
	if i > 0 && tokens[i].Glued && tokens[i-1].Kind == extract.Proclit || i+2 < len(tokens) && tokens[i+2].Kind == extract.Enclit {
		return false
	}
	whole, counts := clitic+rest.Form, a.splitter.counts
	if letters(rest.Form) < 3 || counts.exact(rest.Form) > 20 || a.splitter.names[rest.Norm] || said[rest.Form] || a.splitter.takesArticle(rest.Form) {
		return false
	}
	for _, other := range attachable {
		if said[string(other)+whole] {
			return true
		}
	}
	return clitic != "و" && i > 0 && tokens[i-1].Kind == extract.Word && a.splitter.names[tokens[i-1].Norm] && !tokens[i-1].Def
}

// cutClitic cuts the first letter off a word if it may be a proclitic.
func cutClitic(word string) (clitic, rest string, ok bool) {
	for _, r := range attachable {
		if rest, ok := strings.CutPrefix(word, string(r)); ok {
			return string(r), rest, true
		}
	}
	return "", word, false
}

// follows reports whether the words of a name, folded, stand at the head of tokens,
// whatever clitics they were split into.
func follows(tokens []extract.Token, tail []string) bool {
	at := 0
	for _, want := range tail {
		word := ""
		for first := at; at < len(tokens) && (at == first || tokens[at].Glued && tokens[at].Kind != extract.Punct); at++ {
			word += tokens[at].Norm
		}
		if word != want {
			return false
		}
	}
	return true
}

// tails returns the later words of names of three words and more that begin with
// letters, not words (بي بي سي), by the first.
func tails(names []string) map[string][][]string {
	out := map[string][][]string{}
	for _, name := range names {
		words := strings.Fields(Fold(name))
		if len(words) > 2 && letters(words[0]) <= 3 && letters(words[1]) <= 3 && letters(words[2]) <= 3 {
			out[words[0]] = append(out[words[0]], words[1:])
		}
	}
	return out
}

// said returns the written words of a text.
func said(text string) map[string]bool {
	out := map[string]bool{}
	for w := range Words(text) {
		out[w] = true
	}
	return out
}
