package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/extract"
	"isnad/extract/article"
	"isnad/schema"
)

// meeting is a document about two persons, one of whom is only ever described, and
// a place that takes part in nothing.
func meeting() *extract.Document {
	a := article.Article{ID: "a.txt", Title: "لقاء", Body: "التقى سالم المدير في طنجة", Language: "ar"}
	d := &extract.Document{Article: a, Text: a.Text()}
	mention := func(words string, class schema.Class, form extract.MentionForm, entity int) {
		start := len(d.Text) - len(a.Body) + len(cut(a.Body, words))
		d.Mentions = append(d.Mentions, extract.Mention{
			Span: extract.Span{Start: start, End: start + len(words)}, Class: class, Form: form, Entity: entity})
	}
	mention("سالم", schema.Person, extract.Name, 1)
	mention("المدير", schema.Person, extract.Nominal, 0)
	mention("طنجة", schema.Place, extract.Nominal, 2)
	d.Entities = []extract.Entity{
		{Class: schema.Person, Name: "المدير", Mentions: []int{1}},
		{Class: schema.Person, Name: "سالم", Mentions: []int{0}},
		{Class: schema.Place, Name: "طنجة", Mentions: []int{2}},
	}
	body := extract.Span{Start: len(d.Text) - len(a.Body), End: len(d.Text)}
	d.Relations = []extract.Relation{{Subject: 1, Predicate: "met", Object: 0, Place: extract.None, To: extract.None,
		Status: schema.Asserted, Confidence: 0.876, Rule: "met/verb", Evidence: body,
		Attribution: []extract.Attribution{{Speaker: extract.None, Text: "بيان", Verb: "أفاد"}}}}
	return d
}

func cut(text, words string) string {
	for i := range text {
		if len(text)-i >= len(words) && text[i:i+len(words)] == words {
			return text[:i]
		}
	}
	return text
}

func TestResultNumbersEntitiesByFirstMention(t *testing.T) {
	r := meeting().Result("test")
	var names []string
	for _, e := range r.Entities {
		names = append(names, e.ID+" "+e.Name)
	}
	// طنجة is a nominal that no relation uses: it is left out.
	if diff := cmp.Diff([]string{"e1 سالم", "e2 المدير"}, names); diff != "" {
		t.Error(diff)
	}
	rel := r.Relations[0]
	if rel.S != "e1" || rel.O.Entity != "e2" || rel.Confidence != 0.88 || rel.Attribution[0].Speaker != "" {
		t.Errorf("relation %+v", rel)
	}
	ont, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Validate(ont); err != nil {
		t.Error(err)
	}
}

func TestResultKeepsNamesThatNoRelationUses(t *testing.T) {
	d := meeting()
	d.Mentions[2].Form = extract.Name
	if n := len(d.Result("test").Entities); n != 3 {
		t.Errorf("%d entities, want 3: a proper name stays", n)
	}
}

func TestHashCoversMetadata(t *testing.T) {
	base := article.Article{ID: "a", Title: "عنوان", Body: "نص", Published: "2022-05-11"}
	changes := map[string]func(*article.Article){
		"body":      func(a *article.Article) { a.Body += "." },
		"title":     func(a *article.Article) { a.Title = "" },
		"published": func(a *article.Article) { a.Published = "2022-05" },
		"publisher": func(a *article.Article) { a.Publisher = "صحيفة" },
		"shifted":   func(a *article.Article) { a.Title, a.Body = "عنواننص", "" },
	}
	for name, change := range changes {
		other := base
		change(&other)
		if extract.Hash(&other) == extract.Hash(&base) {
			t.Errorf("%s: the hash does not change", name)
		}
	}
	renamed := base
	renamed.ID = "b"
	if extract.Hash(&renamed) != extract.Hash(&base) {
		t.Error("the hash is of text and metadata, not of the id")
	}
}
