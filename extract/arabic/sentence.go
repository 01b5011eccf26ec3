package arabic

import (
	_ "embed"
	"strings"

	"isnad/extract"
)

// stopFile lists abbreviations that a full stop follows without ending the sentence.
//
//go:embed data/abbreviations.txt
var stopFile string

func loadStops(text string) map[string]bool {
	stops := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			stops[Fold(line)] = true
		}
	}
	return stops
}

// sentences cuts the tokens from index begin on, one paragraph, into sentences. A
// headline stays whole.
func (a *Analyzer) sentences(d *extract.Document, begin, paragraph int, title bool) {
	first := begin
	add := func(end int) {
		d.Sentences = append(d.Sentences, extract.Sentence{
			Span:  extract.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End},
			First: first, Last: end, Paragraph: paragraph, Title: title,
		})
		first = end
	}
	for i := begin; !title && i < len(d.Tokens); i++ {
		if !isStop(&d.Tokens[i]) {
			continue
		}
		end := stopEnd(d.Tokens, i)
		if end < len(d.Tokens) && !a.goesOn(d.Tokens, first, i, end) {
			add(end)
		}
		i = end - 1
	}
	if first < len(d.Tokens) {
		add(len(d.Tokens))
	}
}

func isStop(t *extract.Token) bool {
	if t.Kind != extract.Punct {
		return false
	}
	switch t.Form {
	case ".", "!", "?", "؟", "…", "۔":
		return true
	}
	return false
}

// stopEnd returns the index behind the stops at i and the quotation marks and
// brackets that close right behind them.
func stopEnd(tokens []extract.Token, i int) int {
	for i++; i < len(tokens) && isStop(&tokens[i]); i++ {
	}
	for ; i < len(tokens) && tokens[i].Kind == extract.Punct && tokens[i].Glued; i++ {
		switch tokens[i].Form {
		case "”", "»", ")", "]", "’", "›", "}":
			continue
		case `"`, "“", "«", "'":
			// A mark that opens what follows is glued to it, not to the stop.
			if i+1 < len(tokens) && tokens[i+1].Glued && !isStop(&tokens[i+1]) {
				return i
			}
			continue
		}
		break
	}
	return i
}

// goesOn reports whether the stops [stop, end) end no sentence.
func (a *Analyzer) goesOn(tokens []extract.Token, first, stop, end int) bool {
	if stop == first {
		return true // stops that open a paragraph or a sentence belong to it
	}
	before, after := &tokens[stop-1], &tokens[end]
	if before.Form == "(" || before.Form == "[" {
		return true // an omission: (…)
	}
	if after.Kind == extract.Punct && (after.Form == "،" || after.Form == "," || after.Form == "؛" || after.Form == ":") {
		return true
	}
	if end != stop+1 || tokens[stop].Form != "." {
		return false
	}
	if before.Kind == extract.Word && letters(before.Norm) == 1 {
		// An initial or a letter of an acronym, but not the era of a year: 1435 هـ.
		return stop-1 == first || tokens[stop-2].Kind != extract.Number
	}
	if before.Kind == extract.Latin && (len(before.Form) == 1 || after.Kind == extract.Latin && after.Glued) {
		return true
	}
	if before.Kind == extract.Number && (after.Glued && after.Kind == extract.Number || stop-1 == first) {
		return true // the number of a list item
	}
	return tokens[stop].Glued && before.Kind != extract.Enclit && a.stops[before.Norm] // not "في بيته."
}
