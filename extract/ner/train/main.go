// Command train learns the sequence model of package ner from an annotated corpus
// and measures it on the part it did not see.
//
//	go run ./extract/ner/train -data train.txt -o extract/ner/data/names.model
//
// The corpus holds a token and its label a line, separated by a tab, with a blank
// line between sentences; labels are those of NewsFANE (B-Politician, I-Media, …).
// The last tenth of its sentences, whole documents from its end, is held out. The
// same corpus gives the same bytes.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"isnad/extract"
	"isnad/extract/arabic"
	"isnad/extract/article"
	"isnad/extract/ner"
	"isnad/extract/ner/sequence"
)

// epochs is how often the shipped model went through the corpus.
const epochs = 7

// models is how many perceptrons the shipped model is the mean of.
const models = 8

// header goes before the weights.
const header = `# The sequence model of package ner: weights of a structured perceptron over folded words, their ends and lexicon classes.
# origin: trained by extract/ner/train on NewsFANE Gold (F. Alotaibi and M. Lee, COLING 2014), but its last tenth
# licence: CC BY-SA 3.0; holds no text of the corpus`

func main() {
	data := flag.String("data", "", "the annotated corpus")
	out := flag.String("o", "", "where to write the model; nowhere if empty")
	times := flag.Int("epochs", epochs, "how often to go through the corpus")
	flag.Parse()
	if err := run(*data, *out, *times); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(data, out string, epochs int) error {
	corpus, err := read(data)
	if err != nil {
		return err
	}
	sentences, err := observe(corpus)
	if err != nil {
		return err
	}
	held := len(sentences) / 10
	train, test := sentences[:len(sentences)-held], sentences[len(sentences)-held:]
	model := sequence.Train(train, epochs, models)
	report(model, test)
	if out == "" {
		return nil
	}
	bytes, err := model.Save(header)
	if err != nil {
		return err
	}
	return os.WriteFile(out, bytes, 0o644)
}

// token is a line of the corpus.
type token struct {
	word  string
	label string // B-Politician, I-Media, O
}

// read returns the sentences of the corpus.
func read(name string) ([][]token, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var corpus [][]token
	var sentence []token
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		word, label, ok := strings.Cut(strings.Trim(lines.Text(), "\ufeff\u200e\u200f "), "\t")
		if !ok {
			if len(sentence) > 0 {
				corpus = append(corpus, sentence)
			}
			sentence = nil
			continue
		}
		sentence = append(sentence, token{strings.Trim(word, "\ufeff\u200e\u200f "), label})
	}
	if len(sentence) > 0 {
		corpus = append(corpus, sentence)
	}
	return corpus, lines.Err()
}

// span is how many sentences of the corpus, which does not mark its documents, stand
// for one.
const span = 20

// observe runs the stages before the model over the corpus. A sentence of the corpus
// may make several of ours.
func observe(corpus [][]token) ([]sequence.Sentence, error) {
	tagger, err := ner.Untrained()
	if err != nil {
		return nil, err
	}
	analyzer, err := arabic.New(arabic.Options{Words: tagger.Words()})
	if err != nil {
		return nil, err
	}
	var out []sequence.Sentence
	for document := range slices.Chunk(corpus, span) {
		text, labels := join(document)
		d := &extract.Document{Article: article.Article{Body: text}, Text: text}
		analyzer.Annotate(d)
		for i, seen := range tagger.Observe(d) {
			s := sequence.Sentence{Tokens: seen, Labels: make([]sequence.Label, len(seen))}
			for k := range seen {
				s.Labels[k] = labelAt(labels, d.Tokens[d.Sentences[i].First+k].Span, s.Labels[:k])
			}
			out = append(out, s)
		}
	}
	return out, nil
}

// join writes the words of sentences with spaces between, a sentence a line, and returns
// the label of every byte.
func join(sentences [][]token) (string, []sequence.Label) {
	var text strings.Builder
	var labels []sequence.Label
	for _, sentence := range sentences {
		for _, t := range sentence {
			l := label(t.label)
			text.WriteString(t.word + " ")
			labels = append(labels, l)
			for range len(t.word) {
				labels = append(labels, l.Inside())
			}
		}
		text.WriteByte('\n')
		labels = append(labels, sequence.Outside)
	}
	return text.String(), labels
}

// labelAt returns the label of the token at span, which cannot continue a name that
// the labels before it do not hold.
func labelAt(labels []sequence.Label, span extract.Span, before []sequence.Label) sequence.Label {
	l := labels[span.Start]
	if l == sequence.Outside || l.Begins() {
		return l
	}
	if len(before) > 0 && l.Continues(before[len(before)-1]) {
		return l
	}
	return l.Sort()
}

// label maps a fine label of the corpus to ours.
func label(fine string) sequence.Label {
	position, class, _ := strings.Cut(fine, "-")
	var begin sequence.Label
	switch class {
	case "Politician", "Athlete", "Artist", "Other_PER", "Religious_PER", "Scientist", "Police", "Businessperson", "Lawyer", "Engineer":
		begin = sequence.BeginPerson
	case "Non-Governmental", "Sports", "Government", "Media", "Commercial", "Educational", "Medical-Science", "Entertainment", "Religious_ORG":
		begin = sequence.BeginOrganization
	case "Nation", "Population-Center", "GPE-Cluster", "State-or-Province", "Water-Body", "Continent", "Land", "County-or-District",
		"Building-Grounds", "Airport", "Land-Region-Natural", "Path":
		begin = sequence.BeginPlace
	default:
		return sequence.Outside
	}
	if position == "I" {
		return begin + 1
	}
	return begin
}

// report prints precision, recall and F1 of names on sentences that were held out.
func report(m *sequence.Model, test []sequence.Sentence) {
	sorts := map[sequence.Label]string{sequence.BeginPerson: "Person", sequence.BeginOrganization: "Organization", sequence.BeginPlace: "Place"}
	type counts struct{ right, said, real int }
	per := map[sequence.Label]*counts{sequence.Outside: {}}
	for l := range sorts {
		per[l] = &counts{}
	}
	for _, s := range test {
		want := map[sequence.Span]bool{}
		for _, span := range sequence.Spans(s.Labels) {
			want[span] = true
			per[span.Sort].real++
			per[sequence.Outside].real++
		}
		for _, span := range sequence.Spans(m.Label(s.Tokens)) {
			per[span.Sort].said++
			per[sequence.Outside].said++
			if want[span] {
				per[span.Sort].right++
				per[sequence.Outside].right++
			}
		}
	}
	sorts[sequence.Outside] = "all"
	for _, l := range []sequence.Label{sequence.BeginPerson, sequence.BeginOrganization, sequence.BeginPlace, sequence.Outside} {
		c := per[l]
		p, r := float64(c.right)/float64(max(1, c.said)), float64(c.right)/float64(max(1, c.real))
		fmt.Printf("%-14s P %.3f  R %.3f  F1 %.3f\n", sorts[l], p, r, 2*p*r/max(1e-9, p+r))
	}
}
